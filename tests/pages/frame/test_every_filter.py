"""Every filter of `queries/filters.py` on a page: the sentence names it, the form offers it, a link with any text in it is understood."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data.codes import Role
from data.words import Words
from queries.filters import FILTERS, NONE
from queries.link import codes_text
from queries.rights.readers import Reader
from queries.rights.rights import Rights
from tests.extracts import contract, entry
from tests.pages.conftest import Published, Shown, texts
from tests.queries.test_every_filter import AWKWARD

FR = Words("fr")
SETTINGS = """
[authority]
name = "Autorité d’essai"
epci = "200023414"
[access]
public = {public}
"""
# The value of each filter on the first lot; the second has others, or none.
FIRST = {
    "structures": AWKWARD,
    "client_types": "hopital",
    "clients": AWKWARD,
    "clause_categories": "insertion",
    "execution_communes": "76540",
    "sectors": "batiment",
    "employer_kinds": "etti",
    "programmes": "anru",
    "facilitators": AWKWARD,
    "purchase_kinds": "travaux",
    "contractors": AWKWARD,
}


@pytest.fixture(autouse=True)
def release(published: Published, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    public(tmp_path, monkeypatch, False)
    lots = [
        contract(
            structure=AWKWARD,
            client_id=AWKWARD,
            client_name="CHU",
            client_type="hopital",
            clause_category="insertion",
            execution_commune="76540",
            sector="batiment",
            programme="anru",
            facilitator_code=AWKWARD,
            purchase_kind="travaux",
            contractor_name=AWKWARD,
            contractor_siret=None,
        ),
        contract(
            contract_id="M2", structure="CAP27", client_id="C2", client_type="commune", clause_category="execution"
        ),
    ]
    published(
        lots,
        [
            entry(employer_kind="etti", hours_declared=700, hours_validated=700),
            entry(entry_id="E2", contract_id="M2", employer_kind="direct", hours_declared=11, hours_validated=11),
        ],
    )


def public(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_public: bool) -> None:
    settings = tmp_path / "settings.toml"
    settings.write_text(SETTINGS.format(public=str(is_public).lower()), encoding="utf-8")
    monkeypatch.setenv("CAP_SETTINGS", str(settings))


def opened(at: AppTest) -> AppTest:
    """The page with its form open."""
    at.session_state["cap_form"] = True
    return at.run()


def test_every_filter_has_its_value_here() -> None:
    assert FIRST.keys() == FILTERS.keys(), (
        "a filter needs a value in FIRST, and in the first lot or line of the fixture `release`"
    )


@pytest.mark.parametrize("field", FILTERS)
def test_the_sentence_names_the_filter_and_the_form_offers_it(shown: Shown, field: str) -> None:
    declared, value = FILTERS[field], FIRST[field]
    at = shown("years/page.py", **{declared.key: codes_text([value])})
    assert not at.warning
    page = texts(at)
    (text,) = [element.value for element in at.text if element.value.startswith("Filtres\u00a0:")]
    name = {"clients": "CHU", "execution_communes": "Rouen (76540)"}.get(field, value)
    if declared.codes is not None:
        name = FR.say(declared.codes.of(value).label)
    assert text == f"Filtres\u00a0: {FR.say(declared.label).lower()}\u00a0: {name}"
    assert "700" in page
    (box,) = [box for box in opened(at).multiselect if box.label == declared.label]
    assert [option.split(" – ")[0] for option in box.options].count(name) == 1
    assert box.value == [value]
    assert box.proto.placeholder == ("Toutes" if declared.feminine else "Tous")
    at = box.set_value([]).run()
    assert "Aucun filtre" in texts(at)


def test_the_placeholders_agree_with_their_labels(shown: Shown) -> None:
    boxes = {box.label: box.proto.placeholder for box in opened(shown()).multiselect}
    assert boxes["Commune d’exécution"] == boxes["Modalité"] == boxes["Nature d’achat"] == "Toutes"
    assert boxes["Titulaire"] == boxes["Secteur"] == "Tous"


@pytest.mark.parametrize("field", [name for name, declared in FILTERS.items() if declared.may_be_empty])
def test_the_rows_without_a_value_are_a_choice(shown: Shown, field: str) -> None:
    at = shown("years/page.py", **{FILTERS[field].key: NONE})
    empty = "Non localisé" if field == "execution_communes" else "Non renseigné"
    assert f"{FILTERS[field].label.lower()}\u00a0: {empty}" in texts(at)


@pytest.mark.parametrize("field", [name for name, declared in FILTERS.items() if declared.right is not None])
def test_a_filter_without_its_right_is_refused_by_name_and_not_offered(
    shown: Shown, field: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    public(tmp_path, monkeypatch, True)
    declared = FILTERS[field]
    at = shown("years/page.py", **{declared.key: codes_text([FIRST[field]])})
    (warning,) = at.warning
    assert warning.value == f"Vos droits n’ouvrent pas ce filtre, donc ignoré\u00a0: {declared.definite}"
    assert "Aucun filtre" in texts(at)
    assert declared.label not in [box.label for box in opened(at).multiselect]
    assert AWKWARD not in texts(at)


def test_a_facilitator_finds_own_lots_by_a_button(shown: Shown, monkeypatch: pytest.MonkeyPatch) -> None:
    rights = Rights(role=Role.FACILITATEUR, facilitators=(AWKWARD,))
    monkeypatch.setattr("pages.frame.identity.without_provider", lambda settings: Reader(name="f", rights=rights))
    at = opened(shown("years/page.py"))
    at.button(key="_own_lots").click().run()
    assert at.session_state[FILTERS["facilitators"].key] == codes_text([AWKWARD])
    assert at.button(key="_own_lots").disabled


def test_other_readers_have_no_such_button(shown: Shown) -> None:
    assert "_own_lots" not in [button.key for button in opened(shown()).button]
