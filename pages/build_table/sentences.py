"""The sentence of a built table, and what is counted in it."""

from typing import Any, Final

from data.settings import Settings
from pages.build_table.layout import Layout, Line, amount
from pages.parts.changes import is_part
from pages.parts.filters.sentence import filters_on_lines, period_text
from queries.scope import Scope
from queries.table_builder.builder import OTHERS, TOTAL
from queries.table_builder.definition import BY_COLUMN, BY_ROW
from queries.table_builder.parts import CLIENTS, LOTS, MEASURES, PENALTIES

COUNTS: Final = (LOTS, "marches", "entreprises", CLIENTS)


def table_sentence(layout: Layout) -> str:
    """The total of the first measure and its largest line."""
    words, measure = layout.words, layout.definition.measures[0]
    total = layout.table.value((), TOTAL, measure)
    text = words.named(layout.names.measure(measure), layout.full_text(total, measure))
    best = _largest(layout, measure)
    if best is None:
        return words.say("{total} au total.", total=text)
    label, value = best.label, layout.table.value(best.row, TOTAL, measure)
    part, whole = amount(value), amount(total)
    share = float(part) / float(whole) if part is not None and whole else None
    if layout.definition.adds_up(measure) and is_part(share):
        return words.say(
            "{total} au total\u202f; au plus haut, {label}\u00a0: {value}, soit {share} du total.",
            total=text,
            label=label,
            value=layout.full_text(value, measure),
            share=words.percent(share),
        )
    return words.say(
        "{total} au total\u202f; au plus haut, {label}\u00a0: {value}.",
        total=text,
        label=label,
        value=layout.full_text(value, measure),
    )


def _largest(layout: Layout, measure: str) -> Line | None:
    """The outer line with most of the measure, the others together left out; None when there is but one, or nothing."""
    outer = [line for line in layout.lines if len(line.row) == 1 and line.row[0] != OTHERS]
    sizes = [(float(size), line) for line in outer if (size := amount(layout.table.value(line.row, TOTAL, measure)))]
    return max(sizes, key=lambda entry: entry[0])[1] if len(outer) > 1 and sizes else None


def table_notes(layout: Layout, scope: Scope, settings: Settings) -> list[str]:
    """What is counted and what is not, how totals are made, what the screen leaves to the file."""
    words, definition = layout.words, layout.definition
    measures = definition.measures
    notes = _bounds(layout)
    if any(code in COUNTS for code in measures):
        notes.append(
            words.say(
                "Lots, marchés, entreprises et maîtres d’ouvrage sont comptés là où ils ont des heures réalisées ou en attente\u202f; un même lot peut l’être dans plusieurs cases, et n’est compté qu’une fois dans chaque total."
            )
            if definition.is_by_line
            else words.say(
                "Lots, marchés et entreprises sont comptés avec ou sans heures, et une seule fois dans chaque total. Un maître d’ouvrage est actif quand il a un lot en cours, ou des heures réalisées."
            )
        )
    if "realisation" in measures:
        notes.append(
            words.say(
                "Taux de réalisation\u00a0: heures réalisées ÷ heures engagées des mêmes lots, en cours ou soldés, sur toute leur durée\u202f; celui d’un total est le rapport des sommes."
            )
        )
    if scope != scope.of_whole_lots() and any(MEASURES[code].of_lot for code in measures):
        notes.append(
            words.say(
                "Les filtres sur {filters} ne réduisent que les heures\u00a0: engagements, taux de réalisation et pénalités restent ceux de lots entiers, à la date des données.",
                filters=filters_on_lines(words),
            )
        )
    if scope.has_months and any(dimension.time is not None for dimension in definition.dimensions):
        notes.append(
            words.say(
                "Seules les heures des mois choisis comptent ({period})\u00a0: une année ou un trimestre qui les dépasse n’a ici que les siennes.",
                period=period_text(scope, words),
            )
        )
    if "article" in definition.rows or definition.columns == "article":
        notes.append(words.say("Article\u00a0: le fondement juridique, tel qu’il est écrit au marché."))
    if PENALTIES in measures:
        privacy = settings.privacy
        notes.append(
            words.say(
                "n.c.\u00a0: montant masqué, parce que la case réunit moins de {units} entreprises pénalisées, parce que l’une d’elles pèse plus de {share}, ou parce qu’il permettrait d’en déduire un autre.",
                units=words.number(privacy.company_units),
                share=words.percent(privacy.company_share, 0),
            )
        )
    return notes + _shares(layout)


def _shares(layout: Layout) -> list[str]:
    words, definition = layout.words, layout.definition
    if definition.share is None:
        return []
    meanings: dict[Any, str] = {
        BY_ROW: words.say("Parts\u00a0: de chaque ligne."),
        BY_COLUMN: words.say("Parts\u00a0: de chaque colonne."),
    }
    notes = [meanings.get(definition.share, words.say("Parts\u00a0: de l’ensemble du tableau."))]
    without = [layout.names.measure(code) for code in definition.measures if not definition.adds_up(code)]
    if without:
        notes.append(words.say("Sans part, faute de s’additionner\u00a0: {measures}.", measures=words.listed(without)))
    return notes


def _bounds(layout: Layout) -> list[str]:
    """What the screen does not show."""
    words, notes = layout.words, []
    if len(layout.visible_lines) < len(layout.lines):
        notes.append(
            words.say(
                "À l’écran\u00a0: {shown} lignes sur {all}. Le fichier les contient toutes.",
                shown=words.number(len(layout.visible_lines)),
                all=words.number(len(layout.lines)),
            )
        )
    keys, visible = ({column.key for column in columns} for columns in (layout.columns, layout.visible_columns))
    if len(visible) < len(keys):
        in_time = layout.definition.dimensions[-1].time is not None
        text = (
            words.say(
                "À l’écran\u00a0: les {shown} dernières colonnes sur {all}. Le fichier et les totaux les comprennent toutes."
            )
            if in_time
            else words.say(
                "À l’écran\u00a0: les {shown} premières colonnes sur {all}. Le fichier et les totaux les comprennent toutes."
            )
        )
        notes.append(text.format(shown=words.number(len(visible) - 1), all=words.number(len(keys) - 1)))
    return notes
