"""Comments: what they may not say, the optional third table of an extract, and the log that only grows."""

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from data.comment_texts import personal_fault
from data.comments_log import LOG, Comment, write_comment, written
from data.problems import ExtractError
from data.publish import publish
from data.release.releases import Release
from data.schema import COMMENTS
from tests.extracts import AS_OF, TODAY, contract, entry, write_csv, write_parquet

HEAD = "scope_kind;scope_code;period;text;author_role;written_on;kind\n"
NOW = dt.datetime(2026, 11, 29, 10, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    "text",
    [
        "Voir le dossier 2 84 05 76 540 123 45",
        "NIR 284057654012345",
        "Corse : 185072A123456",
        "Écrire à jean.dupont@example.fr",
        "jean.dupont [at] example.fr",
        "Appeler le 06 12 34 56 78",
        "tél. 02.35.00.00.00",
        "+33 (0)6 12 34 56 78",
        "né le 12/03/1980",
        "Née le 1er avril 1975 à Rouen",
        "Jean Dupont, 12/03/1980",
        "MARTIN Léa (1990-01-31)",
    ],
)
def test_what_looks_like_a_person_is_refused(text: str) -> None:
    assert personal_fault(text) is not None


@pytest.mark.parametrize(
    "text",
    [
        "1 874 860 heures, 12 % de plus qu’en 2024",
        "Marché 2024-0123456789, lot 02, SIRET 73282932000074",
        "Délibération du Conseil métropolitain du 12/03/2019",
        "Le CHU de Rouen reprend les chantiers en juin 2021",
        "Comité de pilotage le 4 septembre 2026 à 14 h 30",
        "De 1 200 à 1 350 € HT ; 0,5 % du total",
    ],
)
def test_what_is_about_figures_passes(text: str) -> None:
    assert personal_fault(text) is None


def published(folder: Path, comments: str, monkeypatch: pytest.MonkeyPatch) -> Release:
    monkeypatch.setenv("CAP_EXTRACTS", str(folder / "extracts"))
    sources = write_csv(folder, [contract()], [entry()])
    (folder / "commentaires.csv").write_text(comments, encoding="utf-8")
    return publish([*sources, folder / "commentaires.csv"], as_of=AS_OF, today=TODAY)


def test_a_third_table_is_published_beside_the_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = (
        "client;C1;2020;Chantier arrêté au printemps.;Facilitateur;15/02/2021;explanation\n"
        "Année;2020;;Reprise en juin.;;;Fait marquant\n"
    )
    release = published(tmp_path, HEAD + rows, monkeypatch)
    assert release.comments == 2
    table = pq.read_table(release.file("comments.parquet"))
    assert table.column_names == [column.name for column in COMMENTS.columns]
    first, second = table.to_pylist()
    assert (first["scope_kind"], first["scope_code"], first["written_on"]) == ("client", "C1", dt.date(2021, 2, 15))
    assert (second["scope_kind"], second["kind"], second["author_role"]) == ("year", "highlight", None)
    assert "comments.parquet" in dict(release.files)


def test_without_it_a_release_has_no_such_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAP_EXTRACTS", str(tmp_path / "extracts"))
    release = publish(write_parquet(tmp_path, [contract()], [entry()]), as_of=AS_OF, today=TODAY)
    assert release.comments is None
    assert not release.file("comments.parquet").exists()
    assert not [name for name in release.absent_columns if name.startswith("comments.")]


def test_a_comment_about_a_person_stops_the_publish_and_is_not_repeated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(ExtractError) as refused:
        published(tmp_path, HEAD + "client;C1;;Appeler le 06 12 34 56 78;;;decision\n", monkeypatch)
    (problem,) = refused.value.problems
    assert (problem.kind, problem.file, problem.row, problem.column) == (
        "comment_about_a_person",
        "commentaires.csv",
        2,
        "text",
    )
    assert "06 12" not in str(refused.value)
    assert not list((tmp_path / "extracts" / "releases").glob("[!.]*"))


@pytest.mark.parametrize(
    "fault", ["quartier;76540;;Texte;;;", "client;C1;;;;;decision", "client;C1;;Texte;;32/13/2020;"]
)
def test_codes_texts_and_dates_are_checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: str) -> None:
    with pytest.raises(ExtractError) as refused:
        published(tmp_path, f"{HEAD}{fault}\n", monkeypatch)
    assert [problem.file for problem in refused.value.problems] == ["commentaires.csv"]


# The log


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., None]:
    def one(text: str, demo: bool = False) -> None:
        comment = Comment(
            scope_kind="client", scope_code="C1", period=None, text=text, author_role="Service", kind="decision"
        )
        write_comment(tmp_path, comment, writer="agent@example.fr", demo=demo, now=NOW)

    return one


def test_the_log_only_grows_and_never_shows_who_wrote(tmp_path: Path, write: Callable[..., None]) -> None:
    write("Un")
    before = (tmp_path / LOG).read_bytes()
    write("Deux\nsur deux lignes")
    assert (tmp_path / LOG).read_bytes().startswith(before)
    assert [row["text"] for row in written(tmp_path, demo=False)] == ["Un", "Deux\nsur deux lignes"]
    assert "agent" not in str(written(tmp_path, demo=False))
    assert json.loads(before)["writer"] == "agent@example.fr"


def test_what_is_written_over_a_demonstration_stays_with_it(tmp_path: Path, write: Callable[..., None]) -> None:
    write("Inventé", demo=True)
    assert written(tmp_path, demo=False) == []
    assert len(written(tmp_path, demo=True)) == 1


@pytest.mark.parametrize("text", ["", "  \n ", "x" * 4001, "Écrire à a@b.fr"])
def test_what_is_refused_leaves_no_line(tmp_path: Path, write: Callable[..., None], text: str) -> None:
    with pytest.raises(ExtractError):
        write(text)
    assert not (tmp_path / LOG).exists()


def test_a_line_cut_by_a_full_disk_is_passed_over(tmp_path: Path, write: Callable[..., None]) -> None:
    write("Un")
    with (tmp_path / LOG).open("ab") as log:
        log.write(b'{"text": "coup')
    assert [row["text"] for row in written(tmp_path, demo=False)] == ["Un"]
