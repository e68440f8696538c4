"""Why a reader's SQL has no answer: DuckDB's English messages for frequent mistakes, in the reader's words."""

import re
from typing import Final

from data.words import N_, Words
from queries.errors import QueryError
from queries.sandbox.tables import TABLES


class SqlError(QueryError):
    """A query that cannot be answered. `line`: where, from 1, or 0; `excerpt`: that line of the query with a mark under the place.

    `others`: names that there are, in the place of one that there is not. `original`: DuckDB's own message, where it helps.
    """

    def __init__(
        self,
        message: str,
        *,
        line: int = 0,
        excerpt: str = "",
        others: tuple[str, ...] = (),
        original: str = "",
        **values: object,
    ) -> None:
        self.line = line
        self.excerpt = excerpt
        self.others = others
        self.original = original
        super().__init__(message, **values)

    def text(self, words: Words) -> str:
        """The reason in the reader's language, with the names that may have been meant."""
        reason = super().text(words)
        if not self.others:
            return reason
        meant = words.say("Peut-être\u00a0: {names}.", names=", ".join(self.others))
        return f"{reason} {meant}"


_REFUSALS: Final = {
    "empty": N_("écrivez une requête, par exemple SELECT * FROM lots."),
    "many": N_("une seule requête à la fois\u202f; ôtez ce qui suit le premier point-virgule."),
    "not_reading": N_("seules les lectures sont admises\u00a0: une requête qui commence par SELECT, WITH ou FROM."),
    "writing": N_("la requête modifie une table (INSERT, UPDATE ou DELETE)\u202f; seules les lectures sont admises."),
    "parameters": N_(
        "le seul paramètre est $scope, les filtres de la page\u202f; écrivez les autres valeurs dans la requête."
    ),
    "files": N_("la requête ne lit que les tables montrées ici, ni fichier, ni réseau, ni extension, ni réglage."),
    "large": N_("la réponse pèse plus de {bytes} Mo\u202f; demandez moins de texte."),
    "time": N_("la requête a pris plus de {seconds}\u00a0s et a été arrêtée."),
    "memory": N_("la requête demande plus de mémoire qu’il n’y en a pour elle ({memory} Mo) et a été arrêtée."),
    "stopped": N_("la requête a été arrêtée à votre demande."),
}
# DuckDB's messages and ours: a pattern over the first line, a text, the names of the pattern's groups.
_SAID: Final = (
    (
        r"Table with name (?P<name>.+?) does not exist",
        N_("il n’y a pas de table {name}\u202f; il y a {tables}."),
    ),
    (r"Referenced table \"(?P<name>.+?)\" not found", N_("il n’y a pas de table {name} dans cette requête.")),
    (
        r"Referenced column \"(?P<name>.+?)\"",
        N_("il n’y a pas de colonne {name} dans les tables de cette requête."),
    ),
    (
        r"does not have a column named \"(?P<name>.+?)\"",
        N_("il n’y a pas de colonne {name} dans cette table."),
    ),
    (
        r"Column \"(?P<name>.+?)\" does not exist on (?:left|right) side of join",
        N_("la colonne {name} de USING n’est pas dans les deux tables."),
    ),
    (r"Function with name (?P<name>.+?) does not exist", N_("il n’y a pas de fonction {name}.")),
    (
        r"Ambiguous reference to column name \"(?P<name>.+?)\"",
        N_("la colonne {name} est dans plusieurs tables\u202f; écrivez devant elle le nom de sa table."),
    ),
    (r"syntax error at (?:or near )?\"?(?P<name>.+?)\"?$", N_("erreur de syntaxe près de «\u00a0{name}\u00a0».")),
    (r"syntax error at end of input", N_("erreur de syntaxe\u00a0: la requête s’arrête avant la fin.")),
    (r"unterminated string literal", N_("une apostrophe ouvre un texte que rien ne ferme.")),
    (r"unterminated quoted identifier", N_("un guillemet ouvre un nom que rien ne ferme.")),
    (
        r"column \"(?P<name>.+?)\" must appear in the GROUP BY",
        N_("la colonne {name} n’est ni groupée (GROUP BY) ni agrégée."),
    ),
    (r"WHERE clause cannot contain aggregates", N_("WHERE ne connaît pas les agrégats\u202f; c’est HAVING.")),
    (r"WHERE clause cannot contain window", N_("WHERE ne connaît pas les fenêtres (OVER)\u202f; c’est QUALIFY.")),
    (
        r"No function matches .+ types '(?P<name>.+?)\((?P<types>.*)\)'",
        N_("{name} ne s’applique pas à des valeurs de ces types\u00a0: {types}\u202f; convertissez-les avec CAST."),
    ),
    (
        r"Could not convert string [\"'](?P<name>.*?)[\"'] to (?P<types>[\w(),]+)",
        N_("«\u00a0{name}\u00a0» n’est pas une valeur du type {types}."),
    ),
    (
        r"invalid date field format: \"(?P<name>.+?)\"|date field value out of range: \"(?P<other>.+?)\"",
        N_("«\u00a0{name}\u00a0» n’est pas une date\u202f; elles s’écrivent comme '2020-12-31'."),
    ),
    (r"Division by zero", N_("division par zéro\u202f; écrivez le diviseur nullif(…, 0).")),
    (r"Out of Range Error|Overflow in", N_("un nombre est trop grand pour son type.")),
    (r"Subquery returns (?P<name>\d+) columns", N_("la sous-requête a {name} colonnes\u202f; une seule est attendue.")),
    (
        r"Set operations can only apply",
        N_("les deux côtés de UNION, EXCEPT ou INTERSECT n’ont pas le même nombre de colonnes."),
    ),
    (
        r"(?:ORDER|GROUP BY) term out of range",
        N_("ORDER BY ou GROUP BY nomme une colonne par un numéro qui n’existe pas."),
    ),
    (
        r"Macro (?P<name>\w+)\(\) does not support",
        N_("{name} ne prend pas ces arguments\u202f; écrivez par exemple {name}($scope)."),
    ),
)
_NOT_UNDERSTOOD: Final = N_("la requête n’est pas comprise.")
_OTHERS: Final = re.compile(r"^(?:Candidate \w+:|Did you mean)[: ]*(?P<names>.+?)\??$", re.MULTILINE)
_PLACE: Final = re.compile(r"^LINE (?P<line>\d+): (?P<text>.*)\n(?P<mark> *\^+)", re.MULTILINE)
_KIND: Final = re.compile(r"^[A-Z][\w ]* Error: ")
# DuckDB's names of types inside, as they are written in a query.
_TYPES: Final = {
    "INTEGER_LITERAL": "INTEGER",
    "STRING_LITERAL": "VARCHAR",
    "INT32": "INTEGER",
    "INT64": "BIGINT",
    "BOOL": "BOOLEAN",
}
_LONGEST: Final = 300
_NAMES_AT_MOST: Final = 3


def refusal(kind: str, detail: str = "", **limits: int) -> QueryError:
    """The reason in words. `detail`: all that DuckDB says, when the query is what is wrong."""
    if kind != "words":
        return QueryError(_REFUSALS[kind], **limits)
    first, _, rest = detail.partition("\n")
    line, excerpt = _place(rest)
    for pattern, text in _SAID:
        match = re.search(pattern, first)
        if match:
            values = {key: value[:100] for key, value in match.groupdict().items() if value is not None}
            values.setdefault("name", values.pop("other", ""))
            for own, type in _TYPES.items():
                values["types"] = re.sub(rf"\b{own}\b", type, values.get("types", ""))
            tables = ", ".join(table.name for table in TABLES)
            return SqlError(text, line=line, excerpt=excerpt, others=_others(rest), tables=tables, **values)
    return SqlError(_NOT_UNDERSTOOD, line=line, excerpt=excerpt, original=_KIND.sub("", first)[:_LONGEST])


def _others(rest: str) -> tuple[str, ...]:
    """The names that DuckDB offers in the place of one that it does not know."""
    match = _OTHERS.search(rest)
    return tuple(re.findall(r'"(.+?)"', match["names"])[:_NAMES_AT_MOST]) if match else ()


def _place(rest: str) -> tuple[int, str]:
    """The line, from 1, and what stands there with a mark below; 0 and nothing when DuckDB does not say where."""
    match = _PLACE.search(rest)
    if match is None:
        return 0, ""
    before = len(f"LINE {match['line']}: ")
    return int(match["line"]), f"{match['text']}\n{match['mark'][before:]}"
