"""When a milestone will be reached, in words: an interval, or plainly why there is none. SQL has computed every figure."""

import datetime as dt
from collections.abc import Sequence
from typing import Final

from data.words import Words
from queries.answers import MilestoneBacktestRow, MilestoneProgressRow, MilestoneWhatIfRow

Projected = MilestoneProgressRow | MilestoneWhatIfRow
_WIDE: Final = 0.5  # a spread of which "±" would say more than is known


def projection(row: Projected, words: Words) -> str:
    """When a milestone would be reached, to end a sentence on; or the words for what cannot be given."""
    if row["not_before"] is not None:
        return words.say("pas avant {month} (9 chances sur 10\u202f; estimation)", month=words.month(row["not_before"]))
    first, latest = row["projected_earliest"], row["projected_latest"]
    if first is None or latest is None:
        return words.say("trop tôt pour dire") if row["status"] == "too_early" else words.say("non projetable")
    last = max(latest, _month_after(first))  # never a single month
    if last > _month_after(first):
        names = {"first": words.month(first), "last": words.month(last)}
        if first.year == last.year:
            names["first"] = words.month_name(first)
        return words.say("entre {first} et {last} (8 chances sur 10\u202f; estimation)", **names)
    name = words.month_name(first) if first.year == last.year else words.month(first)
    return words.say("en {first} ou {last} (8 chances sur 10\u202f; estimation)", first=name, last=words.month(last))


def _month_after(month: dt.date) -> dt.date:
    return (month + dt.timedelta(days=31)).replace(day=1)


def would_be_reached(row: Projected, words: Words) -> str:
    """The same as a whole sentence without its stop, for a milestone that is called before."""
    if row["not_before"] is not None:
        return words.say(
            "il ne serait pas atteint avant {month} (9 chances sur 10\u202f; estimation)",
            month=words.month(row["not_before"]),
        )
    return words.say("il serait atteint {when}", when=projection(row, words))


def why_no_date(row: MilestoneProgressRow, words: Words) -> str:
    """What stands against a date, or against a last month; empty where nothing does."""
    obstacle = row["obstacle"]
    if obstacle == "no_hours":
        return words.say("Aucune heure à ce jour.")
    if obstacle == "short_history":
        return words.say_count(
            "Il faut 36 mois complets depuis les premières heures\u202f; il y en a {n}.",
            "Il faut 36 mois complets depuis les premières heures\u202f; il y en a {n}.",
            row["history_months"],
        )
    if obstacle == "late_declarations":
        return words.say("Aucune heure déclarée depuis {month}.", month=words.month(row["last_declared_month"]))
    if obstacle == "no_pace":
        return words.say("Aucune heure de plus sur les douze derniers mois complets.")
    if obstacle == "idle_months":
        return words.say("Plus de six des 24 derniers mois complets sont sans heures.")
    if obstacle == "some_idle_months":
        return words.say("Des mois sans heures parmi les 24 derniers empêchent de donner un dernier mois.")
    if obstacle == "beyond_ten_years":
        return words.say(
            "Au rythme des douze derniers mois complets ({pace} par mois), il faudrait plus de dix ans.",
            pace=words.hours(row["pace_per_month"]),
        )
    if obstacle == "no_latest":
        return words.say("Le total varie trop d’une année à l’autre pour donner un dernier mois.")
    return ""


def why_this_interval(row: MilestoneProgressRow, words: Words) -> list[str]:
    """The pace, how far it wanders, and what the interval promises."""
    pace = words.say(
        "Les douze derniers mois complets donnent {pace} par mois.", pace=words.hours(row["pace_per_month"])
    )
    if (row["spread_ratio"] or 0) > _WIDE:
        spread = words.say("D’une année à l’autre, le total varie d’ordinaire de plus de 50\u00a0%.")
    else:
        spread = words.say(
            "D’une année à l’autre, le total varie d’ordinaire de ±{spread}.",
            spread=words.percent(row["spread_ratio"], digits=0),
        )
    lines = [f"{pace} {spread}", why_no_date(row, words)]
    if row["not_before"] is None:
        lines.append(
            words.say(
                "L’intervalle contient la bonne date huit fois sur dix\u00a0: deux fois sur dix, elle est en dehors."
            )
        )
    return [line for line in lines if line]


def needed(row: MilestoneProgressRow, words: Words) -> str:
    """What each month left must bring to keep the date, or the year's objective; empty without either."""
    if row["needed_per_month"] is None or row["status"] in ("reached", "missed"):
        return ""
    hours = words.hours(row["needed_per_month"])
    more = row["needed_more_per_month"]
    if row["needed_change_ratio"] is None or more is None or more <= 0:
        text = words.say("Il suffit de {hours} par mois pour y arriver à temps", hours=hours)
        if row["needed_change_ratio"] is None:
            text = words.say("Il faut {hours} par mois pour y arriver à temps", hours=hours)
    else:
        text = words.say(
            "Il faut {hours} par mois pour y arriver à temps, soit {more} de plus ({change})",
            hours=hours,
            more=words.hours(more),
            change=words.percent(row["needed_change_ratio"], digits=0, signed=True),
        )
    if row["needed_for_sure_per_month"] is not None and row["obstacle"] is None:
        sure = words.hours(row["needed_for_sure_per_month"])
        text += words.say("\u202f; {sure} par mois pour en être presque sûr (9 chances sur 10)", sure=sure)
    return f"{text}."


def still_owed(row: MilestoneProgressRow, usual: float | None, words: Words) -> str:
    """What running lots still owe of the way, and what lots that are closed have done of theirs. `usual`: their completion."""
    if not row["still_owed_hours"] or row["status"] == "reached":
        return ""
    owed = words.hours(row["still_owed_hours"])
    if row["still_owed_hours"] <= -row["gap_hours"]:
        text = words.say(
            "Il reste {left} à faire\u202f; les marchés en cours en doivent encore {owed}",
            left=words.hours(-row["gap_hours"]),
            owed=owed,
        )
    else:
        text = words.say("Les marchés en cours doivent encore {owed}, plus qu’il n’en manque", owed=owed)
    if usual is not None:
        text += words.say(
            "\u202f; les lots soldés ont réalisé {usual} de leurs heures engagées",
            usual=words.percent(usual, digits=0),
        )
    return f"{text}."


def with_more_hours(row: MilestoneWhatIfRow, extra: int, words: Words) -> str:
    """The sentence of a what-if. `row`: of milestone_what_if, with that many more hours a month."""
    if row["projected_month"] is None:
        return words.say(
            "Avec {extra} de plus par mois\u00a0: {when}.", extra=words.hours(extra), when=projection(row, words)
        )
    if not extra:
        return words.say("Au rythme actuel, {when}.", when=would_be_reached(row, words))
    return words.say(
        "Avec {extra} de plus par mois, {when}.", extra=words.hours(extra), when=would_be_reached(row, words)
    )


def how_reliable(past: Sequence[MilestoneBacktestRow], words: Words) -> str:
    """How many past intervals held the answer. `past`: rows of milestone_backtest of one milestone; may be empty."""
    known = past[0]["known_dates"] if past else 0
    if known < 10:
        return words.say(
            "Trop peu de dates passées pour en juger ici\u202f; vérifié sur 1\u202f850 autres séries\u00a0: 82\u00a0% de bonnes réponses."
        )
    return words.say(
        "Sur {known} dates passées, une par an, l’intervalle contenait la bonne réponse {inside} fois (attendu\u00a0: {expected}).",
        known=words.number(known),
        inside=words.number(past[0]["inside_dates"]),
        expected=words.number(past[0]["expected_dates"]),
    )


def what_was_estimated(past: Sequence[MilestoneBacktestRow], words: Words) -> str:
    """What the past dates were about."""
    return words.say(
        "Chaque ligne est une estimation faite avec les heures travaillées jusqu’alors\u00a0: quand {hours} de plus seraient faites, autant qu’il en manque aujourd’hui.",
        hours=words.hours(past[0]["distance_hours"]),
    )
