"""One lot's page, at the address of the list: `lots?marche=M2024-303&lot=01`."""

import pyarrow.compute as pc
import streamlit as st

from data.codes import CommentScope
from data.words import Words
from pages.lots.call_note import show_call_note
from pages.lots.charts import month_bars, pace_curve
from pages.lots.facts import facts_list, lot_facts
from pages.lots.lot_sentences import effort_text, employers_text, lot_figures, lot_text, months_text
from pages.lots.table import lots_rows
from pages.parts.blocks import show_chart, show_figures, show_notes, show_paragraph, show_question
from pages.parts.comments import show_comments
from pages.parts.filters.address import clear_filters
from pages.parts.lot_alerts import TO_CALL, alert_text, lot_name, reason_text
from pages.parts.lot_links import lot_row_address, lots_address
from pages.parts.markup import html
from pages.parts.plain import as_text, text_lang
from pages.parts.read import reading
from pages.parts.tables import Column, of_question, show_table
from pages.reports.buttons import show_page_sheet
from queries import answers
from queries.answers import LotEmployersRow, LotFactsRow, LotMonthsRow
from queries.scope import Scope


def show_lot(contract_id: str, lot_id: str) -> None:
    """All that is known of one lot of the reader's filters; a calm word when there is none of that name."""
    current = reading()
    words, access = current.words, current.access
    scope = current.scope.of_whole_lots()
    lots = answers.lot_facts(access, scope, contract_id, lot_id)
    if not lots:
        _show_nothing(contract_id, lot_id)
        return
    (lot,) = lots
    show_question(words.say("Où en est ce lot\u202f? {lot}", lot=as_text(lot_name(lot, words))), lot_text(lot, words))
    _show_about(lot, words)
    show_figures(lot_figures(lot, words))
    _show_months(answers.lot_months(access, scope, contract_id, lot_id), lot, words)
    show_page_sheet()
    _show_employers(answers.lot_employers(access, scope, contract_id, lot_id), words)
    st.header(words.say("Que dit le contrat\u202f?"), anchor=False)
    st.html(facts_list(lot_facts(lot, words), access.release.absent_columns, words))
    if access.release.demo:
        show_notes([words.say("Les SIRET de la démonstration sont inventés\u00a0: l’annuaire ne les connaît pas.")])
    show_call_note(f"{contract_id}/{lot_id}")
    show_comments(CommentScope.LOT, [f"{contract_id}/{lot_id}"])
    _show_siblings(lot, scope)


def _show_nothing(contract_id: str, lot_id: str) -> None:
    words = reading().words
    show_question(
        words.say("Où en est ce lot\u202f?"),
        words.say(
            "Aucun lot «\u00a0{lot}\u00a0» du marché «\u00a0{contract}\u00a0» dans ces données, ou les filtres l’écartent.",
            lot=lot_id,
            contract=contract_id,
        ),
    )
    st.html(_about("", "", words))
    if reading().filters:
        st.button(words.say("Tout afficher"), on_click=clear_filters, key="show_everything")


def _about(about: str, alert: str, words: Words) -> str:
    """What the lot is about and its alert, where they are known; then the way back."""
    address, back = lots_address(TO_CALL), words.say("Tous les lots à relancer")
    return html("lots/about.html", about=about, lang=text_lang(words), alert=alert, address=address, back=back)


def _show_about(lot: LotFactsRow, words: Words) -> None:
    """What it is about, for whom, by whom; its alert; the way back."""
    who = [lot["subject"], lot["client_name"], lot["contractor_name"] or ""]
    alert = ", ".join(filter(None, (alert_text(lot, words), reason_text(lot, words))))
    st.html(_about(" · ".join(filter(None, who)), alert, words))


def _show_months(months: list[LotMonthsRow], lot: LotFactsRow, words: Words) -> None:
    """The curve against the pace, then the months; neither where it would be empty."""
    worked = any(row["hours_validated"] or row["hours_pending"] for row in months)
    if months and (worked or lot["expected_hours"] is not None):
        show_chart(
            pace_curve(months, lot, words, summary=effort_text(lot, months, words)),
            "lot_cumul",
            heading=words.say("Le rythme attendu est-il tenu\u202f?"),
            notes=[
                words.say(
                    "Trait épais\u00a0: heures réalisées. Trait fin\u00a0: rythme attendu, du début à la fin du lot."
                )
            ],
        )
    if not worked:
        show_notes([words.say("Aucun mois à montrer\u00a0: le lot n’a d’heures ni réalisées, ni en attente.")])
        return
    bars = month_bars(months, words, summary=months_text(months, words))
    show_chart(
        bars,
        "lot_mois",
        heading=words.say("Quand ces heures ont-elles été faites\u202f?"),
        notes=[words.say("Hachures claires\u00a0: heures déclarées, en attente de validation.")],
    )
    show_table(months[::-1], _month_columns(), caption=bars.name, name="heures_du_lot_par_mois", filtered=False)


def _month_columns() -> tuple[Column, ...]:
    return of_question(
        "lot_months",
        Column(key="month"),
        Column(key="hours_validated", adds=True),
        Column(key="hours_pending", adds=True),
        Column(key="cumulative_hours", drawn="line"),
        Column(key="expected_hours", drawn="line"),
    )


def _show_employers(kinds: list[LotEmployersRow], words: Words) -> None:
    if not kinds:
        return
    st.header(words.say("Par quelles modalités\u202f?"), anchor=False)
    show_paragraph("cap-summary", employers_text(kinds, words))
    show_table(
        kinds,
        of_question(
            "lot_employers",
            Column(key="employer_kind"),
            Column(key="hours_validated", adds=True),
            Column(key="share_ratio", adds=True),
            Column(key="hours_pending", adds=True),
        ),
        caption=words.say("Heures du lot par modalité"),
        name="modalites_du_lot",
        folded=False,
        filtered=False,
    )


def _show_siblings(lot: LotFactsRow, scope: Scope) -> None:
    """The other lots of the same contract."""
    current = reading()
    words = current.words
    answer = current.access.ask("lots", scope)
    same = lots_rows(answer.filter(pc.equal(answer["contract_id"], lot["contract_id"])))
    others = [row for row in same if row["lot_id"] != lot["lot_id"]]
    if not others:
        return
    st.header(words.say("Et les autres lots du marché\u202f?"), anchor=False)
    show_table(
        [{**row, "alert_text": alert_text(row, words)} for row in sorted(others, key=lambda row: row["lot_id"])],
        of_question(
            "lots",
            Column(key="lot_id", address=lot_row_address),
            Column(key="subject"),
            Column(key="contractor_name"),
            Column(key="alert_text", of="alert"),
        ),
        caption=words.say("Autres lots du même marché"),
        name="autres_lots",
        folded=False,
        filtered=False,
    )
