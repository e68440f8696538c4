"""Hours whose lot is spelt otherwise than in the contracts: joined when there is one reading only, named when there is none."""

import re
from collections import defaultdict

import duckdb

from data.problems import Problem
from data.sources.raw_table import EXAMPLES, quoted
from data.words import N_, folded

_MOST = 100_000
Key = tuple[str, str]
_JOINED = N_(
    "lot «\u00a0{found}\u00a0» lu «\u00a0{known}\u00a0», seul lot ainsi numéroté des marchés\u202f; lignes d’heures\u00a0: {n}."
)
_MISSING = N_(
    "le lot «\u00a0{found}\u00a0» n’existe pas dans les marchés\u202f; «\u00a0{known}\u00a0» existe\u202f; lignes d’heures\u00a0: {n}."
)
_NO_CONTRACT = N_("le marché «\u00a0{found}\u00a0» n’existe pas dans les marchés\u202f; lignes d’heures\u00a0: {n}.")


def join_lots(connection: duckdb.DuckDBPyConnection, files: list[str]) -> tuple[list[Problem], list[Problem]]:
    """Gives hours the spelling of the contracts where only one lot can be meant; notices of it, and of the pairs that have none.

    Replaces the view hours_read. The second list names the first lots of hours that no contract has, for the reader who must choose.
    """
    orphans = connection.execute(
        "SELECT hours_read.contract_id, hours_read.lot_id, count(*), min(origin), min(source_row) FROM hours_read"
        " ANTI JOIN contracts_read ON hours_read.contract_id = contracts_read.contract_id"
        " AND hours_read.lot_id = contracts_read.lot_id"
        " WHERE hours_read.contract_id IS NOT NULL AND hours_read.lot_id IS NOT NULL"
        f" GROUP BY ALL ORDER BY min(origin), min(source_row) LIMIT {_MOST}"
    ).fetchall()
    if not orphans:
        return [], []
    lots: list[Key] = connection.execute(
        "SELECT DISTINCT contract_id, lot_id FROM contracts_read WHERE contract_id IS NOT NULL AND lot_id IS NOT NULL"
    ).fetchall()
    alike: dict[Key, list[Key]] = defaultdict(list)
    of_contract: dict[str, list[Key]] = defaultdict(list)
    for contract, lot in lots:
        alike[_plain(contract, lot)].append((contract, lot))
        of_contract[_plain_contract(contract)].append((contract, lot))
    # Two spellings in the hours that would fall on one lot are two lots in the mind of whoever wrote them.
    claimed: dict[Key, set[Key]] = defaultdict(set)
    for contract, lot, *_ in orphans:
        claimed[_plain(contract, lot)].add((contract, lot))
    joined: list[tuple[Key, Key]] = []
    notices: list[Problem] = []
    missing: list[Problem] = []
    for contract, lot, n, origin, row in orphans:
        plain = _plain(contract, lot)
        known = alike.get(plain, [])
        others = of_contract.get(plain[0], [])
        if not known and plain[1] in ("", "0") and len(others) == 1:
            known = others  # hours without a lot, of a contract that has one
        where = {"file": files[origin], "row": row}
        values: dict[str, object] = {"found": f"{contract} / {lot}", "n": n}
        if len(known) == 1 and len(claimed[plain]) == 1:
            joined.append(((contract, lot), known[0]))
            values["known"] = " / ".join(known[0])
            notices.append(Problem(kind="lot_joined", message=_JOINED, values=values, count=n, **where))
        elif others:
            values["known"] = ", ".join(" / ".join(other) for other in sorted(others)[:3])
            missing.append(Problem(kind="lot_missing", message=_MISSING, values=values, count=n, **where))
        else:
            missing.append(Problem(kind="contract_missing", message=_NO_CONTRACT, values=values, count=n, **where))
    if joined:
        pairs = ", ".join(
            f"({quoted(old[0])}, {quoted(old[1])}, {quoted(new[0])}, {quoted(new[1])})" for old, new in joined
        )
        connection.execute(
            f"CREATE TABLE lots_spelt AS FROM (VALUES {pairs}) AS pairs (old_contract, old_lot, new_contract, new_lot)"
        )
        connection.execute("ALTER VIEW hours_read RENAME TO hours_as_spelt")
        connection.execute(
            "CREATE VIEW hours_read AS SELECT hours_as_spelt.* REPLACE (coalesce(new_contract, contract_id) AS contract_id,"
            " coalesce(new_lot, lot_id) AS lot_id) FROM hours_as_spelt LEFT JOIN lots_spelt"
            " ON contract_id = old_contract AND lot_id = old_lot"
        )
    return _first(notices), missing[:EXAMPLES]


def _first(notices: list[Problem]) -> list[Problem]:
    more = len(notices) - EXAMPLES
    if more <= 0:
        return notices
    last = notices[-1]
    rest = Problem(kind=last.kind, file=last.file, message=N_("… et {n} de plus."), values={"n": more}, count=more)
    return [*notices[:EXAMPLES], rest]


def _plain(contract: str, lot: str) -> Key:
    return _plain_contract(contract), _plain_lot(lot)


def _plain_contract(contract: str) -> str:
    """A contract's number without what spelling changes: capitals, accents, blanks, the kind of its dashes, zeros that a spreadsheet drops."""
    plain = re.sub(r"[\s\u00a0\u202f]+", "", re.sub(r"[\u2010-\u2015\u2212_/]", "-", folded(contract)))
    return plain.lstrip("0") or plain if plain.isdecimal() else plain


def _plain_lot(lot: str) -> str:
    """A lot's number without what spelling changes: the word, leading zeros, ".0" of a spreadsheet."""
    plain = re.sub(
        r"[\s\u00a0\u202f._-]+", "", re.sub(r"^(lot|n°|no)\s*(n°|no)?", "", re.sub(r"[.,]0+$", "", folded(lot).strip()))
    )
    return re.sub(r"(?<!\d)0+(?=\d)", "", plain)
