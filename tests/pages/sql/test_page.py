"""The page of readers' own SQL: a query, its answer, its file, and what is said when there is none."""

import datetime as dt
import re
from decimal import Decimal

import pyarrow as pa
import pytest
from streamlit.testing.v1 import AppTest

from data.words import Words
from pages.sql.answer import columns_of, plain
from tests.extracts import contract, entry
from tests.pages.conftest import Published, Shown, texts


@pytest.fixture(autouse=True)
def release(published: Published) -> None:
    published(
        [contract(), contract(contract_id="M2", client_id="C2")],
        [
            entry(hours_validated=Decimal("1000.50")),
            entry(entry_id="E2", contract_id="M2", month=dt.date(2021, 3, 1), hours_validated=Decimal(30)),
        ],
    )


def asked(page: AppTest, sql: str) -> str:
    page.text_area(key="sql_text").set_value(sql)
    page.button[-1].click().run()
    # It may have ended after the page was drawn.
    page.session_state["_sql_run"].wait(30)
    page.run()
    assert not page.exception
    return texts(page)


def test_a_query_is_answered_with_its_rows_and_a_refusal_says_why(shown: Shown) -> None:
    page = shown("sql/page.py")
    result = asked(page, "SELECT contract_id, hours_validated FROM hours_monthly ORDER BY ALL")
    assert '<th scope="row">M1</th><td class="number">1\u202f000,50</td>' in result
    assert "2 lignes." in result
    assert len(page.get("download_button")) == 5
    result = asked(page, "DROP TABLE contracts")
    assert "Seules les lectures sont admises" in result
    assert "<th" not in result.split("cap-refused")[1].split("cap-schema")[0]


def test_an_example_is_put_into_the_editor_and_runs_with_the_filters_of_the_page(shown: Shown) -> None:
    page = shown("sql/page.py", clients="C2")
    page.selectbox(key="sql_example").set_value("hours_by_client").run()
    sql = page.text_area(key="sql_text").value or ""
    assert sql.startswith("-- Combien d’heures pour chaque maître d’ouvrage")
    result = asked(page, sql)
    assert "1 ligne." in result
    assert "Filtres\u00a0: maître d’ouvrage\u00a0: Client C2" in result


def test_the_schema_is_beside_without_the_columns_of_persons(shown: Shown) -> None:
    page = shown("sql/page.py")
    text = texts(page)
    assert "<code>hours_committed</code> <small><code>DECIMAL(12,2)</code> · h</small>" in text
    assert "participant" not in text


def test_columns_are_written_by_their_types() -> None:
    table = pa.table(
        {
            "year": pa.array([2020]),
            "n": pa.array([12345]),
            "hours": pa.array([Decimal("1234.50")]),
            "ratio": pa.array([0.421349]),
            "endless": pa.array([float("inf")]),
            "day": pa.array([dt.date(2020, 1, 31)]),
            "yes": pa.array([True]),
            "list": pa.array([["a", "b"]]),
        }
    )
    (row,) = table.to_pylist()
    row = {name: plain(value) for name, value in row.items()}
    written = {column.key: column.cell(row, Words("fr")) for column in columns_of(table)}
    assert written == {
        "year": "2020",
        "n": "12\u202f345",
        "hours": "1\u202f234,50",
        "ratio": "0,4213",
        "endless": "–",
        "day": "31/01/2020",
        "yes": "oui",
        "list": "a, b",
    }


def test_an_answer_is_ordered_by_its_headers_and_comes_page_by_page(shown: Shown) -> None:
    page = shown("sql/page.py", tri_requete="-n")
    result = asked(page, 'SELECT range AS n, 60 - range AS "-n" FROM range(60) ORDER BY n')
    assert "60 lignes." in result
    # The column named -n, from its lowest: n from its highest.
    heads = re.findall(r'<th scope="row" class="number">(\d+)</th>', result)
    assert heads == [str(n) for n in range(59, 9, -1)]
    assert 'href="?tri_requete=-n&amp;page=2"' in result
