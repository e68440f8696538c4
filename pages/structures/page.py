"""Structures. Who has published until when, what it covers, who is late: in alphabetical order, never a league table."""

from pages.parts.blocks import show_notes, show_question
from pages.parts.empty import stop_if_empty
from pages.parts.other_totals import show_other_totals
from pages.parts.read import reading
from pages.structures.sentences import late_text, notes, published_text
from pages.structures.table import show_structures
from queries import answers

current = reading()
words, access, scope = current.words, current.access, current.scope
question = words.say("Qui a publié, et jusqu’à quand\u202f?")
totals = answers.totals(access, scope)
stop_if_empty(question, totals, lots_suffice=True)
rows = answers.hours_by_structure(access, scope)
show_question(question, published_text(rows, words))
show_notes([late_text(rows, current.settings, words)])
show_structures(rows, totals)
show_notes(notes(rows, words))
show_other_totals()
