"""A reader's script: each page of the menu under each kind of filter, every number compared with the answers behind the page.

Pages and doors are found (the menu, then the first client and the first lot that a page leads to), never listed. The extract is drawn
by a die, with every oddity that the data contract allows.
"""

import csv
import datetime as dt
import html
import io
import json
import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import Any, Final
from urllib.parse import parse_qsl

import pyarrow as pa
import pytest
from streamlit.testing.v1 import AppTest

from data.codes import ClauseCategory
from data.reference import population_vintage
from data.reference.law import articles, eu_thresholds, spaser_thresholds, thresholds
from data.settings import load_settings
from pages.frame.menu import PAGES, MenuPage
from pages.parts.filters.sentence import Reads
from queries.files.csv import write_csv
from queries.files.exports import FRENCH, Export, batches_of
from queries.secrecy.cells import is_hidden
from tests.pages.conftest import Published, Shown
from tests.pages.reader.heard import Heard, Row, ShownFile, listen
from tests.pages.reader.numbers import Known, numbers, plain
from tests.queries.random_extracts import random_extract, random_notified, with_exits

SETTINGS: Final = """
[authority]
name = "L’Autorité"
epci = "200023414"
clients = ["C3"]
since = 1997

[[opening_balance]]
hours = 4321
as_of = 2017-12-31
origin = "bilans"

[[milestones]]
id = "ten"
name = "le dixième millier"
target_hours = 10000

[[milestones]]
id = "hundred"
name = "la centaine de milliers"
target_hours = 100000

[[milestones]]
id = "year"
name = "l’objectif 2020"
target_hours = 7000
year = 2020

[[milestones]]
id = "client"
name = "les heures de C1"
target_hours = 3000
client = "C1"
"""
# What each filter is called where the page says which ones hold.
FILTERS: Final = {
    "none": ({}, ""),
    "one year": ({"annees": "2020"}, "année 2020"),
    "two years": ({"annees": "2020-2021"}, "années 2020 à 2021"),
    "months": ({"mois": "2020-03..2020-08"}, "de mars à août 2020"),
    "winter": ({"mois": "2020-11..2021-01"}, "de novembre 2020 à janvier 2021"),
    "one client": ({"clients": "C1"}, "maître d’ouvrage\u00a0: Client C1"),
    "one commune": ({"communes": "76540"}, "commune d’exécution\u00a0: Rouen (76540)"),
    "one clause": ({"clauses": "insertion"}, "type de clause\u00a0: Marché d’insertion"),
    "empty": ({"clients": "-"}, "maître d’ouvrage\u00a0: aucun"),
}


@pytest.fixture(scope="module")
def rows() -> tuple[list[Row], list[Row]]:
    """Lots and hours."""
    drawn = random_extract(7, lots=48, lines=1500)
    return [late(lot, number) for number, lot in enumerate(drawn.contracts)], with_exits(drawn.hours, 7)


@pytest.fixture(autouse=True)
def release(rows: tuple[list[Row], list[Row]], published: Published) -> None:
    published(*rows, settings=SETTINGS, as_of=dt.date(2021, 7, 31), decp=random_notified(7))


def late(lot: Row, number: int) -> Row:
    """Running lots with more to do than they do, one in two near its end."""
    if lot["status"] != "running":
        return lot
    ends_on = dt.date(2021, 9, 30) if number % 2 else dt.date(2025, 6, 30)
    return {**lot, "hours_committed": Decimal(1000 + 37 * number), "starts_on": dt.date(2018, 6, 1), "ends_on": ends_on}


def pieces(at: AppTest) -> Iterator[tuple[str, str]]:
    """Sentences, notes, figures and tables of a page, each with what it is."""
    for block in at.get("html"):
        body = block.proto.body
        for kind, found in re.findall(r'<p class="(cap-(?:answer|summary|notes))">(.*?)</p>', body, re.DOTALL):
            yield kind, plain(found)
        for found in re.findall(r"<dl class=\"cap-figures\">.*?</dl>", body, re.DOTALL):
            yield "figures", plain(found)
        for found in re.findall(r"<ul class=\"cap-milestones\">.*?</ul>", body, re.DOTALL):
            yield "milestones", plain(found)
        for found in re.findall(r"<t(?:body|foot)[^>]*>.*?</t(?:body|foot)>", body, re.DOTALL):
            for cell in re.findall(r"<t[hd][^>]*>.*?</t[hd]>", found, re.DOTALL):
                yield "table", plain(cell)


def chart_texts(at: AppTest) -> Iterator[str]:
    """What the marks of a page's charts say: texts, hovers, annotations; not the ticks of axes."""
    for chart in at.get("plotly_chart"):
        figure = json.loads(chart.proto.spec)
        for trace in figure["data"]:
            for key in ("text", "hovertext", "customdata"):
                value = trace.get(key) or ()
                yield from (
                    plain(one) for one in ([value] if isinstance(value, str) else value) if isinstance(one, str)
                )
        yield from (plain(note["text"]) for note in figure["layout"].get("annotations", ()))


def strange_numbers(at: AppTest, heard: Heard, *others: Any) -> list[str]:
    """The numbers of the page that are no value of the answers behind it."""
    known = Known(heard, *others)
    found = [
        f"{kind}: {written.value} in …{written.around}…"
        for kind, text in pieces(at)
        for written in numbers(text)
        if not (known.has_in_a_table(written) if kind == "table" else known.has(written))
    ]
    return found + [
        f"chart: {written.value} in …{written.around}…"
        for text in chart_texts(at)
        for written in numbers(text)
        if not known.has_short(written)
    ]


# What pages say that no answer has: the law, the vintage of the populations, the settings.
REFERENCE: Final = (
    [articles(category) for category in ClauseCategory], eu_thresholds(), thresholds(), spaser_thresholds(), population_vintage(),
)  # fmt: skip


def table_faults(heard: Heard) -> Iterator[str]:
    """Rows and totals that no answer has, totals that are not the sum of their rows."""
    for table in heard.tables:
        yield from row_faults(table.caption, table.rows, [column.key for column in table.columns], heard)
        for column in table.columns:
            if table.total is None or not column.adds or column.key not in table.total:
                continue
            values = [row[column.key] for row in table.rows if not is_hidden(row, column.key)]
            total = table.total[column.key]
            if not same(sum(value or 0 for value in values), total):
                yield f"{table.caption}: {column.key} adds up to {sum(value or 0 for value in values)}, its total says {total}"
            if not any(same(value, total) for value in answered(heard, column.key) or all_values(heard)):
                yield f"{table.caption}: no answer has {column.key} {total}"


def answered(heard: Heard, key: str) -> list[Any]:
    return [
        value
        for found in heard.answers.values()
        for answer in found
        if key in answer.column_names
        for value in answer[key].to_pylist()
    ]


def all_values(heard: Heard) -> list[Any]:
    """Where a column is named by a value (one commune beside another), its cells are of any column."""
    found = (column for answers in heard.answers.values() for answer in answers for column in answer.columns)
    return [value for column in found for value in column.to_pylist() if isinstance(value, (int, float, Decimal))]


def row_faults(name: str, rows: list[Row], keys: Sequence[str], heard: Heard) -> Iterator[str]:
    """Figures of a table or file in a row that no answer has. What a page leaves empty on purpose is no other value.

    A name is the page's own, and a single column in common is no row.
    """
    answers = [answer for found in heard.answers.values() for answer in found]
    figures = [key for key in keys if not any(isinstance(row.get(key), str) for row in rows)]
    open_rows: dict[str, set[int]] = {}
    for answer in answers:
        common = [key for key in figures if key in answer.column_names and all(key in row for row in rows)]
        if len(common) < 2:
            continue
        known = [tuple(row.values()) for row in answer.select(common).to_pylist()]
        for key in common:
            open_rows.setdefault(key, set(range(len(rows))))
        exact = set(map(str, known))
        for number, row in enumerate(rows):
            values = tuple(row[key] for key in common)
            if str(values) in exact or any(_agree(values, other) for other in known if None in values):
                for key in common:
                    open_rows[key].discard(number)
    yield from (f"{name}: {key} has rows that no answer has" for key, left in open_rows.items() if left)


def _agree(values: tuple[Any, ...], other: tuple[Any, ...]) -> bool:
    return all(one is None or str(one) == str(two) for one, two in zip(values, other, strict=True))


def file_faults(heard: Heard) -> Iterator[str]:
    """Files whose rows come from no answer, or that are written with another sum."""
    for file in heard.files:
        adds = [column.name for column in file.columns if column.adds]
        yield from row_faults(file.name, file.rows, [column.name for column in file.columns], heard)
        turned = {key for key in adds if not answered(heard, key)}
        known_values = set(map(str, all_values(heard))) | {"0"} if turned else set()
        lost = [key for key in turned if any(str(row[key]) not in known_values for row in file.rows)]
        yield from (f"{file.name}: {key} has values that no answer has" for key in lost)
        yield from written_faults(file, adds)


def written_faults(file: ShownFile, adds: list[str]) -> Iterator[str]:
    export, out = Export(title="", columns=tuple(file.columns), words=FRENCH), io.BytesIO()
    write_csv(export, batches_of(file.rows, export.columns), out)
    head, *lines = csv.reader(io.StringIO(out.getvalue().decode("utf-8-sig")), delimiter=";")
    if len(lines) != len(file.rows):
        yield f"{file.name}: {len(lines)} lines of {len(file.rows)} rows"
    if len(set(head)) != len(head):
        yield f"{file.name}: two columns have one header: {head}"
    for place, column in enumerate(file.columns):
        if column.name in adds and column.kind in ("hours", "count"):
            cells = [line[place] for line in lines if line[place] not in ("", "n.c.")]
            rows = [row[column.name] or 0 for row in file.rows if not is_hidden(row, column.name)]
            if not same(sum(Decimal(cell.replace(",", ".")) for cell in cells), sum(rows)):
                yield f"{file.name}: {column.name} is written as {sum(map(float, rows))}"


def same(one: Any, other: Any) -> bool:
    return one == other or (None not in (one, other) and abs(float(one) - float(other)) < 1e-9)


def filter_faults(at: AppTest, name: str) -> Iterator[str]:
    """Filters that the line above the page does not name."""
    line = next(text.value for text in at.text if text.value.startswith(("Filtres\u00a0: ", "Aucun filtre")))
    if name not in line or (not name and line != "Aucun filtre"):
        yield f"the line of filters says: {line}"


def figures_of(at: AppTest) -> list[Decimal]:
    """What the page counts: the numbers of its figures, tables and choices, and of the marks of its charts."""
    shown = [text for kind, text in pieces(at) if kind in ("figures", "milestones", "table")]
    shown += [option for group in at.button_group for option in group.options]
    return [written.value for text in [*shown, *chart_texts(at)] for written in numbers(text)]


def idle_faults(at: AppTest, unfiltered: list[Decimal], filters: str) -> Iterator[str]:
    """A filter that changes no figure without the word beside it, or that changes some in spite of it.

    A filter that keeps one client or one lot changes nothing of its page, and is none of these: only years are.
    """
    line = next(text.value for text in at.text if text.value.startswith("Filtres\u00a0: "))
    changes_nothing = figures_of(at) == unfiltered
    if unfiltered and changes_nothing != ("sans effet sur cette page" in line):
        yield f"{filters}: {'no' if changes_nothing else 'some'} figure changes; {line}"


def doors(at: AppTest, path: str) -> dict[str, str]:
    """The first link of a page to a page of its own address with a key that is no filter: one client, one lot."""
    for block in at.get("html"):
        for address in re.findall(rf'href="{path}\?([^"]*)"', block.proto.body):
            query = dict(parse_qsl(html.unescape(address)))
            if query.keys() & {"client", "marche"}:
                return query
    return {}


@pytest.mark.parametrize("filters", FILTERS)
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.path or "first")
def test_what_a_page_says_under_filters(
    shown: Shown, monkeypatch: pytest.MonkeyPatch, page: MenuPage, filters: str
) -> None:
    query, name = FILTERS[filters]
    faults: list[str] = []

    def read(query: dict[str, str]) -> AppTest:
        with monkeypatch.context() as patch:
            heard = listen(patch)
            at = shown(page.script, **query)
        if page.reads is not Reads.NONE:  # a text, without a figure of the release
            faults.extend(strange_numbers(at, heard, load_settings(), [2020, 2021], REFERENCE))
        faults.extend([*table_faults(heard), *file_faults(heard), *filter_faults(at, name)])
        return at

    at, unfiltered = read(query), shown(page.script)
    if query:
        faults += idle_faults(at, figures_of(unfiltered), filters)
    door = doors(unfiltered, page.path)
    if door:
        one = read({**door, **query})
        if query.keys() & {"annees", "mois"}:
            faults += idle_faults(one, figures_of(shown(page.script, **door)), f"{filters}, {door}")
    assert not faults, "\n".join(faults)


WRONG: Final = 987_654


@pytest.fixture
def heard_page(shown: Shown, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], tuple[AppTest, Heard]]:
    """A page and what was heard of it, in which nothing is strange yet."""

    def read(script: str) -> tuple[AppTest, Heard]:
        with monkeypatch.context() as patch:
            heard = listen(patch)
            at = shown(script)
        assert not strange_numbers(at, heard, load_settings(), REFERENCE)
        assert not [*table_faults(heard), *file_faults(heard)]
        return at, heard

    return read


@pytest.mark.parametrize(
    ("script", "kind", "place"),
    [
        ("clients/page.py", "cap-answer", r'<p class="cap-answer">'),
        ("milestones/page.py", "cap-summary", r'<p class="cap-summary">'),
        ("milestones/page.py", "cap-notes", r'<p class="cap-notes">'),
        ("clients/page.py", "figures", r'<dl class="cap-figures">'),
        ("clients/page.py", "milestones", r'<ul class="cap-milestones">'),
        ("clients/page.py", "table", r"<tbody"),
    ],
)
def test_a_wrong_number_is_found_wherever_it_stands(
    heard_page: Callable[[str], tuple[AppTest, Heard]], script: str, kind: str, place: str
) -> None:
    at, heard = heard_page(script)
    changed = 0
    for block in at.get("html"):
        found = re.search(f"{place}.*", block.proto.body, re.DOTALL)
        if found and not changed:
            # The first figure that is read there: no number of a tag, nor of a name.
            body, changed = re.subn(r"(?<![\w\"=/.,-])\d[\d\u202f]*(?=[^<>]*<)", str(WRONG), found[0], count=1)
            block.proto.body = block.proto.body[: found.start()] + body
    assert changed
    assert [fault for fault in strange_numbers(at, heard, load_settings(), REFERENCE) if fault.startswith(kind)]


@pytest.mark.parametrize(
    ("column", "words", "is_strange"),
    [("hours_pending", "{} h", False), ("hours_pending", "{} lots", True), ("lots", "{} lots", False), ("lots", "{} heures", True)],
)  # fmt: skip
def test_a_small_number_is_held_to_what_it_counts(
    heard_page: Callable[[str], tuple[AppTest, Heard]], column: str, words: str, is_strange: bool
) -> None:
    _, heard = heard_page("clients/page.py")
    value = 61  # that no column, count of rows or text of the page has
    totals = heard.answers["totals"][0]
    place = totals.column_names.index(column)
    heard.answers["totals"] = [
        totals.set_column(place, totals.schema.field(place), pa.array([value], totals.schema.types[place]))
    ]
    (written,) = numbers(words.format(value))
    assert Known(heard).has(written) != is_strange


@pytest.mark.parametrize("key", ["text", "hovertext", "customdata", "annotations"])
def test_a_wrong_number_of_a_chart_is_found(heard_page: Callable[[str], tuple[AppTest, Heard]], key: str) -> None:
    pages = {"text": "communes/page.py", "hovertext": "milestones/page.py"}
    at, heard = heard_page(pages.get(key, "clauses/page.py"))
    changed = False
    for chart in at.get("plotly_chart"):
        figure = json.loads(chart.proto.spec)
        for trace in figure["data"]:
            if isinstance(trace.get(key), list) and not changed:
                trace[key][0], changed = f"{WRONG} h", True
        notes = figure["layout"].get("annotations", ())
        if key == "annotations" and notes and not changed:
            notes[0]["text"], changed = f"{WRONG} h", True
        chart.proto.spec = json.dumps(figure)
    assert changed
    assert [fault for fault in strange_numbers(at, heard, load_settings(), REFERENCE) if fault.startswith("chart")]


# A small number that stands elsewhere on the page too, a ratio, hours: each is of its row.
@pytest.mark.parametrize("key", ["lots", "completion_ratio", "hours_validated", "hours_pending"])
def test_a_figure_of_another_row_is_found_in_table_and_file(
    heard_page: Callable[[str], tuple[AppTest, Heard]], key: str
) -> None:
    _, heard = heard_page("clients/page.py")
    table = next(table for table in heard.tables if table.total)
    file = next(file for file in heard.files if key in {column.name for column in file.columns})
    for rows in (table.rows, file.rows):
        one, other = (next(row for row in rows if row[key] is not None and row[key] != rows[-1][key]), rows[-1])
        one[key] = other[key] if other[key] is not None else one[key] + 1
    assert f"{table.caption}: {key} has rows that no answer has" in list(table_faults(heard))
    assert f"{file.name}: {key} has rows that no answer has" in list(file_faults(heard))


def test_the_script_hears_what_is_wrong(shown: Shown, monkeypatch: pytest.MonkeyPatch) -> None:
    """A figure, a total and a file that are changed on their way to the page are found."""
    with monkeypatch.context() as patch:
        heard = listen(patch)
        at = shown("clients/page.py")
    assert not strange_numbers(at, heard, load_settings(), REFERENCE)
    table = next(table for table in heard.tables if table.total)
    assert table.total is not None
    table.total["hours_validated"] += 1
    heard.files[0].rows[0]["hours_validated"] += 1
    assert len(list(table_faults(heard))) == 2
    assert len(list(file_faults(heard))) >= 1
    totals = heard.answers.pop("totals")
    assert strange_numbers(at, heard, load_settings(), REFERENCE)
    assert totals
