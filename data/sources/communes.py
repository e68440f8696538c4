"""Communes as people write them: by name, by a former code, by the code of an arrondissement, by a code that lost its zero."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import duckdb

from data.reference import communes as own_communes
from data.reference import france_file
from data.schema import plain_name
from data.sources.raw_table import file_literal
from data.sources.readings import Reading

_CODE = re.compile(r"\d{5}|2[AB]\d{3}", re.IGNORECASE)
_ABBREVIATED = (
    ("st", "saint"),
    ("ste", "sainte"),
    ("sts", "saints"),
    ("stes", "saintes"),
    ("s", "sur"),
    ("ss", "sous"),
)
_CITIES = {"paris": "75056", "lyon": "69123", "marseille": "13055"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Several:
    """A name that several communes have: their names and codes, those of the authority first."""

    choices: tuple[str, ...]


@cache
def _codes() -> tuple[Mapping[str, str], Mapping[str, str]]:
    """The name of each present commune by its code; the present commune of each code that is none."""
    rows = _rows("SELECT code, name, parent FROM communes")
    return {code: name for code, name, parent in rows if not parent}, {
        code: parent for code, _, parent in rows if parent
    }


@cache
def _names() -> Mapping[str, tuple[str, ...]]:
    """Present communes by plain name; the name of a former or associated one leads to its commune where no other has it.

    Read only when a name is met: half a second that an extract of codes need not spend.
    """
    by_name: dict[str, tuple[str, ...]] = {}
    for condition in ("parent IS NULL", "kind IN ('deleguee', 'associee', 'arrondissement')"):
        codes_by_name: dict[str, set[str]] = {}
        for name, code in _rows(f"SELECT name, coalesce(parent, code) FROM communes WHERE {condition}"):
            codes_by_name.setdefault(_plain(name), set()).add(code)
        by_name = {name: tuple(sorted(codes)) for name, codes in codes_by_name.items()} | by_name
    return by_name


def _rows(sql: str) -> list[tuple[str, ...]]:
    with duckdb.connect() as connection:
        connection.execute(f"CREATE VIEW communes AS FROM read_parquet({file_literal(france_file())})")
        return connection.execute(sql).fetchall()


def _departement(code: str) -> str:
    return code[:3] if code[:2] in ("97", "98") else code[:2]


def commune(text: str) -> Reading | Several | None:
    """The present commune that a text stands for when it is not simply its code; None when it is, or is no commune known."""
    present, parent = _codes()
    stripped = text.strip()
    if _CODE.fullmatch(stripped):
        code = stripped.upper()
        if code in parent:
            return Reading(value=parent[code], kind="former_commune")
        return Reading(value=code, kind="commune_name") if code != stripped else None
    if re.fullmatch(r"\d{4}(?:[.,]0+)?|\d{5}[.,]0+", stripped):
        code = re.split(r"[.,]", stripped)[0].zfill(5)
        code = parent.get(code, code)
        return Reading(value=code, kind="commune_number") if code in present else None
    if match := re.search(r"(?<!\d)(\d{5}|2[AB]\d{3})(?!\d)", stripped):
        named = _by_name(stripped.replace(match[0], " "), match[0][:2])
        # "76540 Rouen" is a code and its name; "76000 Rouen" a post code, whose first digits are the département's.
        code = parent.get(match[0], match[0])
        if code in present and (named is None or (isinstance(named, Reading) and named.value == code)):
            return Reading(value=code, kind="commune_name")
        return named
    if match := re.search(r"[(\[ -]+(\d{2,3}|2[AB])\s*[)\]]?$", stripped):
        return _by_name(stripped[: match.start()], match[1])
    return _by_name(stripped, None)


def _by_name(text: str, departement: str | None) -> Reading | Several | None:
    present, _ = _codes()
    plain = _plain(text)
    if city := re.fullmatch(r"(paris|lyon|marseille)(_\d{1,2}(_?(e|er|eme|ieme))?(_arrondissement)?)?", plain):
        return Reading(value=_CITIES[city[1]], kind="former_commune" if city[2] else "commune_name")
    codes = _names().get(plain, ())
    if departement is not None:
        codes = tuple(code for code in codes if code.startswith(departement) or _departement(code) == departement)
    if len(codes) == 1:
        return Reading(value=codes[0], kind="commune_name")
    if not codes:
        return None
    own = {commune.code for commune in own_communes()}
    ordered = sorted(codes, key=lambda code: (code not in own, code))
    return Several(choices=tuple(f"{present[code]} ({code})" for code in ordered))


def _plain(name: str) -> str:
    """A name in plain words: articles at its end come first, and saint is written out."""
    if match := re.fullmatch(r"(.*?)\s*[(,]\s*(le|la|les|l['’])\s*\)?\s*", name, flags=re.IGNORECASE):
        name = f"{match[2]} {match[1]}"
    words = plain_name(name.replace("œ", "oe").replace("Œ", "OE").replace("/", " ").replace("’", "'").lower()).split(
        "_"
    )
    spelt = dict(_ABBREVIATED)
    return "_".join(spelt.get(word, word) if n + 1 < len(words) else word for n, word in enumerate(words))
