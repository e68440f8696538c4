"""What a fault of a cell is called, and what fills its message."""

from decimal import Decimal

from data.schema import Column
from data.words import N_

# What to do about each fault; {…} are filled from the column.
MESSAGES = {
    "missing_value": N_("cette colonne ne peut pas être vide\u202f; complétez la cellule."),
    "not_a_number": N_("ce n’est pas un nombre\u202f; écrivez par exemple 1234,50, ou laissez vide si c’est inconnu."),
    "unsure_number": N_("milliers ou décimales\u202f? Écrivez le nombre sans séparateur de milliers."),
    "not_finite": N_("nombre infini ou indéfini (NaN)\u202f; laissez la cellule vide si la valeur est inconnue."),
    "too_many_decimals": N_(
        "plus de deux décimales\u202f; arrondissez dans la source, rien n’est arrondi à la lecture."
    ),
    "not_whole": N_("un nombre entier est attendu."),
    "out_of_range": N_("nombre hors limites\u202f; {maximum} au plus."),
    "below_minimum": N_("nombre hors limites\u202f; {minimum} au moins."),
    "not_a_date": N_("ce n’est pas une date\u202f; écrivez 31/12/2019 ou 2019-12-31."),
    "not_a_month": N_(
        "ce n’est pas un mois\u202f; écrivez 03/2024 ou mars 2024 sur une ligne par mois (ni trimestre, ni année entière)."
    ),
    "odd_date": N_("date hors des années 1970 à 2099\u202f; corrigez-la, ou laissez vide si elle est inconnue."),
    "not_first_of_month": N_("le mois s’écrit mars 2020, 03/2020 ou 01/03/2020."),
    "not_a_flag": N_("écrivez oui ou non."),
    "unknown_code": N_("code inconnu\u202f; codes possibles\u00a0: {codes}. Traduisez les vôtres dans mapping.toml."),
    "several_communes": N_(
        "plusieurs communes portent ce nom\u00a0: {choices}. Choisissez dans mapping.toml, ou écrivez le code INSEE."
    ),
    "unknown_commune_name": N_(
        "commune inconnue\u202f; écrivez son code INSEE, ou traduisez ce nom dans mapping.toml."
    ),
    "lost_digits": N_(
        "identifiant dont un tableur a perdu des chiffres\u202f; mettez la colonne au format texte et exportez de nouveau."
    ),
    "too_long": N_("texte trop long\u202f; {length} caractères au plus."),
    "wrong_type": N_("type {found} inutilisable pour cette colonne\u202f; {expected} est attendu."),
}


def message_of(kind: str, column: Column) -> str:
    """What to do about a fault in that column."""
    return MESSAGES["not_a_month" if kind == "not_a_date" and column.format == "month" else kind]


def bounds(column: Column, kind: str) -> dict[str, object]:
    """What fills the messages of a column's faults."""
    maximum = column.maximum or Decimal(2**31 - 1)
    if column.maximum is None and column.sql_type.startswith("DECIMAL"):
        precision, scale = (int(part) for part in column.sql_type[8:-1].split(","))
        maximum = Decimal((0, (9,) * precision, -scale))
    return {
        "minimum": int(column.minimum or 0),
        "maximum": maximum if maximum % 1 else int(maximum),
        "codes": ", ".join(column.codes or ()),
        "length": column.max_length,
        "found": kind,
        "expected": column.sql_type,
    }
