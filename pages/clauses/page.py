"""Types de clause. Which kinds of clause carry the hours, what becomes of them, what counts in the total, which article."""

from dataclasses import replace

import streamlit as st

from pages.clauses import columns as columns_clauses
from pages.clauses import sentences
from pages.clauses.choice import clause_address, pick_clause, show_counting_choice
from pages.parts.blocks import show_figures, show_notes, show_question
from pages.parts.clause_charts import clause_completion, clause_hours
from pages.parts.clause_sentences import by_size, which_carry
from pages.parts.clause_years import show_clause_years
from pages.parts.completion import completion_notes, completion_sentence, totals_row
from pages.parts.empty import stop_if_empty
from pages.parts.milestone_block import show_milestones
from pages.parts.panels import show_panels
from pages.parts.read import reading
from pages.parts.reserved import reserved_subtotal
from pages.parts.tables import show_table
from pages.reports.buttons import show_sheet_button
from queries import answers

current = reading()
words, access, scope = current.words, current.access, current.scope
question = words.say("De quels types de clause viennent les heures\u202f?")
totals = answers.totals(access, scope)
stop_if_empty(question, totals)
clauses = by_size(answers.hours_by_clause(access, scope), words)
counting = sentences.named(answers.clause_counting(access, replace(scope, include_uncounted=True)), words)
years = answers.hours_by_clause_and_year(access, scope)

show_question(question, which_carry(clauses, totals, words))
show_figures(sentences.clause_figures(totals, counting, words))
if scope.clause_categories is not None:
    show_sheet_button()
hours_side, completion_side = st.columns(2, gap="large")
with hours_side:
    hours = clause_hours(clauses, words, summary=sentences.share_note(totals, words))
    heading = words.say("Combien d’heures pour chacun\u202f?")
    show_panels([hours], "clauses_heures", heading=heading, on_pick=pick_clause)
with completion_side:
    completion = clause_completion(clauses, words, summary=completion_sentence(totals, words))
    heading = words.say("Que deviennent les heures engagées\u202f?")
    notes = completion_notes(words)
    show_panels([completion], "clauses_realisation", heading=heading, notes=notes, on_pick=pick_clause)
total = {**totals_row(totals), "name": words.say("Total")}
caption = words.say("Heures, lots et réalisation par type de clause")
show_table(
    clauses,
    columns_clauses.clauses(clause_address),
    caption=caption,
    name="heures_par_type_de_clause",
    total=total,
    folded=False,
)
show_notes(reserved_subtotal(answers.hours_reserved(access, scope), words))
show_milestones(
    [entry for entry in answers.milestone_progress(access, scope) if entry["clause_category"]],
    heading=words.say("Quels jalons sont fixés pour un type de clause\u202f?"),
    behind=True,
)

st.header(words.say("Et d’une année à l’autre\u202f?"), anchor=False)
show_clause_years(years, clauses)

st.header(words.say("Qu’est-ce qui compte dans le total\u202f?"), anchor=False)
convention = sentences.counting_text(counting, words, included=scope.include_uncounted)
show_notes([sentences.reserved_text(counting, words), *convention])
if any(clause["lots_uncounted"] for clause in counting):
    show_counting_choice()
caption = words.say("Lots comptés au total et lots hors du total, par type de clause")
show_table(counting, columns_clauses.counting(), caption=caption, name="lots_comptes_au_total")

st.header(words.say("Quel article, à quelle date\u202f?"), anchor=False)
caption = words.say("Article de chaque type de clause, selon la date de la consultation")
show_table(
    sentences.article_rows(words), columns_clauses.articles(words), caption=caption, name="articles", folded=False
)
