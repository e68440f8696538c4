"""Publics. Who the hours reached: sex, age, education, criteria, home. Persons are never added up, small numbers are hidden."""

import streamlit as st

from pages.participants import homes
from pages.participants.charts import share_bars, year_bars
from pages.participants.choice import choose_basis, stop_if_absent, stop_off_the_ladder
from pages.participants.side_by_side import profile_line_columns, profile_lines, several, show_side_by_side
from pages.parts import profile_columns, profile_sentences
from pages.parts.blocks import show_chart, show_figures, show_notes, show_question
from pages.parts.empty import stop_if_empty
from pages.parts.read import reading
from pages.parts.tables import show_table
from pages.reports.buttons import show_page_sheet
from queries import answers
from queries.together import together

current = reading()
words, access, scope = current.words, current.access, current.scope
absent = access.release.absent_columns
question = words.say("Qui a travaillé grâce aux clauses\u202f?")
headline, by_trait, by_residence, years = together(
    access, scope, answers.headline, answers.people_by_trait, answers.people_by_residence, answers.people_by_year
)
stop_if_empty(question, headline)
stop_if_absent(question, "hours.participant_id")
stop_off_the_ladder(question)
if several():
    show_side_by_side(question, profile_lines(by_trait), profile_line_columns(words), "publics_par_filtre")
    st.stop()
head = st.container()
basis = choose_basis()
traits = profile_sentences.with_shares(by_trait, basis, words)
living = profile_sentences.with_shares(by_residence, basis, words)

with head:
    show_question(question, profile_sentences.who_worked(headline, traits, basis, words))
    show_figures(profile_sentences.people_figures(headline, traits, basis, access, scope, words))
sides = st.columns(2, gap="large")
for number, group in enumerate(profile_sentences.groups(traits, absent, basis, words)):
    with sides[number % 2]:
        bars = share_bars(group.rows, words, name=group.name, summary=group.summary)
        show_chart(bars, f"publics_{group.id}", heading=group.heading)
show_notes(profile_sentences.people_notes(absent, words))
caption = words.say("Personnes selon leurs caractéristiques")
show_table(profile_sentences.listed(traits), profile_columns.trait_columns(words), caption=caption, name="publics")
show_page_sheet()

if "hours.residence_commune" not in absent:
    places = homes.places(living, words)
    name = homes.home_title(basis, words)
    bars = share_bars(places, words, name=name, summary=homes.homes_text(living, basis, words), whole=False)
    show_chart(bars, "publics_residence", heading=words.say("Où habitent les personnes\u202f?"))
    show_table(
        homes.home_rows(living),
        profile_columns.home_columns(words),
        caption=name,
        name="communes_de_residence",
    )

bars = year_bars(profile_sentences.year_rows(years), words, summary=profile_sentences.years_text(years, words))
heading = words.say("Combien de personnes chaque année, et combien pour la première fois\u202f?")
show_chart(bars, "publics_annees", heading=heading)
show_table(
    profile_sentences.year_rows(years)[::-1],
    profile_columns.year_columns(words),
    caption=bars.name,
    name="publics_par_an",
)
