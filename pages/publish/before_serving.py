"""The figures before they serve: beside the release in service, what changed in past years, what is left out, what cannot be answered."""

from typing import Any

import streamlit as st

from data.codes import ClauseCategory
from data.preparation.folder import Preparation
from data.preparation.reading import Reading
from data.release.compare import Comparison
from data.release.releases import Release, read_release
from pages.parts import columns as shared
from pages.parts.blocks import show_notes, show_paragraph
from pages.parts.read import reading
from pages.parts.tables import Column, show_table
from pages.publish.acts import NextAct, ask
from pages.publish.authority import is_unknown, show_authority, show_whose
from pages.publish.sentences import comparison_text
from pages.publish.unanswered import unanswered_texts


def show_candidate(preparation: Preparation, checked: Reading) -> None:
    """All of it, and the button that publishes."""
    words, served = reading().words, reading().access.release
    comparison = checked.comparison
    assert comparison is not None, "a candidate has been compared"
    candidate = read_release(preparation.candidate)
    st.header(words.say("Les chiffres, avant leur mise en service"), anchor=False)
    show_paragraph("cap-summary", comparison_text(candidate, served if comparison.served else None, comparison, words))
    if served.demo and not candidate.demo:
        show_notes([words.say("La démonstration et ses chiffres inventés ne seront plus montrés.")])
    if is_unknown(candidate):
        show_authority(candidate)
    else:
        show_whose(candidate)
        if st.button(words.say("Publier"), key="publish_serve", type="primary", icon=":material/publish:"):
            ask(NextAct.PUBLISH)
    _show_totals(comparison)
    _show_past_years(comparison)
    _show_left_out(candidate)
    texts = unanswered_texts(candidate, comparison, words)
    if texts:
        st.subheader(words.say("Ce que ces données ne diront pas"), anchor=False)
        show_notes(texts)


def _show_totals(comparison: Comparison) -> None:
    words = reading().words
    captions = {
        "years": (words.say("Année"), words.say("Heures réalisées par année"), "annees"),
        "clients": (words.say("Maître d’ouvrage"), words.say("Heures réalisées par maître d’ouvrage"), "clients"),
        "clauses": (words.say("Type de clause"), words.say("Heures réalisées par type de clause"), "clauses"),
    }
    for name, (label, caption, file) in captions.items():
        codes = ClauseCategory if name == "clauses" else None
        first = Column(key="shown", label=label, codes=codes, kind="label" if codes else None)
        show_table(
            comparison.tables[name], (first, *_compared(is_compared=bool(comparison.served))), caption=caption, name=f"avant_publication_{file}", filtered=False,
            folded=name != "years", opener=caption,
        )  # fmt: skip


def _compared(*, is_compared: bool = True) -> tuple[Column, ...]:
    """Hours before, after and their difference; where there is nothing before, what would serve."""
    words = reading().words
    before = Column(key="hours_before", label=words.say("En service (h)"), kind="hours", digits=2)
    after = Column(key="hours_after", label=words.say("À publier (h)"), kind="hours", digits=2)
    change = Column(key="change_hours", label=words.say("Écart (h)"), kind="hours", digits=2)
    return (before, after, change) if is_compared else (after,)


def _show_past_years(comparison: Comparison) -> None:
    if not comparison.served:
        return
    words = reading().words
    st.subheader(words.say("Ce qui change dans les années passées"), anchor=False)
    if not comparison.past_years:
        show_notes([words.say("Rien\u00a0: leurs heures sont les mêmes que dans la publication en service.")])
        return
    rows: list[dict[str, Any]] = comparison.past_years
    if comparison.past_changes > len(rows):
        text = words.say(
            "{n} écarts en tout\u202f; les plus récents sont montrés.", n=words.number(comparison.past_changes)
        )
        show_notes([text])
    show_table(
        rows,
        (
            Column(key="year", label=words.say("Année"), kind="year"),
            Column(key="client_name", label=words.say("Maître d’ouvrage")),
            Column(key="clause_category", label=words.say("Type de clause"), kind="label", codes=ClauseCategory),
            *_compared(),
        ),
        caption=words.say("Années passées dont les heures changent"),
        name="avant_publication_annees_passees",
        filtered=False,
        folded=False,
    )


def _show_left_out(candidate: Release) -> None:
    """What stays out of the totals, and its weight in hours."""
    words = reading().words
    st.subheader(words.say("Ce qui est écarté, ce qui pose question"), anchor=False)
    rows = [
        {"kind": str(anomaly.kind), "rows": anomaly.rows, "hours": anomaly.hours, "in_totals": anomaly.in_totals}
        for anomaly in candidate.anomalies
        if anomaly.rows
    ]
    if not rows:
        show_notes([words.say("Rien\u00a0: aucune ligne n’est écartée, aucune anomalie.")])
        return
    show_table(
        sorted(rows, key=lambda row: (bool(row["in_totals"]), str(row["kind"]))), shared.anomalies(),
        caption=words.say("Anomalies par nature"), name="avant_publication_anomalies", filtered=False, folded=False,
    )  # fmt: skip
