"""What calls for attention since an earlier release, in words: the same on the page, in the feed and in the mails."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from data.codes import AlertEvent
from data.settings import Settings
from data.words import N_, Words
from pages.parts.sentences import milestone_names
from queries.answers import AlertsSinceRow

CLIENTS: Final = "clients"
LOTS: Final = "lots"
CHANGES: Final = "changements"
# The text of a lot that lacks hours, then without a number of hours.
_LACKS: Final = N_("{subject} ({client})\u00a0: il manque {hours}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """One event: its kind in words, its sentence, its page and that page's own part of the address."""

    kind: str
    text: str
    path: str
    query: Mapping[str, str]

    def address(self, base: str, view: Mapping[str, str]) -> str:
        """The address of its page below the dashboard's own, with the filters of a view."""
        query = urlencode({**self.query, **view}, safe=",")
        return f"{base}{self.path}{'?' if query else ''}{query}"


def alert_of(row: AlertsSinceRow, settings: Settings, words: Words) -> Alert:
    """A row of alerts_since in words."""
    kind = words.say(AlertEvent.of(row["alert_event"]).label)
    if row["contract_id"] is not None and row["lot_id"] is not None:
        query = {"marche": row["contract_id"], "lot": row["lot_id"]}
        return Alert(kind=kind, text=_lot_text(row, words), path=LOTS, query=query)
    if row["alert_event"] == AlertEvent.CLIENT_LATE:
        return Alert(kind=kind, text=_client_text(row, words), path=CLIENTS, query={"client": row["client_id"] or ""})
    if row["milestone"] is not None:
        return Alert(kind=kind, text=_milestone_text(row, settings, words), path="", query={})
    text = words.say("Les données sont désormais celles du {day}.", day=words.date(row["data_as_of"]))
    return Alert(kind=kind, text=text, path=CHANGES, query={})


def _lot_text(row: AlertsSinceRow, words: Words) -> str:
    names = {"subject": row["subject"] or "", "client": row["client_name"] or ""}
    if not row["hours"]:
        return words.say("{subject} ({client}).", **names)
    text = words.say(_LACKS, hours=words.hours(row["hours"]), **names)
    if row["ends_on"] is not None:
        text += " " + words.say("Fin prévue le {day}.", day=words.date(row["ends_on"]))
    return text


def _client_text(row: AlertsSinceRow, words: Words) -> str:
    client = row["client_name"] or row["client_id"]
    if row["month"] is None:
        return words.say("{client} n’a encore rien déclaré.", client=client)
    return words.say("{client} n’a rien déclaré depuis {month}.", client=client, month=words.month(row["month"]))


def _milestone_text(row: AlertsSinceRow, settings: Settings, words: Words) -> str:
    name = milestone_names(settings, words).get(row["milestone"] or "", row["milestone"] or "")
    target = words.hours(row["hours"])
    if row["alert_event"] == AlertEvent.MILESTONE_REACHED and row["month"] is not None:
        return words.say(
            "{name} ({target})\u00a0: atteint en {month}.", name=name, target=target, month=words.month(row["month"])
        )
    if row["alert_event"] == AlertEvent.OBJECTIVE_OUT_OF_REACH:
        return words.say(
            "{name} ({target})\u00a0: il ne serait pas atteint au rythme actuel.", name=name, target=target
        )
    return words.say("{name} ({target})\u00a0: une date peut désormais être estimée.", name=name, target=target)
