"""What a filter is: all that its doors need to know. Those that there are: queries/filters.py."""

from dataclasses import dataclass
from typing import Final

from data.codes import Code
from data.words import N_
from queries.rights.right import Right

NONE: Final = "none"  # in a filter: the rows where the column is empty


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """One filter over a column of codes.

    `field`: of the scope, taken from `Filters`. `column`: of the lot, or of the line of hours (`of_line`), as the rollup has it.
    `key`: of links, kept for ever. `flag`: of the shell, with the `metavar` and `meaning` of its help.
    `label`: on screen. `feminine`: its values are all « Toutes ». `definite`: in a sentence, with its article.
    `codes`: the values it may have; None: any text. `may_be_empty`: `none` keeps the rows where the column is empty, called `empty`.
    `has_names`: `filter_names.sql` has its values, and a link to any other is refused. `shows_code`: beside the name.
    `limits_rows`: rights may be limited by it. `right`: without it the filter is refused.
    `of_several`: it is there only where several structures publish; a single authority never sees it.
    `cuts_notified`: it narrows the notified contracts (DECP) as well, which do not have the other columns.
    """

    field: str = ""
    column: str
    key: str
    flag: str
    metavar: str = "CODE"
    meaning: str = ""
    label: str
    feminine: bool = False
    definite: str
    codes: type[Code] | None = None
    may_be_empty: bool = False
    empty: str = N_("Non renseigné")
    of_line: bool = False
    has_names: bool = False
    shows_code: bool = False
    limits_rows: bool = False
    right: Right | None = None
    of_several: bool = False
    cuts_notified: bool = False

    @property
    def possible(self) -> tuple[str, ...] | None:
        """The values that the filter may have; None when any text is one."""
        if self.codes is None:
            return None
        return (*map(str, self.codes), *([NONE] if self.may_be_empty else []))

    def allows(self, value: str) -> bool:
        """Whether the filter may have the value: a code of the contract, or `none` where the column may be empty."""
        if value == NONE:
            return self.may_be_empty
        return bool(value) and (self.possible is None or value in self.possible)
