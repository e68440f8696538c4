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
    C.EXECUTION: 50, C.EXECUTION_CRITERION: 4, C.CRITERION: 2, C.INSERTION: 4, C.RESERVED_DISABILITY: 3, C.MEANS: 2,
    C.PRIVATE: 1, C.UNKNOWN: 1, C.RESERVED_IAE: 5, C.RESERVED_ESS: 2, C.RESERVED_PRISON: 1,
}  # fmt: skip
SIZE: dict[Sector | None, float] = {
    S.DECHETS_EAU: 2.6,
    S.NETTOYAGE: 1.6,
    S.PI: 0.35,
    S.RESTAURATION: 0.6,
    S.INDUSTRIE: 0.4,
}
# The lots of a building, each with the companies of its trade.
TRADES = {
    "gros œuvre": "Bâtiment {}",
    "charpente et couverture": "Couverture {}",
    "menuiseries extérieures": "Menuiserie {}",
    "cloisons et doublages": "Entreprise {}",
    "électricité": "{} Électricité",
    "plomberie, chauffage, ventilation": "{} Énergies",
    "peinture et sols souples": "Peintures {}",
    "carrelage et faïence": "Entreprise {}",
    "serrurerie et métallerie": "Métallerie {}",
    "voirie et réseaux divers": "Travaux publics {}",
    "aménagements paysagers": "Paysages {}",
    "démolition et désamiantage": "Démolitions {}",
    "ascenseurs": "{} Énergies",
    "nettoyage de fin de chantier": "Propreté {}",
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

# The first ones are what only a town or a metropolis buys.
SUBJECTS: dict[Sector, tuple[str, ...]] = {
    B: (
        "Réhabilitation d’un groupe scolaire",
        "Extension d’une crèche & maison de l’enfance",
        "Construction d’une salle polyvalente",
        "Rénovation énergétique de bâtiments",
        "Mise en accessibilité des bâtiments",
        "Entretien des bâtiments\u00a0: tous corps d’état",
    ),
    T: (
        "Requalification de voirie",
        "Aménagement de pistes cyclables",
        "Travaux d’assainissement",
        'Entretien de la voirie, secteur "plateaux est"',
        "Enfouissement de réseaux",
        "Aménagement des abords et des accès",
    ),
    S.ESPACES_VERTS: ("Création d’un parc urbain", "Entretien des espaces verts", "Élagage et tonte raisonnée"),
    S.NETTOYAGE: (
        "Propreté urbaine\u00a0: désherbage manuel",
        "Nettoyage des locaux",
        "Nettoyage des vitres et des sols",
    ),
    D: (
        "Collecte des déchets ménagers",
        "Gestion des déchèteries",
        "Entretien du réseau d’eau potable",
        "Tri & valorisation des déchets d’activité",
    ),
    S.RESTAURATION: ("Restauration collective", "Préparation et livraison de repas"),
    S.ACTION_SOCIALE: ("Portage de repas à domicile", "Accueil et médiation sociale"),
    S.INDUSTRIE: ("Fourniture de mobilier scolaire", "Fourniture de vêtements de travail"),
    S.PI: ("Mission de maîtrise d’œuvre", "Numérisation d’archives"),
    S.AUTRES_SERVICES: (
        "Distribution du magazine municipal",
        "Gardiennage d’équipements",
        "Déménagements et manutention",
        "Accueil et standard téléphonique",
    ),
    S.AUTRE: ("Prestations diverses d’insertion",),
}
TOWNS = (ClientType.METROPOLE, ClientType.COMMUNE)
# Sectors whose contracts are divided into lots.
DIVIDED = (B, T, D, S.NETTOYAGE, S.ESPACES_VERTS)

# A company's name is a trade, a star and the mention that it does not exist. The first stars serve most, so that one
# company, and its people, meet again on other lots.
STARS = ("Altaïr", "Bételgeuse", "Cassiopée", "Véga", "Aldébaran", "Rigel", "Antarès", "Capella", "Deneb", "Électre")
COMPANIES: dict[Sector | None, tuple[str, ...]] = {
    B: ("Bâtiment {}", "Entreprise {}", "{} Énergies", "Peintures {}"),
    T: ("Travaux publics {}", "Terrassements {}", "Routes & Réseaux {}"),
    S.ESPACES_VERTS: ("Les Jardins {}", "Paysages {}"),
    S.NETTOYAGE: ("Propreté {}", "{} Services"),
    D: ("{} Environnement", "Les Eaux {}"),
    None: ("Ateliers {}", "Société {}", "Coopérative {}"),
}


def subject_for(random: Random, sector: Sector | None, client: ClientType) -> str:
    """The subject of a contract that this kind of client could sign."""
    subjects = SUBJECTS[sector or S.AUTRE]
    kept = subjects if client in TOWNS else subjects[len(subjects) // 2 :]
    return random.choice(kept)


def lot_title(sector: Sector | None, number: int, operation: bool = False) -> str:
    """What the lot of that number is about: a trade for works, an area for services."""
    if sector == S.BATIMENT:
        return list(TRADES)[(number - 1) % len(TRADES)]
    if sector == S.TRAVAUX_PUBLICS or operation:
        return CIVIL_TRADES[(number - 1) % len(CIVIL_TRADES)]
    return f"secteur {AREAS[(number - 1) % len(AREAS)]}"


def contractor_for(random: Random, sector: Sector | None, title: str = "") -> str:
    """A company of the lot's trade that does not exist; sometimes a consortium."""
    pattern = TRADES.get(title) or random.choice(COMPANIES.get(sector, COMPANIES[None]))
    name = pattern.format(random.choice(STARS[: 4 if sector in WORKS else 5]))
    if sector in WORKS and random.random() < 0.06:
        return f"Groupement {name} & {random.choice(STARS)} (démo)"
    return f"{name} (démo)"
