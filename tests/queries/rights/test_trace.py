"""The trace: a line per question, with who, when, by which door and how many rows; no value of a row, no harm when it fails."""

import datetime as dt
import json
import logging
import os
import stat
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from data.codes import Role
from data.settings_server import TraceKept
from queries import answers
from queries.errors import QueryError
from queries.questions import question
from queries.rights import trace as tracing
from queries.rights.access import Access
from queries.rights.rights import Rights
from queries.rights.trace import Surface, Trace, cut, scope_text
from queries.scope import Scope
from tests.queries.asking import SETTINGS, Opened

NOW = dt.datetime(2026, 11, 25, 2, 30, 0, 123_000, tzinfo=dt.UTC)
LOTS = """
    contract_id | client_id | client_name  | contractor_name
    M1          | C1        | Hôpital Secret | Entreprise Cachée
    M2          | C2        | Ville        | Autre
"""
HOURS = """
    contract_id | month   | hours_validated | participant_id | work_contract_id
    M1          | 2020-01 | 7173.25         | P-0001         | W-0001
    M2          | 2020-01 | 2               | P-0002         | W-0002
"""


def lines(folder: Path) -> list[dict[str, Any]]:
    return [
        json.loads(line) for file in sorted(folder.glob("*.jsonl")) for line in file.read_text("ascii").splitlines()
    ]


def access(opened: Opened, **about: Any) -> tuple[Access, Path]:
    found = Access(database=opened(LOTS, HOURS), rights=Rights(role=Role.SERVICE, clients=("C1",)), **about)
    return found, found.release.path.parents[1] / "trace"


class TestAccess:
    def test_a_question_leaves_who_when_what_and_how_many(self, opened: Opened) -> None:
        reader, folder = access(opened, reader="claire@ville.fr", surface=Surface.ROUTE)
        before = len(lines(folder))
        answers.hours_by_client(reader, Scope(first_year=2019, clients=("C1", "C2")))
        answers.lot_months(reader, Scope(), "M1", "00")
        first, second = lines(folder)[before:]
        at = dt.datetime.fromisoformat(first.pop("at"))
        assert abs(dt.datetime.now(dt.UTC) - at) < dt.timedelta(minutes=1)
        assert first == {
            "reader": "claire@ville.fr",
            "role": "service",
            "surface": "route",
            "question": "hours_by_client",
            "scope": {"first_year": 2019, "clients": ["C1", "C2"]},
            "rows": 1,  # of the two asked for, the one within the rights
            "release": reader.release.id,
        }
        assert second["parameters"] == {"contract_id": "M1", "lot_id": "00"}
        assert second["scope"] == {}
        answers.hours_by_client(reader, Scope(first_month=dt.date(2019, 3, 1), last_month=dt.date(2020, 8, 1)))
        assert lines(folder)[-1]["scope"] == {
            "first_year": 2019, "last_year": 2020, "first_month": "2019-03", "last_month": "2020-08",
        }  # fmt: skip

    def test_an_answer_kept_for_the_next_reader_is_traced_for_each(self, opened: Opened) -> None:
        reader, folder = access(opened)
        before = len(lines(folder))
        for _ in range(2):
            answers.headline(reader, Scope())
        reader.ask(question("headline"), Scope())
        assert [line["question"] for line in lines(folder)[before:]] == ["headline"] * 3
        assert lines(folder)[-1]["reader"] == "local"

    def test_a_stream_is_traced_with_the_rows_that_left(self, opened: Opened) -> None:
        reader, folder = access(opened)
        with reader.stream("lots", Scope()) as batches:
            assert batches.read_all().num_rows == 1
        assert (lines(folder)[-1]["question"], lines(folder)[-1]["rows"]) == ("lots", 1)
        with pytest.raises(QueryError), reader.stream("no_such_question", Scope()):
            pass
        assert (lines(folder)[-1]["question"], lines(folder)[-1]["rows"]) == ("no_such_question", None)

    def test_a_refusal_is_traced_without_rows(self, opened: Opened) -> None:
        reader, folder = access(opened)
        with pytest.raises(QueryError):
            reader.ask("no_such_question", Scope())
        assert (lines(folder)[-1]["question"], lines(folder)[-1]["rows"]) == ("no_such_question", None)

    def test_a_file_made_is_traced(self, opened: Opened) -> None:
        reader, folder = access(opened, reader="claire@ville.fr")
        reader.trace("hours_by_year", Scope(last_year=2020), 12, surface=Surface.EXPORT, parameters={"format": "xlsx"})
        result = lines(folder)[-1]
        assert (result["surface"], result["rows"], result["parameters"]) == ("export", 12, {"format": "xlsx"})

    def test_no_value_of_a_row_is_in_it(self, opened: Opened) -> None:
        reader, folder = access(opened)
        for name in ("headline", "lots", "hours_by_client", "clients_freshness", "filter_names"):
            reader.ask(name, Scope())
        content = "".join(file.read_text("ascii") for file in folder.glob("*.jsonl"))
        for value in ("Secret", "Cach", "7173", "P-000", "W-000"):
            assert value not in content

    def test_a_trace_that_cannot_be_written_stops_nobody_and_is_told(
        self, opened: Opened, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        (tmp_path / "file").write_text("", encoding="utf-8")
        broken = Trace(tmp_path / "file" / "trace", TraceKept())
        monkeypatch.setattr("queries.rights.access.trace_of", lambda *_: broken)
        reader, _ = access(opened)
        with caplog.at_level(logging.ERROR, "cap_insertion.trace"):
            for _ in range(3):
                assert answers.headline(reader, Scope())["lots"] == 1
        assert [record.getMessage() for record in caplog.records] == [
            f"the trace cannot be written in {tmp_path / 'file' / 'trace'}: Not a directory"
        ]

    def test_where_the_trace_is_required_nothing_leaves_without_it(
        self, opened: Opened, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        kept = TraceKept(required=True)
        database = opened(LOTS, HOURS, settings=replace(SETTINGS, trace=kept))
        reader = Access(database=database, rights=Rights(role=Role.SERVICE))
        assert answers.headline(reader, Scope())["lots"] == 2
        with reader.stream("lots", Scope()) as batches:
            assert batches.read_all().num_rows
        assert [line.get("begun", False) for line in lines(database.release.path.parents[1] / "trace")[-2:]] == [
            True,
            False,
        ]

        full = Trace(tmp_path, kept)
        monkeypatch.setattr("queries.rights.access.trace_of", lambda *_: full)
        monkeypatch.setattr(
            "queries.rights.trace.os.write", lambda _handle, content: len(content) - 1
        )  # a disk that is full takes a part
        with pytest.raises(QueryError, match="la trace de cette question ne peut pas être écrite"):
            answers.headline(reader, Scope())
        with pytest.raises(QueryError, match="la trace"), reader.stream("lots", Scope()):
            pytest.fail("a row could leave")


class TestFiles:
    def test_are_for_the_servers_account_only(self, tmp_path: Path) -> None:
        Trace(tmp_path / "trace", TraceKept()).write(NOW, {"reader": "x"})
        (file,) = (tmp_path / "trace").iterdir()
        assert file.name == "access-2026-11-25.001.jsonl"
        assert file.read_text("ascii") == '{"at":"2026-11-25T02:30:00.123Z","reader":"x"}\n'
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700

    def test_a_new_day_and_a_full_file_begin_another(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(tracing, "FILE_BYTES", 100)  # two lines
        trace = Trace(tmp_path, TraceKept())
        for _ in range(5):
            trace.write(NOW, {"reader": "a reader of some length"})
        trace.write(NOW + dt.timedelta(days=1), {"reader": "b"})
        Trace(tmp_path, TraceKept()).write(NOW + dt.timedelta(days=1), {"reader": "another process"})
        assert {file.name: len(file.read_text("ascii").splitlines()) for file in sorted(tmp_path.iterdir())} == {
            "access-2026-11-25.001.jsonl": 2,
            "access-2026-11-25.002.jsonl": 2,
            "access-2026-11-25.003.jsonl": 1,
            "access-2026-11-26.001.jsonl": 2,
        }

    def test_old_ones_go_and_strangers_stay(self, tmp_path: Path) -> None:
        for name in (
            "access-2026-11-20.001.jsonl",
            "access-2026-11-22.001.jsonl",
            "access-2026-11-23.001.jsonl",
            "notes",
        ):
            (tmp_path / name).write_text("{}\n", encoding="ascii")
        Trace(tmp_path, TraceKept(days=2)).write(NOW, {})
        assert sorted(file.name for file in tmp_path.iterdir()) == [
            "access-2026-11-23.001.jsonl",
            "access-2026-11-25.001.jsonl",
            "notes",
        ]

    def test_too_much_deletes_the_oldest_and_says_so(self, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
        for day in (22, 23, 24):
            (tmp_path / f"access-2026-11-{day}.001.jsonl").write_bytes(b"x" * 600_000)
        with caplog.at_level(logging.WARNING, "cap_insertion.trace"):
            Trace(tmp_path, TraceKept(max_megabytes=1)).write(NOW, {})
        assert sorted(file.name[7:17] for file in tmp_path.iterdir()) == ["2026-11-24", "2026-11-25"]
        assert "the trace is over 1 MB: access-2026-11-23.001.jsonl is deleted early" in caplog.messages

    def test_none_is_kept_for_zero_days(self, tmp_path: Path) -> None:
        Trace(tmp_path / "trace", TraceKept(days=0)).write(NOW, {})
        assert not (tmp_path / "trace").exists()

    def test_threads_and_processes_write_whole_lines(self, tmp_path: Path) -> None:
        code = (
            "import datetime as dt, pathlib, sys; from queries.rights.trace import Trace; from data.settings_server import TraceKept\n"
            "t = Trace(pathlib.Path(sys.argv[1]), TraceKept())\n"
            "for n in range(300): t.write(dt.datetime(2026, 11, 25, tzinfo=dt.UTC), {'who': sys.argv[2], 'n': n, 'x': 'y' * 900})"
        )
        others = [
            subprocess.Popen([sys.executable, "-c", code, str(tmp_path), who], env={**os.environ, "PYTHONPATH": "."})
            for who in ("one", "two")
        ]
        trace = Trace(tmp_path, TraceKept())

        def write(who: str) -> None:
            for n in range(300):
                trace.write(NOW, {"who": who, "n": n, "x": "y" * 900})

        threads = [threading.Thread(target=write, args=(f"thread {n}",)) for n in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert [other.wait(timeout=30) for other in others] == [0, 0]
        found = [(line["who"], line["n"]) for line in lines(tmp_path)]
        assert len(found) == len(set(found)) == 5 * 300

    def test_a_line_costs_little(self, tmp_path: Path) -> None:
        trace = Trace(tmp_path, TraceKept())
        scope = Scope(first_year=2019, clients=("C1", "C2"))
        costs = []
        for _ in range(200):
            start = time.thread_time()
            trace.write(NOW, {"reader": "claire@ville.fr", "scope": scope_text(scope), "rows": 12})
            costs.append(time.thread_time() - start)
        assert sorted(costs)[len(costs) // 2] < 0.000_5  # of processor time, whatever else runs; 0.03 ms measured


def test_a_line_stays_one_short_line_whatever_is_asked(tmp_path: Path) -> None:
    forged = 'x\n{"at":"2026","reader":"someone else"}\x1b[2J\u202e'
    scope = Scope(clients=(forged, *(f"C{n:03}" for n in range(1000))), facilitators=())
    result = scope_text(scope)
    assert result["facilitators"] == []
    assert len(result["clients"]) == 21
    assert result["clients"][-1] == "… +981"
    Trace(tmp_path, TraceKept()).write(NOW, {"reader": forged, "scope": result, "parameters": cut("y" * 5000)})
    (file,) = tmp_path.iterdir()
    content = file.read_bytes()
    assert content.count(b"\n") == 1
    assert len(content) < 2000
    assert all(32 <= byte < 127 for byte in content.rstrip(b"\n"))
    assert json.loads(content)["reader"] == forged
