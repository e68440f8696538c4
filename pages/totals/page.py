"""Tous les totaux. From the hours published to the total of the pages, then to the curve: each step with its hours."""

from data.codes import TotalStep
from pages.parts.blocks import show_notes, show_question
from pages.parts.read import reading
from pages.parts.tables import Column, of_question, show_table
from pages.totals.sentences import counted_text, reconciled_text
from queries.answers import totals_reconciled

current = reading()
words = current.words
steps = totals_reconciled(current.access, current.scope)
show_question(words.say("Pourquoi deux totaux diffèrent-ils\u202f?"), reconciled_text(steps, words))
show_table(
    steps,
    of_question("totals_reconciled", Column(key="step", codes=TotalStep), Column(key="hours_validated", digits=2)),
    caption=words.say("Des heures publiées au cumul"),
    name="tous_les_totaux",
    folded=False,
)
show_notes(counted_text(current.settings, words, has_months=current.scope.has_months))
