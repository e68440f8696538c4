"""The demonstration's DECP: all the contracts its buyers notified, of which those of the extract are a part.

The lots of `contracts.parquet` are among them, with what they say there. The others are drawn so that the share of
contracts with a social consideration follows the national one where it is known (13.2 % in 2021, 22.3 % in 2022), then
passes 30 %. In the first years the DECP had no such field, then a field with yes or no.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from data.codes import ClientType, Consideration, ContractForm, PurchaseKind
from data.demo.contracts import Row, siret
from data.demo.story import CLIENTS, DATA_DATE
from data.schema import NOTIFIED


@dataclass(frozen=True, slots=True)
class Year:
    """A year of notifications: how many contracts, the share with a social consideration, the share that says nothing."""

    contracts: int
    social: float
    unsaid: float


YEARS = {
    2018: Year(150, 0.15, 1.0), 2019: Year(158, 0.09, 0.62), 2020: Year(176, 0.15, 0.35), 2021: Year(165, 0.135, 0.10),
    2022: Year(172, 0.215, 0.06), 2023: Year(178, 0.25, 0.04), 2024: Year(183, 0.29, 0.02), 2025: Year(190, 0.325, 0.02),
    2026: Year(160, 0.36, 0.02),
}  # fmt: skip
# Public buyers, with their place in the story, from which their SIRET is made.
BUYERS = [(index, client) for index, client in enumerate(CLIENTS) if client.type != ClientType.PRIVE]
# Up to this year the DECP had yes or no, without the kind of consideration.
LAST_YES_OR_NO = 2020
C = Consideration
CONSIDERATION_WEIGHTS = (([C.CRITERION], 45), ([C.CLAUSE], 35), ([C.CLAUSE, C.CRITERION], 12), ([C.RESERVED], 8))
CPV = {PurchaseKind.TRAVAUX: "45000000", PurchaseKind.SERVICES: "50000000", PurchaseKind.PI: "71000000"}
# Subject, CPV code, usual amount in thousands of euros.
BOUGHT = (
    ("Fourniture de mobilier de bureau", "39130000", 110), ("Fourniture de papier et d’enveloppes", "30197000", 70),
    ("Location de véhicules légers", "34110000", 180), ("Acquisition de bennes à ordures ménagères", "34144511", 640),
    ("Fourniture d’électricité", "09310000", 900), ("Fourniture de denrées alimentaires", "15000000", 320),
    ("Fourniture de produits d’entretien", "39830000", 90), ("Vêtements de travail", "18100000", 85),
    ("Maintenance de logiciels", "72267000", 120), ("Postes de travail informatiques", "30213000", 260),
    ("Maintenance des ascenseurs", "50750000", 150), ("Entretien des installations de chauffage", "50720000", 280),
    ("Gardiennage de bâtiments", "79713000", 240), ("Assurance des biens", "66515000", 190),
    ("Transport d’élèves", "60112000", 300), ("Formation des agents", "80511000", 60),
    ("Étude de circulation", "71311200", 55), ("Maîtrise d’œuvre d’un groupe scolaire", "71221000", 210),
    ("Contrôle technique de constructions", "71356100", 48), ("Levés topographiques", "71351810", 65),
    ("Réfection de chaussées", "45233141", 750), ("Remplacement de menuiseries", "45421000", 230),
    ("Étanchéité de toitures-terrasses", "45261420", 190), ("Mise aux normes électriques", "45311000", 160),
    ("Aires de jeux", "45112723", 95), ("Éclairage public", "45316110", 340), ("Réseau d’assainissement", "45232400", 820),
    ("Reconstruction d’une station de relevage", "45232423", 2600), ("Extension d’un gymnase", "45212222", 5600),
)  # fmt: skip


def notified_rows(lots: Sequence[Row], seed: int) -> list[Row]:
    """One row per contract notified since the first year, in the order of notification; the same for the same seed."""
    random = Random(seed + 4)
    rows = [_lot(lot) for lot in lots if _published(lot)]
    for number, year in YEARS.items():
        own = [row for row in rows if row["notified_on"].year == number]
        others = [_bought(random, number, rank) for rank in range(1, year.contracts - len(own) + 1)]
        social = sum(row["considerations"] != [C.NONE] for row in own)
        with_one = max(0, round(year.contracts * year.social) - social)
        for row in random.sample(others, min(with_one, len(others))):
            row["considerations"] = random.choices(
                [text for text, _ in CONSIDERATION_WEIGHTS], [weight for _, weight in CONSIDERATION_WEIGHTS]
            )[0]
        rows += others
        for row in own + others:
            _in_the_form_of_its_time(row, number, year, random)
    return sorted(rows, key=lambda row: (row["notified_on"], row["buyer_siret"], row["contract_ref"]))


def _published(lot: Row) -> bool:
    """Whether a lot of the extract is in the DECP: notified, under a number, by a public buyer."""
    day = lot["notified_on"]
    return (
        lot["contract_ref"] is not None
        and any(client.id == lot["client_id"] for _, client in BUYERS)
        and day is not None
        and day.year in YEARS
        and day <= DATA_DATE
    )


def _lot(lot: Row) -> Row:
    """A lot of the extract as the DECP know it: each lot has a number of its own there."""
    concession = lot["contract_form"] == ContractForm.CONCESSION
    index = next(index for index, client in BUYERS if client.id == lot["client_id"])
    amount = lot["amount_eur"]
    amendments = lot["amendment_count"] or 0
    return _row(
        contract_ref=f"{lot['contract_ref']}-{lot['lot_id']}",
        buyer_siret=siret(100 + index),
        buyer_name=lot["client_name"],
        subject=lot["subject"],
        nature="Concession de service" if concession else "Marché",
        procedure="Procédure adaptée" if (amount or 0) < 500_000 else "Appel d’offres ouvert",
        cpv_code=None if concession else CPV.get(lot["purchase_kind"], "39000000"),
        amount_eur=amount,
        initial_amount_eur=amount and round(amount * (0.9 if amendments else 1.0), 2),
        notified_on=lot["notified_on"],
        considerations=lot["social_considerations"] or [C.NONE],
        modification=amendments,
    )


def _bought(random: Random, year: int, rank: int) -> Row:
    """A contract without an obligation of insertion, and so not in the extract."""
    index, client = random.choices(BUYERS, [client.weight for _, client in BUYERS])[0]
    subject, cpv, thousands = random.choice(BOUGHT)
    first, last = date(year, 1, 4), min(date(year, 12, 28), DATA_DATE)
    day = first + timedelta(days=random.randrange((last - first).days + 1))
    amount = max(40_000.0, round(thousands * 1000 * random.lognormvariate(0, 0.6), -2))
    modified = random.random() < 0.08
    return _row(
        contract_ref=f"{year}{client.id}D{rank:03}",
        buyer_siret=siret(100 + index),
        buyer_name=client.name,
        subject=subject,
        nature="Marché",
        procedure="Procédure adaptée" if amount < 220_000 or cpv.startswith("45") else "Appel d’offres ouvert",
        cpv_code=cpv if random.random() > 0.02 else None,
        amount_eur=round(amount * 1.08, 2) if modified else amount,
        initial_amount_eur=amount,
        notified_on=day,
        considerations=[C.NONE],
        modification=int(modified),
    )


def _in_the_form_of_its_time(row: Row, number: int, year: Year, random: Random) -> None:
    """The considerations of a contract in the DECP of its year: absent, yes or no, or a list."""
    if random.random() < year.unsaid:
        row["considerations"] = None
    elif number <= LAST_YES_OR_NO and row["considerations"] != [C.NONE]:
        row["considerations"] = [C.UNSPECIFIED]


def _row(**values: object) -> Row:
    row: Row = {column.name: None for column in NOTIFIED.columns if not column.derived}
    return row | values
