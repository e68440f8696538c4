"""The sentences that answer the pages' questions, from rows whose figures SQL has computed."""

import datetime as dt
from collections.abc import Mapping, Sequence

from data.settings import Settings
from data.words import N_, Words
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
    hours, since = milestones[0]["hours_to_date"], settings.authority.since
    if milestones[0]["opening_hours"] and since:
        start = words.say_count(
            "{n} heure réalisée depuis {year}", "{n} heures réalisées depuis {year}", hours, year=since
        )
    else:
        start = words.say_count("{n} heure réalisée", "{n} heures réalisées", hours)
    passed = [row for row in milestones if row["status"] == "reached"]
    ahead = [row for row in milestones if row["status"] != "reached"]
    parts = [_passed_text(passed[-1], names, words)] if passed else []
    if ahead:
        parts.append(
            words.say_count(
                "il reste {n} heure avant {milestone}",
                "il reste {n} heures avant {milestone}",
                -ahead[0]["gap_hours"],
                milestone=names[ahead[0]["milestone"]],
            )
        )
        if ahead[0]["status"] == "missed":
            parts.append(words.say("non atteint à son échéance du {day}", day=words.date(ahead[0]["due_on"])))
    return words.say("{start}\u00a0: {rest}.", start=start, rest=", ".join(parts)) if parts else f"{start}."


def _passed_text(row: MilestoneProgressRow, names: Mapping[str, str], words: Words) -> str:
    """That a milestone was passed, and when; in a form without agreement for names such as "les 250 000 heures"."""
    name, crossed = names[row["milestone"]], row["crossed_month"]
    is_masculine = name.startswith("le ")
    if crossed is None:
        already = N_("{milestone} était déjà dépassé") if is_masculine else N_("on avait déjà dépassé {milestone}")
        return words.say(already, milestone=name)
    text = N_("{milestone} a été dépassé en {month}") if is_masculine else N_("on a dépassé {milestone} en {month}")
    return words.say(text, milestone=name, month=words.month(crossed))


def where_filters_stand(headline: HeadlineRow, months: Sequence[HoursByMonthRow], words: Words, *, whole: bool) -> str:
    """The same under filters, where the milestones of the whole do not apply, and of a `whole` without milestones: hours done, pending, and when."""
    hours = headline["hours_validated"]
    period = _period(months[0]["month"], months[-1]["month"], words)
    if hours < 0:
        text = words.say(
            "Les corrections dépassent les heures validées, {period}\u00a0: {hours}",
            hours=words.hours(hours),
            period=period,
        )
    elif whole:
        text = words.say_count("{n} heure réalisée, {period}", "{n} heures réalisées, {period}", hours, period=period)
    else:
        text = words.say_count(
            "{n} heure réalisée pour ces filtres, {period}",
            "{n} heures réalisées pour ces filtres, {period}",
            hours,
            period=period,
        )
    if headline["hours_pending"]:
        text += words.say(", et {hours} en attente", hours=words.hours(headline["hours_pending"]))
    return text + "."


def _period(first: dt.date, last: dt.date, words: Words) -> str:
    if first == last:
        return words.say("en {month}", month=words.month(first))
    return words.say("de {first} à {last}", first=words.month(first), last=words.month(last))


def pace(milestones: Sequence[MilestoneProgressRow], words: Words, *, whole: bool) -> str:
    """The sentence of the curve: the present pace and what it leads to, or why it leads nowhere."""
    ahead = [row for row in milestones if row["status"] != "reached"]
    if not milestones:
        return words.say(
            "Les réglages n’ont pas de jalon."
            if whole
            else "Les jalons de l’ensemble ne s’appliquent pas à ces filtres."
        )
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
    if not ranked:
        return words.say("Aucune heure réalisée, corrections déduites.")
    if len(years) < 2:
        return words.say_count(
            "{n} heure réalisée en {year}.",
            "{n} heures réalisées en {year}.",
            years[0]["hours_validated"],
            year=years[0]["year"],
        )
    best = [
        words.say("{year} ({hours})", year=row["year"], hours=words.hours(row["hours_validated"])) for row in ranked[:3]
    ]
    return words.say_count(
        "De {first} à {last}, la seule année avec des heures réalisées est {best}.",
        "De {first} à {last}, les meilleures années sont {best}.",
        len(best),
        first=years[0]["year"],
        last=years[-1]["year"],
        best=words.listed(best),
    )


def lines_text(number: int | None, words: Words) -> str:
    """A number of lines; a small number stays hidden from a reader without the right to lines."""
    return words.say("n.c.") if number is None else words.number(number)
