"""The page of communes, on figures worked by hand."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import streamlit as st

from data.publish import publish
from data.reference import communes
from tests.extracts import AS_OF, TODAY, contracts_table, hours_table
from tests.pages.conftest import Published, Shown, texts

CONTRACTS = """
    contract_id | client_id | execution_commune | client_commune | clause_category | counts_in_total | hours_committed | status
    M1          | C1        | 76540             | 76498          | execution       |                 | 500             | running
    M2          | C2        | 76540             |                | insertion       |                 | 100             | closed
    M3          | C2        | 76498             | 76540          | execution       |                 | 100             | running
    M4          | C2        | 27229             | 76540          | execution       |                 | 100             | running    # Évreux
    M5          | C2        | 76351             | 76540          | execution       |                 | 100             | running    # Le Havre
    M6          | C2        | 99999             | 76540          | execution       |                 | 100             | running    # no such code
    M7          | C3        |                   | 76540          | execution       |                 | 100             | running    # several or unknown
    M8          | C2        | 76322             |                | execution       |                 | 100             | running    # no hours yet
    M9          | C2        | 76540             |                | means           | false           |                 | running    # not counted
"""
HOURS = """
    contract_id | month   | hours_validated
    M1          | 2020-01 | 400
    M2          | 2021-01 | 100.50
    M3          | 2020-01 | 299.50
    M4          | 2020-01 | 60
    M5          | 2020-01 | 40
    M6          | 2020-01 | 10
    M7          | 2020-01 | 90
    M9          | 2020-01 | 7
"""
ROUEN = next(commune.population for commune in communes() if commune.code == "76540")


@pytest.fixture(autouse=True)
def release(published: Published) -> None:
    published(contracts_table(CONTRACTS), hours_table(HOURS))


def spec(at: Any) -> dict[str, Any]:
    (chart,) = at.get("plotly_chart")
    found: dict[str, Any] = json.loads(chart.proto.spec)
    return found


def table_of(page: str, caption: str) -> dict[str, list[str]]:
    """The cells of a table's rows, by the row's name; the total too."""
    table = page[page.index(f"<caption>{caption}</caption>") :]
    table = table[: table.index("</table>")]
    rows = re.findall(r'<tr><th scope="row">(.*?)</th>(.*?)</tr>', table)
    return {re.sub("<.*?>", "", name): re.findall(r"<td[^>]*>(.*?)</td>", cells) for name, cells in rows}


def links(page: str) -> dict[str, str]:
    return {name: address for address, name in re.findall(r'<th scope="row"><a href="([^"]*)"[^>]*>(.*?)</a>', page)}


def test_the_first_sentence_says_how_many_communes_and_which_first(shown: Shown) -> None:
    # 1000 hours in all: 500.50 in Rouen, 299.50 in Le Petit-Quevilly.
    assert (
        "2 communes sur 71 ont accueilli des heures, d’abord Rouen (501\u00a0h, 50,1\u00a0% du total) "
        "et Le Petit-Quevilly (300\u00a0h, 30,0\u00a0%)." in texts(shown("communes/page.py"))
    )


def test_the_rows_add_up_to_the_total_with_what_lies_elsewhere_and_nowhere(shown: Shown) -> None:
    rows = table_of(texts(shown("communes/page.py")), "Heures par commune d’exécution")
    hours = {name: cells[0] for name, cells in rows.items() if cells[0] != "0"}
    assert hours == {
        "Le Petit-Quevilly": "300",
        "Rouen": "501",
        "Hors intercommunalité": "100",  # 60 + 40
        "Code INSEE inconnu": "10",
        "Non localisé": "90",
        "Total": "1\u202f000",
    }
    assert len(rows) == 71 + 3 + 1
    assert rows["Rouen"] == ["501", "50,1", f"{500.5 * 1000 / ROUEN:.0f}", "2"]
    assert rows["Total"][-1] == "8"


def test_the_figures_tell_the_authority_from_what_is_outside_and_unlocated(shown: Shown) -> None:
    page = texts(shown("communes/page.py"))
    for value in ("<strong>800\u00a0h</strong><span>80,0\u00a0% des heures</span>", "<strong>100\u00a0h</strong>"):
        assert value in page
    assert "9,0\u00a0% des heures\u00a0: plusieurs communes, ou lieu non renseigné" in page
    assert "population municipale 2023" in page
    assert "jamais celle du maître d’ouvrage ni celle où habite la personne" in page
    assert "Hors intercommunalité\u00a0: Évreux (60\u00a0h), Le Havre (40\u00a0h)." in page
    assert "Codes INSEE inconnus\u00a0: 99999 (10\u00a0h)." in page


def test_a_row_leads_to_its_commune_and_keeps_the_other_filters(shown: Shown) -> None:
    found = links(texts(shown("communes/page.py", annees="2020", mesure="habitants")))
    assert found["Rouen"] == "communes?annees=2020-2020&amp;communes=76540&amp;mesure=habitants"
    assert found["Hors intercommunalité"] == "communes?annees=2020-2020&amp;communes=27229,76351&amp;mesure=habitants"
    assert found["Code INSEE inconnu"].endswith("communes=99999&amp;mesure=habitants")
    assert found["Non localisé"].endswith("communes=none&amp;mesure=habitants")
    assert "Le Grand-Quevilly" not in found  # no hours: the page would be empty


def test_the_measure_of_the_link_is_the_one_drawn(shown: Shown) -> None:
    assert (
        spec(shown("communes/page.py"))["layout"]["legend"]["title"]["text"] == "<b>Heures par commune d’exécution</b>"
    )
    drawn = spec(shown("communes/page.py", mesure="habitants"))
    assert drawn["layout"]["legend"]["title"]["text"] == "<b>Heures pour 1\u202f000 habitants</b>"
    assert spec(shown("communes/page.py", mesure="poids")) == spec(shown("communes/page.py"))


def test_one_commune_has_its_sentence_against_all_communes(shown: Shown) -> None:
    at = shown("communes/page.py", communes="76540")
    page = texts(at)
    per_1000 = f"{500.5 * 1000 / ROUEN:.0f}"
    assert (
        "Rouen a accueilli 501 heures, soit 50,1\u00a0% du total de toutes les communes, dans 2 lots\u00a0: "
        f"{per_1000}\u00a0h pour 1\u202f000 habitants." in page
    )
    assert table_of(page, "Heures des lieux choisis") == {
        "Rouen": ["501", "100,0", per_1000, "2"],
        "Total": ["501", "", "", "2"],
    }
    # All the others stay, to compare and to choose from, with a total of their own.
    assert table_of(page, "Heures par commune d’exécution")["Total"][0] == "1\u202f000"
    assert links(page)["Rouen"] == "communes"  # back to all
    outlined = next(trace for trace in spec(at)["data"] if trace["name"] == "chosen")
    assert outlined["x"]


def test_several_places_are_told_one_by_one(shown: Shown) -> None:
    page = texts(shown("communes/page.py", communes="76540,27229,none"))
    assert "Les 3 lieux choisis ont accueilli 651 heures." in page  # 500.50 + 60 + 90
    assert "Évreux a accueilli 60 heures, soit 6,0\u00a0% du total de toutes les communes, dans 1 lot." in page
    assert "90 heures ne sont pas localisées, soit 9,0\u00a0% du total, dans 1 lot." in page
    assert table_of(page, "Heures des lieux choisis")["Total"][0] == "651"


def test_one_commune_alone_under_a_filter(shown: Shown) -> None:
    page = texts(shown("communes/page.py", clients="C1"))
    assert "1 commune sur 71 a accueilli des heures\u00a0: Rouen (400\u00a0h, 100,0\u00a0% du total)." in page


def test_where_nothing_is_located_there_is_no_map_of_zeros(shown: Shown) -> None:
    at = shown("communes/page.py", clients="C3")
    page = texts(at)
    assert "Les 90 heures ne sont pas localisées\u00a0: plusieurs communes, ou lieu non renseigné." in page
    assert not at.get("plotly_chart")
    assert table_of(page, "Heures par commune d’exécution")["Total"][0] == "90"


def test_an_extract_without_the_column_says_so(
    shown: Shown, tmp_path: Path, extracts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CAP_EXTRACTS", str(extracts))
    lots = [
        "contract_id,lot_id,subject,client_id,client_name,client_type,clause_category,hours_committed,starts_on,ends_on,status",
        "M1,01,Travaux,C1,Client,commune,execution,100,2019-01-01,2021-12-31,running",
    ]
    lines = [
        "entry_id,contract_id,lot_id,month,hours_declared,hours_validated,status",
        "E1,M1,01,2020-01-01,12.5,12.5,validated",
    ]
    for name, rows in (("contracts", lots), ("hours", lines)):
        (tmp_path / f"{name}.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    publish([tmp_path / "contracts.csv", tmp_path / "hours.csv"], as_of=AS_OF, today=TODAY)
    at = shown("communes/page.py")
    assert (
        "La commune d’exécution n’est pas renseignée dans l’extraction\u00a0: les 13 heures ne sont pas localisées."
        in texts(at)
    )
    assert not at.get("plotly_chart")


def test_an_empty_scope_says_so(shown: Shown) -> None:
    at = shown("communes/page.py", clients="C1", clauses="insertion")
    assert "Aucune heure pour ces filtres." in texts(at)
    assert not at.get("plotly_chart")


def test_the_file_of_all_communes_claims_no_filter_that_it_does_not_have(
    shown: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: dict[str, Any] = {}
    real = st.download_button

    def recorded(label: str, data: Any, **options: Any) -> bool:
        made[options["file_name"].rsplit("_20", 1)[0] + options["file_name"][-5:]] = data
        return real(label, data, **options)

    monkeypatch.setattr(st, "download_button", recorded)
    shown("communes/page.py", communes="76540", clauses="execution")
    filters = {name: json.loads(file())["about"]["filters"] for name, file in made.items() if name.endswith(".json")}
    assert "commune" not in filters["heures_par_commune.json"].lower()
    assert "type de clause" in filters["heures_par_commune.json"]
    assert "Rouen (76540)" in filters["heures_des_lieux_choisis.json"]
