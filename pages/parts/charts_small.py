"""Small charts, one for each clause category: on one scale, each on its own, or the dominant one apart. Pure functions."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from statistics import median
from typing import Final, Literal

from data.words import Words
from pages.parts import theme
from pages.parts.axes import hours_axis
from pages.parts.charts import Chart
from pages.parts.drawing import bar
from pages.parts.plain import bold_in_chart, hover
from queries.answers import HoursByClauseAndYearRow, HoursByClauseRow

Scale = Literal["same", "own", "apart"]
_DOMINANT: Final = 5  # times the median of the others' best years


def series_by_size(
    entries: Sequence[HoursByClauseAndYearRow], sizes: Sequence[HoursByClauseRow]
) -> dict[str, list[HoursByClauseAndYearRow]]:
    """Rows by code, the code with most hours first; those without any hours are left to the table."""
    order = [row["clause_category"] for row in sorted(sizes, key=lambda row: row["hours_validated"], reverse=True)]
    by_code = {code: [row for row in entries if row["clause_category"] == code] for code in order}
    return {code: rows for code, rows in by_code.items() if any(row["hours_validated"] for row in rows)}


def small_multiples(
    series: Mapping[str, Sequence[HoursByClauseAndYearRow]],
    labels: Mapping[str, str],
    words: Words,
    *,
    scale: Scale = "same",
) -> dict[str, Chart]:
    """One small chart per series. `series`: rows of year and hours_validated by code.

    On the scale of the largest; each on its own; or the dominant one (the first) on its own and the others on that of their largest.
    """
    tops = {code: max(row["hours_validated"] for row in rows) for code, rows in series.items()}
    largest = max(tops.values(), default=Decimal(1))
    if scale == "apart":
        first, *others = tops
        scales = {first: tops[first], **dict.fromkeys(others, max(map(tops.__getitem__, others), default=largest))}
    else:
        scales = {code: top if scale == "own" else largest for code, top in tops.items()}
    return {
        code: _small(rows, labels[code], theme.CLAUSE_COLOURS[code], scales[code], words)
        for code, rows in series.items()
    }


def dominant(series: Mapping[str, Sequence[HoursByClauseAndYearRow]]) -> str | None:
    """The first series, when the others would be flat beside it: its best year is more than five times the median of theirs."""
    tops = [max(row["hours_validated"] for row in rows) for rows in series.values()]
    if len(tops) < 2:
        return None
    return next(iter(series)) if tops[0] > _DOMINANT * median(tops[1:]) else None


def _small(rows: Sequence[HoursByClauseAndYearRow], label: str, colour: str, top: Decimal, words: Words) -> Chart:
    small = theme.figure(words, 150, bold_in_chart(label))
    small.update_layout(margin={"l": 8, "r": 8, "t": 28, "b": 4}, bargap=0.15)
    small.add_trace(
        bar(
            x=[row["year"] for row in rows],
            y=[row["hours_validated"] for row in rows],
            marker={"color": colour},
            customdata=[words.named(str(row["year"]), words.hours(row["hours_validated"])) for row in rows],
            hovertemplate=hover("customdata"),
        )
    )
    hours_axis(small, words, top, wanted=2, bottom=min(row["hours_validated"] for row in rows))
    ends = sorted({rows[0]["year"], rows[-1]["year"]})
    small.update_xaxes(type="linear", tickvals=ends, ticktext=[str(year) for year in ends])
    best = max(rows, key=lambda row: row["hours_validated"])
    summary = words.say("Aucune heure réalisée, corrections déduites.")
    if best["hours_validated"] > 0:
        summary = words.say(
            "Au plus haut en {year}\u00a0: {hours}.", year=best["year"], hours=words.hours(best["hours_validated"])
        )
    return Chart(figure=small, name=label, summary=summary)
