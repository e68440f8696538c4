"""What stands behind a milestone's date: why this interval, whether to trust it, what more hours would change, what is signed.

Each is a fold that asks its question only once it is open: the page that shows the date costs nothing more.
"""

from collections.abc import Callable
from typing import Final

import streamlit as st

from pages.parts.address_choice import AddressChoice
from pages.parts.blocks import show_chart, show_notes, show_paragraph
from pages.parts.edition import is_unfolded
from pages.parts.projection import (
    how_reliable,
    needed,
    still_owed,
    what_was_estimated,
    why_no_date,
    why_this_interval,
    with_more_hours,
)
from pages.parts.projection_charts import PAST_SYMBOLS, PastDate, fan, owed, past_date, past_dates
from pages.parts.read import reading
from pages.parts.tables import Column, of_question, show_table
from queries import answers
from queries.answers import MilestoneProgressRow
from queries.scope import Scope

EXTRA: Final = "plus"  # in the address: hours more a month, and the milestone that they are for
_STEPS: Final = (10, 50, 100, 500, 1000, 5000)


def show_projection(milestone: MilestoneProgressRow, name: str, scope: Scope) -> None:
    """The folds of a milestone of all time that is not reached; nothing for another.

    `milestone`: a row of milestone_progress over `scope`; `name`: what it is called.
    """
    if milestone["status"] == "reached" or milestone["year"] is not None:
        return
    words = reading().words
    if milestone["projected_month"] is not None:
        title = words.say("Pourquoi cet intervalle\u202f?")
        _fold(title, "why", milestone, lambda: _show_why(milestone, name, scope))
        _fold(words.say("Peut-on s’y fier\u202f?"), "trust", milestone, lambda: _show_trust(milestone, scope))
    may_ask = milestone["pace_per_month"] is not None and reading().edition is None
    if may_ask and milestone["obstacle"] not in ("short_history", "late_declarations"):
        title = words.say("Et si l’on faisait plus d’heures chaque mois\u202f?")
        _fold(title, "if", milestone, lambda: _show_what_if(milestone, scope))
    if milestone["still_owed_hours"]:
        _fold(words.say("Qu’est-ce qui est déjà signé\u202f?"), "owed", milestone, lambda: _show_owed(milestone, scope))


def _fold(label: str, part: str, milestone: MilestoneProgressRow, show: Callable[[], None]) -> None:
    """A fold, and what is in it once it is open."""
    fold = st.expander(label, on_change="rerun", key=f"projection_{part}_{milestone['milestone']}")
    if is_unfolded(fold):
        with fold:
            show()


def _show_why(milestone: MilestoneProgressRow, name: str, scope: Scope) -> None:
    words = reading().words
    show_paragraph("cap-summary", *filter(None, [*why_this_interval(milestone, words), needed(milestone, words)]))
    steps = [
        step for step in answers.milestone_fan(reading().access, scope) if step["milestone"] == milestone["milestone"]
    ]
    months = answers.hours_by_month(reading().access, own_scope(milestone, scope))
    if milestone["measure"] == "committed":
        months = [{**month, "cumulative_hours": month["cumulative_committed_hours"]} for month in months]
    chart = fan(months, steps, milestone, name, words, summary=why_this_interval(milestone, words)[0])
    show_chart(
        chart,
        f"fan_{milestone['milestone']}",
        notes=[
            words.say(
                "Tirets\u00a0: au rythme des douze derniers mois complets. Zone pâle\u00a0: huit fois sur dix. Trait épais\u00a0: l’intervalle, sur la cible. L’axe ne part pas de zéro."
            )
        ],
    )
    show_table(steps, _steps(), caption=chart.name, name="cumul_a_venir")


def own_scope(milestone: MilestoneProgressRow, scope: Scope) -> Scope:
    """The scope of the hours of a milestone, which keeps every year."""
    own = (("clients", milestone["client"]), ("clause_categories", milestone["clause_category"]))
    return scope.without_years().narrowed(**{name: (code,) for name, code in own if code is not None})


def _steps() -> tuple[Column, ...]:
    return of_question(
        "milestone_fan",
        Column(key="month"),
        Column(key="low_hours", drawn="line"),
        Column(key="middle_hours", drawn="line"),
        Column(key="high_hours", drawn="line"),
    )


def _show_trust(milestone: MilestoneProgressRow, scope: Scope) -> None:
    words = reading().words
    every = answers.milestone_backtest(reading().access, scope)
    past = [entry for entry in every if entry["milestone"] == milestone["milestone"]]
    answer = how_reliable(past, words)
    show_paragraph("cap-summary", answer)
    if past:
        chart = past_dates(past, words, summary=answer)
        marks = words.say(
            "Barre\u00a0: l’intervalle donné alors. Point\u00a0: la bonne réponse, dedans. Croix\u00a0: dehors."
        )
        show_chart(chart, f"past_{milestone['milestone']}", notes=[what_was_estimated(past, words), marks])
        rows = [{**entry, "outcome": str(past_date(entry))} for entry in past]
        show_table(rows, _past(), caption=chart.name, name="intervalles_passes")


def _past() -> tuple[Column, ...]:
    outcome = Column(key="outcome", of="inside", kind="status", codes=PastDate, symbols=PAST_SYMBOLS)
    return of_question(
        "milestone_backtest",
        *(Column(key=key) for key in ("asked_month", "earliest", "latest", "happened")),
        outcome,
    )


def _show_what_if(milestone: MilestoneProgressRow, scope: Scope) -> None:
    words = reading().words
    step = next((one for one in _STEPS if one * 20 >= (milestone["pace_per_month"] or 0)), _STEPS[-1])
    choice = _extra(milestone["milestone"], step)
    extra = choice.value
    st.slider(
        words.say("Heures de plus par mois"),
        min_value=0,
        max_value=20 * step,
        step=step,
        format="%d h",
        **choice.bound(),
    )
    outcome = next(
        entry
        for entry in answers.milestone_what_if(reading().access, scope, extra_hours=str(extra))
        if entry["milestone"] == milestone["milestone"]
    )
    lines = [with_more_hours(outcome, extra, words)]
    if outcome["projected_month"] is None:
        lines.append(why_no_date(milestone, words))
    lines.append(needed(milestone, words))
    show_paragraph("cap-summary", *filter(None, lines))


def _extra(milestone: str, step: int) -> AddressChoice[int]:
    """Hours more for this milestone, on a step of the slider; 0 where the address has those of another, or nonsense."""

    def read(text: str) -> int:
        name, _, hours = text.partition(".")
        if name != milestone or not hours.isdecimal() or len(hours) > 6:
            return 0
        return min(int(hours) // step * step, 20 * step)

    return AddressChoice(
        key=EXTRA, widget=f"_{EXTRA}_{milestone}", read=read, written=lambda hours: f"{milestone}.{hours}"
    )


def _show_owed(milestone: MilestoneProgressRow, scope: Scope) -> None:
    current = reading()
    words = current.words
    own = own_scope(milestone, scope)
    usual = answers.totals(current.access, own)["completion_closed_ratio"]
    months = answers.hours_still_owed(current.access, own)
    sentence = still_owed(milestone, usual, words)
    show_paragraph("cap-summary", sentence)
    dated = [month for month in months if month["month"] is not None]
    notes = [
        words.say("Chaque lot en parts égales jusqu’à sa fin\u00a0: ce que disent les marchés, non une prévision.")
    ]
    notes += [
        words.say_count(
            "À part\u00a0: {hours} dues par {n} lot dont la fin est passée ou inconnue.",
            "À part\u00a0: {hours} dues par {n} lots dont la fin est passée ou inconnue.",
            month["lots"],
            hours=words.hours(month["owed_hours"]),
        )
        for month in months
        if month["month"] is None
    ]
    if dated:
        show_chart(owed(dated, words, summary=sentence), f"owed_{milestone['milestone']}", notes=notes)
    else:
        show_notes(notes)
    show_table(months, _owed(), caption=words.say("Heures encore dues, mois par mois"), name="heures_encore_dues")


def _owed() -> tuple[Column, ...]:
    return of_question(
        "hours_still_owed",
        Column(key="month"),
        Column(key="owed_hours", adds=True),
        Column(key="cumulative_owed_hours"),
        Column(key="lots"),
    )
