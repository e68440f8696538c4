"""The sentences, figures and rows of the page about persons. Every share is computed from the disclosed numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from data import codes
from data.codes import Code
from data.words import N_, Words
from pages.parts.blocks import Figure
from pages.parts.persons import persons_figure
from queries.answers import HeadlineRow, PeopleByYearRow
from queries.rights.access import Access
from queries.scope import Scope
from queries.secrecy.cells import Cell, Row, cell, with_cells

Basis = Literal["persons", "hours"]  # of shares
_LISTS: Final[dict[str, tuple[str, type[Code]]]] = {
    "gender": (N_("Sexe"), codes.Gender),
    "age_band": (N_("Âge à l’entrée"), codes.AgeBand),
    "education": (N_("Niveau de formation"), codes.Education),
    "main_public": (N_("Critère principal"), codes.MainPublic),
}
_FLAGS: Final = {
    "is_deld": N_("Demandeur d’emploi de longue durée"),
    "is_rsa": N_("Bénéficiaire du RSA"),
    "is_rqth": N_("Travailleur handicapé (RQTH)"),
    "is_young": N_("Jeune de moins de 26 ans"),
    "is_senior": N_("50 ans et plus"),
    "is_qpv": N_("Habitant d’un quartier prioritaire (QPV)"),
    "is_plie": N_("Suivi par un PLIE"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Traits drawn together: `name` says what the shares are of."""

    id: str
    heading: str
    name: str
    summary: str
    rows: Sequence[Row]


def with_shares(rows: Sequence[Row], basis: Basis, words: Words) -> list[Row]:
    """Rows of people_by_trait or people_by_residence with names, both shares, and the share that the reader chose."""
    total = next((row for row in rows if row["is_total"]), None)
    if total is None:
        return []
    shares: list[Row] = []
    for row in rows:
        persons = cell(row, "participants").part_of(cell(total, "participants"))
        hours = cell(row, "hours_share_ratio")
        chosen = persons if basis == "persons" else hours
        shares.append(
            {
                **with_cells(row, persons_ratio=persons, hours_ratio=hours, share=chosen),
                "trait_name": _trait_name(row["trait"], words),
                "name": _value_name(row, words),
            }
        )
    return shares


def _trait_name(trait: str, words: Words) -> str:
    if trait in ("residence", "residence_commune"):
        return words.say("Commune de résidence")
    if trait == "total":
        return words.say("Ensemble")
    return words.say(_LISTS[trait][0] if trait in _LISTS else "Critères, qui se recoupent")


def _value_name(row: Row, words: Words) -> str:
    trait, value = row["trait"], row["value"]
    if trait == "total":
        return words.say("Toutes les personnes")
    if trait in _FLAGS:
        return words.say(_FLAGS[trait])
    if value is None:
        return words.say("Non renseigné")
    if trait == "residence":
        return (
            words.say("Communes de l’intercommunalité")
            if value == "inside"
            else words.say("Hors de l’intercommunalité")
        )
    if trait == "residence_commune":
        return str(row["commune_name"])
    return words.say(_LISTS[trait][1].of(value).label)


def listed(rows: Sequence[Row]) -> list[Row]:
    """The rows of a table: of the criteria, those who meet them."""
    return [row for row in rows if row["trait"] not in _FLAGS or row["value"] == "true"]


def groups(traits: Sequence[Row], absent: Sequence[str], basis: Basis, words: Words) -> list[Group]:
    """What is drawn, one group a chart; a note names the traits that the extract lacks."""
    drawn = []
    for trait, (label, values) in _LISTS.items():
        order = [str(code) for code in values]
        if f"hours.{trait}" not in absent:
            rows = [row for row in traits if row["trait"] == trait]
            rows.sort(key=lambda row: order.index(row["value"]) if row["value"] in order else len(order))
            if trait == "main_public":
                rows.sort(key=lambda row: (row["value"] is None, -(row["share"] or 0)))
            drawn.append(_group(trait, words.say(label), rows, basis, words))
    flags = [row for row in listed(traits) if row["trait"] in _FLAGS and f"hours.{row['trait']}" not in absent]
    flags.sort(key=lambda row: -(row["share"] or 0))
    if flags:
        drawn.append(_group("flags", words.say("Critères, qui se recoupent"), flags, basis, words))
    return drawn


def _group(id: str, heading: str, rows: Sequence[Row], basis: Basis, words: Words) -> Group:
    name = words.joined([heading, of_whom(basis, words)])
    disclosed = [row for row in rows if row["share"] is not None]
    summary = words.say("Parts non communiquées (secret statistique).")
    if disclosed:
        most = max(disclosed, key=lambda row: row["share"])
        share = words.percent(most["share"], 0)
        if basis == "persons":
            summary = words.say("{name}\u00a0: {share} des personnes", name=most["name"], share=share)
        else:
            summary = words.say("{name}\u00a0: {share} des heures", name=most["name"], share=share)
    return Group(id=id, heading=heading, name=name, summary=summary, rows=rows)


def _after_share(basis: Basis, words: Words) -> str:
    """What stands under a share: "des personnes"."""
    return words.say("des personnes") if basis == "persons" else words.say("des heures")


def of_whom(basis: Basis, words: Words) -> str:
    """What a share is a share of: persons, or their hours."""
    return words.say("% des personnes") if basis == "persons" else words.say("% des heures")


def _share(traits: Sequence[Row], trait: str, value: str) -> Cell:
    return next((cell(row, "share") for row in traits if (row["trait"], row["value"]) == (trait, value)), Cell(None))


def _percent(figure: Cell, words: Words) -> str:
    return words.say("n.c.") if figure.hidden else words.percent(figure.value, 0)


def who_worked(headline: HeadlineRow, traits: Sequence[Row], basis: Basis, words: Words) -> str:
    """The page's sentence: the number of participants, and the usual shares."""
    persons = cell(headline, "participants")
    if persons.value is None:
        return words.say("Nombre non communiqué (secret statistique)\u00a0: quelqu’un pourrait être reconnu.")
    start = words.say_count(
        "{n} personne a travaillé grâce aux clauses",
        "{n} personnes ont travaillé grâce aux clauses",
        int(persons.value),
    )
    usual = (
        ("gender", "F", N_("{share} de femmes"), N_("à {share} par des femmes")),
        ("age_band", "<26", N_("{share} de moins de 26\u00a0ans"), N_("à {share} par des moins de 26\u00a0ans")),
        (
            "is_qpv",
            "true",
            N_("{share} d’habitants d’un quartier prioritaire"),
            N_("à {share} par des habitants d’un quartier prioritaire"),
        ),
    )
    texts = [
        words.say(of_persons if basis == "persons" else of_hours, share=words.percent(share.value, 0))
        for trait, value, of_persons, of_hours in usual
        if (share := _share(traits, trait, value)).value is not None
    ]
    if not texts:
        return f"{start}."
    if basis == "persons":
        return words.say("{start}, dont {told}.", start=start, told=words.listed(texts))
    return words.say("{start}\u202f; leurs heures sont faites {told}.", start=start, told=words.listed(texts))


def people_figures(
    headline: HeadlineRow, traits: Sequence[Row], basis: Basis, access: Access, scope: Scope, words: Words
) -> list[Figure]:
    """Persons, work contracts, women, people of priority neighbourhoods."""
    contracts = cell(headline, "work_contracts")
    women, qpv = _share(traits, "gender", "F"), _share(traits, "is_qpv", "true")
    return [
        persons_figure(headline, access, scope, words),
        Figure(
            label=words.say("Contrats de travail"),
            value=words.say("n.c.") if contracts.hidden else words.number(contracts.value),
            note=words.say("une personne peut en avoir plusieurs"),
        ),
        Figure(
            label=words.say("Femmes"),
            value=_percent(women, words),
            note=_after_share(basis, words),
            term="caracteristiques",
        ),
        Figure(
            label=words.say("Quartiers prioritaires (QPV)"),
            value=_percent(qpv, words),
            note=_after_share(basis, words),
            term="caracteristiques",
        ),
    ]


def people_notes(absent: Sequence[str], words: Words) -> list[str]:
    """Notes on the counting, the hidden numbers and their reason, and the traits that the extract lacks."""
    notes = [
        words.say(
            "Une personne compte une fois, si la somme de ses heures validées dépasse 0 dans la période et les filtres\u202f; ses caractéristiques sont celles de son entrée. Les personnes ne s’additionnent ni d’une année à l’autre, ni d’un maître d’ouvrage à l’autre."
        ),
        words.say(
            "Les lignes d’heures sans bénéficiaire ne comptent ni dans ces nombres, ni dans la moyenne d’heures par personne."
        ),
        words.say(
            "Les critères se recoupent\u00a0: leurs parts ne font pas 100\u00a0%. n.c.\u00a0: non communiqué (secret statistique)."
        ),
    ]
    names = [words.say(label) for trait, (label, _) in _LISTS.items() if f"hours.{trait}" in absent]
    names += [words.say(label) for trait, label in _FLAGS.items() if f"hours.{trait}" in absent]
    if "hours.residence_commune" in absent:
        names.append(words.say("Commune de résidence"))
    if names:
        notes.append(words.say("Non renseigné dans l’extraction\u00a0: {names}.", names=", ".join(names)))
    return notes


def year_rows(years: Sequence[PeopleByYearRow]) -> list[Row]:
    """One row per year: all persons, those who came for the first time, those already known."""
    by_year: dict[int, Row] = {}
    for row in years:
        if row["year"] is not None and not row["is_total"]:
            wide = by_year.setdefault(row["year"], {"year": row["year"]})
            by_year[row["year"]] = with_cells(wide, **{row["presence"]: cell(row, "participants")})
    return list(by_year.values())


def years_text(years: Sequence[PeopleByYearRow], words: Words) -> str:
    """The year with most persons, or the years: rounded numbers often tie."""
    disclosed = [row for row in year_rows(years) if row["total"]]
    if not disclosed:
        return words.say("Le nombre de personnes de chaque année n’est pas communiqué (secret statistique).")
    most = max(row["total"] for row in disclosed)
    return words.say(
        "Au plus haut en {year}\u00a0: {n} personnes. Une même personne compte chaque année où elle travaille.",
        year=words.listed([str(row["year"]) for row in disclosed if row["total"] == most]),
        n=words.number(most),
    )
