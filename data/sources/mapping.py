"""mapping.toml: how the columns and codes of a source become those of the data contract.

    [contracts.columns]                     # header of the source = column, or columns, of the contract; "" = not read
    "Donneur d'ordre" = "client_name"
    "Date de notification" = ["notified_on", "starts_on"]
    "Observations" = ""

    [contracts.made]                        # a column made from others: of the contract, or headers
    client_id = ["client_name"]

    [contracts.values.clause_category]      # text of the source = code; "" = empty
    "Art. 14" = "execution"

    [contracts.by.client_type.client_name]  # a column by the value of another
    "Ville A" = "commune"

    [contracts.defaults]                    # value of every row that the source leaves without one
    lot_id = "00"

    [contracts.units]                       # what the numbers of a column count, where it is not the contract's unit
    obligation_pct = "fraction"

    [hours.made]
    entry_id = ["file", "row"]
    month = ["Année", "Mois"]

    [hours.months]                          # months as columns: one row a month; `year` where headers have none
    columns = ["hours_declared", "hours_validated"]

    [hours.rows]                            # a row that equals the sum of those above it: data, or out
    totals = "out"

    [sheets]                                # what a file or sheet is taken for; "" = passed over
    "bilan.xlsx [Notes]" = ""

Capitals, accents, spaces and punctuation of headers do not matter; the columns' own names and their French labels are known without
a mapping, as are those of the DECP (table notified). A column that could identify a person is refused whatever the mapping says.
"""

import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from data.problems import ExtractError, Problem
from data.schema import ALL_TABLES, HOURS, TABLES, Column, Table, is_refused, plain_name
from data.sources.names import other_names, own_names, resembling
from data.sources.readings import MONTH_NAMES, month
from data.toml import UnreadableTomlError, read_toml
from data.words import N_

# A sheet or a file is a table when this many of its headers are known, one of them in this table alone; two for the DECP,
# whose "id" is a header that anything may have.
_FEWEST_KNOWN = 3
_FEWEST_OWN = {"contracts": 1, "hours": 1, "notified": 2}
# Where the parts of a made column may come from besides headers and columns.
FILE, ROW = "file", "row"
UNITS = {"%": ("%", "fraction"), "h": ("h", "min"), "€ HT": ("€", "k€"), "€": ("€", "k€")}
_IDENTIFYING = ("_id", "_siret", "_ref", "_name")
_SECTIONS = ("columns", "made", "values", "by", "defaults", "units", "months", "rows")
type_of_texts = dict[str, dict[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class TableMapping:
    """What the mapping says of one table. Headers are as written; see the module for each section."""

    columns: dict[str, tuple[str, ...]] = field(default_factory=dict)
    made: dict[str, tuple[str, ...]] = field(default_factory=dict)
    values: type_of_texts = field(default_factory=dict)
    by: dict[str, type_of_texts] = field(default_factory=dict)
    defaults: dict[str, str] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    months: tuple[str, ...] = ()
    year: int | None = None
    totals: str | None = None

    def targets(self, plain: str) -> tuple[str, ...] | None:
        """The columns that a header in plain form stands for; None when it is not named here."""
        return next((columns for header, columns in self.columns.items() if plain_name(header) == plain), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapping:
    """The mapping of a publish: what it says of each table, and what sheets are taken for ("" = passed over)."""

    tables: dict[str, TableMapping] = field(
        default_factory=lambda: {table.name: TableMapping() for table in ALL_TABLES}
    )
    sheets: dict[str, str] = field(default_factory=dict)

    def of(self, table: Table) -> TableMapping:
        """What is said of that table."""
        return self.tables[table.name]

    def targets(self, table: Table, header: str) -> tuple[str, ...] | None:
        """The columns that a header stands for; () when it is not to be read, None when it is unknown."""
        plain = plain_name(header)
        found = self.of(table).targets(plain)
        if found is not None:
            return found
        own = own_names(table.name).get(plain)
        if own is not None:
            return (own,) if own else ()
        if plain in self._parts(table):
            return ()
        return () if plain and re.fullmatch(table.passed_over, plain) else None

    def _parts(self, table: Table) -> set[str]:
        """Headers that a made column is made from: they are read without being columns."""
        return {plain_name(part) for parts in self.of(table).made.values() for part in parts}

    def weight(self, header: str) -> int:
        """What a header is worth in the search for headers: 3 when it is known, 1 when it suggests a column, else 0."""
        if any(self.targets(table, header) for table in ALL_TABLES):
            return 3
        plain = plain_name(header)
        if any(plain in other_names(table.name) or self.targets(table, header) == () for table in ALL_TABLES):
            return 1
        has_letters = re.search(r"[^\W\d]{3}", header) is not None
        is_month = plain in MONTH_NAMES or (
            re.search(r"\d", header) is not None and has_letters and month(header) is not None
        )
        return int(is_month)

    def known(self, headers: Sequence[str]) -> int:
        """How many headers stand for a column of a table."""
        return sum(any(self.targets(table, header) for table in ALL_TABLES) for header in headers)

    def table_of(self, headers: Sequence[str]) -> Table | None:
        """The table that a source with these headers holds, None when it is none."""
        shared = set.intersection(*({column.name for column in table.columns} for table in TABLES))
        found: dict[str, set[str]] = {table.name: set() for table in ALL_TABLES}
        own: dict[str, set[str]] = {table.name: set() for table in ALL_TABLES}
        for header in headers:
            targets = {table.name: columns for table in ALL_TABLES if (columns := self.targets(table, header))}
            for name, columns in targets.items():
                found[name].update(columns)
                if len(targets) == 1:
                    own[name].update(set(columns) - shared)
        table = max(ALL_TABLES, key=lambda table: (len(own[table.name]), len(found[table.name])))
        enough = len(own[table.name]) >= _FEWEST_OWN[table.name] and len(found[table.name]) >= _FEWEST_KNOWN
        return table if enough else None


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
        self._names = {column.name for column in table.columns if not column.derived}

    def read(self, part: dict[str, Any]) -> TableMapping:
        """The table's mapping."""
        said = TableMapping()
        for section, entries in part.items():
            place = f"{self._table.name}.{section}"
            if section not in _SECTIONS or not isinstance(entries, dict):
                self._wrong(place, _SECTION, sections=", ".join(_SECTIONS))
            elif section == "months":
                said = self._months(said, entries, place)
            elif section == "rows":
                said = self._rows(said, entries, place)
            else:
                for entry, value in entries.items():
                    getattr(self, f"_{section}")(said, entry, value, f"{place}.{entry}")
        return said

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

    def _columns(self, said: TableMapping, header: str, value: Any, place: str) -> None:
        targets = tuple(value) if isinstance(value, list) else (value,) if value != "" else ()
        if is_refused(header) and targets:
            self._wrong(place, N_("cette colonne pourrait désigner une personne\u202f; elle est refusée."))
        elif not [target for target in targets if not self._known(target, place)]:
            said.columns[header] = targets

    def _made(self, said: TableMapping, column: str, value: Any, place: str) -> None:
        parts = tuple(value) if isinstance(value, list) else (value,)
        if not parts or not all(isinstance(part, str) and part for part in parts):
            self._wrong(place, N_('une liste de colonnes ou d’en-têtes est attendue, ["client_name"] par exemple.'))
        elif refused := [part for part in parts if part not in self._names and is_refused(part)]:
            self._wrong(
                f"{place}.{refused[0]}", N_("cette colonne pourrait désigner une personne\u202f; elle est refusée.")
            )
        elif self._known(column, place):
            said.made[column] = parts

    def _values(self, said: TableMapping, column: str, value: Any, place: str) -> None:
        if not self._known(column, place):
            return
        if not isinstance(value, dict):
            self._wrong(place, N_("une table «\u00a0texte = code\u00a0» est attendue."))
            return
        for text, code in value.items():
            self._code(self._table.column(column), code, f"{place}.{text}".rstrip("."))
        said.values[column] = {str(text).strip(): str(code) for text, code in value.items()}

    def _by(self, said: TableMapping, column: str, value: Any, place: str) -> None:
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
            said.by[column] = {other: {str(text).strip(): str(code) for text, code in texts.items()}}

    def _defaults(self, said: TableMapping, column: str, value: Any, place: str) -> None:
        if not self._known(column, place):
            return
        if column == "lot_id" and value != "00":
            self._wrong(place, N_("le seul lot par défaut est «\u00a000\u00a0», celui d’un marché non alloti."))
        elif column != "lot_id" and column.endswith(_IDENTIFYING) and value != "":
            message = N_(
                "cette colonne identifie quelque chose\u202f: la même valeur partout serait fausse. Voyez [{table}.made]."
            )
            self._wrong(place, message, table=self._table.name)
        else:
            self._code(self._table.column(column), value, place)
            said.defaults[column] = str(value)

    def _units(self, said: TableMapping, column: str, value: Any, place: str) -> None:
        if not self._known(column, place):
            return
        allowed = UNITS.get(self._table.column(column).unit, ())
        if value not in allowed:
            message = N_("unité inconnue\u202f; unités possibles\u00a0: {units}.")
            self._wrong(place, message, units=", ".join(allowed) or "–")
        else:
            said.units[column] = value

    def _months(self, said: TableMapping, entries: dict[str, Any], place: str) -> TableMapping:
        columns = entries.get("columns", ["hours_declared", "hours_validated"])
        columns = tuple(columns) if isinstance(columns, list) else (columns,)
        year = entries.get("year")
        if self._table is not HOURS or not columns or set(entries) - {"columns", "year"}:
            self._wrong(place, N_('[hours.months] n’a que columns = ["hours_validated"] et year = 2024.'))
        elif year is not None and (not isinstance(year, int) or not 1970 <= year <= 2099):
            self._wrong(f"{place}.year", N_("une année est attendue, 2024 par exemple."))
        elif not [column for column in columns if not self._known(column, f"{place}.columns")]:
            return replace(said, months=columns, year=year)
        return said

    def _rows(self, said: TableMapping, entries: dict[str, Any], place: str) -> TableMapping:
        totals = entries.get("totals")
        if set(entries) != {"totals"} or totals not in ("data", "out"):
            self._wrong(
                place, N_('totals = "out" (lignes de total écartées) ou "data" (lignes ordinaires) est attendu.')
            )
            return said
        return replace(said, totals=totals)

    def _code(self, column: Column, code: object, place: str) -> None:
        """A problem for a value that the column cannot have; a text that is no code is found when cells are read."""
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """An entry for mapping.toml: `section` is contracts.columns or contracts.values.sector; `target` is "" when nothing is close.

    `file`: the file or sheet that it comes from. `decided`: an empty target says something (a header that is not read).
    `is_alternative`: another answer, printed behind a #.
    """

    section: str
    text: str
    target: str | tuple[str, ...] | int
    file: str = ""
    decided: bool = False
    is_alternative: bool = False


def _toml(value: object) -> str:
    """A value as TOML writes it; a text on one line, whatever it holds."""
    if isinstance(value, (tuple, list)):
        return (value and f"[{', '.join(map(_toml, value))}]") or '""'
    if isinstance(value, int):
        return str(value)
    text = str(value).replace("\\", "\\\\").replace('"', '\\"')
    text = re.sub(r"[\x00-\x1f\x7f]", lambda found: f"\\u{ord(found[0]):04x}", text)
    return f'"{text}"'


def entries_of(mapping: Mapping) -> list[Suggestion]:
    """Everything that a mapping says, as entries of its sections."""
    entries = []
    for name, said in mapping.tables.items():
        entries += [
            Suggestion(section=f"{name}.columns", text=header, target=columns[0] if len(columns) == 1 else columns)
            for header, columns in said.columns.items()
        ]
        entries += [
            Suggestion(section=f"{name}.made", text=column, target=parts) for column, parts in said.made.items()
        ]
        entries += [
            Suggestion(section=f"{name}.values.{column}", text=text, target=code)
            for column, texts in said.values.items()
            for text, code in texts.items()
        ]
        entries += [
            Suggestion(section=f"{name}.by.{column}.{other}", text=text, target=code)
            for column, others in said.by.items()
            for other, texts in others.items()
            for text, code in texts.items()
        ]
        for section, texts in (("defaults", said.defaults), ("units", said.units)):
            entries += [Suggestion(section=f"{name}.{section}", text=text, target=code) for text, code in texts.items()]
        if said.months:
            entries.append(Suggestion(section=f"{name}.months", text="columns", target=said.months))
        if said.year:
            entries.append(Suggestion(section=f"{name}.months", text="year", target=said.year))
        if said.totals:
            entries.append(Suggestion(section=f"{name}.rows", text="totals", target=said.totals))
    return entries + [Suggestion(section="sheets", text=sheet, target=table) for sheet, table in mapping.sheets.items()]


def mapping_text(mapping: Mapping, suggestions: Iterable[Suggestion] = ()) -> str:
    """The mapping and suggestions as a whole mapping.toml, each entry once; what suggests nothing waits behind a #.

    Two files that give one header two meanings keep the first one, the other behind a #.
    """
    every = [*(replace(entry, decided=True) for entry in entries_of(mapping)), *suggestions]
    order = {
        f"{table.name}.{section}": n for n, (table, section) in enumerate((t, s) for t in ALL_TABLES for s in _SECTIONS)
    }
    sections = sorted(
        dict.fromkeys(entry.section for entry in every), key=lambda s: order.get(".".join(s.split(".")[:2]), len(order))
    )
    lines: list[str] = []
    for section in sections:
        lines.append(f"[{section}]")
        written: set[str] = set()
        of_section: set[str] = set()
        file = ""
        for entry in (entry for entry in every if entry.section == section):
            key = plain_name(entry.text) if section.endswith(".columns") else entry.text
            line = f"{_key(entry.text, section)} = {_toml(entry.target)}"
            is_open = entry.is_alternative or (entry.target == "" and not entry.decided)
            if line in of_section or (key in written and is_open and not entry.is_alternative):
                continue
            of_section.add(line)
            if entry.file and entry.file != file:
                file = entry.file
                lines.append(f"# {' '.join(file.split())}")
            lines.append(f"# {line}" if is_open or key in written else line)
            if not is_open:
                written.add(key)
    return "\n".join(lines)


def _key(text: str, section: str) -> str:
    """The key of an entry: a name of ours stands bare, a text of the source between quotes."""
    is_name = section.split(".")[-1] in ("made", "defaults", "units", "months", "rows")
    return text if is_name and re.fullmatch(r"\w+", text) else _toml(text)


def close_column(table: Table, header: str, taken: set[str]) -> str | None:
    """The column not yet taken that a header suggests; see `data.sources.names.resembling`."""
    return resembling(table, header, taken)
