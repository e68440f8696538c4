"""What the invented authority buys: sectors, subjects, trades, clauses, and from whom."""

from random import Random

from data.codes import ClauseCategory, ClientType, Sector

S, C = Sector, ClauseCategory
B, T, D = S.BATIMENT, S.TRAVAUX_PUBLICS, S.DECHETS_EAU
Weights = dict[Sector | None, float]
WORKS = (S.BATIMENT, S.TRAVAUX_PUBLICS)
SECTORS: dict[ClientType | None, Weights] = {
    ClientType.METROPOLE: {
        S.TRAVAUX_PUBLICS: 34, S.DECHETS_EAU: 30, S.BATIMENT: 10, S.ESPACES_VERTS: 9, S.NETTOYAGE: 8,
        S.AUTRES_SERVICES: 8, S.PI: 3, S.INDUSTRIE: 1, S.AUTRE: 1, S.ACTION_SOCIALE: 2, None: 1,
    },
    ClientType.COMMUNE: {
        S.BATIMENT: 30, S.TRAVAUX_PUBLICS: 16, S.NETTOYAGE: 18, S.ESPACES_VERTS: 11, S.AUTRES_SERVICES: 10,
        S.RESTAURATION: 5, S.ACTION_SOCIALE: 6, S.PI: 2, S.INDUSTRIE: 1, None: 2,
    },
    ClientType.HOPITAL: {
        S.BATIMENT: 32, S.NETTOYAGE: 26, S.AUTRES_SERVICES: 18, S.RESTAURATION: 10, S.DECHETS_EAU: 8, S.INDUSTRIE: 4,
        None: 2,
    },
    ClientType.BAILLEUR_SOCIAL: {
        S.BATIMENT: 58, S.NETTOYAGE: 22, S.ESPACES_VERTS: 10, S.AUTRES_SERVICES: 6, S.TRAVAUX_PUBLICS: 4,
    },
    None: {
        S.BATIMENT: 40, S.TRAVAUX_PUBLICS: 12, S.NETTOYAGE: 22, S.AUTRES_SERVICES: 14, S.ESPACES_VERTS: 6, S.PI: 2,
        S.INDUSTRIE: 2, S.AUTRE: 1, None: 2,
    },
}  # fmt: skip
ONLY_SECTORS: dict[ClauseCategory, tuple[Sector, ...]] = {
    C.RESERVED_IAE: (S.ESPACES_VERTS, S.NETTOYAGE, S.AUTRES_SERVICES),
    C.RESERVED_DISABILITY: (S.ESPACES_VERTS, S.AUTRES_SERVICES, S.RESTAURATION, S.DECHETS_EAU),
    C.RESERVED_PRISON: (S.INDUSTRIE, S.AUTRES_SERVICES),
    C.RESERVED_ESS: (S.ACTION_SOCIALE, S.AUTRES_SERVICES),
    C.INSERTION: (S.ESPACES_VERTS, S.BATIMENT, S.NETTOYAGE, S.AUTRE),
}
# A deck of cards per legal period: a category appears as often as here, whatever the seed.
DECK = {
    C.EXECUTION: 86, C.EXECUTION_CRITERION: 8, C.CRITERION: 3, C.INSERTION: 8, C.RESERVED_DISABILITY: 5, C.MEANS: 3,
    C.PRIVATE: 2, C.UNKNOWN: 2, C.RESERVED_IAE: 10, C.RESERVED_ESS: 3, C.RESERVED_PRISON: 2,
}  # fmt: skip
SIZE: dict[Sector | None, float] = {
    S.DECHETS_EAU: 2.6,
    S.NETTOYAGE: 1.6,
    S.PI: 0.35,
    S.RESTAURATION: 0.6,
    S.INDUSTRIE: 0.4,
}
# Few companies per trade, so that one company, and its people, meet again on other lots.
STARS_OF: dict[Sector | None, int] = {S.BATIMENT: 4, S.TRAVAUX_PUBLICS: 4}

TRADES = (
    "gros œuvre",
    "charpente et couverture",
    "menuiseries extérieures",
    "cloisons et doublages",
    "électricité",
    "plomberie, chauffage, ventilation",
    "peinture et sols souples",
    "carrelage et faïence",
    "serrurerie et métallerie",
    "voirie et réseaux divers",
    "aménagements paysagers",
    "démolition et désamiantage",
    "ascenseurs",
    "nettoyage de fin de chantier",
)

SUBJECTS: dict[Sector, tuple[str, ...]] = {
    B: (
        "Réhabilitation d’un groupe scolaire",
        "Construction d’une salle polyvalente",
        "Rénovation énergétique de bâtiments",
        "Mise en accessibilité d’équipements publics",
        "Entretien des bâtiments : tous corps d’état",
        "Extension d’une crèche & maison de l’enfance",
    ),
    T: (
        "Requalification de voirie",
        "Aménagement de pistes cyclables",
        "Travaux d’assainissement",
        'Entretien de la voirie, secteur "plateaux est"',
        "Enfouissement de réseaux",
        "Aménagement d’une place publique",
    ),
    Sector.ESPACES_VERTS: ("Entretien des espaces verts", "Élagage et tonte raisonnée", "Création d’un parc urbain"),
    Sector.NETTOYAGE: (
        "Nettoyage des locaux",
        "Nettoyage des parties communes",
        "Propreté urbaine : désherbage manuel",
    ),
    D: (
        "Collecte des déchets ménagers",
        "Gestion des déchèteries",
        "Entretien du réseau d’eau potable",
        "Tri & valorisation",
    ),
    Sector.RESTAURATION: ("Restauration collective", "Préparation et livraison de repas"),
    Sector.ACTION_SOCIALE: ("Accueil et médiation sociale", "Portage de repas à domicile"),
    Sector.INDUSTRIE: ("Fourniture de mobilier scolaire", "Fourniture de vêtements de travail"),
    Sector.PI: ("Mission de maîtrise d’œuvre", "Numérisation d’archives"),
    Sector.AUTRES_SERVICES: (
        "Gardiennage d’équipements",
        "Distribution du magazine municipal",
        "Déménagements et manutention",
        "Accueil du public à l’hôtel de ville",
    ),
    Sector.AUTRE: ("Prestations diverses d’insertion",),
}

# A company's name is a trade, a star and the mention that it does not exist.
STARS = (
    "Altaïr",
    "Bételgeuse",
    "Cassiopée",
    "Véga",
    "Aldébaran",
    "Rigel",
    "Antarès",
    "Capella",
    "Deneb",
    "Mizar",
    "Alcor",
    "Bellatrix",
    "Procyon",
    "Régulus",
    "Spica",
    "Arcturus",
    "Électre",
    "Maïa",
    "Mérope",
    "Alcyone",
    "Fomalhaut",
    "Achernar",
    "Canopus",
    "Hadar",
    "Gacrux",
    "Shaula",
    "Adhara",
    "Ménkar",
)
COMPANIES: dict[Sector | None, tuple[str, ...]] = {
    B: ("Bâtiment {}", "Entreprise {}", "Couverture {}", "{} Électricité", "Peintures {}"),
    T: ("Travaux publics {}", "Terrassements {}", "Routes & Réseaux {}"),
    Sector.ESPACES_VERTS: ("Jardins d’{}", "Paysages {}"),
    Sector.NETTOYAGE: ("Propreté {}", "{} Services"),
    D: ("{} Environnement", "Eaux de {}"),
    None: ("Ateliers {}", "Société {}", "Coopérative {}"),
}
CIVIL_TRADES = (
    "terrassements",
    "réseaux",
    "ouvrages d’art",
    "revêtements",
    "plantations",
    "équipements",
    "signalisation",
    "mobilier urbain",
)
AREAS = ("nord", "sud", "est", "ouest", "centre", "plateaux", "rive gauche")


def lot_title(sector: Sector | None, number: int) -> str:
    """What the lot of that number is about: a trade for works, an area for services."""
    if sector == S.BATIMENT:
        return TRADES[(number - 1) % len(TRADES)]
    if sector in (*WORKS, D):
        return CIVIL_TRADES[(number - 1) % len(CIVIL_TRADES)]
    return f"secteur {AREAS[(number - 1) % len(AREAS)]}"


def contractor_for(random: Random, sector: Sector | None) -> str:
    """A company that does not exist; sometimes a consortium."""
    pattern = random.choice(COMPANIES.get(sector, COMPANIES[None]))
    name = pattern.format(random.choice(STARS[: STARS_OF.get(sector, 5)])).replace("d’V", "de V").replace("d’P", "de P")
    if sector in WORKS and random.random() < 0.06:
        return f"Groupement {name} & {random.choice(STARS)} (démo)"
    return f"{name} (démo)"
