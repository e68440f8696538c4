"""Opening balances of single clients in the settings: parts of the whole's, refused when they cannot be."""

from decimal import Decimal
from pathlib import Path

import pytest

from data.problems import ExtractError
from data.settings import load_settings
from data.settings_opening import balances_of, opening_hours


def written(folder: Path, *entries: tuple[int, str, str]) -> Path:
    """A settings file with these balances: hours, last day, client."""
    tables = [
        f'[[opening_balance]]\nhours = {hours}\nas_of = {day}\norigin = "bilans"\n'
        + (f'client = "{client}"\n' if client else "")
        for hours, day, client in entries
    ]
    text = '[authority]\nname = "Essai"\nepci = "200023414"\n' + "".join(tables)
    (folder / "settings.toml").write_text(text, encoding="utf-8")
    return folder / "settings.toml"


def test_what_no_client_has_is_the_rest(tmp_path: Path) -> None:
    file = written(tmp_path, (1000, "2019-12-31", ""), (300, "2019-12-31", "C1"), (100, "2018-12-31", "C1"))
    balances = load_settings(file).opening_balance
    assert opening_hours(balances) == {None: Decimal(600), "C1": Decimal(400)}
    assert [entry.hours for entry in balances_of(balances, None)] == [1000]
    assert [entry.hours for entry in balances_of(balances, ("C1",))] == [300, 100]


def test_clients_may_have_all_of_it(tmp_path: Path) -> None:
    file = written(tmp_path, (400, "2019-12-31", ""), (300, "2019-12-31", "C1"), (100, "2019-12-31", "C2"))
    assert opening_hours(load_settings(file).opening_balance)[None] == 0


@pytest.mark.parametrize(
    ("entries", "message"),
    [
        (
            ((400, "2019-12-31", ""), (300, "2019-12-31", "C1"), (101, "2019-12-31", "C2")),
            "les soldes des maîtres d’ouvrage (401,00 h) dépassent celui de l’ensemble (400,00 h)",
        ),
        (((300, "2019-12-31", "C1"),), "(300,00 h) dépassent celui de l’ensemble (0"),
        (
            ((400, "2018-12-31", ""), (300, "2019-12-31", "C1")),
            "ce solde s’arrête au 31/12/2019, après celui de l’ensemble (31/12/2018)",
        ),
    ],
)
def test_parts_that_are_none_are_refused(
    entries: tuple[tuple[int, str, str], ...], message: str, tmp_path: Path
) -> None:
    with pytest.raises(ExtractError) as error:
        load_settings(written(tmp_path, *entries))
    assert message in str(error.value).replace("\u00a0", " ").replace("\u202f", " ")
