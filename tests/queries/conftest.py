import datetime as dt
import itertools
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from data.comments_log import Comment, write_comment
from data.release.releases import Release
from data.settings import Settings
from queries.engine import Database
from queries.open_release import open_release
from tests.extracts import AS_OF, contract, contracts_table, entry, hours_table, notified_table, publish_rows
from tests.queries.asking import SETTINGS, Opened, milestone
from tests.queries.random_extracts import RANDOM_SEED, random_extract, random_notified, with_exits


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    """Text tables published and opened, once in a module for the same tables, settings and date: opening takes 0.15 s, a question 0.02."""
    published: dict[tuple[str, str, str], Release] = {}
    open_now: dict[tuple[Release, Settings], Database] = {}
    numbers = itertools.count()
    folder: Path = tmp_path_factory.mktemp("published")

    def open_tables(
        contracts: str, hours: str, *, settings: Settings = SETTINGS, as_of: dt.date = AS_OF, decp: str = ""
    ) -> Database:
        key = (contracts, hours, decp)
        if key not in published:
            rows = contracts_table(contracts), hours_table(hours)
            contracts_notified = notified_table(decp) if decp else None
            published[key] = publish_rows(folder / str(next(numbers)), *rows, decp=contracts_notified)
        release = replace(published[key], data_as_of=as_of)
        if (release, settings) not in open_now:
            # Not `open_release`, which keeps four releases: tests hold more of them open at once.
            open_now[release, settings] = open_release.__wrapped__(release, settings)
        return open_now[release, settings]

    yield open_tables
    for database in open_now.values():
        database.connection.close()


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """An extract with every oddity, the DECP, exits, a comment and an earlier release, published and opened."""
    extract = random_extract(RANDOM_SEED)
    folder, hours = tmp_path_factory.mktemp("random"), with_exits(extract.hours, RANDOM_SEED)
    decp = random_notified(RANDOM_SEED)
    # One lot with hours every month of five years, and a milestone to come: a date can be given for it, and past ones checked.
    steady = contract(contract_id="STEADY", structure="CAP76")
    lines = [
        entry(
            entry_id=f"S{n}",
            contract_id="STEADY",
            month=dt.date(2016 + n // 12, n % 12 + 1, 1),
            hours_validated=Decimal(900),
        )
        for n in range(67)
    ]
    # An earlier release without some lots and lines, for the questions that compare.
    publish_rows(folder, extract.contracts[2:], hours[5:], as_of=dt.date(2021, 7, 31), decp=decp)
    release = publish_rows(
        folder, [*extract.contracts, steady], [*hours, *lines], as_of=dt.date(2021, 8, 31), decp=decp
    )
    ahead = milestone(90_000, "ahead")
    comment = Comment(
        scope_kind="year", scope_code="2020", period=None, text="Note", author_role="Service", kind="decision"
    )
    now = dt.datetime(2021, 9, 1, tzinfo=dt.UTC)
    write_comment(folder / "extracts", comment, writer="reader", demo=False, now=now)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CAP_EXTRACTS", str(folder / "extracts"))
        yield open_release.__wrapped__(
            release, replace(extract.settings, milestones=(*extract.settings.milestones, ahead))
        )
