"""mapping.toml: how the columns and codes of a source become those of the data contract.

    [contracts.columns]                     # header of the source = column of the contract; "" = not read
    "Donneur d'ordre" = "client_name"
    "Observations" = ""

    [contracts.values.clause_category]      # text of the source = code; "" = empty
    "Art. 14" = "execution"

    [contracts.defaults]                    # value of every row, for a column that the source does not have
    client_type = "commune"

    [hours.columns]
    "Heures réalisées" = "hours_validated"

Capitals, accents, spaces and punctuation of headers do not matter; the columns' own names and their French labels are
known without a mapping, as are those of the DECP (table notified). A column that could identify a person is refused
whatever the mapping says.
"""

import difflib
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from data.problems import ExtractError, Problem
from data.schema import ALL_TABLES, TABLES, Column, Table, is_refused, plain_name
from data.words import N_

# A sheet or a file is a table when this many of its headers are known, one of them in this table alone; two for the DECP,
# whose "id" is a header that anything may have.
_FEWEST_KNOWN = 3
_FEWEST_OWN = {"contracts": 1, "hours": 1, "notified": 2}
type_of_texts = dict[str, dict[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapping:
    """The mapping of a publish, by table: headers (in plain form), values and defaults of columns."""

    columns: type_of_texts = field(default_factory=lambda: {table.name: {} for table in ALL_TABLES})
    values: dict[str, type_of_texts] = field(default_factory=lambda: {table.name: {} for table in ALL_TABLES})
    defaults: type_of_texts = field(default_factory=lambda: {table.name: {} for table in ALL_TABLES})

    def target(self, table: Table, header: str) -> str | None:
        """The column that a header stands for; "" when it is not to be read, None when it is unknown."""
        plain = plain_name(header)
        column = self.columns[table.name].get(plain, _own_names(table.name).get(plain))
        return "" if column is None and re.fullmatch(table.passed_over, plain) else column

    def known(self, headers: Sequence[str]) -> int:
        """How many headers stand for a column of a table."""
        return sum(any(self.target(table, header) for table in ALL_TABLES) for header in headers)

    def table_of(self, headers: Sequence[str]) -> Table | None:
        """The table that a source with these headers holds, None when it is none."""
        shared = set.intersection(*({column.name for column in table.columns} for table in TABLES))
        found: dict[str, set[str]] = {table.name: set() for table in ALL_TABLES}
        own: dict[str, set[str]] = {table.name: set() for table in ALL_TABLES}
        for header in headers:
            targets = {table.name: column for table in ALL_TABLES if (column := self.target(table, header))}
            for name, column in targets.items():
                found[name].add(column)
                if len(targets) == 1 and column not in shared:
                    own[name].add(column)
        table = max(ALL_TABLES, key=lambda table: len(own[table.name]))
        enough = len(own[table.name]) >= _FEWEST_OWN[table.name] and len(found[table.name]) >= _FEWEST_KNOWN
        return table if enough else None


@cache
def _own_names(table_name: str) -> dict[str, str]:
    """Column names, French labels and headers of public formats in plain form, to their column; "" for what is derived."""
    (table,) = (table for table in ALL_TABLES if table.name == table_name)
    names: dict[str, str] = {}
    for column in table.columns:
        target = "" if column.derived else column.name
        names |= dict.fromkeys((plain_name(column.label), *column.aliases, column.name), target)
    return names


def close_column(table: Table, header: str, taken: set[str]) -> str | None:
    """The column not yet taken whose name or label resembles a header closely: a wrong suggestion is worse than none."""
    free = {plain: name for plain, name in _own_names(table.name).items() if name and name not in taken}
    close = difflib.get_close_matches(plain_name(header), list(free), n=1, cutoff=0.75)
    return free[close[0]] if close else None


def close_code(codes: Sequence[Any], value: str) -> str | None:
    """The code whose own text or label resembles a value of the source."""
    plain = {plain_name(code.label): str(code) for code in codes} | {plain_name(code): str(code) for code in codes}
    close = difflib.get_close_matches(plain_name(value), list(plain), n=1, cutoff=0.6)
    return plain[close[0]] if close else None


def load_mapping(file: Path | None) -> Mapping:
    """The mapping of a file, an empty one without a file. ExtractError lists every entry that leads nowhere."""
    if file is None:
        return Mapping()
    try:
        raw = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        message = N_("correspondances illisibles ({error})\u202f; corrigez ce fichier TOML.")
        reason = error.strerror if isinstance(error, OSError) else error
        raise ExtractError(
            Problem(kind="mapping_unreadable", file=file.name, message=message, values={"error": reason})
        ) from error
    mapping = Mapping()
    problems: list[Problem] = []
    tables = {table.name: table for table in ALL_TABLES}
    for name, part in raw.items():
        if name not in tables or not isinstance(part, dict):
            problems.append(_wrong(file, name, N_("section inconnue\u202f; [contracts.…] ou [hours.…] attendu.")))
            continue
        for section, entries in part.items():
            if section not in ("columns", "values", "defaults") or not isinstance(entries, dict):
                message = N_("section inconnue\u202f; columns, values ou defaults attendu.")
                problems.append(_wrong(file, f"{name}.{section}", message))
            else:
                problems += _read(mapping, tables[name], section, entries, file)
    if problems:
        raise ExtractError(*problems)
    return mapping


def _read(mapping: Mapping, table: Table, section: str, entries: dict[str, Any], file: Path) -> list[Problem]:
    """Puts one section into the mapping; the entries that lead nowhere."""
    problems = []
    names = {column.name for column in table.columns if not column.derived}
    for entry, value in entries.items():
        place = f"{table.name}.{section}.{entry}"
        if section == "columns" and is_refused(entry):
            problems.append(
                _wrong(file, place, N_("cette colonne pourrait désigner une personne\u202f; elle est refusée."))
            )
        elif (target := value if section == "columns" else entry) not in names and target != "":
            close = difflib.get_close_matches(str(target), names, n=1)
            told = close[0] if close else ", ".join(sorted(names))
            message = N_("colonne «\u00a0{column}\u00a0» inconnue\u202f; essayez\u00a0: {told}.")
            problems.append(_wrong(file, place, message, column=target, told=told))
        elif section == "columns":
            mapping.columns[table.name][plain_name(entry)] = target
        elif section == "values" and not isinstance(value, dict):
            problems.append(_wrong(file, place, N_("une table «\u00a0texte = code\u00a0» est attendue.")))
        else:
            column = table.column(entry)
            texts = value if section == "values" else {"": value}
            for text, code in texts.items():
                problems += _wrong_code(column, code, file, f"{place}.{text}".rstrip("."))
            if section == "values":
                mapping.values[table.name][entry] = {str(text).strip(): str(code) for text, code in texts.items()}
            else:
                mapping.defaults[table.name][entry] = str(value)
    return problems


def _wrong_code(column: Column, code: object, file: Path, place: str) -> list[Problem]:
    """Nothing for a value that the column may have; a text that is no code is found when cells are read."""
    if isinstance(code, (dict, list)):
        return [_wrong(file, place, N_("un texte est attendu."))]
    allowed = [str(known) for known in column.codes or ()]
    if not allowed or code in (*allowed, ""):
        return []
    message = N_("code «\u00a0{code}\u00a0» inconnu\u202f; codes possibles\u00a0: {told}.")
    return [_wrong(file, place, message, code=code, told=", ".join(allowed))]


def _wrong(file: Path, place: str, message: str, **values: object) -> Problem:
    return Problem(kind="mapping_wrong", file=file.name, column=place, message=message, values=dict(values))
