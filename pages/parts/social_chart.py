"""The chart of the share of contracts with a social consideration."""

from data.words import Words
from pages.parts import theme
from pages.parts.axes import nice_ticks, years_axis
from pages.parts.charts import Chart
from pages.parts.drawing import Drawing, bar, scatter
from pages.parts.plain import hover
from queries.answers import SocialShareByYearRow

_EDGE = 0.375  # half a bar, in years
_UNDER = 0.85  # from this part of the target on, the number above a bar would lie on the target's line


def social_shares(years: list[SocialShareByYearRow], words: Words, *, summary: str) -> Chart:
    """A bar for each year whose share can be computed, the national target as a line, known national shares as marks.

    `years`: rows of social_share_by_year that have a year. A year that is not over is hatched.
    """
    drawn = theme.figure(words, 340, words.say("part des marchés notifiés (%)"))
    computed = [row for row in years if row["social_ratio"] is not None]
    drawn.add_trace(
        bar(
            x=[row["year"] for row in computed],
            y=[row["social_ratio"] for row in computed],
            name="social",
            marker={
                "color": theme.VALIDATED,
                "pattern": {
                    "shape": ["" if row["complete"] else "/" for row in computed],
                    "fgcolor": theme.BACKGROUND, "fillmode": "overlay", "size": 5, "solidity": 0.25,
                },
            },
            text=[words.percent(row["social_ratio"], 0, unit=False) for row in computed],
            textposition=["inside" if _under_target(row) else "outside" for row in computed],
            textfont={"size": theme.FONT_SIZE, "color": theme.TEXT},
            insidetextfont={"color": theme.BACKGROUND},
            textangle=0,
            constraintext="none",
            cliponaxis=False,
            customdata=[_share_text(row, words) for row in computed],
            hovertemplate=hover("customdata"),
        )
    )  # fmt: skip
    known = [row for row in years if row["national_ratio"] is not None]
    # On the left edge of the bar: a share near the national one has its number above its middle.
    drawn.add_trace(
        scatter(
            x=[year - _EDGE for year in map(_year, known)], y=[row["national_ratio"] for row in known], mode="markers", name="national",
            marker={"symbol": "diamond", "size": 10, "color": theme.BACKGROUND, "line": {"color": theme.TEXT, "width": 2}},
            customdata=[
                words.say("France, {year}\u00a0: {share}", year=row["year"], share=words.percent(row["national_ratio"]))
                for row in known
            ],
            hovertemplate=hover("customdata"),
        )
    )  # fmt: skip
    ratios = [row[name] for row in years for name in ("social_ratio", "target_ratio", "national_ratio")]
    top = max((ratio for ratio in ratios if ratio is not None), default=0.0)
    _targets(drawn, years, words)
    ticks = nice_ticks(top * 100, 4)
    drawn.update_yaxes(
        tickvals=[tick / 100 for tick in ticks],
        ticktext=[words.number(tick) for tick in ticks],
        range=[0, max(top, ticks[-1] / 100) * 1.1],
    )
    years_axis(drawn, map(_year, years))
    drawn.update_xaxes(range=[_year(years[0]) - 0.6, _year(years[-1]) + 0.6])
    name = words.say("Part des marchés notifiés avec une considération sociale, par année")
    return Chart(figure=drawn, name=name, summary=summary)


def _under_target(row: SocialShareByYearRow) -> bool:
    target, share = row["target_ratio"], row["social_ratio"]
    return target is not None and share is not None and _UNDER * target < share < target


def _year(row: SocialShareByYearRow) -> int:
    """The year of a row that has one."""
    return row["year"] or 0


def _share_text(row: SocialShareByYearRow, words: Words) -> str:
    return words.say_count(
        "{year}\u00a0: {share}, {part} sur {n} marché notifié",
        "{year}\u00a0: {share}, {part} sur {n} marchés notifiés",
        row["contracts"],
        year=row["year"],
        share=words.percent(row["social_ratio"]),
        part=words.number(row["contracts_social"]),
    )


def _targets(drawn: Drawing, years: list[SocialShareByYearRow], words: Words) -> None:
    """A level line over the years that each target holds for, named above the chart: beside its line it would hide bars."""
    names = []
    for year, share in sorted({(row["target_year"], row["target_ratio"]) for row in years if row["target_ratio"]}):
        held = [_year(row) for row in years if row["target_year"] == year]
        drawn.add_shape(
            type="line", x0=held[0] - 0.55, x1=held[-1] + 0.55, y0=share, y1=share,
            line={"color": theme.COMMITTED, "width": 2, "dash": "dash"},
        )  # fmt: skip
        names.append(words.say("objectif national {year}\u00a0: {share}", year=year, share=words.percent(share, 0)))
    if names:
        drawn.add_annotation(
            text=f"- - -\u2002{words.listed(names)}", xref="paper", yref="paper", x=0, y=1, xanchor="left",
            yanchor="bottom", yshift=26, showarrow=False, font={"size": theme.FONT_SIZE, "color": theme.TEXT},
        )  # fmt: skip
        drawn.update_layout(margin={"t": 50})
