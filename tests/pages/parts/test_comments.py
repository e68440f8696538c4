"""Comments on the pages: shown where they belong, written by who may, refused when they look like a person."""

from pathlib import Path

import pytest

from data.codes import Role
from data.comments_log import LOG
from queries.rights.readers import Reader
from queries.rights.rights import Rights
from tests.extracts import contracts_table, hours_table, publish_rows
from tests.pages.conftest import Shown, texts

LOTS = """
    contract_id | client_id | execution_commune
    M1          | CHU       | 76540
    M2          | MRN       | 76681
"""
HOURS = """
    contract_id | month   | hours_validated
    M1          | 2020-05 | 100
    M2          | 2021-05 | 40
"""
HEADING = "Qu’en dit l’autorité\u202f?"
PLACES = [
    ("clients/page.py", {"client": "CHU"}, "client"),
    ("lots/page.py", {"marche": "M1", "lot": "00"}, "lot"),
    ("communes/page.py", {"communes": "76540"}, "commune"),
    ("years/page.py", {}, "year"),
]


@pytest.fixture(autouse=True)
def release(tmp_path: Path) -> None:
    publish_rows(tmp_path, contracts_table(LOTS), hours_table(HOURS))


def reads_as(monkeypatch: pytest.MonkeyPatch, rights: Rights) -> None:
    monkeypatch.setattr("pages.frame.identity.LOCAL", Reader(name="reader@example.fr", rights=rights))


@pytest.mark.parametrize(("script", "query", "kind"), PLACES)
def test_a_comment_is_written_and_shown_on_its_page(
    shown: Shown, tmp_path: Path, script: str, query: dict[str, str], kind: str
) -> None:
    at = shown(script, **query)
    assert HEADING in texts(at)
    at.text_area[0].input("La cause <b>est</b> connue.")
    at.button(key=f"FormSubmitter:comment_{kind}-Publier le commentaire").click().run()
    assert not at.exception
    assert '<p lang="fr">La cause &lt;b&gt;est&lt;/b&gt; connue.</p>' in texts(at)
    assert f'"scope_kind": "{kind}"' in (tmp_path / "extracts" / LOG).read_text(encoding="utf-8")
    other = texts(shown("clients/page.py", client="MRN"))
    assert "La cause" not in other


def test_what_looks_like_a_person_is_refused_in_words(shown: Shown, tmp_path: Path) -> None:
    at = shown("clients/page.py", client="CHU")
    at.text_area[0].input("Appeler le 06 12 34 56 78")
    at.button(key="FormSubmitter:comment_client-Publier le commentaire").click().run()
    assert "ressemble à un numéro de téléphone" in at.error[0].value
    assert not (tmp_path / "extracts" / LOG).exists()


@pytest.mark.parametrize(("script", "query", "kind"), PLACES)
@pytest.mark.parametrize("role", [Role.PUBLIC, Role.ELU])
def test_who_may_not_write_has_no_form(
    shown: Shown, monkeypatch: pytest.MonkeyPatch, role: Role, script: str, query: dict[str, str], kind: str
) -> None:
    reads_as(monkeypatch, Rights(role=role))
    at = shown(script, **query)
    assert not at.text_area
    assert HEADING not in texts(at)  # nothing was written


def test_who_sees_a_part_writes_on_that_part_alone(shown: Shown, monkeypatch: pytest.MonkeyPatch) -> None:
    reads_as(monkeypatch, Rights(role=Role.SERVICE, clients=("CHU",)))
    assert shown("clients/page.py", client="CHU").text_area
    assert not shown("clients/page.py", client="MRN").text_area
    assert not shown("years/page.py").text_area
    assert not shown("communes/page.py", communes="76540").text_area
