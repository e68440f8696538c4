"""Structures. Who has published until when, what it covers, who is late: in alphabetical order, never a league table."""

from pages.parts.blocks import show_notes, show_question
from pages.parts.empty import stop_if_empty
from pages.parts.other_totals import show_other_totals
from pages.parts.read import reading
from pages.parts.tables import show_table
from pages.structures.columns import structures
from pages.structures.sentences import late_text, notes, published_text
from queries import answers

current = reading()
words, access, scope = current.words, current.access, current.scope
question = words.say("Qui a publié, et jusqu’à quand\u202f?")
totals = answers.totals(access, scope)
stop_if_empty(question, totals, lots_suffice=True)
rows = answers.hours_by_structure(access, scope)
show_question(question, published_text(rows, words))
show_notes([late_text(rows, current.settings, words)])
show_table(
    rows,
    structures(rows, words),
    caption=words.say("Ce que chaque structure a publié"),
    name="structures",
    # A client of two structures is one in the total: that column does not add up.
    total={**totals, "structure_name": words.say("Total")},
    folded=False,
)
show_notes(notes(rows, words))
show_other_totals()
