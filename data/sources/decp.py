"""Opens the JSON or XML of the DECP: one sheet for its marchés, one for its concessions, as CSV files that DuckDB reads.

The form published since 2024 is `{"marches": {"marche": […], "contrat-concession": […]}}`; the one before it was
`{"marches": […]}`, with `_type` to distinguish them. Lists may be wrapped (`[{"modification": {…}}]`), stand alone where there is one
entry, or be texts. An XML has the same names; the open data of data.economie.gouv.fr are flat, in small letters. The row of a
problem is the rank of the contract in its list, 1 being the first.
"""

import csv
import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from data.problems import ExtractError, Problem
from data.sources.raw_table import RawTable, csv_relation
from data.sources.sheet import Sheet
from data.sources.xml_stream import streamed
from data.words import N_

# Python holds a JSON about eight times over while it reads it; a larger extract comes in a tabular form.
LARGEST = 1 << 28
_MOST_LISTS = 4_000_000
_MOST_VALUES = 12_000_000
_TOO_LARGE = N_("fichier trop volumineux\u202f; prenez la forme tabulaire, CSV ou Parquet.")
_LISTS = ("marche", "contrat-concession")
# Column of the table, then its keys in the file. A concession has names of its own.
_COLUMNS = {
    "contract_ref": ("id",),
    "buyer_siret": ("acheteur.id", "autoriteConcedante.id", "acheteur_id", "idAcheteur"),
    "buyer_name": ("acheteur.nom", "autoriteConcedante.nom", "acheteur_nom"),
    "subject": ("objet",),
    "nature": ("nature",),
    "procedure": ("procedure",),
    "cpv_code": ("codeCPV",),
    "amount_eur": ("montant", "valeurGlobale"),
    "notified_on": ("dateNotification", "dateSignature"),
    "considerations": ("considerationsSociales", "considerationsSociales.considerationSociale"),
}
_MODIFIED = ("montant", "montantModification", "valeurGlobale", "valeurGlobaleModification")
_HEADERS = (*_COLUMNS, "initial_amount_eur", "modification")


def read(path: Path, work: Path, kind: str = "json") -> list[Sheet]:
    """The sheets of the file, those without contracts left out. ExtractError when it is no DECP or cannot be read."""
    if path.stat().st_size > LARGEST:
        raise _broken(path, "too_large", _TOO_LARGE)
    contents = _xml(path) if kind == "xml" else _json(path)
    lists = {name: contracts for name, contracts in _contracts(contents) if contracts}
    if not lists:
        if kind == "xml":
            message = N_("ce XML n’est pas celui des DECP\u00a0: {expected} attendu.")
            raise _broken(path, "unknown_table", message, expected="<marches><marche>…</marche></marches>")
        message = N_("ce JSON n’est pas celui des DECP\u00a0: {expected} attendu.")
        raise _broken(path, "unknown_table", message, expected='{"marches": {"marche": […]}}')
    sheets = []
    for name, contracts in lists.items():
        file = f"{path.name} [{name}]"
        sheets.append(Sheet(file=file, table=_table(file, contracts, work)))
    return sheets


def _json(path: Path) -> Any:
    content = path.read_bytes()
    # An empty list of two characters takes fifty bytes and more.
    if content.count(b"{") + content.count(b"[") > _MOST_LISTS or content.count(b",") > _MOST_VALUES:
        raise _broken(path, "too_large", _TOO_LARGE)
    try:
        return json.loads(content.decode("utf-8-sig"), parse_float=Decimal)
    except UnicodeDecodeError as error:
        raise _broken(path, "wrong_encoding", N_("un JSON est en UTF-8\u202f; exportez-le de nouveau.")) from error
    except json.JSONDecodeError as error:
        message = N_("JSON illisible à cet endroit\u202f; exportez-le de nouveau.")
        raise _broken(path, "broken_json", message, row=error.lineno) from error
    except (RecursionError, ValueError) as error:
        raise _broken(path, "broken_json", N_("JSON illisible\u202f; exportez-le de nouveau.")) from error


def _xml(path: Path) -> Any:
    """The marchés of an XML, as its JSON would have them. A file that declares entities is refused: no DECP does."""
    lists: dict[str, list[Any]] = {name: [] for name in _LISTS}
    depth = 0
    with path.open("rb") as file:
        if b"<!DOCTYPE" in file.read(4096).upper():
            message = N_("XML qui déclare des entités\u00a0: refusé, exportez-le de nouveau.")
            raise _broken(path, "broken_xml", message)
        file.seek(0)
        try:
            for event, element in streamed(file, lambda element: element.tag.rpartition("}")[2] in _LISTS):
                depth += 1 if event == "start" else -1
                name = element.tag.rpartition("}")[2]
                if event == "end" and depth == 1 and name in _LISTS:
                    lists[name].append(_values(element))
        except ValueError as error:
            raise _broken(path, "broken_xml", N_("XML illisible\u202f; exportez-le de nouveau.")) from error
        except ParseError as error:
            message = N_("XML illisible à cet endroit\u202f; exportez-le de nouveau.")
            raise _broken(path, "broken_xml", message, row=error.position[0]) from error
    return {"marches": lists}


def _values(element: Element) -> Any:
    """An element as JSON would have it: its children by name, a list where a name comes again, its text when it has none."""
    if not len(element):
        return (element.text or "").strip() or None
    values: dict[str, Any] = {}
    for child in element:
        name, value = child.tag.rpartition("}")[2], _values(child)
        if name not in values:
            values[name] = value
        elif isinstance(values[name], list):
            values[name].append(value)
        else:
            values[name] = [values[name], value]
    return values


def _contracts(contents: Any) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """The lists of contracts by name; an entry that is not an object becomes an empty one, so that it is reported as a problem."""
    held = contents.get("marches", contents) if isinstance(contents, dict) else contents
    if isinstance(held, dict):
        # What an open data portal answers: records, each with its fields.
        answers = held.get("results") or held.get("records")
        if isinstance(answers, list):
            held = [entry.get("fields", entry) if isinstance(entry, dict) else entry for entry in answers]
    if isinstance(held, dict):
        for name in _LISTS:
            yield name, _objects(held.get(name))
    elif isinstance(held, list):
        contracts = _objects(held)
        granted = [_granted(contract) for contract in contracts]
        yield "marches", contracts if any(granted) or not contracts else []


def _granted(contract: dict[str, Any]) -> bool:
    """Whether an object of a bare list says who bought: any JSON may be a list."""
    return any(_at(contract, key) is not None for key in ("acheteur", "autoriteConcedante", *_COLUMNS["buyer_siret"]))


def _objects(value: Any) -> list[dict[str, Any]]:
    """The entries of a list that may be one entry alone, or may be missing."""
    if value is None:
        return []
    return [entry if isinstance(entry, dict) else {} for entry in (value if isinstance(value, list) else [value])]


def _table(name: str, contracts: list[dict[str, Any]], work: Path) -> RawTable:
    """One list, written as a CSV with the rank of each contract first."""
    copy = work / f"{len(list(work.iterdir()))}.csv"
    with copy.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n", quoting=csv.QUOTE_ALL)
        for rank, contract in enumerate(contracts, start=1):
            writer.writerow([rank, *_cells(contract)])
    fields = tuple(f"f{n}" for n in range(len(_HEADERS)))
    return RawTable(
        file=name,
        relation=csv_relation(copy, {"line": "BIGINT"} | dict.fromkeys(fields, "VARCHAR")),
        row="line",
        headers=_HEADERS,
        fields=fields,
        types=("VARCHAR",) * len(fields),
    )


def _cells(contract: dict[str, Any]) -> list[str]:
    """One contract as texts. Modifications are in the order of their number: the last one that gives an amount decides."""
    initial = {
        column: next(filter(None, (_text(_at(contract, key)) for key in keys)), "") for column, keys in _COLUMNS.items()
    }
    amount, modifications = initial["amount_eur"], _modifications(contract)
    for modification in modifications:
        amount = next(filter(None, (_text(_at(modification, key)) for key in _MODIFIED)), amount)
    # Flat records have the last modified amount, or all of them in a list, beside the first one.
    flat = _items(_at(contract, "montantModification"))
    ranks = _items(_at(contract, "idModification") or _at(contract, "modification_id"))
    amount = flat[-1] if flat else amount
    count = len(modifications) or len(flat) or max((_rank(rank) for rank in ranks), default=0)
    last = {"amount_eur": amount, "initial_amount_eur": initial["amount_eur"], "modification": str(count)}
    cells = initial | last
    return [cells[header] for header in _HEADERS]


def _items(value: Any) -> list[str]:
    """The texts of a value that may be one, a list, or a list written as a text."""
    if isinstance(value, str) and value.strip().startswith("["):
        try:
            value = json.loads(value, parse_float=Decimal)
        except ValueError:
            value = value.strip("[] ").split(",")
    values = value if isinstance(value, list) else [value]
    return [text for item in values if (text := _text(item).strip("' "))]


def _modifications(contract: dict[str, Any]) -> list[dict[str, Any]]:
    """The modifications in the order of their number; in that of the file where they have none."""
    wrapped = _objects(contract.get("modifications"))
    modifications = [inner for entry in wrapped for inner in _objects(entry.get("modification", entry))]
    return sorted(
        modifications, key=lambda entry: (_rank(entry.get("id")), _text(_at(entry, "dateNotificationModification")))
    )


def _rank(number: Any) -> int:
    text = str(number)
    return int(text) if text.isdecimal() else 0


def _at(contract: dict[str, Any], key: str) -> Any:
    """The value of a key, or of `outer.inner` whichever way it is written; capitals aside, for portals drop them."""
    outer, _, inner = key.partition(".")
    if key in contract:
        return contract[key]
    small = {name.lower(): value for name, value in contract.items()}
    if key.lower() in small or not inner:
        return small.get(key.lower())
    held = small.get(outer.lower())
    return _at(held, inner) if isinstance(held, dict) else None


def _text(value: Any) -> str:
    """A value as text that data/sources/cells.py reads without doubt; lists joined, and what wraps them taken off."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return _text(list(value.values()))
    if isinstance(value, list):
        return ", ".join(filter(None, map(_text, value)))
    if isinstance(value, Decimal) and value.adjusted() < 30:
        text = f"{value:f}"
        # Three decimals would be read as thousands: 1.234 is in doubt, 1.2340 is not.
        return text + "0" if len(text.partition(".")[2]) == 3 else text
    return str(value)


def _broken(path: Path, kind: str, message: str, row: int | None = None, **values: object) -> ExtractError:
    return ExtractError(Problem(kind=kind, file=path.name, row=row, message=message, values=dict(values)))
