"""The rows of contracts.parquet: what was promised is derived from what the plan says was done."""

import tomllib
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import Any

from data.codes import ClauseCategory, ContractForm, ObligationKind, PurchaseKind, Sector
from data.codes import LotStatus as Status
from data.demo.lots import Lot
from data.demo.plan import DECLARED_OVER_VALIDATED, hash_of
from data.demo.purchases import WORKS
from data.demo.story import CLIENTS, DATA_DATE, FIRST_YEAR
from data.reference import FOLDER

C, S = ClauseCategory, Sector
Row = dict[str, Any]
PREFIXES = {"ordonnance, ": "Ordonnance n° 2015-899, ", "décret, ": "décret n° 2016-360, "}
CONSIDERATIONS = {
    C.EXECUTION: ["Clause sociale"],
    C.EXECUTION_CRITERION: ["Clause sociale", "Critère social"],
    C.CRITERION: ["Critère social"],
    C.INSERTION: ["Clause sociale"],
    C.MEANS: ["Clause sociale"],
    C.RESERVED_DISABILITY: ["Marché réservé"],
    C.RESERVED_IAE: ["Marché réservé"],
    C.RESERVED_PRISON: ["Marché réservé"],
    C.RESERVED_ESS: ["Marché réservé"],
    C.UNKNOWN: ["Pas de considération sociale"],
}
# Labour cost in the amount, by sector; the obligation is a part of that labour, at 30 € an hour.
LABOUR: dict[Sector | None, float] = {S.BATIMENT: 0.45, S.TRAVAUX_PUBLICS: 0.35, S.NETTOYAGE: 0.8, S.DECHETS_EAU: 0.5}


def first_of(month: int) -> date:
    """The first day of a month counted from January of the first year."""
    return date(FIRST_YEAR + month // 12, month % 12 + 1, 1)


def siret(number: int, branch: int = 1) -> str:
    """A SIRET that is valid and belongs to nobody: its SIREN begins with 000."""
    siren = _with_key(f"000{number % 100_000:05}")
    return _with_key(f"{siren}{branch % 10_000:04}")


def _with_key(digits: str) -> str:
    """The digits with the one more that satisfies Luhn's rule."""
    doubled = [int(d) * (2 - i % 2) for i, d in enumerate(reversed(digits))]
    return digits + str(-sum(d - 9 if d > 9 else d for d in doubled) % 10)


def wrong_siret(right: str) -> str:
    """The SIRET with two digits mistyped."""
    return f"{right[:12]}{(int(right[12]) + 4) % 10}{(int(right[13]) + 3) % 10}"


@cache
def _articles() -> dict[str, Any]:
    return tomllib.loads((FOLDER / "legal_references.toml").read_text(encoding="utf-8"))


def legal_basis(category: ClauseCategory, notified: date, concession: bool = False) -> str | None:
    """The article of its time as a contract would write it; None when there was none."""
    known = _articles()
    regime = next(r for r in known["regimes"] if "until" not in r or notified <= r["until"])
    article = known["articles"][category].get(regime["id"])
    if article is None:
        return None
    text = str(article["concession"] if concession and "concession" in article else article["text"])
    for short, long in PREFIXES.items():
        text = text.replace(short, long)
    code = {"cmp_2006": "Code des marchés publics, ", "ccp_2019": "Code de la commande publique, "}.get(
        regime["id"], ""
    )
    return code + text[0].upper() * (not code) + text[0] * bool(code) + text[1:]


def contract_rows(lots: list[Lot], worked: list[dict[int, float]], seed: int) -> list[Row]:
    """One row per lot, in the order of `lots`, with a few faults of each kind that a publish should find."""
    random = Random(seed + 2)
    starts: dict[int, int] = {}
    for lot in lots:
        starts[lot.contract] = min(lot.start, starts.get(lot.contract, lot.start))
    order = {contract: rank for rank, contract in enumerate(sorted(starts, key=lambda c: (starts[c], c)), 1)}
    rows = [_row(lot, months, order, starts, random) for lot, months in zip(lots, worked, strict=True)]
    running = [row for row, months in zip(rows, worked, strict=True) if row["status"] == Status.RUNNING and months]
    for row in random.sample(running, 3):
        row["status"] = Status.SUSPENDED
    planned = [row for row in rows if row["status"] == Status.PLANNED]
    for row in planned[:3]:
        row["ends_on"] = None
    planned[0]["starts_on"] = None
    _faults(rows, worked, random)
    return rows


def _row(lot: Lot, months: dict[int, float], order: dict[int, int], starts: dict[int, int], random: Random) -> Row:
    starts_on = first_of(lot.start) + timedelta(days=random.choice((0, 0, 4, 9)) if not months else 0)
    ends_on = first_of(lot.start + len(lot.hours)) - timedelta(days=1)
    shared = Random(lot.contract)  # what all lots of a contract have in common
    notified = first_of(starts[lot.contract]) - timedelta(days=shared.randint(12, 90))
    form = _form(lot, shared)
    row: Row = {
        "contract_id": f"M{notified.year}-{order[lot.contract]:03}",
        "lot_id": f"{lot.number:02}",
        "contract_ref": f"{notified.year}{lot.client.id}{order[lot.contract]:03}" if notified.year > 2004 else None,
        "operation": lot.operation,
        "subject": lot.subject,
        "client_id": lot.client.id,
        "client_name": lot.client.name,
        "client_siret": None if lot.client.id == "RNS" else siret(100 + CLIENTS.index(lot.client)),
        "client_type": lot.client.type,
        "client_commune": lot.client.commune,
        "execution_commune": lot.commune,
        "contractor_name": lot.contractor if random.random() > 0.01 else None,
        "contractor_siret": siret(hash_of(lot.contractor)) if random.random() > 0.03 else None,
        "purchase_kind": _purchase(lot, random),
        "sector": lot.sector,
        "contract_form": form,
        "clause_category": lot.category,
        "legal_basis": legal_basis(lot.category, notified, form == ContractForm.CONCESSION),
        "social_considerations": CONSIDERATIONS.get(lot.category) if notified.year > 2017 else None,
        "award_weight_pct": random.choice((5, 10, 10, 15, 20))
        if lot.category in (C.CRITERION, C.EXECUTION_CRITERION)
        else None,
        "programme": lot.programme,
        "notified_on": notified if shared.random() > 0.02 else None,
        "starts_on": starts_on,
        "ends_on": ends_on,
        "counts_in_total": lot.category != C.MEANS,
        "facilitator_code": shared.choice(("F1", "F2") if notified.year < 2017 else ("F1", "F2", "F3", "F3", None)),
    }
    _state(row, random)
    if lot.cancelled:
        row["status"], row["closed_on"] = Status.CANCELLED, None
    _promise(row, sum(months.values()) / DECLARED_OVER_VALIDATED, random)
    return row


def _form(lot: Lot, random: Random) -> ContractForm | None:
    if lot.category == C.PRIVATE:
        return ContractForm.PRIVE
    if lot.sector == S.DECHETS_EAU and lot.client.id == "MRN" and random.random() < 0.25:
        return ContractForm.CONCESSION
    weights = (70, 10, 12, 2) if lot.sector in WORKS else (45, 45, 6, 2)
    forms = (ContractForm.MARCHE, ContractForm.ACCORD_CADRE_BC, ContractForm.MARCHE_SUBSEQUENT, None)
    return random.choices(forms, weights)[0]


def _purchase(lot: Lot, random: Random) -> PurchaseKind | None:
    if random.random() < 0.012:
        return None
    if lot.sector in WORKS:
        return PurchaseKind.TRAVAUX
    return {S.INDUSTRIE: PurchaseKind.FOURNITURES, S.PI: PurchaseKind.PI}.get(
        lot.sector or S.AUTRE, PurchaseKind.SERVICES
    )


def _state(row: Row, random: Random) -> None:
    """Where the lot stands at the data date, from its dates."""
    row["closed_on"] = None
    if row["starts_on"] > DATA_DATE:
        row["status"], row["notified_on"], row["contract_ref"] = Status.PLANNED, None, None
    elif row["ends_on"] >= DATA_DATE:
        row["status"] = Status.RUNNING
    else:
        closed = row["ends_on"] + timedelta(days=random.randint(25, 200))
        row["status"] = (
            Status.RUNNING if closed > DATA_DATE else random.choices((Status.CLOSED, Status.TERMINATED), (97, 3))[0]
        )
        row["closed_on"] = closed if row["status"] != Status.RUNNING and random.random() > 0.02 else None


def _promise(row: Row, done: float, random: Random) -> None:
    """Hours planned and committed, amount, amendments and penalties: coherent with the hours done and the dates."""
    lasts = (row["ends_on"] - row["starts_on"]).days + 1
    elapsed = min(max(((DATA_DATE - row["starts_on"]).days + 1) / lasts, 0.06), 1.0)
    if row["status"] == Status.TERMINATED:
        ratio = random.uniform(0.15, 0.7)
    elif elapsed < 1:
        ratio = elapsed * random.choice((0.3, 0.45, 0.65, 0.8, 0.9, 0.95, 1.0, 1.05, 1.15, 1.35))
    else:
        low, high = random.choices(
            ((0.35, 0.8), (0.8, 0.99), (1.0, 1.12), (1.12, 1.5), (1.5, 2.4)), (13, 25, 43, 16, 3)
        )[0]
        ratio = random.uniform(low, high)
    committed = max(35, round(done / ratio / 5) * 5) if done else random.choice((140, 210, 350, 700, 1050))
    labour, part = LABOUR.get(row["sector"], 0.6), random.uniform(0.05, 0.10)
    row["amount_eur"] = round(committed * 30 / (labour * part), -2) if random.random() > 0.04 else None
    row["hours_planned"] = round(committed * random.uniform(0.8, 1.15), -1) if random.random() > 0.15 else None
    amended = elapsed > 0.3 and random.random() < 0.11
    row["amendment_count"] = random.choice((1, 1, 2, 3)) if amended else 0 if random.random() > 0.03 else None
    row["hours_committed_initial"] = round(committed * random.choice((0.7, 0.85, 0.9, 1.1))) if amended else committed
    row["hours_committed"], row["obligation_pct"] = committed, None
    kind: ObligationKind | None = ObligationKind.HOURS
    draw = random.random()
    if row["clause_category"] == C.MEANS:
        kind = ObligationKind.MEANS
    elif row["clause_category"] in (C.CRITERION, C.UNKNOWN, C.RESERVED_ESS) and draw < 0.35:
        kind = ObligationKind.NONE
    elif draw < 0.045:
        kind, row["obligation_pct"] = ObligationKind.PERCENT, random.choice((5, 7, 10, 15))
    elif draw < 0.065:
        kind = None
    if kind not in (ObligationKind.HOURS, None) or row["status"] == Status.PLANNED or random.random() < 0.015:
        row["hours_committed"] = row["hours_committed_initial"] = None
    row["obligation_kind"] = kind if row["status"] != Status.PLANNED else ObligationKind.HOURS
    short = row["status"] == Status.CLOSED and committed - done > 60 and row["hours_committed"] is not None
    row["penalty_eur"] = round((committed - done) * 45, 2) if short and random.random() < 0.2 else None


def _faults(rows: list[Row], worked: list[dict[int, float]], random: Random) -> None:
    """Typing mistakes and forgotten amendments on small lots, so that the list of anomalies is never empty."""
    small = [i for i, months in enumerate(worked) if 80 < sum(months.values()) < 600 and len(months) > 4]
    chosen = iter(random.sample(small, 18))
    for _ in range(4):  # notified after the work began
        row, first = rows[i := next(chosen)], min(worked[i])
        row["notified_on"] = first_of(first + 1) + timedelta(days=random.randint(3, 25))
    for _ in range(4):  # the amendment that prolonged the lot was not entered
        row, last = rows[i := next(chosen)], max(worked[i])
        row["ends_on"] = max(first_of(last - 4) - timedelta(days=1), row["starts_on"])
    for code in ("76999", "76000", "99999", "76998"):  # a postal code instead of INSEE's, and other slips
        rows[next(chosen)]["execution_commune"] = code
    for _ in range(5):
        row = rows[next(chosen)]
        row["contractor_siret"] = wrong_siret(row["contractor_siret"] or siret(7))
