"""The model workbook: both tables of an extract to be filled by hand, made from data/schema.py.

Headers are the French labels, which the door knows without a mapping; codes are chosen in lists of their labels; each header has its
definition as a note. Rows of examples are left out at the door (data/sources/left_out_rows.py).
"""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO, Final

from data.schema import CONTRACTS, HOURS, TABLES, Column, Table
from data.sources.model_examples import EXAMPLES, Value
from data.words import N_, Words

# Rows below the headers that have lists and checks: 10 000 lines of hours are a year of a large authority.
ROWS: Final = 10_000
SHEETS: Final = {CONTRACTS.name: N_("Marchés"), HOURS.name: N_("Heures")}
_NOTES: Final = N_("Lisez-moi")
_CODES: Final = N_("Codes")
_FLAG: Final = (N_("oui"), N_("non"))
_FORMATS: Final = {"DATE": "dd/mm/yyyy", "INTEGER": "0"}
_MONTH: Final = "[$-40C]mmmm yyyy"
_TEXT: Final = (
    N_(
        "Une ligne par lot dans «\u00a0Marchés\u00a0», une ligne par lot et par mois travaillé dans «\u00a0Heures\u00a0»."
    ),
    N_("Les colonnes en bleu sont obligatoires\u202f; les autres peuvent rester vides, ou être supprimées."),
    N_(
        "Chaque en-tête a sa définition en commentaire\u202f; les codes se choisissent dans une liste, et sont tous dans «\u00a0Codes\u00a0»."
    ),
    N_("Les lignes EXEMPLE ne sont jamais publiées\u00a0: remplacez-les, ou laissez-les."),
    N_("Identifiant du marché et lot sont les mêmes dans les deux feuilles\u202f; un marché sans lot porte le lot 00."),
    N_("Heures réalisées\u00a0: vides tant que la déclaration attend sa validation, 0 quand elle est rejetée."),
    N_(
        "Aucun nom, aucune date de naissance, aucune adresse\u00a0: des pseudonymes seulement. Une telle colonne est refusée."
    ),
    N_("Pour publier\u00a0: python -m data.publish modele.xlsx, ou la page Publier."),
)


def write_model(place: Path | BinaryIO) -> None:
    """Writes the workbook; OSError when it cannot be written. In French, as the headers that the door knows."""
    import xlsxwriter  # for this alone

    words = Words("fr")
    with xlsxwriter.Workbook(str(place) if isinstance(place, Path) else place) as book:
        book.set_properties(
            {"title": words.say(N_("Modèle d’extraction")), "created": dt.datetime(2026, 1, 1, tzinfo=dt.UTC)}
        )
        _Model(book, words).write()


class _Model:
    """The sheets of one workbook. `lists`: where the labels of each list of codes stand, as a reference."""

    def __init__(self, book: Any, words: Words) -> None:
        self._book = book
        self._words = words
        self._lists: dict[str, str] = {}
        head = {"bold": True, "text_wrap": True, "valign": "top", "border": 1, "border_color": "#B0B0B0"}
        self._required = book.add_format({**head, "bg_color": "#0B5394", "font_color": "#FFFFFF"})
        self._optional = book.add_format({**head, "bg_color": "#EDEDED"})
        self._bold = book.add_format({"bold": True, "valign": "top"})
        self._title = book.add_format({"bold": True, "font_size": 14})
        self._wrapped = book.add_format({"text_wrap": True, "valign": "top"})

    def write(self) -> None:
        """Notes first, as what opens; the codes last, where the lists of both tables are."""
        notes = self._book.add_worksheet(self._words.say(_NOTES))
        sheets = [(table, self._book.add_worksheet(self._words.say(SHEETS[table.name]))) for table in TABLES]
        self._write_codes(self._book.add_worksheet(self._words.say(_CODES)))
        self._write_notes(notes)
        for table, sheet in sheets:
            self._write_table(sheet, table)

    def _write_notes(self, sheet: Any) -> None:
        sheet.set_column(0, 0, 100, self._wrapped)
        _print_whole(sheet)
        sheet.hide_gridlines(2)
        sheet.write(0, 0, self._words.say(N_("Modèle d’extraction")), self._title)
        for row, text in enumerate(_TEXT, start=2):
            sheet.write(row, 0, self._words.say(text), self._wrapped)

    def _write_codes(self, sheet: Any) -> None:
        """Three columns: the column of the table, its labels, what they mean. Under one another: headers would make a table of it."""
        for place, (text, width) in enumerate(((N_("Colonne"), 36), (N_("À choisir"), 44), (N_("Définition"), 80))):
            sheet.set_column(place, place, width, self._wrapped)
            sheet.write(0, place, self._words.say(text), self._optional)
        sheet.freeze_panes(1, 0)
        _print_whole(sheet)
        row = 1
        for table in TABLES:
            for column in table.columns:
                choices = _choices(column)
                for n, (label, definition) in enumerate(choices):
                    texts = (
                        self._words.say(column.label),
                        self._words.say(label),
                        definition and self._words.say(definition),
                    )
                    for place, text in enumerate(texts):
                        sheet.write_string(row + n, place, text, self._wrapped)
                if choices:
                    name = self._words.say(_CODES)
                    self._lists[f"{table.name}.{column.name}"] = f"={name}!$B${row + 1}:$B${row + len(choices)}"
                    row += len(choices)

    def _write_table(self, sheet: Any, table: Table) -> None:
        columns = ordered(table)
        sheet.set_row(0, 48)
        sheet.freeze_panes(1, 2)
        for place, column in enumerate(columns):
            cells = self._book.add_format({"num_format": _format(column)})
            sheet.set_column(place, place, _width(column), cells)
            sheet.write(0, place, self._words.say(column.label), self._required if column.required else self._optional)
            sheet.write_comment(0, place, self._note(column), {"x_scale": 2, "y_scale": 1.2})
            if (check := self._check(table, column)) is not None:
                sheet.data_validation(1, place, ROWS, place, check)
            grey = self._book.add_format({"num_format": _format(column), "italic": True, "font_color": "#6B6B6B"})
            for row, example in enumerate(EXAMPLES[table.name], start=1):
                if column.name in example:
                    self._write_example(sheet, row, place, column, example[column.name], grey)

    def _write_example(self, sheet: Any, row: int, place: int, column: Column, value: Value, form: Any) -> None:
        if isinstance(value, bool):
            sheet.write_string(row, place, self._words.say(_FLAG[0 if value else 1]), form)
        elif isinstance(value, Decimal):
            sheet.write_number(row, place, float(value), form)
        elif isinstance(value, dt.date):
            sheet.write_datetime(row, place, dt.datetime.combine(value, dt.time()), form)
        else:
            label = column.codes.of(value).label if column.codes else ""
            sheet.write_string(row, place, self._words.say(label) if label else value, form)

    def _note(self, column: Column) -> str:
        parts = [self._words.say(N_("Obligatoire.") if column.required else N_("Facultatif."))]
        parts += [self._words.say(column.definition)] if column.definition else []
        parts += [self._words.named(self._words.say(N_("Unité")), column.unit)] if column.unit else []
        return "\n".join(parts)

    def _check(self, table: Table, column: Column) -> dict[str, Any] | None:
        """What a cell of the column may be: one of a list, a date, a number."""
        say = self._words.say
        options = {"error_title": say(column.label)[:32], "ignore_blank": True}
        if source := self._lists.get(f"{table.name}.{column.name}"):
            return {
                **options,
                "validate": "list",
                "source": source,
                "error_message": say(N_("Choisissez dans la liste.")),
            }
        if column.sql_type == "DATE":
            between = {"criteria": "between", "minimum": dt.date(1990, 1, 1), "maximum": dt.date(2099, 12, 31)}
            return {**options, "validate": "date", **between, "error_message": say(N_("Une date, comme 31/12/2026."))}
        if column.minimum is not None:
            least = {"criteria": ">=", "value": float(column.minimum)}
            return {**options, "validate": "decimal", **least, "error_message": say(N_("Un nombre, 0 au moins."))}
        return None


def ordered(table: Table) -> Sequence[Column]:
    """The columns that people fill: the required ones first, then those of lots and lines, then those of persons."""
    columns = [column for column in table.columns if not column.derived]
    return sorted(columns, key=lambda column: (not column.required, column.personal))


def _print_whole(sheet: Any) -> None:
    """A page as wide as the sheet."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _choices(column: Column) -> list[tuple[str, str]]:
    """Labels and definitions of what may be chosen; nothing for what is written freely."""
    if column.codes is not None:
        return [(code.label, code.definition) for code in column.codes]
    return [(text, "") for text in _FLAG] if column.sql_type == "BOOLEAN" else []


def _format(column: Column) -> str:
    if column.format == "month":
        return _MONTH
    if column.sql_type.startswith("DECIMAL"):
        return "#,##0.00"
    return _FORMATS.get(column.sql_type, "@")


def _width(column: Column) -> int:
    if column.codes is not None or column.name in ("subject", "client_name", "contractor_name", "operation"):
        return 30
    return 16
