"""Sorties. What becomes of the persons on exit, at 6 and at 12 months; by clause, employer, year of entry and duration."""

from collections.abc import Callable, Sequence

import streamlit as st

from pages.participants.charts import outcome_bars, rate_columns, share_bars
from pages.participants.choice import choose_point, stop_if_absent, stop_off_the_ladder
from pages.participants.side_by_side import population_rows, several, show_side_by_side
from pages.parts import exits_sentences
from pages.parts.blocks import show_chart, show_figures, show_notes, show_question
from pages.parts.empty import stop_if_empty
from pages.parts.read import reading
from pages.parts.tables import show_table
from pages.reports.buttons import show_page_sheet
from queries import answers
from queries.rights.access import Access
from queries.scope import Scope
from queries.secrecy.cells import Row
from queries.secrecy.ladder import Off
from queries.together import together

current = reading()
words, access, scope = current.words, current.access, current.scope
question = words.say("Que deviennent les personnes\u202f?")
# Years are those of the exit, in which there may be no hours any more.
stop_if_empty(question, answers.totals(access, scope.without_years()))
stop_if_absent(question, "hours.participant_id", "hours.exit_outcome")
stop_off_the_ladder(question)
by_axis: dict[str, Callable[[Access, Scope], Sequence[Row]]] = {
    "clause_category": answers.exits_by_clause,
    "employer_kind": answers.exits_by_employer_kind,
    "duration_band": answers.exits_by_duration,
    "entry_year": answers.exits_by_entry_year,
}
by_point: Callable[[Access, Scope], Sequence[Row]] = answers.exits_by_point
outcome_lines, *lines_by_axis = together(access, scope, *(by_point, *by_axis.values()))
exits = dict(zip(by_axis, lines_by_axis, strict=True))
if several():
    lines = population_rows(exits["clause_category"], words)
    show_side_by_side(question, lines, exits_sentences.columns(words.say("Filtre")), "sorties_par_filtre")
    st.stop()
points = exits_sentences.point_rows(exits["clause_category"], words)
if not points:
    show_question(question, words.say(exits_sentences.NO_EXIT))
    st.stop()

show_question(question, exits_sentences.what_becomes(points, words))
show_figures(exits_sentences.exit_figures(points, words))
chart = outcome_bars(points, words, summary=exits_sentences.points_text(points, words))
heading = words.say("À la sortie, puis à 6 et à 12 mois")
show_chart(chart, "sorties_par_moment", heading=heading, notes=exits_sentences.exit_notes(words))
show_table(points, exits_sentences.columns(words.say("Moment de l’observation")), caption=chart.name, name="sorties")
show_page_sheet()
outcomes = exits_sentences.outcome_rows(outcome_lines, words)
caption = words.say("Personnes sorties, par situation et moment de l’observation")
opener = words.say("Voir le tableau des situations, une à une")
show_table(outcomes, exits_sentences.outcome_columns(words), caption=caption, name="situations", opener=opener)

st.header(words.say("De quoi les sorties dépendent-elles\u202f?"), anchor=False)
point = choose_point()
sides = st.columns(2, gap="large")
for number, (axis, of_axis) in enumerate(exits.items()):
    rows = exits_sentences.axis_rows(of_axis, axis, point, words)
    if not rows:
        continue
    with sides[number % 2]:
        name, header = exits_sentences.axis_title(axis, point, words), exits_sentences.axis_name(axis, words)
        draw = rate_columns if axis == "entry_year" else share_bars
        bars = draw(rows, words, name=name, summary=exits_sentences.bars_text(point, words), measure="dynamic_ratio")
        show_chart(bars, f"sorties_selon_{axis}", heading=header)
        show_table(rows, exits_sentences.columns(header), caption=name, name=f"sorties_{axis}")
show_notes([exits_sentences.rate_note(words)])
if all(line["is_total"] for line in exits["clause_category"]):
    show_notes([words.say(Off.FIELDS.value)])
