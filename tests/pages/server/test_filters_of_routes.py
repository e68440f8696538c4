"""Filters asked of the data routes: any text is a value, and a filter without its right is refused by name."""

from urllib.parse import urlencode

import pytest

from data.release.releases import Release
from queries.filters import FILTERS
from queries.link import codes_text
from tests.extracts import contract, entry, publish_rows
from tests.pages.server.test_api import Asking, ask  # noqa: F401  a fixture
from tests.queries.test_every_filter import AWKWARD

FREE = [name for name, declared in FILTERS.items() if declared.codes is None and name != "execution_communes"]


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    lots = [
        contract(
            structure=AWKWARD,
            client_id=AWKWARD,
            facilitator_code=AWKWARD,
            contractor_name=AWKWARD,
            contractor_siret=None,
        ),
        contract(contract_id="M2", structure="F2", client_id="C2", facilitator_code="F2", contractor_name="Autre"),
    ]
    lines = [entry(hours_validated=700), entry(entry_id="E2", contract_id="M2", hours_validated=11)]
    return publish_rows(tmp_path_factory.mktemp("filters of routes"), lots, lines)


@pytest.mark.parametrize("field", FREE)
def test_any_text_is_a_value(ask: Asking, field: str) -> None:  # noqa: F811
    for value, hours in ((AWKWARD, 700), ("C2" if field == "clients" else "F2", 11)):
        if field == "contractors" and value != AWKWARD:
            continue
        query = urlencode({FILTERS[field].key: codes_text([value])}, safe=",")
        (row,) = ask(f"questions/headline.json?{query}", token="whole").json()
        assert float(row["hours_validated"]) == hours


@pytest.mark.parametrize("field", [name for name, declared in FILTERS.items() if declared.right is not None])
@pytest.mark.parametrize("value", [AWKWARD, "nobody"])
def test_a_filter_without_its_right_is_refused_by_name(ask: Asking, field: str, value: str) -> None:  # noqa: F811
    declared = FILTERS[field]
    query = urlencode({declared.key: codes_text([value])}, safe=",")
    answer = ask(f"questions/headline.json?{query}", public=True, host="203.0.113.7")
    assert answer.status_code == 403
    assert answer.json()["type"] == "urn:cap-insertion:problem:closed-filter"
    assert declared.key in answer.json()["detail"]
    listed = ask("questions", public=True, host="203.0.113.7").json()["questions"]
    assert declared.key not in {key for question in listed for key in question["filters"]}
    described = ask("openapi.json", public=True, host="203.0.113.7").text
    assert f'"name":"{declared.key}"' not in described.replace(" ", "")
    assert f'"name":"{declared.key}"' in ask("openapi.json", token="whole").text.replace(" ", "")


def test_a_company_that_the_release_does_not_have_is_refused(ask: Asking) -> None:  # noqa: F811
    answer = ask("questions/headline.json?titulaires=nobody", token="whole")
    assert answer.status_code == 400
    assert "titulaires=nobody" in answer.json()["detail"]
