"""Changes to settings.toml: the words of people stay, what is written is what was checked, and the old file is kept."""

import datetime as dt
import stat
import threading
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from data.problems import ExtractError
from data.release.releases import Release
from data.settings import DEFAULT_FILE, load_settings, settings_text
from data.settings_edit import Edit, checked, edited, save
from tests.extracts import contract, entry, publish_rows

SHIPPED = DEFAULT_FILE.read_text(encoding="utf-8")
NOW = dt.datetime(2026, 11, 29, 14, 5, 9, tzinfo=dt.UTC)
FILE = """\
# Ours.
[authority]
demo = true                     # the demonstration's
name = "Rouen"                  # shown on top
epci = "200023414"

# What came before.
[[opening_balance]]
hours = 58_400
as_of = 2002-12-31
origin = "bilans"
demo = true

[[milestones]]
id = "a"
name = "le premier"
target_hours = 1_000_000

# Yearly objectives.
[[milestones]]
id = "b"
name = "l’objectif"
target_hours = 72_000
year = 2024
demo = true

[counting]
fte_divisor = 1607              # legal year
"""


@pytest.fixture(autouse=True)
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = tmp_path / "conf" / "settings.toml"
    place.parent.mkdir()
    place.write_text(FILE, encoding="utf-8")
    monkeypatch.setenv("CAP_SETTINGS", str(place))
    monkeypatch.setenv("CAP_EXTRACTS", str(tmp_path / "extracts"))
    return place


@pytest.fixture
def release(tmp_path: Path) -> Release:
    """Real figures, whose first month is March 2020."""
    return publish_rows(tmp_path, [contract()], [entry()])


def lines(before: str, after: str) -> tuple[list[str], list[str]]:
    """The lines that went, and those that came."""
    old, new = before.splitlines(), after.splitlines()
    return [line for line in old if line not in new], [line for line in new if line not in old]


def test_one_value_changes_one_line_and_keeps_its_comment() -> None:
    after = edited(FILE, [Edit(section="counting", values={"fte_divisor": Decimal(1600)})])
    assert lines(FILE, after) == (
        ["fte_divisor = 1607              # legal year"],
        ["fte_divisor = 1600              # legal year"],
    )


def test_nothing_changes_nothing() -> None:
    assert edited(FILE, []) == FILE
    assert edited(SHIPPED, []) == SHIPPED


def test_what_is_changed_is_no_longer_the_demonstration_s() -> None:
    after = edited(FILE, [Edit(section="authority", values={"name": "Métropole d’Ici"})])
    assert lines(FILE, after) == (
        ["demo = true                     # the demonstration's", 'name = "Rouen"                  # shown on top'],
        ['name = "Métropole d’Ici"                  # shown on top'],
    )
    after = edited(FILE, [Edit(section="milestones", place=1, values={"target_hours": Decimal(80000)})])
    assert tomllib.loads(after)["milestones"][1] == {
        "id": "b",
        "name": "l’objectif",
        "target_hours": 80000,
        "year": 2024,
    }
    assert "target_hours = 80_000\n" in after


def test_new_entries_stand_below_the_last_and_comments_stay_where_they_are() -> None:
    after = edited(
        FILE,
        [
            Edit(section="milestones", place=0, values={"due_on": dt.date(2030, 1, 1), "client": "ROUEN"}),
            Edit(
                section="milestones",
                place=2,
                values={"id": "c", "name": "le troisième", "target_hours": Decimal("3000000")},
            ),
            Edit(section="notices", values={"questions": "a@b.fr"}),
        ],
    )
    result = tomllib.loads(after)
    assert result["milestones"][0] == {
        "id": "a",
        "name": "le premier",
        "target_hours": 1_000_000,
        "due_on": dt.date(2030, 1, 1),
        "client": "ROUEN",
    }
    assert result["milestones"][2] == {"id": "c", "name": "le troisième", "target_hours": 3_000_000}
    assert result["notices"] == {"questions": "a@b.fr"}
    assert 'client = "ROUEN"\n\n# Yearly objectives.\n[[milestones]]\nid = "b"' in after
    assert lines(FILE, after)[0] == []


def test_an_entry_goes_and_the_comment_of_the_next_one_stays() -> None:
    after = edited(FILE, [Edit(section="milestones", place=0, removed=True)])
    assert [milestone["id"] for milestone in tomllib.loads(after)["milestones"]] == ["b"]
    after = edited(SHIPPED, [Edit(section="milestones", place=1, removed=True)])
    assert "# Yearly objectives: a milestone of one year." in after
    assert [milestone["id"] for milestone in tomllib.loads(after)["milestones"]][:2] == ["million_1", "objectif_2024"]


def test_several_entries_go_at_once() -> None:
    edits = [Edit(section="milestones", place=place, removed=True) for place in range(7)]
    edits.append(Edit(section="milestones", place=7, values={"id": "x", "name": "x", "target_hours": Decimal(5)}))
    result = tomllib.loads(edited(SHIPPED, edits))
    assert result["milestones"] == [{"id": "x", "name": "x", "target_hours": 5}]
    gone = edited(FILE, [Edit(section="opening_balance", place=0, removed=True)])
    assert "opening_balance" not in tomllib.loads(gone)


@pytest.mark.parametrize(
    "section", ["authority", "counting", "alerts", "notices", "opening_balance", "milestones", "policy_dates"]
)
def test_every_change_is_the_one_asked_for(section: str) -> None:
    """The shipped file, every entry of every table changed or taken out: the same as in the plain values."""
    result = plain(SHIPPED)
    tables = result[section] if isinstance(result[section], list) else [result[section]]
    for n, table in enumerate(tables):
        for name, value in table.items():
            place = n if isinstance(result[section], list) else None
            for new in (None, other(value)):
                after = plain(edited(SHIPPED, [Edit(section=section, place=place, values={name: new})]))
                expected = plain(SHIPPED)
                changed = expected[section][n] if place is not None else expected[section]
                changed.pop(name) if new is None else changed.update(
                    {name: list(new) if isinstance(new, tuple) else new}
                )
                if name != "demo":
                    changed.pop("demo", None)
                assert after == expected


def plain(text: str) -> dict[str, Any]:
    return tomllib.loads(text, parse_float=Decimal)


def other(value: object) -> str | Decimal | bool | dt.date | tuple[str, ...]:
    if isinstance(value, bool):
        return not value
    if isinstance(value, int | Decimal):
        return Decimal(str(value)) + 1
    if isinstance(value, dt.date):
        return value + dt.timedelta(days=1)
    return ("A", "B, “c”") if isinstance(value, list) else f'{value} "x" \\ # ’'


def test_a_text_is_checked_as_the_file_is(release: Release) -> None:
    with pytest.raises(ExtractError, match="un nombre positif ou nul est attendu"):
        checked(edited(FILE, [Edit(section="counting", values={"fte_divisor": Decimal(-1)})]), release)
    twice = [Edit(section="milestones", place=2, values={"id": "a", "name": "x", "target_hours": Decimal(1)})]
    with pytest.raises(ExtractError, match="un autre jalon porte déjà cet identifiant"):
        checked(edited(FILE, twice), release)
    assert checked(FILE, release).counting.fte_divisor == 1607


def test_an_opening_balance_counts_no_hours_twice(release: Release) -> None:
    """The first month of the figures is March 2020: a balance may end before it, and not in it."""

    def until(day: dt.date) -> str:
        return edited(FILE, [Edit(section="opening_balance", place=0, values={"as_of": day})])

    checked(until(dt.date(2020, 2, 29)), release)
    with pytest.raises(ExtractError, match="ses heures seraient comptées deux fois"):
        checked(until(dt.date(2020, 3, 31)), release)
    # As long as it is the demonstration's, it stands on no real figures.
    checked(FILE.replace("2002-12-31", "2020-03-31"), release)


def test_saving_keeps_the_old_one_and_serves_at_once(file: Path) -> None:
    file.chmod(0o640)
    after = edited(FILE, [Edit(section="authority", values={"name": "Ici"})])
    kept = save(FILE, after, NOW)
    assert kept == file.with_name("settings-20261129T140509Z.toml")
    assert kept.read_text(encoding="utf-8") == FILE
    assert load_settings().authority.name == "Ici"
    assert [stat.S_IMODE(place.stat().st_mode) for place in (file, kept)] == [0o640, 0o640]
    assert save(after, FILE, NOW).name == "settings-20261129T140509Z-2.toml"
    assert not list(file.parent.glob(".settings.toml-*"))


def test_a_file_that_changed_meanwhile_is_not_written_over(file: Path) -> None:
    file.write_text(FILE + "\n# by hand\n", encoding="utf-8")
    with pytest.raises(ExtractError, match="modifiés entre-temps"):
        save(FILE, FILE + "# page\n", NOW)
    assert settings_text().endswith("# by hand\n")


def test_two_who_save_at_once_do_not_lose_one(file: Path) -> None:
    done: list[str] = []

    def write(name: str) -> None:
        try:
            save(FILE, edited(FILE, [Edit(section="authority", values={"name": name})]), NOW)
            done.append(name)
        except ExtractError as error:
            done.append(error.problems[0].kind)

    threads = [threading.Thread(target=write, args=(name,)) for name in ("A", "B")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(done)[1:] == ["settings_moved"]
    assert load_settings().authority.name == sorted(done)[0]


def test_a_link_to_the_file_stays_one(file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    link = tmp_path / "link.toml"
    link.symlink_to(file)
    monkeypatch.setenv("CAP_SETTINGS", str(link))
    save(FILE, FILE + "# new\n", NOW)
    assert link.is_symlink()
    assert file.read_text(encoding="utf-8").endswith("# new\n")


def test_a_disk_that_refuses_leaves_the_file(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("data.settings_edit.write_whole", full)
    with pytest.raises(ExtractError, match=r"ne peuvent pas être écrits \(No space left on device\)"):
        save(FILE, "x = 1", NOW)
    assert settings_text() == FILE


def test_an_epci_that_no_commune_is_of_is_refused(release: Release) -> None:
    checked(edited(FILE, [Edit(section="authority", values={"epci": "200046977"})]), release)
    with pytest.raises(ExtractError, match="aucune commune de France n’est de l’EPCI 123456789"):
        checked(edited(FILE, [Edit(section="authority", values={"epci": "123456789"})]), release)


def test_a_logo_that_is_not_there_is_refused(release: Release, file: Path) -> None:
    after = edited(FILE, [Edit(section="paper", values={"logo": "logo.svg"})])
    with pytest.raises(ExtractError, match=r"il n’y a pas de fichier logo\.svg à côté de celui des réglages"):
        checked(after, release)
    (file.parent / "logo.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>", encoding="utf-8")
    assert checked(after, release).paper.logo == "logo.svg"
