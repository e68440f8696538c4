"""The sentences that answer the pages' questions, from rows whose figures SQL has computed."""

from collections.abc import Sequence

from data.settings import Settings
from data.words import Words
from pages.parts.projection import projection, why_no_date
from queries.answers import HeadlineRow, HoursByMonthRow, HoursByYearRow, MilestoneProgressRow


def milestone_names(settings: Settings, words: Words) -> dict[str, str]:
    """What each milestone is called in the reader's language."""
    return {entry.id: words.either(entry.name, entry.name_en) for entry in settings.milestones}


def lasting(milestones: Sequence[MilestoneProgressRow], settings: Settings) -> list[MilestoneProgressRow]:
    """The milestones that the running total of all hours climbs toward: those of one client, clause or year are elsewhere."""
    narrowed = {
        m.id for m in settings.milestones if m.client or m.clause_category or m.year or m.measure != "validated"
    }
    return [row for row in milestones if row["milestone"] not in narrowed]


def where_we_stand(milestones: Sequence[MilestoneProgressRow], settings: Settings, words: Words) -> str:
    """The first page's sentence: hours so far, the last milestone passed and when, what is left before the next."""
    names = milestone_names(settings, words)
    hours = words.number(milestones[0]["hours_to_date"])
    since = settings.authority.since
    if milestones[0]["opening_hours"] and since:
        start = words.say("{hours} heures réalisées depuis {year}", hours=hours, year=since)
    else:
        start = words.say("{hours} heures réalisées", hours=hours)
    passed = [row for row in milestones if row["status"] == "reached"]
    ahead = [row for row in milestones if row["status"] != "reached"]
    said = []
    if passed and passed[-1]["crossed_month"]:
        month = words.month(passed[-1]["crossed_month"])
        name = names[passed[-1]["milestone"]]
        said.append(words.say("{milestone} a été dépassé en {month}", milestone=name, month=month))
    elif passed:
        said.append(words.say("{milestone} était déjà dépassé", milestone=names[passed[-1]["milestone"]]))
    if ahead:
        left = words.number(-ahead[0]["gap_hours"])
        name = names[ahead[0]["milestone"]]
        said.append(words.say("il reste {hours} heures avant {milestone}", hours=left, milestone=name))
    return words.say("{start}\u00a0: {rest}.", start=start, rest=", ".join(said)) if said else f"{start}."


def where_filters_stand(headline: HeadlineRow, months: Sequence[HoursByMonthRow], words: Words) -> str:
    """The same under filters, where the milestones of the whole do not apply: hours done, pending, and when."""
    text = words.say(
        "{hours} heures réalisées pour ces filtres, de {first} à {last}",
        hours=words.number(headline["hours_validated"]),
        first=words.month(months[0]["month"]),
        last=words.month(months[-1]["month"]),
    )
    if headline["hours_pending"]:
        text += words.say(", et {hours} en attente", hours=words.hours(headline["hours_pending"]))
    return text + "."


def pace(milestones: Sequence[MilestoneProgressRow], words: Words) -> str:
    """The sentence of the curve: the present pace and what it leads to, or why it leads nowhere."""
    ahead = [row for row in milestones if row["status"] != "reached"]
    if not milestones:
        return words.say("Les jalons de l’ensemble ne s’appliquent pas à ces filtres.")
    if not ahead:
        return words.say("Tous les jalons sont atteints.")
    row = ahead[0]
    target = words.hours(row["target_hours"])
    if row["projected_month"] is None:
        return words.say(
            "Jalon de {target}\u00a0: {when}. {why}",
            target=target,
            when=projection(row, words),
            why=why_no_date(row, words),
        ).rstrip()
    values = {"pace": words.hours(row["pace_per_month"]), "target": target}
    if row["not_before"] is not None:
        return words.say(
            "Au rythme des douze derniers mois complets ({pace} par mois), le jalon de {target} ne serait pas atteint avant {month} (9 chances sur 10\u202f; estimation).",
            month=words.month(row["not_before"]),
            **values,
        )
    return words.say(
        "Au rythme des douze derniers mois complets ({pace} par mois), le jalon de {target} serait atteint {when}.",
        when=projection(row, words),
        **values,
    )


def best_years(years: Sequence[HoursByYearRow], words: Words) -> str:
    """The sentence of the years page: how many years, the best ones."""
    ranked = sorted((row for row in years if row["hours_validated"] > 0), key=lambda row: row["rank"])
    if len(years) < 2 or not ranked:
        last = years[-1]
        return words.say("{hours} réalisées en {year}.", hours=words.hours(last["hours_validated"]), year=last["year"])
    best = [
        words.say("{year} ({hours})", year=row["year"], hours=words.hours(row["hours_validated"])) for row in ranked[:3]
    ]
    return words.say(
        "De {first} à {last}, les meilleures années sont {best}.",
        first=years[0]["year"],
        last=years[-1]["year"],
        best=words.listed(best),
    )
