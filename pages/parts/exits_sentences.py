"""The sentences, figures and rows of the page about exits. Rates are computed from the disclosed numbers."""

from collections.abc import Mapping, Sequence
from typing import Final

from data.codes import ClauseCategory, Code, DurationBand, EmployerKind, ExitOutcome, OutcomeGroup, OutcomePoint
from data.words import N_, Words
from pages.parts.blocks import Figure
from pages.parts.tables import Column
from queries.secrecy.cells import Cell, Row, cell, with_cells

# Too few and none look the same: the difference would disclose a small number.
NO_EXIT: Final = N_(
    "Aucune sortie n’est donnée pour ces filtres\u00a0: il n’y en a pas, ou trop peu pour être communiquées (secret statistique)."
)
_AXES: Final[Mapping[str, tuple[str, type[Code] | None]]] = {
    "clause_category": (N_("Selon le type de clause"), ClauseCategory),
    "employer_kind": (N_("Selon la modalité"), EmployerKind),
    "duration_band": (N_("Selon la durée du parcours"), DurationBand),
    "entry_year": (N_("Selon l’année d’entrée"), None),
}


def _sum(cells: Sequence[Cell]) -> Cell:
    """The sum of disclosed figures: hidden when one of them is."""
    if any(figure.hidden for figure in cells):
        return Cell(None, hidden=True)
    return Cell(sum(figure.value or 0 for figure in cells))


def with_rates(groups: Mapping[str, Sequence[Cell]], total: Cell, words: Words) -> Row:
    """A row of rates: dynamique and durable over known outcomes, unknown over all; and each group's part of all."""
    sums = {str(group): _sum(groups.get(group, ())) for group in OutcomeGroup}
    dynamic = _sum([sums["durable"], sums["other_dynamic"]])
    known = _sum([dynamic, sums["other_known"]])
    parts = {f"{group}_part": part.part_of(_sum(list(sums.values()))) for group, part in sums.items()}
    return {
        **with_cells(
            {},
            participants=total,
            known=known,
            dynamic_ratio=dynamic.part_of(known),
            durable_ratio=sums["durable"].part_of(known),
            unknown_ratio=sums["unknown"].part_of(_sum([known, sums["unknown"]])),
            dynamic_least_ratio=dynamic.part_of(_sum([known, sums["unknown"]])),
            **parts,
        ),
        "labels": {str(group): words.say(group.label) for group in OutcomeGroup},
    }


def point_rows(rows: Sequence[Row], words: Words) -> list[Row]:
    """One row per moment of observation that has exits, from rows of exits_by_clause over all categories.

    Groups of outcomes are hidden less often than outcomes one by one.
    """
    points = []
    for point in OutcomePoint:
        own = [row for row in rows if row["outcome_point"] == point and row["clause_category"] == "total"]
        if own:
            points.append(rated(own, words.say(point.label), words))
    return [{**row, "detail": _detail(row, words)} for row in points]


def outcome_rows(rows: Sequence[Row], words: Words) -> list[Row]:
    """One row per outcome, persons at each moment, from rows of exits_by_point."""
    outcomes: list[Row] = []
    for outcome in ExitOutcome:
        own = {row["outcome_point"]: cell(row, "participants") for row in rows if row["exit_outcome"] == outcome}
        persons = {str(point): own.get(str(point), Cell(None)) for point in OutcomePoint}
        outcomes.append(with_cells({"name": words.say(outcome.label)}, **persons))
    return outcomes


def outcome_columns(words: Words) -> tuple[Column, ...]:
    """Of outcome_rows."""
    moments = (Column(key=str(point), label=words.say(point.label), kind="count") for point in OutcomePoint)
    return (Column(key="name", of="exit_outcome", kind="text"), *moments)


def rated(lines: Sequence[Row], name: str, words: Words) -> Row:
    """The row of rates of the groups of one place."""
    groups = {row["outcome_group"]: [cell(row, "participants")] for row in lines if row["outcome_group"] != "total"}
    totals = [cell(row, "participants") for row in lines if row["outcome_group"] == "total"]
    return {**with_rates(groups, totals[0] if totals else Cell(None, hidden=True), words), "name": name}


def axis_rows(rows: Sequence[Row], axis: str, point: OutcomePoint, words: Words) -> list[Row]:
    """One row per value of an axis at one moment, in the order of years and durations, else most exits first and the unknown last."""
    codes = _AXES[axis][1]
    total_over = None if codes is None else "total"  # what stands for all values of the axis
    own = [row for row in rows if row["outcome_point"] == point and row[axis] != total_over]
    by_value: list[Row] = []
    for value in dict.fromkeys(row[axis] for row in own):
        lines = [row for row in own if row[axis] == value]
        name = words.say("Non renseigné") if value is None else str(value)
        if codes is not None and value is not None:
            name = words.say(codes.of(value).label)
        by_value.append({**rated(lines, name, words), "value": value})
    if codes is DurationBand:
        order = [str(code) for code in DurationBand]
        return sorted(by_value, key=lambda row: order.index(row["value"]))
    if codes is None:
        return by_value
    return sorted(by_value, key=lambda row: (row["value"] is None, -(row["participants"] or 0)))


def axis_name(axis: str, words: Words) -> str:
    """What a breakdown is by."""
    return words.say(_AXES[axis][0])


def axis_title(axis: str, point: OutcomePoint, words: Words) -> str:
    """What the bars of a breakdown are, in a table's title."""
    return words.named(axis_name(axis, words), bars_text(point, words))


def bars_text(point: OutcomePoint, words: Words) -> str:
    """What the bars of the breakdowns are, at which moment."""
    return words.say("Sorties dynamiques, % des situations connues, {point}", point=words.say(point.label).lower())


def _detail(rates: Row, words: Words) -> str:
    return words.say(
        "sorties dynamiques\u00a0: {dynamic} des situations connues\u202f; {unknown} des situations sont inconnues",
        dynamic=_percent(rates, "dynamic_ratio", words),
        unknown=_percent(rates, "unknown_ratio", words),
    )


def _percent(row: Row, column: str, words: Words) -> str:
    figure = cell(row, column)
    return words.say("n.c.") if figure.hidden else words.percent(figure.value, 0)


def what_becomes(points: Sequence[Row], words: Words) -> str:
    """The page's sentence: dynamic and lasting exits over known outcomes, and how many are unknown."""
    first = points[0]
    if first["dynamic_ratio"] is None and not cell(first, "participants").hidden:
        # Many may have left: what is hidden is how few of them are in one of the situations.
        return words.say(
            "Trop peu de personnes dans une des situations de sortie pour publier un taux de sorties dynamiques."
        )
    if first["dynamic_ratio"] is None:
        return words.say("Trop peu de personnes pour publier un taux de sorties dynamiques.")
    sentence = words.say(
        "Sorties dynamiques\u00a0: {dynamic} des situations connues, emploi durable seul\u00a0: {durable}\u202f; {unknown} des situations sont inconnues.",
        dynamic=words.percent(first["dynamic_ratio"], 0),
        durable=_percent(first, "durable_ratio", words),
        unknown=_percent(first, "unknown_ratio", words),
    )
    if not first["unknown_ratio"]:
        return sentence
    bound = words.say(
        "Si aucune des situations inconnues n’était dynamique, le taux serait de {least} de toutes les sorties.",
        least=_percent(first, "dynamic_least_ratio", words),
    )
    return f"{sentence} {bound}"


def exit_figures(points: Sequence[Row], words: Words) -> list[Figure]:
    """Persons who left, dynamic exits, lasting jobs, unknown situations, on exit."""
    first, left = points[0], cell(points[0], "participants")
    value = words.say("n.c.") if left.hidden else words.number(left.value)
    known = words.say("des situations connues")
    return [
        Figure(label=words.say("Personnes sorties"), value=value, term="sortie-dynamique"),
        Figure(
            label=words.say("Sorties dynamiques"),
            value=_percent(first, "dynamic_ratio", words),
            note=known,
            term="sortie-dynamique",
        ),
        Figure(
            label=words.say("En emploi durable"),
            value=_percent(first, "durable_ratio", words),
            note=known,
            term="sortie-dynamique",
        ),
        Figure(
            label=words.say("Situations inconnues"),
            value=_percent(first, "unknown_ratio", words),
            note=words.say("de toutes les sorties"),
        ),
    ]


def points_text(points: Sequence[Row], words: Words) -> str:
    """The dynamic rate at each moment."""
    rates = [
        words.say("{share} {moment}", share=_percent(row, "dynamic_ratio", words), moment=row["name"].lower())
        for row in points
    ]
    return words.say("Sorties dynamiques, % des situations connues\u00a0: {told}.", told=words.listed(rates))


def exit_notes(words: Words) -> list[str]:
    """What the parts of the bars are, what is unknown, what is hidden."""
    labels = [words.say(group.label) for group in OutcomeGroup]
    return [
        words.say("De gauche à droite\u00a0: {labels}.", labels=", ".join(labels)),
        words.say(
            "Une personne sort une fois, à la fin de son dernier contrat de travail dont la fin est renseignée\u202f; si elle a des heures un mois suivant, elle est revenue et n’est pas sortie. Une fin à venir n’est pas une sortie. Une situation qui devait être observée et ne l’a pas été est inconnue. Les filtres d’années portent sur l’année de la sortie."
        ),
        words.say("n.c.\u00a0: non communiqué (secret statistique)."),
    ]


def rate_note(words: Words) -> str:
    """What the bars of the breakdowns are."""
    return words.say(
        "Chaque barre va de 0 à 100\u00a0%\u00a0: part des sorties dynamiques parmi les situations connues. Un taux calculé sur peu de personnes varie beaucoup d’une année à l’autre\u00a0: le tableau donne leur nombre."
    )


def columns(header: str) -> tuple[Column, ...]:
    """Of points and of breakdowns."""
    return (
        Column(key="name", label=header),
        Column(key="participants", question="exits_by_point"),
        Column(key="known"),
        Column(key="dynamic_ratio"),
        Column(key="durable_ratio"),
        Column(key="unknown_ratio"),
    )
