"""What a feed reader and a calendar follow: alerts since the release before as Atom, ends of running lots as iCalendar.

Both take the reader's token in the address (`jeton`), because such programs send no header; the filters are those of a page's link.
"""

import datetime as dt
import re
import xml.etree.ElementTree as ET
from typing import Final
from uuid import NAMESPACE_URL, uuid5

from starlette.requests import Request
from starlette.responses import Response

from data.words import Words
from pages.parts.alert_sentences import alert_of
from pages.parts.authority import authority_name
from pages.server.api.described import PREFIX
from pages.server.api.files import etag_of, headers_of
from pages.server.api.wanted import Wanted, wanted
from pages.server.base_path import base_path
from queries import answers
from queries.answers import LotsRow
from queries.link import to_query
from queries.questions import question
from queries.rights.access import Access

# Address: the question that it answers, its form, its kind.
FEEDS: Final = {
    f"{PREFIX}/alertes.atom": ("alerts_since", "atom", "application/atom+xml; charset=utf-8"),
    f"{PREFIX}/fins-de-lots.ics": ("lots", "ics", "text/calendar; charset=utf-8"),
}
_ATOM: Final = "http://www.w3.org/2005/Atom"
# What XML 1.0 cannot hold.
_NO_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_FOLDED: Final = 73  # octets of a line of iCalendar, which may have 75


def feed(request: Request, path: str, access: Access, words: Words) -> Response:
    """The feed or the calendar at that address. Raises ProblemError for what its query should not have, as the questions do."""
    name, form, kind = FEEDS[path]
    chosen = wanted(request, question(name), form, access)
    headers = headers_of(access) | {"ETag": etag_of(chosen, form, access, words), "Referrer-Policy": "no-referrer"}
    if request.headers.get("if-none-match") == headers["ETag"]:
        return Response(status_code=304, headers=headers)
    base = f"{request.url.scheme}://{request.url.netloc}{base_path()}/"
    body = atom(chosen, access, base, words) if form == "atom" else calendar(chosen, access, base, words)
    return Response(body, media_type=kind, headers=headers)


def atom(chosen: Wanted, access: Access, base: str, words: Words) -> bytes:
    """The events since the release before, an entry each; the same identifiers while the release serves."""
    release, view = access.release, to_query(chosen.scope)
    rows = answers.alerts_since(access, chosen.scope, dict(chosen.parameters).get("since", ""))
    root = ET.Element("feed", xmlns=_ATOM)
    title = f"{authority_name(access.settings, words)} – {words.say('Depuis la dernière publication')}"
    _text(root, "title", f"{words.say('Démonstration')} – {title}" if release.demo else title)
    _text(root, "id", uuid5(NAMESPACE_URL, f"{base}{sorted(view.items())}").urn)
    _text(root, "updated", release.published_at.isoformat())
    ET.SubElement(root, "link", href=base)
    _text(ET.SubElement(root, "author"), "name", authority_name(access.settings, words))
    for row in rows:
        alert = alert_of(row, access.settings, words)
        entry = ET.SubElement(root, "entry")
        key = (release.id, row["alert_event"], row["milestone"], row["contract_id"], row["lot_id"], row["client_id"])
        _text(entry, "id", uuid5(NAMESPACE_URL, repr(key)).urn)
        _text(entry, "title", f"{alert.kind}\u00a0: {alert.text}")
        _text(entry, "updated", release.published_at.isoformat())
        ET.SubElement(entry, "link", href=alert.address(base, view))
        _text(entry, "summary", alert.text)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))


def _text(parent: ET.Element, tag: str, text: str) -> None:
    ET.SubElement(parent, tag).text = _NO_XML.sub("", text)


def calendar(chosen: Wanted, access: Access, base: str, words: Words) -> bytes:
    """The planned ends of running lots, a whole day each, with the address of the dashboard."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Cap Insertion//FR", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    lines.append(f"URL:{base}")
    lines.append(f"X-WR-CALNAME:{_escaped(words.say('Fins de lots'))}")
    stamp = access.release.published_at.astimezone(dt.UTC).strftime("%Y%m%dT%H%M%SZ")
    for lot in answers.lots(access, chosen.scope):
        if lot["status"] == "running" and lot["ends_on"] is not None:
            lines += _event(lot, lot["ends_on"], stamp, words)
    lines.append("END:VCALENDAR")
    return "".join(f"{folded}\r\n" for line in lines for folded in _fold(line)).encode()


def _event(lot: LotsRow, day: dt.date, stamp: str, words: Words) -> list[str]:
    about = words.say("Fin du lot\u00a0: {subject} ({client})", subject=lot["subject"], client=lot["client_name"])
    if lot["left_hours"]:
        note = words.say("Il reste {hours} à réaliser.", hours=words.hours(lot["left_hours"]))
    else:
        note = words.say("L’obligation est remplie, ou n’est pas en heures.")
    return [
        "BEGIN:VEVENT",
        f"UID:{uuid5(NAMESPACE_URL, repr((lot['contract_id'], lot['lot_id'])))}@cap-insertion",
        f"DTSTAMP:{stamp}",
        f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{day + dt.timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_escaped(about)}",
        f"DESCRIPTION:{_escaped(note)}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _escaped(text: str) -> str:
    text = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return re.sub(r"[\x00-\x1f\x7f]+", " ", text)


def _fold(line: str) -> list[str]:
    """A line as iCalendar has it: in pieces of at most 75 octets, those that follow begin with a space; no character is cut."""
    pieces, piece = [], ""
    for sign in line:
        if len((piece + sign).encode()) > _FOLDED:
            pieces.append(piece)
            piece = ""
        piece += sign
    first, *others = [*pieces, piece]
    return [first, *(f" {other}" for other in others)]
