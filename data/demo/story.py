"""The invented authority of the demonstration: who buys, what is built, how much work there is each month.

Only the Métropole, its communes and the CHU bear their names, because the public story of the product names them. Every
other body, company and building site is invented, bodies and companies say so. No figure here is a real one.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache
from random import Random

from data.codes import ClientType, Programme, Sector

FIRST_YEAR = 2003
DATA_DATE = date(2026, 10, 31)
MONTHS = (DATA_DATE.year - FIRST_YEAR) * 12 + DATA_DATE.month
# Lots are drawn from here on: some were already running when the extract begins.
FIRST_START = -7

# Validated hours of a year, in thousands, had nothing extraordinary happened and all been declared in time.
YEARLY = (17, 26, 38, 57, 74, 86, 81, 97, 110, 104, 117, 115, 112, 104, 87, 74, 71, 60, 62, 67, 71, 79, 76, 77)
SEASON = (0.93, 0.97, 1.08, 1.04, 0.99, 1.10, 1.03, 0.68, 1.09, 1.15, 1.08, 0.86)
# Months out of the ordinary: the confinements of 2020, a snowy February, a late summer.
SHOCKS = {(2020, 3): 0.62, (2020, 4): 0.14, (2020, 5): 0.43, (2020, 6): 0.80, (2020, 11): 0.78, (2021, 4): 0.85}
# Share of the month's hours that companies have already declared at the data date.
DECLARED = {MONTHS - 1: 0.20, MONTHS - 2: 0.78, MONTHS - 3: 0.98}


@dataclass(frozen=True, slots=True)
class Client:
    """A public body: how often it buys (weight), since when, and where its works are (its commune unless wide)."""

    id: str
    name: str
    type: ClientType
    commune: str | None
    since: int
    weight: float
    wide: bool = False


CLIENTS = (
    Client("MRN", "Métropole Rouen Normandie", ClientType.METROPOLE, "76540", 2002, 56, wide=True),
    Client("ROUEN", "Ville de Rouen", ClientType.COMMUNE, "76540", 2002, 24),
    Client("CHU", "CHU de Rouen", ClientType.HOPITAL, "76540", 2004, 12),
    Client("STER", "Ville de Saint-Étienne-du-Rouvray", ClientType.COMMUNE, "76575", 2003, 4),
    Client("SOTT", "Ville de Sotteville-lès-Rouen", ClientType.COMMUNE, "76681", 2004, 3),
    Client("GQUE", "Ville du Grand-Quevilly", ClientType.COMMUNE, "76322", 2004, 3),
    Client("PQUE", "Ville du Petit-Quevilly", ClientType.COMMUNE, "76498", 2005, 3),
    Client("ELBE", "Ville d’Elbeuf", ClientType.COMMUNE, "76231", 2003, 3),
    Client("CANT", "Ville de Canteleu", ClientType.COMMUNE, "76157", 2003, 2.5),
    Client("MSA", "Ville de Mont-Saint-Aignan", ClientType.COMMUNE, "76451", 2007, 1.5),
    Client("OISS", "Ville d’Oissel-sur-Seine", ClientType.COMMUNE, "76484", 2006, 1.2),
    Client("MARO", "Ville de Maromme", ClientType.COMMUNE, "76410", 2008, 1.2),
    Client("DEVI", "Ville de Déville-lès-Rouen", ClientType.COMMUNE, "76216", 2009, 1.2),
    Client("CLEO", "Ville de Cléon", ClientType.COMMUNE, "76178", 2006, 1.2),
    Client("DARN", "Ville de Darnétal", ClientType.COMMUNE, "76212", 2010, 1),
    Client("GCOU", "Ville de Grand-Couronne", ClientType.COMMUNE, "76319", 2017, 1.2),
    Client("HBS", "Habitat Boucle-de-Seine (fictif)", ClientType.BAILLEUR_SOCIAL, "76540", 2003, 7, wide=True),
    Client("LDR", "Logis des Deux-Rives (fictif)", ClientType.BAILLEUR_SOCIAL, "76575", 2004, 6, wide=True),
    Client("TEO", "Les Toits d’Elbeuf & d’Oison (fictif)", ClientType.BAILLEUR_SOCIAL, "76231", 2006, 4, wide=True),
    Client("FAH", "Foyer de l’Aubette Habitat (fictif)", ClientType.BAILLEUR_SOCIAL, "76540", 2016, 4, wide=True),
    Client("SIE", "Service immobilier de l’État (fictif)", ClientType.ETAT, "76540", 2007, 3, wide=True),
    Client("RNS", "Routes nationales, district de la Seine (fictif)", ClientType.ETAT, None, 2009, 2, wide=True),
    Client(
        "DEP", "Direction départementale des collèges (fictive)", ClientType.DEPARTEMENT, "76540", 2008, 4, wide=True
    ),
    Client("REG", "Agence régionale des lycées (fictive)", ClientType.REGION, None, 2010, 3, wide=True),
    Client("SPL", "SPL « Berges et Plateaux » (fictive)", ClientType.SYNDICAT_SEM_SPL, "76498", 2011, 4, wide=True),
    Client("UDF", "Université des Falaises (fictive)", ClientType.ETABLISSEMENT_PUBLIC, "76451", 2016, 2),
    Client("CPH", 'Caisse de prévoyance "L’Horizon" (fictive)', ClientType.ORGANISME_SECU, "76540", 2017, 1),
    Client("FIL", "Foncière de la Filature (fictive)", ClientType.PRIVE, "76498", 2012, 1),
)

# Clients whose companies have sent nothing since this month: the page of the data names them, without shaming.
LAST_DECLARED = {"UDF": (2026, 5), "REG": (2026, 3), "FAH": (2026, 1)}


@dataclass(frozen=True, slots=True)
class Operation:
    """A big site: client, commune, first month, length in months, thousands of hours, number of lots."""

    name: str
    client: str
    commune: str | None
    start: tuple[int, int]
    months: int
    thousands: float
    lots: int
    sector: Sector
    programme: Programme | None = None


B, T, D = Sector.BATIMENT, Sector.TRAVAUX_PUBLICS, Sector.DECHETS_EAU
ANRU, NPNRU = Programme.ANRU, Programme.NPNRU
OPERATIONS = (
    Operation("Renouvellement du quartier des Coquelicots", "HBS", "76157", (2005, 3), 58, 44, 12, B, ANRU),
    Operation("Bus à haut niveau de service « Méandre »", "MRN", None, (2005, 11), 26, 26, 6, T),
    Operation("Pôle mère-enfant du Robec", "CHU", "76540", (2007, 9), 34, 32, 12, B),
    Operation("Renouvellement du quartier des Passereaux", "LDR", "76575", (2008, 2), 54, 38, 11, B, ANRU),
    Operation("Médiathèque des Deux-Rives", "ROUEN", "76540", (2008, 5), 24, 16, 9, B),
    Operation("Palais des sports des Berges", "MRN", "76540", (2009, 10), 30, 36, 14, B),
    Operation("Station d’épuration des Méandres", "MRN", "76498", (2010, 9), 34, 26, 6, D),
    Operation("Renouvellement du Clos-Tilleul", "TEO", "76231", (2011, 1), 46, 34, 10, B, ANRU),
    Operation("Écoquartier de la Tannerie", "SPL", "76498", (2011, 6), 56, 44, 10, B),
    Operation("Prolongement du bus « Méandre »", "MRN", None, (2013, 1), 32, 40, 7, T),
    Operation("Réhabilitation de 860 logements", "HBS", "76322", (2013, 3), 38, 34, 9, B),
    Operation("Plateau médico-technique", "CHU", "76540", (2014, 2), 34, 34, 13, B),
    Operation("Quais bas de la rive gauche", "MRN", "76540", (2014, 9), 28, 20, 5, T),
    Operation("Reconstruction du collège des Mariniers", "DEP", "76681", (2015, 9), 26, 14, 9, B),
    Operation("Renouvellement des Grandes-Sources", "FAH", "76540", (2018, 9), 90, 52, 12, B, NPNRU),
    Operation("Renouvellement de l’Orée-du-Bois", "LDR", "76575", (2020, 9), 84, 40, 11, B, NPNRU),
    Operation("Pôle d’échanges de l’Aubette", "MRN", "76540", (2021, 3), 34, 24, 8, T),
    Operation("Résidence étudiante des Falaises", "UDF", "76451", (2022, 6), 36, 14, 8, B),
    Operation("Ligne express « Estuaire »", "MRN", None, (2023, 1), 56, 38, 7, T),
    Operation("Usine d’eau potable de la Moulinière", "MRN", "76484", (2024, 10), 38, 24, 6, D),
)


def month_index(year: int, month: int) -> int:
    """Months are numbers, 0 for January of the first year."""
    return (year - FIRST_YEAR) * 12 + month - 1


@cache
def monthly_targets() -> tuple[float, ...]:
    """Hours worked in each month from the first January on, ten years of the last pace added for lots under way.

    The same whatever the seed, so that the milestones are crossed when the story says.
    """
    uneven = Random(76)
    years = [*YEARLY, *[YEARLY[-1]] * 11]
    targets: list[float] = []
    for index, yearly in enumerate(years[:-1]):
        before, after = years[max(index - 1, 0)], years[index + 1]
        # From the middle of one year to the middle of the next in a straight line, then back to the year's own sum.
        slope = [
            before + (yearly - before) * (m + 6.5) / 12 if m < 6 else yearly + (after - yearly) * (m - 5.5) / 12
            for m in range(12)
        ]
        shape = [level * season * uneven.uniform(0.93, 1.07) for level, season in zip(slope, SEASON, strict=True)]
        for month, weight in enumerate(shape, 1):
            usual = yearly * 1000 * weight / sum(shape)
            targets.append(usual * SHOCKS.get((FIRST_YEAR + index, month), 1.0))
    return tuple(targets)
