"""Reads the JSON of the DECP: one table for its marchés, one for its concessions, as CSV files that DuckDB reads.

The form published since 2024 is `{"marches": {"marche": […], "contrat-concession": […]}}`; the one before it was
`{"marches": […]}`, told apart by `_type`. Lists may be wrapped (`[{"modification": {…}}]`), stand alone where there is one
entry, or be texts. The row of a problem is the rank of the contract in its list, 1 being the first.
"""

import csv
import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from data.problems import ExtractError, Problem
from data.sources.raw_table import RawTable, csv_relation
from data.words import N_

# Python holds a JSON about eight times over while it reads it; a larger extract comes in a tabular form.
LARGEST = 1 << 28
_LISTS = ("marche", "contrat-concession")
# Column of the table, then the keys under which it is found. A concession has names of its own.
_COLUMNS = {
    "contract_ref": ("id",),
    "buyer_siret": ("acheteur.id", "autoriteConcedante.id"),
    "buyer_name": ("acheteur.nom", "autoriteConcedante.nom"),
    "subject": ("objet",),
    "nature": ("nature",),
    "procedure": ("procedure",),
    "cpv_code": ("codeCPV",),
    "amount_eur": ("montant", "valeurGlobale"),
    "notified_on": ("dateNotification", "dateSignature"),
    "considerations": ("considerationsSociales",),
}
_HEADERS = (*_COLUMNS, "initial_amount_eur", "modification")


def read(path: Path, work: Path) -> list[RawTable]:
    """The tables of the file, those without contracts left out. ExtractError when it is no DECP or cannot be read."""
    if path.stat().st_size > LARGEST:
        raise _broken(path, "too_large", N_("JSON trop volumineux\u202f; prenez la forme tabulaire, CSV ou Parquet."))
    try:
        told = json.loads(path.read_text(encoding="utf-8-sig"), parse_float=Decimal)
    except UnicodeDecodeError as error:
        raise _broken(path, "wrong_encoding", N_("un JSON est en UTF-8\u202f; exportez-le de nouveau.")) from error
    except json.JSONDecodeError as error:
        message = N_("JSON illisible à cet endroit\u202f; exportez-le de nouveau.")
        raise _broken(path, "broken_json", message, row=error.lineno) from error
    except RecursionError as error:
        raise _broken(path, "broken_json", N_("JSON illisible\u202f; exportez-le de nouveau.")) from error
    found = {name: contracts for name, contracts in _contracts(told) if contracts}
    if not found:
        message = N_("ce JSON n’est pas celui des DECP\u00a0: {expected} attendu.")
        raise _broken(path, "unknown_table", message, expected='{"marches": {"marche": […]}}')
    return [_table(f"{path.name} [{name}]", contracts, work) for name, contracts in found.items()]


def _contracts(told: Any) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """The lists of contracts by name; what is not an object is kept as an empty one, to be told as a problem."""
    held = told.get("marches", told) if isinstance(told, dict) else told
    if isinstance(held, dict):
        for name in _LISTS:
            yield name, _objects(held.get(name))
    elif isinstance(held, list):
        contracts = _objects(held)
        granted = [_granted(contract) for contract in contracts]
        yield "marches", contracts if any(granted) or not contracts else []


def _granted(contract: dict[str, Any]) -> bool:
    """Whether an object of a bare list says who bought: any JSON may be a list."""
    return "acheteur" in contract or "autoriteConcedante" in contract or "acheteur.id" in contract


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
        amount = _text(modification.get("montant")) or _text(modification.get("valeurGlobale")) or amount
    last = {"amount_eur": amount, "initial_amount_eur": initial["amount_eur"], "modification": str(len(modifications))}
    told = initial | last
    return [told[header] for header in _HEADERS]


def _modifications(contract: dict[str, Any]) -> list[dict[str, Any]]:
    """The modifications in the order of their number; in that of the file where they have none."""
    wrapped = _objects(contract.get("modifications"))
    found = [inner for entry in wrapped for inner in _objects(entry.get("modification", entry))]
    return sorted(found, key=lambda entry: _rank(entry.get("id")))


def _rank(number: Any) -> int:
    text = str(number)
    return int(text) if text.isdecimal() else 0


def _at(contract: dict[str, Any], key: str) -> Any:
    """The value of a key, or of `outer.inner` whichever way it is written."""
    outer, _, inner = key.partition(".")
    if key in contract or not inner:
        return contract.get(key)
    held = contract.get(outer)
    return held.get(inner) if isinstance(held, dict) else None


def _text(value: Any) -> str:
    """A value as text that `data.sources.sources.cells` reads without doubt; lists joined, and what wraps them taken off."""
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
