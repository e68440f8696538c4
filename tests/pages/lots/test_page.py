"""The list of lots and a lot's own page, on figures worked by hand. Data date: 31 October 2026."""

import csv
import datetime as dt
import io
import re
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from streamlit.testing.v1 import AppTest

from data.words import Words
from pages.lots.choice import Choice, chosen_lots
from pages.lots.facts import Fact, facts_list, lot_facts, siret_grouped
from pages.lots.lot_sentences import lot_text
from pages.lots.table import file_columns, file_rows
from pages.parts.lot_alerts import lot_name, reason_text
from pages.parts.paging import PER_PAGE
from queries.engine import Database
from queries.files.csv import write_csv
from queries.files.exports import FRENCH, Export, batches_of
from queries.open_release import open_release
from queries.scope import Scope
from tests.extracts import contract, contracts_table, entry, hours_table, publish_rows
from tests.pages.conftest import Published, Shown, texts
from tests.queries.test_lots import AT_ONCE

# A hundred days to the data date are half of two hundred; twenty-five are a quarter of a hundred.
CONTRACTS = """
    contract_id | lot_id | contract_ref | subject            | client_id | client_name | contractor_name | contractor_siret | status  | hours_committed | starts_on  | ends_on
    late        | 01     | 2026R1       | Réfection          | C1        | Ville d’A   | Été & <fils>    | 73282932000074   | running | 1000            | 2026-07-23 | 2027-02-08
    late        | 02     | 2026R1       | Peinture           | C1        | Ville d’A   | Zinc            |                  | running | 1000            | 2026-07-23 | 2027-02-08
    waiting     | 00     |              | Élagage            | C2        | Rezé        | Été & <fils>    | 73282932000074   | running | 1000            | 2026-10-06 | 2027-01-14
    short       | 00     |              | Voirie             | C2        | Rezé        | Bâti            |                  | running | 1000            | 2026-01-01 | 2026-10-31
    over        | 00     |              | Nettoyage          | C2        | Rezé        | Bâti            |                  | closed  | 1000            | 2025-01-01 | 2025-12-31
    planned     | 00     |              | Parc               | C2        | Rezé        |                 |                  | planned | 1000            | 2027-01-01 | 2027-12-31
"""
HOURS = """
    contract_id | lot_id | month   | hours_validated | hours_declared | status    | employer_kind
    late        | 01     | 2026-08 | 150             | 150            | validated | ei
    late        | 01     | 2026-09 | 60              | 60             | validated | etti
    late        | 01     | 2026-10 |                 | 30             | declared  | etti
    late        | 02     | 2026-09 | 400             | 400            | validated | ei
    short       | 00     | 2026-09 | 999.75          | 999.75         | validated |
    over        | 00     | 2025-09 | 1000.25         | 1000.25        | validated |
"""
WORDS = Words("fr")


# As AT_ONCE: lots are judged on the data date, and these are not near their end.
JUDGED_AT_ONCE = """
[authority]
name = "Essai"
epci = "200023414"

[counting]
declaration_lag_months = 0

[alerts]
ending_soon_days = 60
"""


@pytest.fixture
def release(published: Published) -> None:
    published(contracts_table(CONTRACTS), hours_table(HOURS), settings=JUDGED_AT_ONCE)


def listed(at: AppTest) -> list[str]:
    """The subjects of the list, in its order."""
    return re.findall(r'<th scope="row" role="rowheader"><a href="[^"]*">(.*?)</a>', texts(at))


@pytest.mark.usefixtures("release")
def test_the_first_sentence_counts_the_lots_to_call(shown: Shown) -> None:
    page = texts(shown("lots/page.py"))
    assert (
        "Au 31 octobre 2026, fin du dernier mois complet, 2 lots en cours appellent une relance\u00a0: 1 pas encore démarré et 1 en retard sur le rythme attendu"
        "\u202f; 1 autre, toujours ouvert, est arrivé à terme sans toutes ses heures." in page
    )
    assert "sur 4 lots en cours" in page
    assert "<strong>540\u00a0h</strong>" in page  # 500 − 210 behind, 250 not started


@pytest.mark.parametrize(
    ("ends_on", "told"),
    [
        (
            dt.date(2026, 10, 31),
            "◆\u00a0fin proche, il manquait 500\u00a0h sur 1\u202f000\u00a0h à la fin du dernier mois complet",
        ),
        (
            dt.date(2026, 10, 30),
            "◆\u00a0fin passée, il manquait 500\u00a0h sur 1\u202f000\u00a0h à la fin du dernier mois complet",
        ),
    ],
)
def test_a_lot_that_was_near_its_end_and_has_passed_it_says_so(
    published: Published, shown: Shown, ends_on: dt.date, told: str
) -> None:
    """Judged at the end of August, told at the end of October: two months are provisional."""
    lot = contract(hours_committed=1000, status="running", starts_on=dt.date(2025, 9, 1), ends_on=ends_on)
    published([lot], [entry(hours_validated=500, month=dt.date(2026, 8, 1))])
    page = texts(shown("lots/page.py", marche=str(lot["contract_id"]), lot=str(lot["lot_id"])))
    assert told in page
    page = texts(shown("lots/page.py"))
    assert (
        "Au 31 août 2026, fin du dernier mois complet, 1 lot en cours appelle une relance\u00a0: 1 en fin d’exécution."
        in page
    )


@pytest.mark.usefixtures("release")
def test_each_lot_of_the_list_has_its_effort_a_month(shown: Shown) -> None:
    page = texts(shown("lots/page.py"))
    cells = re.findall(
        r'data-name="Heures à faire par mois \(h\)" class="number"><span>(.*?)</span>(?:<small>(.*?)</small>)?', page
    )
    # Réfection: 790 h in 100 days; best (150 + 60 + 0) ÷ 3. Élagage: 1 000 h in 75 days, nothing done yet.
    assert cells == [("240", "trois meilleurs mois\u00a0: 70"), ("406", "aucun mois complet déclaré")]
    page = texts(shown("lots/page.py", alerte="ended_short"))
    assert 'data-name="Heures à faire par mois (h)" class="number"><span>–</span></td>' in page


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Database:
    release = publish_rows(tmp_path_factory.mktemp("lots"), contracts_table(CONTRACTS), hours_table(HOURS))
    return open_release.__wrapped__(release, AT_ONCE)


@pytest.fixture(scope="module")
def answer(database: Database) -> pa.Table:
    """The answer to lots, over everything."""
    return database.ask("lots", Scope())


@pytest.mark.parametrize(
    ("choice", "subjects"),
    [
        (Choice(), ["Réfection", "Élagage"]),  # −290, −250
        (Choice(alert="behind"), ["Réfection"]),
        (Choice(alert="not_started"), ["Élagage"]),
        (Choice(alert="ended_short"), ["Voirie"]),
        (Choice(alert="over"), ["Nettoyage"]),
        (Choice(alert="none"), ["Peinture", "Parc"]),  # running ones first
        (Choice(alert="all"), ["Réfection", "Élagage", "Peinture", "Voirie", "Nettoyage", "Parc"]),
        (Choice(alert="all", order="fin"), ["Voirie", "Élagage", "Réfection", "Peinture", "Nettoyage", "Parc"]),
        # Bâti, Été & <fils> twice, Zinc; no holder last.
        (Choice(alert="all", order="titulaire"), ["Voirie", "Réfection", "Élagage", "Peinture", "Nettoyage", "Parc"]),
        # Rezé, Ville d’A; within each the widest gap first.
        (Choice(alert="all", order="client"), ["Élagage", "Voirie", "Réfection", "Peinture", "Nettoyage", "Parc"]),
        # Never declared first, then the oldest declaration; Réfection has one in October, pending.
        (Choice(alert="all", order="declaration"), ["Élagage", "Peinture", "Voirie", "Réfection", "Parc", "Nettoyage"]),
        # Running ones first in any order; then the highest: 999.75, 400, 210 and the 1000.25 of a closed one.
        (Choice(alert="all", order="-fait"), ["Voirie", "Peinture", "Réfection", "Élagage", "Nettoyage", "Parc"]),
        (Choice(alert="all", order="objet"), ["Élagage", "Peinture", "Réfection", "Voirie", "Nettoyage", "Parc"]),
        (Choice(alert="all", order="-objet"), ["Voirie", "Réfection", "Peinture", "Élagage", "Parc", "Nettoyage"]),
        (Choice(alert="all", text="ete"), ["Réfection", "Élagage"]),
        (Choice(alert="all", text="REZE elag"), ["Élagage"]),
        (Choice(alert="all", text="ville d'a"), ["Réfection", "Peinture"]),
        (Choice(alert="all", text="2026r1"), ["Réfection", "Peinture"]),
        (Choice(alert="all", text="732 829 320\u00a000074"), ["Réfection", "Élagage"]),
        (Choice(alert="all", text="732829320"), ["Réfection", "Élagage"]),  # a SIREN
        (Choice(alert="all", text="(.*"), []),
        (Choice(alert="over", text="ete"), []),
    ],
)
def test_the_lots_of_a_choice_in_its_order(answer: pa.Table, choice: Choice, subjects: list[str]) -> None:
    assert chosen_lots(answer, choice, "the same release")["subject"].to_pylist() == subjects


@pytest.mark.usefixtures("release")
@pytest.mark.parametrize(
    ("query", "subjects"),
    [
        ({"alerte": "what?", "tri": "what?"}, ["Réfection", "Élagage"]),
        ({"alerte": "all", "recherche": " REZE  elag ", "tri": "fin"}, ["Élagage"]),
        ({"alerte": "over", "recherche": "ete"}, []),
        ({"clients": "C2", "annees": "2025"}, []),  # Nettoyage alone was active, and needs no call
        ({"clients": "C2", "annees": "2027"}, ["Élagage"]),
    ],
)
def test_the_list_follows_the_address(shown: Shown, query: dict[str, str], subjects: list[str]) -> None:
    at = shown("lots/page.py", **query)
    assert listed(at) == subjects
    assert ("Aucun lot ne répond à ce choix." in texts(at)) == (not subjects)


@pytest.mark.usefixtures("release")
def test_a_line_says_why_and_leads_to_its_lot(shown: Shown) -> None:
    page = texts(shown("lots/page.py", clients="C1"))
    line = page[page.index('<tr role="row"><th scope="row"') :]
    assert '<a href="lots?marche=late&amp;lot=01&amp;clients=C1">Réfection</a><small>2026R1, lot 01</small>' in line
    cells = re.findall(r"<td[^>]*>(.*?)</td>", re.sub(r'<span class="cap-bars".*?</span></span>', "", line))
    assert [re.sub("<.*?>", "|", cell) for cell in cells] == [
        "|Ville d’A|",
        "|Été &amp; &lt;fils&gt;|",
        "|▼\u00a0en retard||42\u00a0% des heures attendues à la fin du dernier mois complet, 30\u00a0h en attente|",
        "|210|",
        "|500|",
        "|\u2212290|",
        "|240||trois meilleurs mois\u00a0: 70|",
        "|08/02/2027||dans 100 jours|",
        "|oct. 2026|",
    ]


@pytest.mark.usefixtures("release")
def test_a_choice_is_written_into_the_address(shown: Shown) -> None:
    at = shown("lots/page.py", page="7")
    (alerts,) = [group for group in at.button_group if group.label == "Alerte"]
    assert alerts.options == [
        "À relancer – 2", "Fin proche – 0", "Pas démarrés – 1", "En retard – 1", "Terminés sans toutes leurs heures – 1",
        "Au-delà de l’obligation – 1", "Sans alerte – 2", "Tous – 6", "À valider – 1",
        "Maîtres d’ouvrage sans déclaration récente – 0",
    ]  # fmt: skip
    alerts.set_value("all").run()
    assert at.query_params["alerte"] == "all"
    assert "page" not in at.query_params  # another choice begins at its first page
    at.text_input(key="_lots_search").set_value("Été").run()
    assert (at.query_params["alerte"], at.query_params["recherche"]) == ("all", "Été")
    at.selectbox(key="_lots_order").set_value("fin").run()
    assert listed(at) == ["Élagage", "Réfection"]
    (alerts,) = [group for group in at.button_group if group.label == "Alerte"]
    alerts.set_value("to_call").run()
    assert "alerte" not in at.query_params  # the default leaves the address clean


@pytest.mark.usefixtures("release")
def test_what_waits_for_validation_and_who_does_not_declare(shown: Shown) -> None:
    at = shown("lots/page.py", alerte="attente")
    assert listed(at) == ["Réfection"]  # 30 h declared in October
    (alerts,) = [group for group in at.button_group if group.label == "Alerte"]
    assert alerts.options[-2:] == ["À valider – 1", "Maîtres d’ouvrage sans déclaration récente – 0"]
    page = texts(shown("lots/page.py", alerte="sans_declaration"))
    assert "Aucun maître d’ouvrage n’est en retard de déclaration." in page


def test_long_lists_come_in_pages(tmp_path: Path, shown: Shown) -> None:
    number = 2 * PER_PAGE + 5
    lots = [contract(contract_id=f"M{n:03}", subject=f"Lot {n:03}") for n in range(number)]
    publish_rows(tmp_path, lots, hours_table("contract_id\nM000"))
    first = shown("lots/page.py", alerte="ended_short")
    assert listed(first) == [f"Lot {n:03}" for n in range(1, PER_PAGE + 1)]  # Lot 000 lacks ten hours less
    assert f"Lots 1 à {PER_PAGE} sur {number}" in texts(first)
    assert 'href="?alerte=ended_short&amp;page=2"' in texts(first)
    last = shown("lots/page.py", alerte="ended_short", page="99")
    assert listed(last) == [*(f"Lot {n:03}" for n in range(2 * PER_PAGE + 1, number)), "Lot 000"]
    assert 'aria-current="page" aria-label="Page 3"' in texts(last)
    assert len(listed(shown("lots/page.py", alerte="ended_short", page="-1"))) == PER_PAGE


def test_nobody_to_call(tmp_path: Path, shown: Shown) -> None:
    publish_rows(tmp_path, [contract(ends_on=None)], hours_table("contract_id\nM1"))
    page = texts(shown("lots/page.py", recherche="travaux"))
    assert "Au 31 août 2026, fin du dernier mois complet, aucun lot n’appelle de relance, sur 1 lot en cours." in page
    assert "Aucun lot ne répond à ce choix." in page
    assert '<a href="lots?alerte=all&amp;recherche=travaux">Voir tous les lots</a>' in page


@pytest.mark.usefixtures("release")
def test_an_empty_scope_says_so(shown: Shown) -> None:
    at = shown("lots/page.py", clients="-")
    assert "Aucune heure pour ces filtres." in texts(at)
    assert listed(at) == []


def test_a_lot_without_hours_nor_any_optional_column_is_listed(tmp_path: Path, shown: Shown) -> None:
    publish_rows(tmp_path, [contract()], [])
    page = texts(shown("lots/page.py", alerte="all"))
    assert "<span>–</span>" in page
    assert "■\u00a0terminé sans toutes ses heures" in page


def test_the_file_has_the_list_s_columns_and_its_reasons() -> None:
    lot = {
        "contract_ref": "R1", "contract_id": "late", "lot_id": "01", "alert": "behind", "status": "running",
        "expected_hours": 500, "pace_ratio": 0.42, "pending_to_date": 0, "contractor_name": "=1+1",
    }  # fmt: skip
    columns = file_columns()
    table = pa.Table.from_pylist([{column.key: None for column in columns} | lot])
    described = tuple(column.exported(WORDS) for column in columns)
    made = io.BytesIO()
    write_csv(Export(title="", columns=described, words=FRENCH), batches_of(file_rows(table, WORDS), described), made)
    head, line = csv.reader(io.StringIO(made.getvalue().decode("utf-8-sig")), delimiter=";")
    found = dict(zip(head, line, strict=True))
    assert found["Motif de l’alerte"] == "42\u00a0% des heures attendues à la fin du dernier mois complet"
    assert found["Titulaire"] == "'=1+1"


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"alert": "not_started", "time_ratio": 0.25}, "aucune heure, 25\u00a0% de la durée écoulée"),
        ({"alert": "behind", "pace_ratio": 0.4999}, "49,99\u00a0% des heures attendues à la fin du dernier mois complet"),
        ({"alert": "behind", "pace_ratio": 0.0, "pending_to_date": 0.5}, "0\u00a0% des heures attendues à la fin du dernier mois complet, 0,50\u00a0h en attente"),
        ({"alert": "ended_short", "status": "closed", "completion_ratio": 0.9995, "left_hours": 0.25}, "99,95\u00a0% des heures engagées, il manque 0,25\u00a0h"),
        ({"alert": "ended_short", "status": "running", "hours_committed": 500, "left_hours": 0.25}, "il manquait 0,25\u00a0h sur 500\u00a0h à la fin du dernier mois complet"),
        ({"alert": "ending", "status": "running", "hours_committed": 1000, "left_hours": 100}, "il manquait 100\u00a0h sur 1\u202f000\u00a0h à la fin du dernier mois complet"),
        ({"alert": "over", "hours_to_date": 1000.25, "hours_committed": 1000}, "0,25\u00a0h de plus que l’obligation"),
        ({"alert": "over", "hours_to_date": 995, "hours_committed": 1000}, ""),  # corrected since the last complete month
        ({"alert": "none", "pace_ratio": 1.2}, "120\u00a0% des heures attendues à la fin du dernier mois complet"),
        ({"alert": "none", "pace_ratio": None}, ""),
    ],
)  # fmt: skip
def test_reasons_never_read_as_the_limit_that_is_not_reached(changes: dict[str, object], reason: str) -> None:
    lot: Any = {"pending_to_date": 0, **changes}
    assert reason_text(lot, WORDS) == reason


def test_names() -> None:
    lot: Any = {"contract_id": "M1", "contract_ref": None, "lot_id": "00"}
    assert lot_name(lot, WORDS) == "M1"
    named: Any = {**lot, "contract_ref": "2026R1", "lot_id": "02"}
    assert lot_name(named, WORDS) == "2026R1, lot 02"
    assert siret_grouped("73282932000074") == "732\u00a0829\u00a0320\u00a000074"
    assert siret_grouped("12") == "12"


# A lot's own page


@pytest.mark.usefixtures("release")
def test_a_lot_s_page(shown: Shown) -> None:
    at = shown("lots/page.py", marche="late", lot="01")
    page = texts(at)
    assert "Où en est ce lot\u202f? 2026R1, lot 01" in page
    assert (
        "En cours\u00a0: 210\u00a0h réalisées sur 1\u202f000\u00a0h engagées, dont 210\u00a0h à la fin du dernier mois complet, "
        "soit 42\u00a0% des 500\u00a0h attendues alors"
        "\u202f; il en manquait 290\u00a0h." in page
    )
    assert (
        "▼\u00a0en retard, 42\u00a0% des heures attendues à la fin du dernier mois complet, 30\u00a0h en attente"
        in page
    )
    # 790 hours in 100 days, 365.25 ÷ 12 days a month: 240.46; August to October: (150 + 60 + 0) ÷ 3
    assert (
        "À la fin du dernier mois complet, il restait 790\u00a0h à faire, soit 240\u00a0h par mois jusqu’à la fin prévue\u202f; "
        "ses trois meilleurs mois complets d’affilée en comptent 70\u00a0h en moyenne." in page
    )
    assert "Au plus haut en août 2026\u00a0: 150\u00a0h. En attente de validation\u00a0: octobre 2026." in page
    assert "Entreprise d’insertion\u00a0: 71,4\u00a0% des heures réalisées." in page  # 150 ÷ 210
    assert 'href="https://annuaire-entreprises.data.gouv.fr/etablissement/73282932000074"' in page
    assert "SIRET 732\u00a0829\u00a0320\u00a000074" in page
    assert "Été &amp; &lt;fils&gt;" in page
    assert len(at.get("plotly_chart")) == 2
    # The other lot of the contract, and the way back.
    assert '<a href="lots?marche=late&amp;lot=02" target="_self">02</a>' in page
    assert '<a href="lots" data-way-back="">' in page


@pytest.mark.parametrize(
    ("lot", "sentence"),
    [
        (("waiting", "00"), "En cours\u00a0: aucune heure réalisée sur 1\u202f000\u00a0h engagées, alors que 25\u00a0% de la durée est écoulée, pour 250\u00a0h attendues à la fin du dernier mois complet."),
        (("short", "00"), "En cours\u00a0: 1\u202f000\u00a0h réalisées sur 1\u202f000\u00a0h engagées, soit 99,98\u00a0%\u202f; il manquait 0,25\u00a0h à la fin du dernier mois complet."),
        (("over", "00"), "Soldé\u00a0: 1\u202f000\u00a0h réalisées sur 1\u202f000\u00a0h engagées, soit 100,0\u00a0% de l’obligation."),
        (("planned", "00"), "Prévu\u00a0: aucune heure réalisée sur 1\u202f000\u00a0h engagées."),
    ],
)  # fmt: skip
def test_the_sentence_of_a_lot(database: Database, lot: tuple[str, str], sentence: str) -> None:
    (facts,) = database.ask("lot_facts", Scope(), contract_id=lot[0], lot_id=lot[1]).to_pylist()
    assert lot_text(facts, WORDS) == sentence


@pytest.mark.usefixtures("release")
@pytest.mark.parametrize(("contract_id", "charts"), [("planned", 0), ("waiting", 1)])
def test_a_lot_without_hours_has_no_empty_chart(shown: Shown, contract_id: str, charts: int) -> None:
    at = shown("lots/page.py", marche=contract_id)
    assert len(at.get("plotly_chart")) == charts  # what was expected of a running lot is to be seen
    assert "Aucun mois à montrer\u00a0: le lot n’a d’heures ni réalisées, ni en attente." in texts(at)


@pytest.mark.usefixtures("release")
def test_years_and_employer_kinds_leave_a_lot_whole(shown: Shown) -> None:
    assert "En cours\u00a0: 210\u00a0h réalisées" in texts(
        shown("lots/page.py", marche="late", lot="01", annees="2025", modalites="ei")
    )


@pytest.mark.usefixtures("release")
@pytest.mark.parametrize(
    "query", [{"marche": "late", "lot": "99"}, {"marche": "<b>"}, {"marche": "late", "lot": "01", "clients": "C2"}]
)
def test_an_unknown_lot_is_said_calmly(shown: Shown, query: dict[str, str]) -> None:
    at = shown("lots/page.py", **query)
    page = texts(at)
    assert "dans ces données, ou les filtres l’écartent." in page
    assert "<b>" not in page.replace("&lt;b&gt;", "")
    assert bool(
        [button for button in at.button if button.label == "Tout afficher" and button.key == "show_everything"]
    ) == ("clients" in query)


FACTS = """
    contract_id | lot_id | hours_committed_initial | hours_committed | amendment_count | obligation_kind | obligation_pct | legal_basis | penalty_eur | programme | execution_commune | closed_on
    up          | 00     | 800                     | 1000            | 2               | hours           |                | art. 14     | 1234.50     | npnru     | 76540             | 2022-01-31
    down        | 00     | 800                     | 750             |                 | hours           |                |             |             |           |                   |
    same        | 00     | 800                     | 800             | 0               | hours           |                |             |             |           |                   |
    share       | 00     |                         |                 |                 | percent         | 7.5            |             |             |           |                   |
"""


@pytest.fixture(scope="module")
def contracts(tmp_path_factory: pytest.TempPathFactory) -> Database:
    hours = hours_table("contract_id | lot_id\nup | 00")
    release = publish_rows(tmp_path_factory.mktemp("contracts"), contracts_table(FACTS), hours)
    return open_release.__wrapped__(release, AT_ONCE)


@pytest.mark.parametrize(
    ("contract_id", "facts"),
    [
        ("up", {"Avenants": "2 avenants, de 800\u00a0h à 1\u202f000\u00a0h (+200\u00a0h)", "Obligation": "1\u202f000\u00a0h",
                "Fondement juridique": "art. 14", "Pénalités": "1\u202f235\u00a0€", "Programme": "NPNRU",
                "Commune d’exécution": "Rouen", "Solde": "31 janvier 2022"}),
        ("down", {"Avenants": "de 800\u00a0h à 750\u00a0h (\u221250\u00a0h)", "Fondement juridique": "Non renseigné", "Solde": "–"}),
        ("same", {"Avenants": "0 avenant"}),
        ("share", {"Avenants": "Non renseigné", "Obligation": "7,5\u00a0% des heures travaillées", "Compté dans le total": "oui"}),
    ],
)  # fmt: skip
def test_what_the_contract_says(contracts: Database, contract_id: str, facts: dict[str, str]) -> None:
    (lot,) = contracts.ask("lot_facts", Scope(), contract_id=contract_id, lot_id="00").to_pylist()
    found = dict(re.findall(r"<div><dt>(.*?)</dt><dd>(.*?)</dd></div>", facts_list(lot_facts(lot, WORDS), [], WORDS)))
    assert {name: found[name] for name in facts} == facts


def test_a_fact_that_no_source_has_is_told_from_one_that_is_empty() -> None:
    facts = [Fact(name="Secteur", text="", column="sector"), Fact(name="Programme", text="", column="programme")]
    page = facts_list(facts, ["contracts.sector"], WORDS)
    assert "<dt>Secteur</dt><dd>non renseigné dans l’extraction</dd>" in page
    assert "<dt>Programme</dt><dd>Non renseigné</dd>" in page


@pytest.mark.usefixtures("release")
def test_the_pages_in_english(shown: Shown) -> None:
    assert "/lots?" not in texts(shown("lots/page.py", lang="en"))
    assert '<a href="lots?marche=late&amp;lot=01&amp;lang=en" lang="fr">' in texts(shown("lots/page.py", lang="en"))


@pytest.mark.usefixtures("release")
def test_lots_stand_under_their_contractor_when_ordered_by_it(shown: Shown) -> None:
    page = texts(shown("lots/page.py", alerte="all", tri="titulaire"))
    # Running lots first: those of each company together, then those that are over.
    groups = re.findall(r'<th scope="rowgroup"[^>]*>([^<]*)</th>', page)
    assert groups == ["Bâti", "Été &amp; &lt;fils&gt;", "Zinc", "Bâti", "Titulaire non renseigné"]
    assert "rowgroup" not in texts(shown("lots/page.py", alerte="all")).replace('role="rowgroup"', "")


@pytest.mark.usefixtures("release")
def test_the_last_months_of_a_lot_are_bars(shown: Shown) -> None:
    page = texts(shown("lots/page.py", alerte="all", recherche="Réfection"))
    # The release begins in September 2025. August 150 is the best month; September 60 of 150.
    assert "Heures réalisées de novembre 2025 à octobre 2026\u00a0: au plus haut 150\u00a0h, en août 2026" in page
    heights = re.findall(r"<span style=\"height:(\d+%)\"></span>", page)
    assert heights == ["0%"] * 9 + ["100%", "40%", "0%"]


def test_a_call_is_noted_and_shown_in_the_list(shown: Shown, tmp_path: Path) -> None:
    publish_rows(tmp_path, contracts_table(CONTRACTS), hours_table(HOURS))
    at = shown("lots/page.py", marche="late", lot="01")
    at.date_input[0].set_value(dt.date(2026, 11, 2))
    at.date_input[1].set_value(dt.date(2026, 11, 16))
    next(field for field in at.text_input if field.label == "Ce qui est convenu").input("bordereaux <b>promis</b>")
    at.button(key="FormSubmitter:call_note-Noter l’appel").click().run()
    assert not at.exception
    said = "Appelé le 02/11/2026, prochain rappel le 16/11/2026\u00a0: bordereaux &lt;b&gt;promis&lt;/b&gt;"
    assert said in texts(at)
    assert f'<small class="call">{said}</small>' in texts(shown("lots/page.py", alerte="all"))


@pytest.mark.usefixtures("release")
def test_french_subjects_are_marked_in_english(shown: Shown) -> None:
    assert '<a href="lots?marche=late&amp;lot=01&amp;lang=en" lang="fr">Réfection</a>' in texts(
        shown("lots/page.py", lang="en")
    )
    page = texts(shown("lots/page.py", marche="late", lot="01", lang="en"))
    assert '<p class="cap-summary" lang="fr">Réfection' in page
    assert '<td lang="fr">Peinture</td>' in page
    assert 'lang="fr"' not in texts(shown("lots/page.py", marche="late", lot="01"))


@pytest.mark.usefixtures("release")
def test_narrow_headers_are_explained_and_name_the_cell_in_full(shown: Shown) -> None:
    page = "\n".join(block.proto.body for block in shown("lots/page.py", alerte="all").get("html"))
    head = page[page.index("<thead") : page.index("</thead>")]
    assert '<abbr title="Écart au rythme attendu (h)">Écart (h)</abbr>' in head
    assert "<abbr" not in re.findall(r'<a [^>]*id="tri_lots_fin"[^>]*>(.*?)</a>', head)[0]
    assert 'data-name="Écart au rythme attendu (h)"' in page
