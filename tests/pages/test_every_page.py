"""Every page of the menu, where there is least to show: only the required columns, nothing under the filters."""

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from data.publish import publish
from data.schema import CONTRACTS, HOURS
from pages.frame.menu import PAGES
from pages.parts.filters.sentence import Reads
from tests.extracts import AS_OF, TODAY, contract, entry, write_parquet
from tests.pages.conftest import Shown, texts

SCRIPTS = [page.script for page in PAGES]


@pytest.fixture(scope="module")
def required_columns(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The extracts of two lots and three months of hours, of a source that has no column but the required ones."""
    lots = [contract(), contract(contract_id="M2", client_id="C2", status="closed", ends_on=dt.date(2020, 1, 31))]
    lines = [
        entry(hours_validated=Decimal("100.50")),
        entry(entry_id="E2", month=dt.date(2021, 3, 1), hours_validated=Decimal(200)),
        entry(entry_id="E3", contract_id="M2", month=dt.date(2020, 1, 1), hours_validated=Decimal(900)),
    ]
    folder = tmp_path_factory.mktemp("required")
    sources = write_parquet(folder, lots, lines)
    for file, table in zip(sources, (CONTRACTS, HOURS), strict=True):
        pq.write_table(pq.read_table(file).select(list(table.required)), file)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CAP_EXTRACTS", str(folder / "extracts"))
        found = publish(sources, as_of=AS_OF, today=TODAY)
    assert "contracts.execution_commune" in found.absent_columns
    assert "hours.participant_id" in found.absent_columns
    return folder / "extracts"


@pytest.fixture(autouse=True)
def release(extracts: Path, required_columns: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAP_EXTRACTS", str(required_columns))


@pytest.mark.parametrize("script", SCRIPTS)
def test_only_the_required_columns(shown: Shown, script: str) -> None:
    at = shown(script)
    # Titles are questions, but for the page where the reader asks them.
    assert at.title[0].value.endswith("?") or script == "sql/page.py"
    assert '<p class="cap-answer">' in texts(at)


@pytest.mark.parametrize("script", SCRIPTS)
def test_nothing_under_the_filters(shown: Shown, script: str) -> None:
    page = texts(shown(script, clients="-"))
    reads = {entry.script: entry.reads for entry in PAGES}[script]
    if reads is Reads.ALL and script not in ("changes/page.py", "sql/page.py", "totals/page.py"):
        assert "Aucune heure pour ces filtres." in page or "Aucun lot pour ces filtres." in page


@pytest.mark.parametrize("script", SCRIPTS)
@pytest.mark.parametrize(
    ("months", "named", "years"),
    [
        ("2020-01..2020-02", "de janvier à février 2020", "année 2020"),
        ("2020-12..2021-03", "de décembre 2020 à mars 2021", "années 2020 à 2021"),
        ("2021-04..", "à partir d’avril 2021", "à partir de 2021"),
    ],
)
def test_months(shown: Shown, script: str, months: str, named: str, years: str) -> None:
    """Named on every page; one that they do not cut says the whole years that it is of, or that no year changes it."""
    page = texts(shown(script, mois=months))
    entry = next(entry for entry in PAGES if entry.script == script)
    assert f"Filtres\u00a0: {named}" in page
    if entry.months:
        assert "sans effet" not in page
        assert "années entières\u00a0: " not in page
    elif entry.reads in (Reads.ALL, Reads.NOTIFIED):
        assert f"(les mois choisis ne s’appliquent pas ici, années entières\u00a0: {years})" in page
    else:
        assert f"(sans effet sur cette page\u00a0: {named})" in page


@pytest.mark.parametrize("script", SCRIPTS)
def test_one_client(shown: Shown, script: str) -> None:
    page = texts(shown(script, clients="C1"))
    assert "Filtres\u00a0: maître d’ouvrage\u00a0: Client C1" in page
    if script == "totals/page.py":
        assert "moins 900,00\u00a0h hors des filtres" in page  # it names what the filter takes away
    elif script == "data_quality/page.py":
        assert "Ces chiffres sont ceux de toute la publication, sans les filtres." in page
    elif script != "publish/page.py":  # what serves, whole
        assert "1\u202f200" not in page  # 100.50 + 200 + 900 is of both clients
