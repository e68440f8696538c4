"""Types de clause. Which kinds of clause carry the hours, what becomes of them, what counts in the total, which article."""

from dataclasses import replace

from pages.clauses import sentences
from pages.clauses.counting import show_articles, show_counting
from pages.clauses.table import show_clauses
from pages.clauses.years import show_clause_years
from pages.parts.blocks import show_figures, show_notes, show_question
from pages.parts.clause_charts import clause_hours
from pages.parts.clause_sentences import by_size, which_carry
from pages.parts.completion import completion_note
from pages.parts.empty import stop_if_empty
from pages.parts.milestone_block import show_milestones
from pages.parts.page_content import remember_chart
from pages.parts.read import reading
from pages.parts.reserved import reserved_subtotal
from pages.parts.small_bars import bars_notes
from pages.reports.buttons import show_page_sheet, show_sheet_button
from queries import answers

current = reading()
words, access, scope = current.words, current.access, current.scope
question = words.say("De quels types de clause viennent les heures\u202f?")
totals = answers.totals(access, scope)
stop_if_empty(question, totals)
clauses = by_size(answers.hours_by_clause(access, scope), words)
counting = sentences.named(answers.clause_counting(access, replace(scope, include_uncounted=True)), words)
# Years of which a range of months cuts the first and the last are not put side by side.
years = [] if scope.has_months else answers.hours_by_clause_and_year(access, scope)

show_question(question, which_carry(clauses, totals, words))
show_figures(sentences.clause_figures(totals, counting, words))
remember_chart(clause_hours(clauses, words, summary=sentences.share_note(totals, words)))
show_clauses(clauses, years, totals)
show_sheet_button() if scope.clause_categories is not None else show_page_sheet()
reserved = reserved_subtotal(answers.hours_reserved(access, scope), words)
show_notes([*bars_notes(years, words), *reserved, completion_note(words)])
show_milestones(
    [entry for entry in answers.milestone_progress(access, scope) if entry["clause_category"]],
    heading=words.say("Quels jalons sont fixés pour un type de clause\u202f?"),
    behind=True,
    folded=True,
)
if not scope.has_months:
    show_clause_years(years, clauses)
show_counting(counting)
show_articles()
