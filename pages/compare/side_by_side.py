"""Comparisons, ready for the screen: communes, clients and clause types by year; years by month."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from data.words import Words
from pages.compare.choice import scope_of
from pages.compare.sentences import (
    common_months_text,
    compared_figures,
    compared_text,
    index_text,
    no_base_text,
    partial_years_text,
    year_figures,
    years_text,
)
from pages.parts.blocks import Figure
from pages.parts.read import reading
from pages.parts.tables import Column
from queries import answers
from queries.link import codes_text
from queries.scope import Scope

_INDEX: Final = "_index"


@dataclass(frozen=True, slots=True, kw_only=True)
class SideBySide:
    """A comparison. `rows`: one a year, or one a month of the year, with the hours and the index of each value; `name`: of its chart.

    `key`: the measure of a value that is drawn. `index`: the note on the index, empty when hours are drawn.
    """

    names: Mapping[str, str]
    sentence: str
    figures: Sequence[Figure]
    rows: Sequence[Mapping[str, Any]]
    ticks: Mapping[int, str]
    name: str
    is_indexed: bool
    index: str
    notes: Sequence[str]
    first_columns: Sequence[Column]
    totals: Mapping[str, Decimal]

    def drawn(self, value: str) -> list[float | None]:
        """What the curve of a value goes through."""
        return [row[value + _INDEX if self.is_indexed else value] for row in self.rows]

    def columns(self, words: Words) -> list[Column]:
        """Of the table and its file: the hours of each, and its index where that is drawn."""
        columns = [*self.first_columns]
        for value, name in self.names.items():
            columns.append(Column(key=value, label=words.say("{name} (h)", name=name), kind="hours", adds=True))
            if self.is_indexed:
                label = words.say("{name} (indice)", name=name)
                columns.append(Column(key=value + _INDEX, label=label, kind="decimal", digits=1))
        return columns


def by_year(kind: str, names: Mapping[str, str], around: Scope, *, indexed: bool) -> SideBySide:
    """Communes, clients or clause types. `names`: what each of the values is called."""
    access, words = reading().access, reading().words
    rows = answers.hours_compared(access, around, kind, codes_text(names))
    totals = {value: answers.totals(access, scope_of(kind, around, value)) for value in names}
    years = sorted({row["year"] for row in rows})
    base = rows[0]["base_year"] if rows else None
    last = max((row["year"] for row in rows if row["hours_index"] is not None), default=None)
    running = sorted({row["year"] for row in rows if not row["complete"]})
    is_indexed = indexed and base is not None
    reached = {names[row["value"]]: row["hours_index"] for row in rows if row["year"] == last}
    return SideBySide(
        names=names,
        sentence=compared_text(
            {v: row["hours_validated"] for v, row in totals.items()}, names, years_text(years, words), words
        ),
        figures=compared_figures(totals, names, words),
        rows=_pivoted(rows, "year", "value"),
        ticks={year: str(year) for year in years},
        name=words.say("Heures réalisées par année, indice 100 en {year}", year=base)
        if is_indexed
        else words.say("Heures réalisées par année, côte à côte"),
        is_indexed=is_indexed,
        index=index_text(str(base), str(last), reached, words, of_years=False) if is_indexed else "",
        notes=[
            *([no_base_text(words, of_years=False)] if indexed and not is_indexed else []),
            *(words.say("{year} n’est pas une année complète.", year=year) for year in running),
        ],
        first_columns=(Column(key="year"),),
        totals={value: row["hours_validated"] for value, row in totals.items()},
    )


def by_month(names: Mapping[str, str], around: Scope, *, indexed: bool) -> SideBySide:
    """Years, over the months that are complete in all of them. `names`: the years, as they are called."""
    access, words = reading().access, reading().words
    rows = answers.years_compared(access, around, ",".join(names))
    months = sorted({row["month_number"] for row in rows})
    named = {month: words.month_name(dt.date(2000, month, 1)) for month in months}
    period = {str(row["year"]): row["period_hours"] for row in rows}
    whole = {str(row["year"]): row for row in answers.hours_by_year(access, around) if str(row["year"]) in names}
    base = rows[0]["base_month"] if rows else None
    is_indexed = indexed and base is not None
    reached = {str(row["year"]): row["hours_index"] for row in rows if row["month_number"] == months[-1]}
    partial = [year for year, row in whole.items() if not row["complete"]]
    sentence = compared_text(period, names, common_months_text(list(named.values()), words), words) if rows else ""
    return SideBySide(
        names=names,
        sentence=" ".join(filter(None, [sentence, partial_years_text(partial, words)])),
        figures=year_figures(period, whole, names, words),
        rows=[{**row, "month": named[row["month_number"]]} for row in _pivoted(rows, "month_number", "year")],
        ticks=named,
        name=words.say("Heures réalisées par mois, indice 100 en {month}", month=named[base])
        if is_indexed and base is not None
        else words.say("Heures réalisées par mois, années côte à côte"),
        is_indexed=is_indexed,
        index=index_text(named[base], named[months[-1]], reached, words, of_years=True)
        if is_indexed and base is not None
        else "",
        notes=[no_base_text(words, of_years=True)] if indexed and not is_indexed else [],
        first_columns=(
            Column(key="month", label=words.say("Mois"), ordered_by="month_number"),
            Column(key="month_number", only_in_file=True),
        ),
        totals=period,
    )


def _pivoted(rows: Sequence[Mapping[str, Any]], along: str, of: str) -> list[dict[str, Any]]:
    """One row for each year or month, with the hours and the index of each value under it."""
    pivoted: dict[int, dict[str, Any]] = {}
    for row in rows:
        place = pivoted.setdefault(row[along], {along: row[along]})
        place |= {str(row[of]): row["hours_validated"], f"{row[of]}{_INDEX}": row["hours_index"]}
    return [pivoted[place] for place in sorted(pivoted)]
