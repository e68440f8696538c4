"""What a text means as a month or a day: in letters, with a time, a range, a moment in another zone."""

import datetime as dt
import re
from zoneinfo import ZoneInfo

from data.sources.readings import Reading, small_letters

# Places whose midnights are dates, as programs write them with a zone: France first, then UTC, then overseas from west to east.
ZONES = (
    "Europe/Paris",
    "UTC",
    "Pacific/Tahiti",
    "America/Martinique",
    "America/Cayenne",
    "America/Miquelon",
    "Indian/Mayotte",
    "Indian/Reunion",
    "Pacific/Noumea",
    "Pacific/Wallis",
)


_MONTHS = (
    ("janvier", "janv", "jan", "january"),
    ("fevrier", "fevr", "fev", "feb", "february"),
    ("mars", "mar", "mrs", "march"),
    ("avril", "avr", "apr", "april"),
    ("mai", "may"),
    ("juin", "jun", "june"),
    ("juillet", "juil", "jul", "jui", "july"),
    ("aout", "aou", "aug", "august"),
    ("septembre", "sept", "sep", "september"),
    ("octobre", "oct", "october"),
    ("novembre", "nov", "november"),
    ("decembre", "dec", "december"),
)


# "jui" could be June as well: it is no month.
MONTH_NAMES = {name: n for n, names in enumerate(_MONTHS, start=1) for name in names if name != "jui"}


_NAME = "|".join(sorted(MONTH_NAMES, key=len, reverse=True))


_MIDNIGHT = r"(?:[ t]0{1,2}[:h]00(?::00(?:[.,]0+)?)?)?"


_CLOCK = r"(?:[ t]\d{1,2}[:h]\d{2}(?::\d{2}(?:[.,]\d+)?)?)?"


# Excel counts days from here; a month of hours or a date of a contract lies between 1970 and 2099.
_EPOCH = dt.date(1899, 12, 30)


def month(text: str, zone: str | None = None) -> Reading | None:
    """The first day of the month that a text names; None for a quarter, a year, or a month without its year."""
    folded = small_letters(text)
    if first_day := _month_without_day(folded):
        return Reading(value=first_day.isoformat(), kind="month_text")
    if first_day := _range(folded):
        return Reading(value=first_day.isoformat(), kind="month_text")
    day = date(text, zone) or _with_time(folded)
    if day is None:
        return None
    first = day.value[:8] + "01"
    literal = day.kind == "date_text" and day.value == first
    kind = "month_text" if literal else ("month_day" if day.value != first else day.kind)
    return Reading(value=first, kind=kind)


def date(text: str, zone: str | None = None) -> Reading | None:
    """The day that a text names, in French order (day, month, year) or as ISO; None for a month or a moment of the day.

    `zone`: where a moment with a zone is midnight, when its column is all of such moments.
    """
    folded = small_letters(text)
    if (match := re.fullmatch(r"(\d{4,5})(?:[.,]0+)?", folded)) and 25_569 <= int(match[1]) <= 73_050:
        return Reading(value=(_EPOCH + dt.timedelta(days=int(match[1]))).isoformat(), kind="serial_date")
    if match := re.fullmatch(r"(\d{4})(\d{2})(\d{2})", folded):
        return _day(match[1], match[2], match[3])
    if match := re.fullmatch(rf"(\d{{4}})[-/. ](\d{{1,2}})[-/. ](\d{{1,2}}){_MIDNIGHT}", folded):
        return _day(match[1], match[2], match[3])
    if match := re.fullmatch(rf"(\d{{1,2}})[-/. ](\d{{1,2}})[-/. ](\d{{4}}|\d{{2}}){_MIDNIGHT}", folded):
        return _day(match[3], match[2], match[1])
    if match := re.fullmatch(
        rf"(?:[a-z]+ )?(\d{{1,2}})(?:er)?[-/. ]*(?:de )?({_NAME})\.?[-/. ,]*(\d{{4}}|\d{{2}}){_MIDNIGHT}", folded
    ):
        return _day(match[3], str(MONTH_NAMES[match[2]]), match[1])
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}[t ]\d{2}:\d{2}(:\d{2}([.,]\d+)?)? ?(z|[+-]\d{2}:?(\d{2})?)", folded):
        return _moment(text, zone)
    if match := re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})(z|[+-]\d{2}:\d{2})", folded):
        return _day(match[1], match[2], match[3])
    return None


def day_in_paris(text: str) -> Reading | None:
    """The day in Paris of a moment with its zone, whatever its time."""
    at = _aware(text)
    if at is None:
        return None
    return Reading(value=at.astimezone(ZoneInfo("Europe/Paris")).date().isoformat(), kind="moment")


def midnight_zone(texts: list[str]) -> str | None:
    """The first zone in which all moments among these texts are midnight; None without moments, or when none suits."""
    moments = [at for text in texts if (at := _aware(text)) is not None]
    return next((zone for zone in ZONES if moments and all(_is_midnight(at, zone) for at in moments)), None)


def _year(text: str) -> int:
    number = int(text)
    return number if number > 99 else number + (1900 if number >= 70 else 2000)


def _day(year: str, month_: str, day: str) -> Reading | None:
    try:
        date_ = dt.date(_year(year), int(month_), int(day))
    except ValueError:
        return None
    return Reading(value=date_.isoformat(), kind="date_text")


def _month_without_day(folded: str) -> dt.date | None:
    """The first day of "mars 2024", "mars-24", "03/2024", "2024-03", "202403" or "mois de mars 2024"."""
    folded = re.sub(r"^(?:mois|periode|debut|mi|fin|courant)?[ -]?(?:de |d')?(?=[a-z0-9])", "", folded)
    for pattern, year, month_ in (
        (rf"({_NAME})\.?[-/. ,]*'?(\d{{4}}|\d{{2}})", 2, 1),
        (rf"(\d{{4}})[-/. ]*({_NAME})\.?", 1, 2),
        (rf"(?:0?[1-9]|1[0-2])[-/. ]+({_NAME})\.?[-/. ]*(\d{{4}})", 2, 1),
        (r"(0?[1-9]|1[0-2])[-/. ](\d{4})", 2, 1),
        (r"(0[1-9]|1[0-2])[-/](\d{2})", 2, 1),
        (r"(\d{4})[-/. ](0?[1-9]|1[0-2])", 1, 2),
        (r"((?:19|20)\d{2})(0[1-9]|1[0-2])", 1, 2),
        (r"m(0?[1-9]|1[0-2])[-/ ](\d{4})", 2, 1),
        (r"(\d{4})[-/ ]?m(0?[1-9]|1[0-2])", 1, 2),
    ):
        if match := re.fullmatch(pattern, folded):
            name = match[month_]
            year_ = _year(match[year])
            number = MONTH_NAMES.get(name) or int(name)
            if name.isdigit() and len(match[year]) == 2 and int(match[year]) <= 12:
                return None  # "05/06": the fifth of June as well
            return dt.date(year_, number, 1) if 1970 <= year_ <= 2099 else None
    return None


def _range(folded: str) -> dt.date | None:
    """The month of "du 01/03/2024 au 31/03/2024", when both days are in it."""
    match = re.fullmatch(r"(?:du )?(\S+) (?:au|a|-) (\S+)", folded)
    if match is None:
        return None
    first, last = date(match[1]), date(match[2])
    if first is None or last is None or first.value[:7] != last.value[:7]:
        return None
    return dt.date.fromisoformat(first.value[:8] + "01")


def _with_time(folded: str) -> Reading | None:
    """The day of a moment: for a month, the time of the day does not matter."""
    if match := re.fullmatch(rf"(\d{{4}})-(\d{{2}})-(\d{{2}}){_CLOCK}", folded):
        return _day(match[1], match[2], match[3])
    if match := re.fullmatch(rf"(\d{{1,2}})/(\d{{1,2}})/(\d{{4}}|\d{{2}}){_CLOCK}", folded):
        return _day(match[3], match[2], match[1])
    return None


def _aware(text: str) -> dt.datetime | None:
    try:
        at = dt.datetime.fromisoformat(text.strip().upper().replace(" Z", "Z"))
    except ValueError:
        return None
    return at if at.tzinfo is not None else None


def _is_midnight(at: dt.datetime, zone: str) -> bool:
    return at.astimezone(ZoneInfo(zone)).time() == dt.time()


def _moment(text: str, zone: str | None) -> Reading | None:
    """The day of a moment at midnight: in the zone that it is written with, else in that of its column."""
    at = _aware(text)
    if at is None:
        return None
    for place in ("Europe/Paris", *([zone] if zone else [])):
        if _is_midnight(at, place):
            return Reading(value=at.astimezone(ZoneInfo(place)).date().isoformat(), kind="zone")
    return Reading(value=at.date().isoformat(), kind="zone") if at.time() == dt.time() else None
