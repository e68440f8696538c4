"""The units of systemd: each command of ours exists and knows its options; each unit that is named is there."""

import configparser
import re
import shlex
from pathlib import Path

import pytest

from data import follow
from pages.serve import __main__ as serve

DEPLOY = Path(__file__).parents[2] / ".docs" / "deploy"
UNITS = sorted(DEPLOY.iterdir())
COMMANDS = {"data.follow": follow.main, "pages.serve": serve.main}


def entries(unit: Path) -> dict[str, dict[str, str]]:
    parser = configparser.ConfigParser(interpolation=None, strict=False)
    parser.optionxform = str  # type: ignore[assignment, method-assign]
    parser.read(unit, encoding="utf-8")
    return {name: dict(parser[name]) for name in parser.sections()}


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_a_unit_can_be_read_and_its_commands_exist(unit: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = entries(unit)
    assert "Unit" in found
    for name, value in found.get("Service", {}).items():
        words = shlex.split(value.lstrip("-"))
        if not name.startswith("ExecStart") or not words[0].endswith("/python"):
            continue
        assert words[1] == "-m"
        with pytest.raises(SystemExit) as ended:
            COMMANDS[words[2]]([*words[3:], "--help"])
        assert ended.value.code == 0
        known = capsys.readouterr().out
        assert [word for word in words[3:] if word.startswith("--") and word not in known] == []


def test_timers_and_paths_start_what_is_there() -> None:
    for unit in UNITS:
        if unit.suffix == ".timer":
            assert unit.with_suffix(".service") in UNITS
        if unit.suffix == ".path":
            assert DEPLOY / entries(unit)["Path"]["Unit"] in UNITS


def test_nginx_and_the_supervisor_mean_the_same_file_and_name() -> None:
    started = entries(DEPLOY / "cap-insertion.service")["Service"]["ExecStart"]
    file = re.search(r"--upstream (\S+)", started)
    assert file is not None
    assert entries(DEPLOY / "cap-insertion-nginx.path")["Path"]["PathChanged"] == file[1]
    assert "proxy_pass http://cap_insertion;" in (DEPLOY.parent / "nginx.conf").read_text(encoding="utf-8")
