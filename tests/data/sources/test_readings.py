"""What people write, and what it means: one text a line, no file needed."""

import pytest

from data import codes
from data.schema import CONTRACTS, HOURS, NOTIFIED, TABLES, is_refused
from data.sources import reading_dates, readings
from data.sources.communes import Several, commune
from data.sources.names import client_type, close_code, resembling
from data.sources.readings import Reading


def value(reading: Reading | Several | None) -> str | None:
    return reading.value if isinstance(reading, Reading) else None


@pytest.mark.parametrize(
    "text",
    [
        "juin 2023", "JUIN 2023", "juin-23", "Juin 23", "juin. 2023", "06/2023", "6/2023", "06-23", "2023-06", "2023/06", "202306",
        "2023 juin", "01-06-2023", "01.06.2023", "1/6/23", "45078", "45078.0", "15/06/2023", "30/06/2023", "2023-06-17",
        "1er juin 2023", "jeudi 1 juin 2023", "du 01/06/2023 au 30/06/2023", "20230630", "2023-06-01T00:00:00Z",
        "2023-05-31T22:00:00Z", "2023-06-01T00:00:00+02:00", "2023-06-01T00:00:00-04:00", "30/06/2023 17:45", "mois de juin 2023",
        "2023-06-01 00:00:00", "fin juin 2023", "début juin 2023", "mi-juin 2023",
    ],
)  # fmt: skip
def test_a_month_is_a_month(text: str) -> None:
    assert value(reading_dates.month(text)) == "2023-06-01"


@pytest.mark.parametrize("text", ["févr. 2025", "Fév-25", "FEVRIER 2025", "févr.-25", "fevrier/2025"])
def test_accents_and_points_of_months(text: str) -> None:
    assert value(reading_dates.month(text)) == "2025-02-01"


@pytest.mark.parametrize(
    "text",
    ["juin", "2023", "T2 2023", "2e trimestre 2023", "13/2023", "06/15/2023", "05/06", "jui 2023", "23/06", "été 2023"],
)
def test_what_is_no_month_or_could_be_two_is_not_guessed(text: str) -> None:
    """06/15/2023 would be a month first, as nobody writes here; 05/06 could be a day of June; "jui" June or July."""
    assert reading_dates.month(text) is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("3 avril 2024", "2024-04-03"), ("03.04.2024", "2024-04-03"), ("3/4/24", "2024-04-03"), ("3-4-2024", "2024-04-03"),
        ("1er avril 2024", "2024-04-01"), ("20240403", "2024-04-03"), ("45385", "2024-04-03"), ("2024-04-03+02:00", "2024-04-03"),
        ("2024-04-02T22:00:00Z", "2024-04-03"), ("31/12/69", "2069-12-31"), ("31/12/70", "1970-12-31"),
        ("04/2024", None), ("2024-04-03T10:15:00Z", None), ("31/04/2024", None), ("1234,5", None), ("150", None),
    ],
)  # fmt: skip
def test_dates(text: str, day: str | None) -> None:
    assert value(reading_dates.date(text)) == day


@pytest.mark.parametrize(
    ("texts", "zone", "day"),
    [
        (["2024-03-01T04:00:00Z", "2024-07-01T04:00:00Z"], "America/Martinique", "2024-03-01"),
        (["2024-02-29T20:00:00Z", "2024-06-30T20:00:00Z"], "Indian/Reunion", "2024-03-01"),
        (["2024-02-29T13:00:00Z"], "Pacific/Noumea", "2024-03-01"),
        (["2024-03-01T10:00:00Z"], "Pacific/Tahiti", "2024-03-01"),
        (["2024-02-29T21:00:00Z", "2024-03-31T21:00:00Z"], "Indian/Mayotte", "2024-03-01"),
        (["2024-02-29T23:00:00Z", "2024-06-30T22:00:00Z"], "Europe/Paris", "2024-03-01"),
        (["2024-03-01T04:00:00Z", "2024-03-01T09:12:00Z"], None, None),
    ],
)
def test_midnights_overseas(texts: list[str], zone: str | None, day: str | None) -> None:
    """A moment is a day where all moments of its column are midnight; one odd hour among them, and nothing is certain."""
    assert reading_dates.midnight_zone(texts) == zone
    assert value(reading_dates.date(texts[0], zone)) == day


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("07:30", "7.50"), ("7h30", "7.50"), ("7 h 30", "7.50"), ("7H30", "7.50"), ("7 h 30 min", "7.50"), ("151:30", "151.50"),
        ("151:30:00", "151.50"), ("PT7H30M", "7.50"), ("PT151H40M", "151.67"), ("PT8H", "8.00"), ("7:30 h", "7.50"), ("7 h. 30", "7.50"), ("-2:15", "-2.25"), ("45 min", "0.75"), ("120 h", "120"), ("1 200 heures", "1200"), ("7,5 h", "7.5"),
        ("35,25h", "35.25"), ("00:00", "0.00"), ("7:20", "7.33"),
        ("7:75", None), ("environ 7 h", None), ("7h", "7"), ("1.234 h", None), ("2 jours", None), ("12h5", None),
    ],
)  # fmt: skip
def test_a_duration_is_hours(text: str, hours: str | None) -> None:
    assert value(readings.hours(text)) == hours


def test_minutes_that_are_no_hundredths_of_an_hour_say_that_they_are_rounded() -> None:
    """7 h 20 is 7 h + 20 / 60 = 7,333… h: 7,33 h. 7 h 15 is 7,25 h exactly."""
    kinds = [reading.kind for text in ("7:20", "7:15") if (reading := readings.hours(text))]
    assert kinds == ["duration_rounded", "duration"]


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("125 000,50 €", "125000.50"), ("1 234 EUR", "1234"), ("12 k€", "12000"), ("1,2 M€", "1200000"), ("3 000 € HT", "3000"),
        ("3000 euros", "3000"), ("€ 500", "500"), ("gratuit", None), ("12 h", None),
    ],
)  # fmt: skip
def test_euros(text: str, amount: str | None) -> None:
    assert value(readings.euros(text)) == amount


@pytest.mark.parametrize(
    ("text", "share"), [("5 %", "5"), ("7,5%", "7.5"), ("10 pour cent", "10"), ("12.25 %", "12.25"), ("%", None)]
)
def test_percentages(text: str, share: str | None) -> None:
    assert value(readings.percent(text)) == share


@pytest.mark.parametrize(
    ("listed", "text", "code"),
    [
        (codes.LotStatus, "En cours", "running"), (codes.LotStatus, "SOLDÉ", "closed"), (codes.LotStatus, "soldée", "closed"),
        (codes.LotStatus, "Running", "running"), (codes.LotStatus, "resilie", "terminated"), (codes.EntryStatus, "validé", "validated"),
        (codes.EntryStatus, "Rejetées", "rejected"), (codes.EntryStatus, "déclarée", "declared"), (codes.Gender, "Femme", "F"),
        (codes.WorkContractType, "cddi", "cddi"), (codes.WorkContractType, "Intérim d'insertion", "interim_insertion"),
        (codes.ClauseCategory, "condition d'exécution", "execution"), (codes.ClauseCategory, "marché d’insertion", "insertion"),
        (codes.ClauseCategory, "inconnu", "unknown"), (codes.EmployerKind, "geiq", "geiq"), (codes.EmployerKind, "n.c.", "unknown"),
        (codes.PurchaseKind, "n.c.", ""), (codes.LotStatus, "bizarre", None),
    ],
)  # fmt: skip
def test_labels_and_codes(listed: type[codes.Code], text: str, code: str | None) -> None:
    assert value(readings.code(listed, nullable=True)(text)) == code


def test_every_label_of_every_list_is_read_as_its_code() -> None:
    for table in (*TABLES, NOTIFIED):
        for column in table.columns:
            if column.codes is not None:
                read = readings.code(column.codes, column.nullable)
                for code in column.codes:
                    for text in (code.label, code.label.upper(), str(code).upper()):
                        assert value(read(text)) == str(code), (column.name, text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Rouen", "76540"), ("ROUEN", "76540"), ("St Étienne du Rouvray", "76575"), ("Saint-Etienne-du-Rouvray", "76575"),
        ("Havre (Le)", "76351"), ("Saint-Denis (93)", "93066"), ("76000 Rouen", "76540"), ("76540 - Rouen", "76540"),
        ("1004", "01004"), ("01004.0", "01004"), ("2a004", "2A004"), ("76633", "76475"), ("76003", "76020"), ("75112", "75056"),
        ("Paris 12e", "75056"), ("13209", "13055"), ("Lyon 3ème arrondissement", "69123"), ("69383", "69123"),
        ("76540", None), ("Nulle-Part-sur-Rien", None),
    ],
)  # fmt: skip
def test_communes(text: str, code: str | None) -> None:
    assert value(commune(text)) == code


def test_an_ambiguous_commune_offers_its_choices() -> None:
    found = commune("Saint-Denis")
    assert isinstance(found, Several)
    assert "Saint-Denis (93066)" in found.choices
    assert "Saint-Denis (97411)" in found.choices


@pytest.mark.parametrize(
    ("text", "siret", "lost"),
    [
        ("21760540900019.0", "21760540900019", False),
        ("2,1760540900019E+13", "21760540900019", False),
        ("217 605 409 000 19", "21760540900019", False),
        # A number loses its leading zero. Luhn of 05410220600015: 0 + 5 + 8 + 1 + 0 + 2 + 4 + 0 + 3 + 0 + 0 + 0 + 2 + 5 = 30.
        ("5410220600015", "05410220600015", False),
        ("'21760540900019", "21760540900019", False),
        ("SIRET : 217 605 409 00019", "21760540900019", False),
        ("2,17605E+13", None, True),
        ("2.18E+13", None, True),
        ("1234567890123", None, False),
    ],
)
def test_a_siret_that_was_a_number(text: str, siret: str | None, lost: bool) -> None:
    assert value(readings.siret(text)) == siret
    assert readings.lost_digits(text) is lost


@pytest.mark.parametrize(
    ("text", "digits"), [("2024012.0", "2024012"), ("2,024012E+6", "2024012"), ("2,0E+6", None), ("M1.0", None)]
)
def test_an_identifier_that_was_a_number(text: str, digits: str | None) -> None:
    assert value(readings.identifier(text)) == digits


def test_what_is_done_is_never_taken_for_what_is_promised() -> None:
    for header in (
        "Heures réalisées au 31/12",
        "Total des heures effectuées",
        "Heures déjà faites",
        "Heures travaillées (h)",
    ):
        assert resembling(CONTRACTS, header, set()) not in (
            "hours_committed",
            "hours_committed_initial",
            "hours_planned",
        )
    for header in ("Heures à réaliser", "Heures prévues au marché", "Objectif en heures", "Heures engagées (h)"):
        assert resembling(HOURS, header, set()) not in ("hours_validated", "hours_declared")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Art. 14", "execution"), ("article 14 du CMP", "execution"), ("L2112-2", "execution"), ("Art. 30", "insertion"),
        ("article 15", "reserved_disability"), ("L. 2113-13", "reserved_iae"), ("art 14 et 53", "execution_criterion"), ("???", None),
    ],
)  # fmt: skip
def test_an_article_suggests_its_clause(text: str, code: str | None) -> None:
    assert close_code(list(codes.ClauseCategory), text) == code


def test_a_name_suggests_the_type_of_its_client() -> None:
    expected = {
        "Ville de X": "commune",
        "CHU": "hopital",
        "Dépt 99": "departement",
        "Habitat 76": "bailleur_social",
        "Zorglub": None,
    }
    assert {name: client_type(name) for name in expected} == expected


@pytest.mark.parametrize(
    "header",
    [
        "Nom du bénéficiaire", "date de naiss.", "NOM_PRENOM", "salarié (nom)", "E-mail perso", "N° sécu.", "Tél. portable", "Né(e) le",
        "Adresse du salarié", "dateNaissance", "nomBénéficiaire", "Identité", "Prénom usuel", "NIR du salarié", "numéro SS", "Domicile",
    ],
)  # fmt: skip
def test_a_header_that_names_a_person_in_disguise(header: str) -> None:
    assert is_refused(header)


@pytest.mark.parametrize(
    "header",
    [
        "Nom du maître d’ouvrage", "nom_client", "Nom de l’opération", "Nombre d’heures", "Bénéficiaire", "Nom de l’entreprise",
        "Date de notification", "acheteur.nom", "Public", "Nom du lot", "lieuExecution.nom", "Contrat de travail",
    ],
)  # fmt: skip
def test_a_header_that_names_no_person(header: str) -> None:
    assert not is_refused(header)
