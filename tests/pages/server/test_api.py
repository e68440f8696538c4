"""The data routes, asked as programs do."""

import csv
import datetime as dt
import io
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
import schemathesis
from httpx2 import Response
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.testclient import TestClient
from starlette.types import Receive, Send
from starlette.types import Scope as Scope_

from data.grants import token_hash
from data.release.releases import Release
from data.schema import PUBLISHED
from data.settings import load_settings
from pages.frame.shared_state import SharedState
from pages.server.api.rate import Rate
from pages.server.api.routes import Api
from queries.engine import named_parameters
from queries.files.exports import restored
from queries.files.write import as_csv, as_json
from queries.open_release import open_release
from queries.questions import questions
from queries.rights.access import Access
from queries.rights.readers import LOCAL
from queries.rights.rights import OF_SEVERAL
from queries.scope import Scope
from tests.extracts import contracts_table, hours_table, publish_rows
from tests.pages.frame.test_sign_in import cookie, with_provider  # noqa: F401  a fixture

FORMULA = '=HYPERLINK("http://x","y")'
SUBJECT = 'Voirie; "cœur"\nde ville 🚧'
SETTINGS = """
[authority]
name = "Autorité d’essai"
epci = "200023414"
[routes]
per_minute = {per_minute}
rows = {rows}
[engine]
seconds = {seconds}
[access]
public = {public}
{tokens}
"""
TOKEN = """
[[access.tokens]]
name = "{name}"
sha256 = "{sha256}"
role = "{role}"
expires_on = {day}
{rows}
"""
TOKENS = "".join(
    TOKEN.format(name=name, sha256=token_hash(name), role=role, day=day, rows=rows)
    for name, role, day, rows in (
        ("whole", "analyste", "2999-12-31", ""),
        ("limited", "service", "2999-12-31", 'clients = ["C1"]'),
        ("over", "analyste", "2020-12-31", ""),
        ("mayor", "elu", "2999-12-31", ""),
    )
)
QUERIES = ("", "annees=2019-2020", "clients=C2&types=commune&hors_total=true")
GRANTS = "".join(
    f'[[access.grants]]\nemail = "{name}@example.org"\nrole = "{role}"\n{rows}\n'
    for name, role, rows in (("limited", "service", 'clients = ["C1"]'), ("mayor", "elu", ""))
)
Asking = Callable[..., Response]


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    contracts = contracts_table("""
        contract_id | lot_id | client_id | hours_committed
        M1          | 01     | C1        | 1000
        M2          | 01     | C2        | 500
    """)
    contracts[0] |= {"client_name": FORMULA, "subject": SUBJECT}
    hours = hours_table("""
        contract_id | lot_id | month   | hours_validated | status
        M1          | 01     | 2019-03 | 35.50           | validated
        M1          | 01     | 2020-04 | 100             | validated
        M2          | 01     | 2021-05 | 64.25           | validated
    """)
    return publish_rows(tmp_path_factory.mktemp("api"), contracts, hours, demo=True)


@pytest.fixture
def ask(release: Release, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Asking]:
    monkeypatch.setenv("CAP_EXTRACTS", str(release.path.parents[1]))
    monkeypatch.setenv("CAP_SETTINGS", str(tmp_path / "settings.toml"))
    clients: dict[str, TestClient] = {}
    state = SharedState(tmp_path / "state.sqlite3")
    app = Starlette(routes=[Route("/api/{path:path}", Api(Rate(state=lambda: state)))])

    def asked(
        path: str,
        *,
        method: str = "GET",
        host: str = "127.0.0.1",
        token: str = "",
        per_minute: int = 100_000,
        rows: int = 1000,
        seconds: int = 20,
        public: bool = False,
        **headers: str,
    ) -> Response:
        written = SETTINGS.format(
            per_minute=per_minute, rows=rows, seconds=seconds, public=str(public).lower(), tokens=TOKENS + GRANTS
        )
        file = tmp_path / "settings.toml"
        if not file.exists() or file.read_text(encoding="utf-8") != written:
            file.write_text(written, encoding="utf-8")
        client = clients.setdefault(host, TestClient(app, base_url="http://127.0.0.1:8501", client=(host, 5000)))
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if token:
            sent["Authorization"] = f"Bearer {token}"
        return client.request(method, f"/api/v1/{path}", headers=sent)

    yield asked
    for client in clients.values():
        client.close()


def required(name: str) -> dict[str, str]:
    """The parameters that the question cannot go without."""
    given = {"contract_id": "M1", "lot_id": "01", "compared_by": "clients", "compared": "C1,C2"}
    return {one.name: given[one.name] for one in questions()[name].parameters if not one.optional}


SCOPES = (
    Scope(),
    Scope(first_year=2019, last_year=2020),
    Scope(clients=("C2",), client_types=("commune",), include_uncounted=True),
)


@pytest.mark.parametrize("name", sorted(set(questions()) - OF_SEVERAL))
def test_every_format_has_the_rows_of_the_access_and_no_personal_column(
    ask: Asking, release: Release, name: str
) -> None:
    assert ask("questions").status_code == 200  # writes the settings
    access = Access(database=open_release(release, load_settings()), rights=LOCAL.rights)
    personal = {column.name for table in PUBLISHED for column in table.columns if column.personal}
    own = required(name)
    filtered = list(zip(QUERIES, SCOPES, strict=True))
    for query, scope in filtered if "scope" in named_parameters(questions()[name].sql) else filtered[:1]:
        answer = access.ask(name, scope, **own)
        asked = "&".join(filter(None, [query, *(f"{key}={value}" for key, value in own.items())]))
        found = ask(f"questions/{name}.json?{asked}")
        assert found.status_code == 200, found.text
        assert found.content == as_json(answer)
        assert ask(f"questions/{name}.csv?{asked}").content == as_csv(answer)
        international = ask(f"questions/{name}.csv?{asked}&dialecte=international").text
        assert len(list(csv.reader(io.StringIO(international, newline="")))) == answer.num_rows + 1
        table = pq.read_table(io.BytesIO(ask(f"questions/{name}.parquet?{asked}").content))
        assert table.replace_schema_metadata().to_pylist() == answer.to_pylist()
        assert not personal & {row for one in found.json() for row in one}


def test_the_sum_is_the_headline(ask: Asking) -> None:
    rows = ask("questions/hours_by_year.json").json()
    assert sum(row["hours_validated"] for row in rows) == 35.5 + 100 + 64.25
    table = pq.read_table(io.BytesIO(ask("questions/hours_by_client.parquet").content))
    assert sum(table["hours_validated"].to_pylist()) == Decimal("199.75")
    assert table.schema.metadata[b"cap_demo"] == b"true"


def test_a_range_of_months_cuts_what_follows_it(ask: Asking) -> None:
    whole = {row["month"]: row["hours_validated"] for row in ask("questions/hours_by_month.json").json()}
    some = ask("questions/hours_by_month.json?mois=2019-06..2020-02").json()
    assert {row["month"]: row["hours_validated"] for row in some} == {
        month: hours for month, hours in whole.items() if "2019-06" <= month[:7] <= "2020-02"
    }
    (total,) = ask("questions/totals.json?mois=2019-06..2020-02").json()
    assert total["hours_validated"] == sum(row["hours_validated"] for row in some)


def test_columns_are_chosen_in_their_order(ask: Asking) -> None:
    whole = ask("questions/hours_by_year.json").json()
    asked = "questions/hours_by_year.{}?colonnes=hours_validated,year"
    rows = ask(asked.format("json")).json()
    assert [list(row.items()) for row in rows] == [
        [("hours_validated", row["hours_validated"]), ("year", row["year"])] for row in whole
    ]
    assert ask(asked.format("csv")).content.decode("utf-8-sig").splitlines()[0] == "hours_validated;year"
    assert pq.read_table(io.BytesIO(ask(asked.format("parquet")).content)).column_names == ["hours_validated", "year"]
    assert ask(asked.format("csv")).headers["etag"] != ask("questions/hours_by_year.csv").headers["etag"]


def test_hostile_texts_survive_and_are_harmless(ask: Asking) -> None:
    lots = [row for row in ask("questions/lots.json").json() if row["contract_id"] == "M1"]
    assert (lots[0]["subject"], lots[0]["client_name"]) == (SUBJECT, FORMULA)
    for dialect, separator in (("fr", ";"), ("international", ",")):
        text = ask(f"questions/lots.csv?dialecte={dialect}").content.decode("utf-8-sig")
        (row,) = [
            row
            for row in csv.DictReader(io.StringIO(text, newline=""), delimiter=separator)
            if row["contract_id"] == "M1"
        ]
        assert row["client_name"] == "'" + FORMULA
        assert (row["subject"], restored(row["client_name"])) == (SUBJECT, FORMULA)
    table = pq.read_table(io.BytesIO(ask("questions/lots.parquet").content)).to_pylist()
    assert (SUBJECT, FORMULA) in [(row["subject"], row["client_name"]) for row in table]


def test_headers_etag_and_head(ask: Asking, release: Release) -> None:
    found = ask("questions/hours_by_year.csv")
    assert found.headers["content-disposition"] == ('attachment; filename="demonstration_hours_by_year_2026-10-31.csv"')
    assert found.headers["cap-donnees-au"] == "2026-10-31"
    assert found.headers["cap-demonstration"] == "true"
    assert found.headers["cap-publication"] == release.id
    assert found.headers["cache-control"] == "private, no-cache"
    assert "Authorization" in found.headers["vary"]
    etag = found.headers["etag"]
    for known in (etag, etag.removeprefix("W/"), f'"other", {etag}', "*"):
        again = ask("questions/hours_by_year.csv", If_None_Match=known)
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", etag)
    others = [
        ask(path, **given).headers["etag"]
        for path, given in (
            ("questions/hours_by_year.json", {}),
            ("questions/hours_by_year.csv?dialecte=international", {}),
            ("questions/hours_by_year.csv?annees=2020", {}),
            ("questions/hours_by_year.csv", {"token": "limited"}),
            ("questions/hours_by_month.csv", {}),
        )
    ]
    assert len({etag, *others}) == 6
    head = ask("questions/hours_by_year.csv", method="HEAD")
    assert (head.status_code, head.content, head.headers["etag"]) == (200, b"", etag)
    assert "content-length" not in head.headers
    listed = ask("questions")
    assert ask("questions", If_None_Match=listed.headers["etag"]).status_code == 304


PROBLEMS = (
    ("questions/nothing.json", 404, "not-found", ""),
    ("questions/hours_by_year.xlsx", 404, "not-found", ""),
    ("nothing", 404, "not-found", ""),
    ("questions/hours_by_year.json?anees=2019", 400, "unknown-parameter", "anees"),
    ("questions/filter_names.json?annees=2019", 400, "unknown-parameter", "annees"),
    ("questions/hours_by_year.json?dialecte=fr", 400, "unknown-parameter", "dialecte"),
    ("questions/hours_by_year.json?annees=2019&annees=2020", 400, "repeated-parameter", "annees"),
    ("questions/hours_by_year.json?annees=2021-2019", 400, "impossible-value", "annees=2021-2019"),
    ("questions/hours_by_year.json?annees=", 400, "impossible-value", "annees="),
    ("questions/hours_by_year.json?mois=2020-08..2020-03", 400, "impossible-value", "mois=2020-08..2020-03"),
    ("questions/hours_by_year.json?mois=2020", 400, "impossible-value", "mois=2020"),
    ("questions/hours_by_year.json?mois=2020-03..&annees=2020", 400, "impossible-value", "annees=2020"),
    ("questions/social_share_by_year.json?mois=2020-03..", 400, "unknown-parameter", "mois"),
    ("questions/hours_by_year.json?clauses=execution,zut", 400, "impossible-value", "clauses=zut"),
    ("questions/hours_by_year.json?clients=C9", 400, "impossible-value", "clients=C9"),
    ("questions/hours_by_year.json?hors_total=1", 400, "impossible-value", "hors_total=1"),
    ("questions/hours_by_year.json?lang=de", 400, "impossible-value", "lang=de"),
    ("questions/hours_by_year.csv?dialecte=us", 400, "impossible-value", "dialecte=us"),
    ("questions/hours_by_year.csv?colonnes=year,zut", 400, "impossible-value", "colonnes=zut"),
    ("questions/hours_by_year.json?colonnes=", 400, "impossible-value", "colonnes="),
    ("questions/hours_by_year.json?colonnes=year,year", 400, "impossible-value", "colonnes=year"),
    ("questions/detail_lots.json?rows=many", 400, "impossible-value", "many"),
    ("questions/lot_months.json", 400, "missing-parameter", "contract_id"),
)


@pytest.mark.parametrize(("path", "status", "kind", "named"), PROBLEMS)
def test_problems_name_what_is_wrong(ask: Asking, path: str, status: int, kind: str, named: str) -> None:
    found = ask(path)
    assert_problem(found, status, kind)
    assert named in found.json()["detail"]


def assert_problem(found: Response, status: int, kind: str) -> None:
    assert found.status_code == status, found.text
    assert found.headers["content-type"] == "application/problem+json"
    content = found.json()
    assert (content["status"], content["type"]) == (status, f"urn:cap-insertion:problem:{kind}")
    assert set(content) == {"type", "title", "status", "detail", "instance"}
    assert "?" not in content["instance"]


def test_problems_in_the_readers_language(ask: Asking) -> None:
    assert ask("x").json()["title"] == "Introuvable"
    assert ask("x?lang=en").json()["title"] == "Not found"
    assert ask("x", Accept_Language="en-GB,fr;q=0.5").json()["title"] == "Not found"


def test_other_methods(ask: Asking) -> None:
    found = ask("questions", method="POST")
    assert_problem(found, 405, "method")
    assert found.headers["allow"] == "GET, HEAD"


def test_more_rows_than_the_bound_is_refused_never_cut(ask: Asking) -> None:
    assert_problem(ask("questions/hours_by_client.json", rows=1), 422, "too-many-rows")
    assert ask("questions/hours_by_client.json", rows=2).status_code == 200


def test_rate_by_reader_then_the_way_is_free_again(ask: Asking) -> None:
    assert [ask("questions", token="whole", per_minute=2).status_code for _ in range(3)] == [200, 200, 429]
    found = ask("questions", token="whole", per_minute=2)
    assert_problem(found, 429, "rate")
    assert 0 < int(found.headers["retry-after"]) <= 61
    assert ask("questions", token="limited", per_minute=2).status_code == 200
    wrong = [ask("questions", token=f"guess{n}", per_minute=2).status_code for n in range(3)]
    assert wrong == [401, 401, 429]


@pytest.mark.parametrize("is_shared", [True, False])
def test_the_minute_slides(tmp_path: Path, is_shared: bool) -> None:
    """In the file that processes share; and where it cannot be made, in this process."""
    now = [0.0]
    file = tmp_path / ("state.sqlite3" if is_shared else "missing/state.sqlite3")
    state = SharedState(file)
    rate = Rate(lambda: now[0], lambda: state)
    assert [rate.wait("a", 2), rate.wait("a", 2), rate.wait("a", 2)] == [0, 0, 61]
    now[0] = 60.0
    assert rate.wait("a", 2) == 0
    now[0] = 200.0
    assert rate.wait("b", 2) == 0
    assert file.exists() == is_shared
    assert set(rate._requests) == (set() if is_shared else {"b"})


@pytest.mark.parametrize("token", ["over", "unknown"])
def test_a_token_unknown_or_over(ask: Asking, token: str) -> None:
    found = ask("questions", token=token)
    assert_problem(found, 401, "access")
    assert found.headers["www-authenticate"] == "Bearer"


def test_a_role_without_routes_and_strangers(ask: Asking) -> None:
    assert_problem(ask("questions", token="mayor"), 403, "access")
    assert_problem(ask("questions", host="192.0.2.1"), 403, "access")
    assert ask("questions", host="192.0.2.1", token="whole").status_code == 200


def test_rows_of_the_token_alone(ask: Asking) -> None:
    rows = ask("questions/hours_by_client.json", token="limited").json()
    assert [row["client_id"] for row in rows] == ["C1"]
    assert_problem(ask("questions/hours_by_client.json?clients=C2", token="limited"), 400, "impossible-value")


@pytest.mark.usefixtures("with_provider")
def test_a_signed_in_reader_has_his_rights(ask: Asking) -> None:
    limited = cookie(email="limited@example.org")
    rows = ask("questions/hours_by_client.json", Cookie=limited).json()
    assert [row["client_id"] for row in rows] == ["C1"]
    assert_problem(ask("questions/hours_by_client.json?clients=C2", Cookie=limited), 400, "impossible-value")
    assert_problem(ask("questions", Cookie=cookie(email="mayor@example.org")), 403, "access")
    assert_problem(ask("questions", Cookie=cookie(email="nobody@example.org")), 403, "access")
    assert_problem(ask("questions", Cookie=limited[:-2]), 401, "access")
    assert_problem(ask("questions"), 401, "access")


def test_the_public_version(ask: Asking) -> None:
    listed = ask("questions", host="192.0.2.1", public=True)
    assert "detail_lots" not in {one["name"] for one in listed.json()["questions"]}
    assert_problem(ask("questions/detail_lots.json", host="192.0.2.1", public=True), 403, "access")
    rows = ask("questions/lots.json", host="192.0.2.1", public=True).json()
    assert {row["contractor_name"] for row in rows} == {None}


def test_a_long_list_is_refused_before_it_is_read(ask: Asking, monkeypatch: pytest.MonkeyPatch) -> None:
    assert ask("questions/detail_hours.json", rows=3).status_code == 200
    monkeypatch.setattr(Access, "stream", lambda *_, **__: pytest.fail("it was read"))
    for path in (
        "questions/detail_hours.json",
        "questions/detail_hours.json?rows=9",
        "questions/detail_lots.csv?rows=",
    ):
        assert_problem(ask(path, rows=1), 422, "too-many-rows")
    monkeypatch.undo()


def test_a_long_list_is_read_in_parts(ask: Asking) -> None:
    parts = [ask(f"questions/detail_hours.json?first={first}&rows=1", rows=1) for first in range(4)]
    assert [len(part.json()) for part in parts] == [1, 1, 1, 0]
    assert ask("questions/detail_hours.json?first=2", rows=1).status_code == 200


# Of 10¹⁵ rows: no machine is through with it. A product of two ranges would keep one in memory, and may run out of that first.
ENDLESS = "SELECT count(*) AS n FROM range(1000000000000000) AS a WHERE hash(a.range) = 1"


def test_a_question_that_takes_too_long_is_stopped_and_told(ask: Asking, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(questions(), "hours_by_year", replace(questions()["hours_by_year"], sql=ENDLESS))
    found = ask("questions/hours_by_year.csv", seconds=1)
    assert_problem(found, 503, "not-answered")
    assert "plus de 1\u00a0s" in found.json()["detail"]
    assert ask("questions/hours_by_month.csv", seconds=1).status_code == 200


def test_what_nobody_foresaw_is_an_incident_without_a_value(
    ask: Asking, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def failing(*_: object, **__: object) -> None:
        raise ValueError("Voirie 4217")

    monkeypatch.setattr(Access, "stream", failing)
    found = ask("questions/lots.csv")
    assert_problem(found, 500, "incident")
    number = re.search(r"incident ([0-9A-F]{6})", found.json()["detail"])
    assert number is not None
    assert f"incident {number[1]}" in caplog.text
    assert "4217" not in caplog.text + found.text


def test_without_a_release(ask: Asking, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAP_EXTRACTS", str(tmp_path / "none"))
    assert_problem(ask("questions"), 503, "no-release")


def test_the_list_tells_every_question(ask: Asking) -> None:
    content = ask("questions?lang=en").json()
    assert content["demonstration"]
    assert content["data_as_of"] == dt.date(2026, 10, 31).isoformat()
    assert {one["name"] for one in content["questions"]} == set(questions()) - OF_SEVERAL
    (by_year,) = [one for one in content["questions"] if one["name"] == "hours_by_year"]
    hours = {column["name"]: column for column in by_year["columns"]}["hours_validated"]
    assert (hours["unit"], hours["type"], hours["nullable"]) == ("h", "DECIMAL(38,2)", False)
    # Always counted, and hidden from most readers when it is low.
    (headline,) = [one for one in content["questions"] if one["name"] == "headline"]
    assert [column["nullable"] for column in headline["columns"] if column["name"] == "participants"] == [True]
    assert all(column["label"] for one in content["questions"] for column in one["columns"])
    assert set(by_year["links"]) == {"json", "csv", "parquet"}
    assert {"annees", "mois"} <= set(by_year["filters"])
    (people,) = [one for one in content["questions"] if one["name"] == "people_by_year"]
    assert "annees" in people["filters"]
    assert "mois" not in people["filters"]
    assert [one["name"] for one in content["questions"] if not one["filters"]] != []
    parameters = {one["name"]: one["definition"] for asked in content["questions"] for one in asked["parameters"]}
    assert all(parameters.values())
    # Not the column of the same name.
    assert parameters["rows"] == "How many rows at most; empty for all."


# One question without parameters of its own, one with required ones, one with optional ones; each in every format.
CHECKED = r"/questions$|openapi|/(hours_by_year|lot_months|detail_lots)\."


def test_the_routes_hold_to_their_description(ask: Asking) -> None:
    described: dict[str, Any] = json.loads(ask("openapi.json").content)
    assert len(described["paths"]) == 2 + 3 * len(set(questions()) - OF_SEVERAL)
    routes = Starlette(routes=[Route("/api/{path:path}", Api())])

    async def from_this_machine(scope: Scope_, receive: Receive, send: Send) -> None:
        headers = [(b"host", b"127.0.0.1:8501"), *(pair for pair in scope["headers"] if pair[0] != b"host")]
        await routes({**scope, "client": ("127.0.0.1", 5000), "headers": headers}, receive, send)

    schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", from_this_machine).include(path_regex=CHECKED)
    seen: set[int] = set()
    for result in schema.get_all_operations():
        operation: Any = result.ok()  # type: ignore[union-attr]
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):

            def check(case: Any) -> None:
                response = case.call()
                seen.add(response.status_code)
                case.validate_response(response, checks=CHECKS)

            given_to(check, operation, mode)
    assert {200, 400} <= seen


CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    negative_data_rejection,
    unsupported_method,
]
BOUNDED = settings(
    max_examples=6,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def given_to(check: Callable[[Any], None], operation: Any, mode: GenerationMode) -> None:
    """The check run on requests made from the description, the same ones each time."""
    BOUNDED(given(case=operation.as_strategy(generation_mode=mode))(check))()
