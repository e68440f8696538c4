"""A mapping.toml read into a `Mapping` (data/sources/mapping.py has its sections), with every entry that leads nowhere."""

import difflib
from dataclasses import replace
from pathlib import Path
from typing import Any

from data.problems import ExtractError, Problem
from data.schema import ALL_TABLES, HOURS, Column, Table, is_refused
from data.sources.mapping import SECTIONS, Mapping, TableMapping
from data.toml import UnreadableTomlError, read_toml
from data.words import N_

UNITS = {"%": ("%", "fraction"), "h": ("h", "min"), "€ HT": ("€", "k€"), "€": ("€", "k€")}


_IDENTIFYING = ("_id", "_siret", "_ref", "_name")


def load_mapping(file: Path | None) -> Mapping:
    """The mapping of a file, an empty one without a file. ExtractError lists every entry that leads nowhere."""
    if file is None:
        return Mapping()
    try:
        raw = read_toml(file)
    except UnreadableTomlError as error:
        problem = Problem(
            kind="mapping_unreadable", file=file.name, row=error.row, message=error.message, values=error.values
        )
        raise ExtractError(problem) from error
    except OSError as error:
        message = N_("correspondances illisibles ({error})\u202f; vérifiez ce fichier.")
        values = {"error": error.strerror}
        raise ExtractError(
            Problem(kind="mapping_unreadable", file=file.name, message=message, values=values)
        ) from error
    return mapping_of(raw, file.name)


def mapping_of(raw: dict[str, Any], file: str) -> Mapping:
    """The mapping that a TOML document says. ExtractError lists every entry that leads nowhere."""
    mapping = Mapping()
    problems: list[Problem] = []
    tables = {table.name: table for table in ALL_TABLES}
    for name, part in raw.items():
        if name == "sheets" and isinstance(part, dict):
            for sheet, taken_for in part.items():
                if taken_for in ("", *tables):
                    mapping.sheets[sheet] = taken_for
                else:
                    problems.append(_wrong(file, f"sheets.{sheet}", _SHEET))
        elif name not in tables or not isinstance(part, dict):
            problems.append(_wrong(file, name, N_("section inconnue\u202f; [contracts.…] ou [hours.…] attendu.")))
        else:
            reader = _TableReader(tables[name], file)
            mapping.tables[name] = reader.read(part)
            problems += reader.problems
    if problems:
        raise ExtractError(*problems)
    return mapping


class _TableReader:
    """Reads the sections of one table, keeping the entries that lead nowhere as problems."""

    def __init__(self, table: Table, file: str) -> None:
        self.problems: list[Problem] = []
        self._table = table
        self._file = file
        self._names = {column.name for column in table.every_column if not column.derived}

    def read(self, part: dict[str, Any]) -> TableMapping:
        """The table's mapping."""
        decided = TableMapping()
        for section, entries in part.items():
            place = f"{self._table.name}.{section}"
            if section not in SECTIONS or not isinstance(entries, dict):
                self._wrong(place, _SECTION, sections=", ".join(SECTIONS))
            elif section == "months":
                decided = self._months(decided, entries, place)
            elif section == "rows":
                decided = self._rows(decided, entries, place)
            else:
                for entry, value in entries.items():
                    getattr(self, f"_{section}")(decided, entry, value, f"{place}.{entry}")
        return decided

    def _wrong(self, place: str, message: str, **values: object) -> None:
        self.problems.append(_wrong(self._file, place, message, **values))

    def _known(self, name: object, place: str) -> bool:
        """Whether a column of that name exists; a problem, with what resembles it, when it does not."""
        if name in self._names:
            return True
        close = difflib.get_close_matches(str(name), self._names, n=1)
        likely = close[0] if close else ", ".join(sorted(self._names))
        message = N_("colonne «\u00a0{column}\u00a0» inconnue\u202f; essayez\u00a0: {likely}.")
        self._wrong(place, message, column=name, likely=likely)
        return False

    def _columns(self, decided: TableMapping, header: str, value: Any, place: str) -> None:
        targets = tuple(value) if isinstance(value, list) else (value,) if value != "" else ()
        if is_refused(header) and targets:
            self._wrong(place, N_("cette colonne pourrait désigner une personne\u202f; elle est refusée."))
        elif not [target for target in targets if not self._known(target, place)]:
            decided.columns[header] = targets

    def _made(self, decided: TableMapping, column: str, value: Any, place: str) -> None:
        parts = tuple(value) if isinstance(value, list) else (value,)
        if not parts or not all(isinstance(part, str) and part for part in parts):
            self._wrong(place, N_('une liste de colonnes ou d’en-têtes est attendue, ["client_name"] par exemple.'))
        elif refused := [part for part in parts if part not in self._names and is_refused(part)]:
            self._wrong(
                f"{place}.{refused[0]}", N_("cette colonne pourrait désigner une personne\u202f; elle est refusée.")
            )
        elif self._known(column, place):
            decided.made[column] = parts

    def _values(self, decided: TableMapping, column: str, value: Any, place: str) -> None:
        if not self._known(column, place):
            return
        if not isinstance(value, dict):
            self._wrong(place, N_("une table «\u00a0texte = code\u00a0» est attendue."))
            return
        for text, code in value.items():
            self._code(self._table.column(column), code, f"{place}.{text}".rstrip("."))
        decided.values[column] = {str(text).strip(): str(code) for text, code in value.items()}

    def _by(self, decided: TableMapping, column: str, value: Any, place: str) -> None:
        if not self._known(column, place):
            return
        others = list(value.items()) if isinstance(value, dict) else []
        if len(others) != 1 or not isinstance(others[0][1], dict):
            self._wrong(
                place, N_("une table [{section}.autre_colonne] «\u00a0texte = code\u00a0» est attendue."), section=place
            )
            return
        ((other, texts),) = others
        if self._known(other, f"{place}.{other}"):
            for text, code in texts.items():
                self._code(self._table.column(column), code, f"{place}.{other}.{text}")
            decided.by[column] = {other: {str(text).strip(): str(code) for text, code in texts.items()}}

    def _defaults(self, decided: TableMapping, column: str, value: Any, place: str) -> None:
        if not self._known(column, place):
            return
        if column == "lot_id" and value != "00":
            self._wrong(place, N_("le seul lot par défaut est «\u00a000\u00a0», celui d’un marché non alloti."))
        elif column != "lot_id" and column.endswith(_IDENTIFYING) and value != "":
            message = N_(
                "cette colonne identifie quelque chose\u00a0: la même valeur partout serait fausse. Voyez [{table}.made]."
            )
            self._wrong(place, message, table=self._table.name)
        else:
            self._code(self._table.column(column), value, place)
            decided.defaults[column] = str(value)

    def _units(self, decided: TableMapping, column: str, value: Any, place: str) -> None:
        if not self._known(column, place):
            return
        allowed = UNITS.get(self._table.column(column).unit, ())
        if value not in allowed:
            message = N_("unité inconnue\u202f; unités possibles\u00a0: {units}.")
            self._wrong(place, message, units=", ".join(allowed) or "–")
        else:
            decided.units[column] = value

    def _months(self, decided: TableMapping, entries: dict[str, Any], place: str) -> TableMapping:
        columns = entries.get("columns", ["hours_declared", "hours_validated"])
        columns = tuple(columns) if isinstance(columns, list) else (columns,)
        year = entries.get("year")
        if self._table is not HOURS or not columns or set(entries) - {"columns", "year"}:
            self._wrong(place, N_('[hours.months] n’a que columns = ["hours_validated"] et year = 2024.'))
        elif year is not None and (not isinstance(year, int) or not 1970 <= year <= 2099):
            self._wrong(f"{place}.year", N_("une année est attendue, 2024 par exemple."))
        elif not [column for column in columns if not self._known(column, f"{place}.columns")]:
            return replace(decided, months=columns, year=year)
        return decided

    def _rows(self, decided: TableMapping, entries: dict[str, Any], place: str) -> TableMapping:
        totals = entries.get("totals")
        if set(entries) != {"totals"} or totals not in ("data", "out"):
            self._wrong(
                place, N_('totals = "out" (lignes de total écartées) ou "data" (lignes ordinaires) est attendu.')
            )
            return decided
        return replace(decided, totals=totals)

    def _code(self, column: Column, code: object, place: str) -> None:
        """A problem for a value that the column cannot have; a text that is no code is detected when cells are read."""
        if isinstance(code, (dict, list)):
            self._wrong(place, N_("un texte est attendu."))
            return
        allowed = [str(known) for known in column.codes or ()]
        if allowed and code not in (*allowed, ""):
            message = N_("code «\u00a0{code}\u00a0» inconnu\u202f; codes possibles\u00a0: {codes}.")
            self._wrong(place, message, code=code, codes=", ".join(allowed))


_SHEET = N_('une feuille est "contracts", "hours", "notified", ou "" quand elle n’est pas lue.')


_SECTION = N_("section inconnue\u202f; sections possibles\u00a0: {sections}.")


def _wrong(file: str, place: str, message: str, **values: object) -> Problem:
    return Problem(kind="mapping_wrong", file=file, column=place, message=message, values=dict(values))
