"""The folds of what counts in the total and of the article of each clause category."""

from collections.abc import Sequence

from pages.clauses import columns as columns_clauses
from pages.clauses import sentences
from pages.clauses.choice import show_counting_choice
from pages.clauses.rows import NamedCountingRow
from pages.parts.blocks import show_notes
from pages.parts.folds import fold
from pages.parts.read import reading
from pages.parts.tables import show_table


def show_counting(counting: Sequence[NamedCountingRow]) -> None:
    """The convention, the choice to add the lots out of the total, and how many each category has."""
    words, scope = reading().words, reading().scope
    name = "lots_comptes_au_total"
    with fold(words.say("Qu’est-ce qui compte dans le total\u202f?"), name, is_open=scope.include_uncounted):
        convention = sentences.counting_text(counting, words, included=scope.include_uncounted)
        show_notes([sentences.reserved_text(counting, words), *convention])
        if any(clause["lots_uncounted"] for clause in counting):
            show_counting_choice()
        caption = words.say("Lots comptés dans le total et lots hors du total, par type de clause")
        show_table(counting, columns_clauses.counting(), caption=caption, name=name, folded=False)


def show_articles() -> None:
    """The article of each category under each regime."""
    words, name = reading().words, "articles"
    caption = words.say("Article de chaque type de clause, selon la date de la consultation")
    with fold(words.say("Quel article, à quelle date\u202f?"), name):
        rows, columns = sentences.article_rows(words), columns_clauses.articles(words)
        show_table(rows, columns, caption=caption, name=name, folded=False)
