"""The page of the settings: nothing is written unseen, what is wrong is said, what is saved serves at once, and only for who may."""

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data.codes import Role
from data.settings import DEFAULT_FILE, load_settings
from pages.frame.menu import PAGES
from pages.frame.navigation import open_pages
from pages.settings.changes import changed_lines
from queries.rights.readers import LOCAL
from queries.rights.rights import Right, Rights
from tests.extracts import contract, entry, publish_rows
from tests.pages.conftest import Shown, texts

SHIPPED = DEFAULT_FILE.read_text(encoding="utf-8")


@pytest.fixture(autouse=True)
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Own figures of March 2020 on, under the settings as they are shipped."""
    place = tmp_path / "settings.toml"
    place.write_text(SHIPPED, encoding="utf-8")
    monkeypatch.setenv("CAP_SETTINGS", str(place))
    publish_rows(tmp_path, [contract()], [entry(hours_validated=Decimal(100))])
    return place


def by_key(elements: object, ending: str) -> object:
    (found,) = [element for element in elements if str(element.key).endswith(ending)]  # type: ignore[attr-defined]
    return found


def ask(page: AppTest) -> str:
    next(button for button in page.button if button.label == "Voir ce qui change").click().run()
    assert not page.exception
    return texts(page)


def press(page: AppTest, key: str) -> str:
    page.button(key=key).click().run()
    assert not page.exception
    return texts(page)


def test_a_name_is_shown_before_it_is_written_and_serves_at_once(shown: Shown, file: Path) -> None:
    page = shown("settings/page.py")
    assert "Autorité à nommer dans les réglages" in texts(page)  # Rouen's name stands on no other figures
    by_key(page.text_input, "_authority_name").set_value("Métropole d’Ici")  # type: ignore[attr-defined]
    result = ask(page)
    assert '<del><span class="cap-spoken">avant : </span>− demo = true' in result.replace("\u00a0", " ")
    assert "+ name = &#34;Métropole d’Ici&#34;" in result
    assert file.read_text("utf-8") == SHIPPED
    result = press(page, "settings_save")
    assert "Réglages enregistrés" in result
    assert "<strong>Métropole d’Ici</strong>" in result
    assert 'cap-changes"' not in result
    assert load_settings().authority.name == "Métropole d’Ici"
    (kept,) = file.parent.glob("settings-*.toml")
    assert kept.read_text("utf-8") == SHIPPED


def test_nothing_changes(shown: Shown, file: Path) -> None:
    """No widget reads the file otherwise than it stands there."""
    page = shown("settings/page.py")
    assert "Rien ne change." in ask(page)
    assert file.read_text("utf-8") == SHIPPED


def test_what_is_wrong_is_said_and_not_written(shown: Shown, file: Path) -> None:
    """A balance that goes into the months of the figures would count hours twice."""
    page = shown("settings/page.py")
    by_key(page.date_input, "_opening_balance_0_as_of").set_value(dt.date(2020, 12, 31))  # type: ignore[attr-defined]
    result = ask(page)
    assert "Ces réglages ne peuvent pas être enregistrés." in result
    assert "ses heures seraient comptées deux fois" in result
    assert not [button for button in page.button if button.key == "settings_save"]
    assert file.read_text("utf-8") == SHIPPED


def test_a_new_milestone_without_its_hours_is_refused_and_with_them_saved(shown: Shown) -> None:
    page = shown("settings/page.py")
    by_key(page.text_input, "_milestones_new_name").set_value("l’objectif 2027")  # type: ignore[attr-defined]
    assert "réglage obligatoire absent" in ask(page)
    by_key(page.number_input, "_milestones_new_target_hours").set_value(90_000)  # type: ignore[attr-defined]
    by_key(page.number_input, "_milestones_new_year").set_value(2027)  # type: ignore[attr-defined]
    assert "+ target_hours = 90_000" in ask(page)
    press(page, "settings_save")
    added = load_settings().milestones[-1]
    assert (added.id, added.name, int(added.target_hours), added.year) == (
        "l_objectif_2027",
        "l’objectif 2027",
        90_000,
        2027,
    )


def test_an_entry_is_taken_out(shown: Shown) -> None:
    page = shown("settings/page.py")
    by_key(page.checkbox, "_policy_dates_0_removed").check()  # type: ignore[attr-defined]
    ask(page)
    press(page, "settings_save")
    assert load_settings().policy_dates[0].on == dt.date(2003, 1, 1)


def test_changes_are_dropped(shown: Shown, file: Path) -> None:
    page = shown("settings/page.py")
    by_key(page.number_input, "_counting_fte_divisor").set_value(1600)  # type: ignore[attr-defined]
    assert "+ fte_divisor = 1600" in ask(page)
    assert "fte_divisor = 1600" not in press(page, "settings_drop")
    assert file.read_text("utf-8") == SHIPPED


def test_a_file_that_changed_meanwhile_is_shown_anew(shown: Shown, file: Path) -> None:
    page = shown("settings/page.py")
    by_key(page.number_input, "_counting_fte_divisor").set_value(1600)  # type: ignore[attr-defined]
    ask(page)
    by_hand = SHIPPED.replace("fte_divisor = 1607", "fte_divisor = 1820")
    file.write_text(by_hand, encoding="utf-8")
    page.run()
    assert by_key(page.number_input, "_counting_fte_divisor").value == 1820  # type: ignore[attr-defined]
    assert not [button for button in page.button if button.key == "settings_save"]
    assert file.read_text("utf-8") == by_hand


def test_only_administrators_of_all_rows_have_the_right() -> None:
    """Settings, as a release, are everybody's: who sees some rows only changes none of them."""
    opened = {role for role in Role if Rights(role=role).may(Right.PUBLISH)}
    assert opened == {Role.ADMINISTRATEUR}
    assert LOCAL.rights.may(Right.PUBLISH)
    assert not Rights(role=Role.ADMINISTRATEUR, clients=("C1",)).may(Right.PUBLISH)
    assert not Rights(role=Role.ADMINISTRATEUR, facilitators=()).may(Right.PUBLISH)
    (page,) = [page for page in PAGES if page.script == "settings/page.py"]
    assert page.needs is Right.PUBLISH
    assert page not in open_pages(Rights(role=Role.ANALYSTE))


def test_lines_that_change_with_those_around_them() -> None:
    before = "\n".join("abcdefghijkl")
    after = before.replace("c\n", "C\n").replace("l", "L")
    assert [f"{sign}{line}" for sign, line in changed_lines(before, after)] == [
        " a", " b", "−c", "+C", " d", " e", "…", " j", " k", "−l", "+L",
    ]  # fmt: skip


SVG = b"<svg xmlns='http://www.w3.org/2000/svg' width='40' height='20'><rect width='40' height='20'/></svg>"


def drop(page: AppTest, name: str, content: bytes) -> AppTest:
    page.file_uploader(key="settings_logo").set_value((name, content, "image/*")).run()
    assert not page.exception
    return page


def test_a_logo_is_seen_then_kept_beside_the_file_and_named_in_it(shown: Shown, file: Path) -> None:
    page = drop(shown("settings/page.py"), "Notre logo.SVG", SVG)
    assert list(file.parent.glob("logo*")) == []
    page.button(key="settings_logo_taken").click().run()
    (logo,) = file.parent.glob("logo-*.svg")
    assert logo.read_bytes() == SVG
    assert file.read_text("utf-8") == SHIPPED  # proposed, as any change
    assert f"+ logo = &#34;{logo.name}&#34;" in texts(page)
    press(page, "settings_save")
    assert load_settings().paper.logo == logo.name


def test_what_is_no_picture_is_refused_and_not_kept(shown: Shown, file: Path) -> None:
    page = drop(shown("settings/page.py"), "logo.svg", b"<html><script>1</script></html>")
    assert [error.value for error in page.error] == ["le logo logo.svg n’est ni un SVG ni un PNG."]
    assert "settings_logo_taken" not in {button.key for button in page.button}
    assert list(file.parent.glob("logo*")) == []


def test_a_logo_that_cannot_be_written_is_said(shown: Shown, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = drop(shown("settings/page.py"), "logo.svg", SVG)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("data.settings_edit.write_whole", full)
    page.button(key="settings_logo_taken").click().run()
    assert "le logo n’a pas été écrit" in page.error[0].value
    assert "No space left on device" in page.error[0].value
    assert file.read_text("utf-8") == SHIPPED
