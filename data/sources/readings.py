"""What a cell that is not written literally means: a month in letters, a duration, "5 %", a label for a code.

Each function takes one text and returns a `Reading`, or None when nothing is certain. They read the distinct texts
that SQL could not read by itself (data/sources/cells.py): a source in the exact form of the contract never comes here.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from data.codes import Code
from data.schema import Column, plain_name
from data.words import N_, folded

# What each kind of reading is, for the notice that counts it; {value} is what its example became.
NOTICES = {
    "month_day": N_(
        "jour quelconque du mois, lu par son premier jour\u00a0: {value}\u202f; cellules ainsi lues\u00a0: {n}."
    ),
    "month_text": N_(
        "mois écrit autrement que par son premier jour, lu {value}\u202f; cellules ainsi lues\u00a0: {n}."
    ),
    "date_text": N_("date écrite autrement, lue {value}\u202f; cellules ainsi lues\u00a0: {n}."),
    "serial_date": N_("numéro de jour d’un tableur, lu {value}\u202f; cellules ainsi lues\u00a0: {n}."),
    "zone": N_(
        "instant avec fuseau, lu par le jour où il est minuit sur place\u00a0: {value}\u202f; cellules ainsi lues\u00a0: {n}."
    ),
    "moment": N_("instant avec fuseau, lu par son jour à Paris, {value}\u202f; cellules ainsi lues\u00a0: {n}."),
    "duration": N_("durée lue en heures\u00a0: {value}\u202f; cellules ainsi lues\u00a0: {n}."),
    "duration_rounded": N_(
        "durée lue en heures, arrondie au centième\u00a0: {value}\u202f; cellules ainsi lues\u00a0: {n}."
    ),
    "unit": N_("nombre avec son unité, lu {value}\u202f; cellules ainsi lues\u00a0: {n}."),
    "scaled": N_("nombre en milliers ou en millions, lu {value}\u202f; cellules ainsi lues\u00a0: {n}."),
    "percent": N_("pourcentage, lu {value}\u202f; cellules ainsi lues\u00a0: {n}."),
    "small_percent": N_(
        "valeur inférieure à 1 dans une colonne en\u00a0%, lue {value}\u202f; cellules ainsi lues\u00a0: {n}. Écrivez 5 pour 5\u00a0%."
    ),
    "label": N_("libellé ou code reconnu comme «\u00a0{value}\u00a0»\u202f; cellules ainsi lues\u00a0: {n}."),
    "empty_word": N_("valeur inconnue, lue comme une cellule vide\u202f; cellules ainsi lues\u00a0: {n}."),
    "flag": N_("oui ou non écrit autrement, lu {value}\u202f; cellules ainsi lues\u00a0: {n}."),
    "commune_name": N_("nom de commune, lu par son code {value}\u202f; cellules ainsi lues\u00a0: {n}."),
    "former_commune": N_(
        "commune ancienne, associée ou arrondissement, lue sous la commune {value}\u202f; cellules ainsi lues\u00a0: {n}."
    ),
    "commune_number": N_("code de commune devenu un nombre, lu {value}\u202f; cellules ainsi lues\u00a0: {n}."),
    "siret_zero": N_(
        "SIRET de 13 chiffres dont le zéro de tête s’est perdu, lu {value}\u202f; cellules ainsi lues\u00a0: {n}."
    ),
    "number_text": N_("identifiant devenu un nombre, lu {value}\u202f; cellules ainsi lues\u00a0: {n}."),
    "lost_digits": N_(
        "identifiant dont un tableur a perdu des chiffres, laissé vide\u202f; cellules ainsi lues\u00a0: {n}. Mettez la colonne au"
        " format texte et exportez de nouveau."
    ),
    "in_units": N_(
        "nombre converti selon l’unité des correspondances, lu {value}\u202f; cellules ainsi lues\u00a0: {n}."
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """`value`: the text in canonical form ("" for an empty cell). `kind`: one of NOTICES."""

    value: str
    kind: str


Reader = Callable[[str], Reading | None]

EMPTY = {"", "_", "n_d", "nd", "n_c", "nc", "n_a", "na", "nr", "n_r", "ns", "inconnu", "inconnue", "non_renseigne"}
EMPTY |= {"non_renseignee", "a_completer", "a_renseigner", "sans_objet", "so", "s_o", "neant", "vide", "null", "none"}


def hours(text: str) -> Reading | None:
    """Hours of a duration (07:30, 151:30:00, 7h30, 7 h 30 min, PT7H30M) or of a number with its unit (120 h, 1 200 heures)."""
    folded = small_letters(text)
    sign, folded = ("-", folded[1:].strip()) if folded[:1] in "-−" else ("", folded)
    match = (
        re.fullmatch(r"(\d{1,6}):([0-5]\d)(?::([0-5]\d))?(?: ?h(?:eures?)?)?", folded)
        or re.fullmatch(r"(\d{1,6}) ?(?:h\.?|heures?|hrs?) ?([0-5]\d|\d(?= ?m))()(?: ?min\w*| ?mn| ?m|')?\.?", folded)
        or re.fullmatch(r"pt(\d{1,6})h(?:([0-5]?\d)m)?(?:([0-5]?\d)s)?", folded)
    )
    if match:
        seconds = int(match[1]) * 3600 + int(match[2] or 0) * 60 + int(match[3] or 0)
        exact = Decimal(seconds) / 3600
        rounded = exact.quantize(Decimal("0.01"), ROUND_HALF_UP)
        kind = "duration" if rounded == exact else "duration_rounded"
        return Reading(value=f"{sign}{rounded}", kind=kind)
    if match := re.fullmatch(r"(.*\d)\s*(?:h|heures?|hrs?)\.?(?: (?:d.)?insertion)?", folded):
        return _with_unit(sign + match[1], "unit")
    if match := re.fullmatch(r"(\d{1,4})\s*(?:min|minutes?|mn)\.?", folded):
        return hours(f"{sign}{int(match[1]) // 60}:{int(match[1]) % 60:02}")
    return None


def euros(text: str) -> Reading | None:
    """An amount with its sign or words: "125 000,50 €", "12 k€", "1,2 M€", "3 000 euros HT"."""
    match = re.fullmatch(
        r"(?:€|eur)?\s*(.*?\d)\s*(k|m|md|mille|millions?)?\s*(?:d.)?(?:€|euros?|eur)?\s*(?:h\.?\s?t\.?)?",
        small_letters(text),
    )
    if match is None:
        return None
    scale = {"k": 3, "mille": 3, "m": 6, "million": 6, "millions": 6, "md": 9}.get(match[2] or "")
    number = _with_unit(match[1], "scaled" if scale else "unit")
    if number is None or scale is None:
        return number
    return Reading(value=f"{Decimal(number.value).scaleb(scale):f}", kind="scaled")


def percent(text: str) -> Reading | None:
    """A percentage with its sign: "5 %", "7,5%", "5 pour cent"."""
    match = re.fullmatch(r"(.*\d)\s*(?:%|pour ?cents?|pct)", small_letters(text))
    return _with_unit(match[1], "percent") if match else None


def whole(text: str) -> Reading | None:
    """A count with words: "2 avenants", "n° 3"."""
    match = re.fullmatch(r"(?:n ?[°o] ?)?(\d{1,6})(?:[.,]0+)?(?: ?avenants?| modifications?)?", small_letters(text))
    return Reading(value=match[1], kind="unit") if match else None


def flag(text: str) -> Reading | None:
    """Oui or non in other spellings."""
    plain = small_letters(text)
    if plain in ("v", "✓", "✔", "☑", "ok", "coche", "cochee", "vrai", "1,0", "1.0", "☒"):
        return Reading(value="true", kind="flag")
    if plain in ("f", "☐", "0,0", "0.0", "-", "–", "faux"):
        return Reading(value="false", kind="flag")
    return Reading(value="", kind="empty_word") if plain_name(text) in EMPTY else None


def code(codes: type[Code], nullable: bool) -> Reader:
    """A reader of codes by code or label, capitals, accents, genders and plurals aside; words for unknown read as such."""
    known: dict[str, set[str]] = {}
    for member in codes:
        for name in (str(member), member.label, member.label.partition("(")[0], member.label.partition(",")[0]):
            known.setdefault(_stem(name), set()).add(str(member))
    unsaid = next((str(member) for member in codes if str(member) in ("unknown", "inconnu")), None)

    def read(text: str) -> Reading | None:
        codes = known.get(_stem(text), set())
        if len(codes) == 1:
            return Reading(value=next(iter(codes)), kind="label")
        if plain_name(text) in EMPTY:
            return (
                Reading(value=unsaid, kind="label")
                if unsaid
                else Reading(value="", kind="empty_word")
                if nullable
                else None
            )
        return None

    return read


def siret(text: str) -> Reading | None:
    """A SIRET that a spreadsheet turned into a number: its digits whole, its leading zero back when Luhn's sum agrees."""
    text = re.sub(r"^(?:siret\b\s*(?:n°)?\s*:?|['’])\s*", "", text.strip(), flags=re.IGNORECASE)
    digits = whole_number(text) or re.sub(r"[\s.\-\u00a0\u202f]", "", text)
    if re.fullmatch(r"\d{14}", digits):
        return Reading(value=digits, kind="number_text")
    if re.fullmatch(r"\d{13}", digits) and luhn(f"0{digits}"):
        return Reading(value=f"0{digits}", kind="siret_zero")
    return None


def identifier(text: str) -> Reading | None:
    """An identifier that a spreadsheet wrote as 2024012.0 or 2,024012E+6; None when digits were lost."""
    digits = whole_number(text)
    return Reading(value=digits, kind="number_text") if digits else None


def whole_number(text: str) -> str | None:
    """The digits of "123.0" or of a number in scientific notation that shows them all; None otherwise."""
    if match := re.fullmatch(r"(\d+)[.,]0+", text.strip()):
        return match[1]
    match = re.fullmatch(r"(\d)(?:[.,](\d+))?E\+?(\d{1,2})", text.strip(), flags=re.IGNORECASE)
    if match is None or len(match[2] or "") < int(match[3]):
        return None
    digits = match[1] + (match[2] or "")
    return digits[: int(match[3]) + 1] if not digits[int(match[3]) + 1 :].strip("0") else None


def lost_digits(text: str) -> bool:
    """Whether a text is a number in scientific notation that no longer shows all its digits."""
    is_scientific = re.fullmatch(r"\d(?:[.,]\d+)?E\+?\d{1,2}", text.strip(), flags=re.IGNORECASE) is not None
    return is_scientific and whole_number(text) is None


def luhn(digits: str) -> bool:
    """Whether a SIRET's check digit is right (La Poste's exception aside, which lost no zero)."""
    doubled = (int(digit) * (1 + (n % 2 == 0)) for n, digit in enumerate(digits))
    return sum(value - 9 * (value > 9) for value in doubled) % 10 == 0


def number_reader(column: Column) -> Reader:
    """How a number of that column may be written besides its digits."""
    if column.unit == "h":
        return hours
    if column.unit.startswith("€"):
        return euros
    return percent if column.unit == "%" else whole


def plain_number(text: str) -> Decimal | None:
    """A number in digits as French or international texts write it; None when it could be two."""
    text = re.sub(r"[\s\u00a0\u202f\u2009]", "", text).replace("−", "-").removeprefix("+")
    if re.fullmatch(r"-?[1-9]\d{0,2}[.,]\d{3}", text):
        return None
    if re.fullmatch(r"-?\d{1,3}(\.\d{3})+(,\d+)?", text):
        text = text.replace(".", "")
    elif re.fullmatch(r"-?\d{1,3}(,\d{3})+(\.\d+)?", text):
        text = text.replace(",", "")
    try:
        number = Decimal(text.replace(",", "."))
    except InvalidOperation:
        return None
    return number if number.is_finite() and re.fullmatch(r"-?\d*[.,]?\d+", text) else None


def _with_unit(text: str, kind: str) -> Reading | None:
    number = plain_number(text)
    return None if number is None else Reading(value=f"{number:f}", kind=kind)


def small_letters(text: str) -> str:
    """The text in small letters without accents, its blanks single: "1er Février 2024" is "1er fevrier 2024"."""
    return " ".join(folded(text.replace("\u2212", "-").replace("’", "'")).split())


def _stem(text: str) -> str:
    """A label's words without the marks of gender and number, and without small words: "Validée·s" is "valid"."""
    words = [
        word for word in plain_name(text.replace("·", "").replace("(e)", "").replace("(s)", "")).split("_") if word
    ]
    return "_".join(
        re.sub(r"(ees|ee|es|e|s|x)$", "", word) if len(word) > 3 else word for word in words if word not in _SMALL
    )


_SMALL = {"de", "du", "des", "d", "l", "la", "le", "les", "a", "en"}
