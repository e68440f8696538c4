"""What the menu knows of a page."""

from collections.abc import Mapping
from dataclasses import dataclass

from pages.parts.filters.names import Names
from pages.parts.filters.sentence import Reads, idle_text, whole_years_text
from pages.parts.read import SitePage
from queries.rights.right import Right
from queries.scope import Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class MenuPage(SitePage):
    """A page with its script within `pages/`.

    `needs`: the right that opens it, None when every reader may see it. `reads`: the filters that change it; the frame says which do not.
    `one`: the key of the address that makes it the page of one thing, and the filters that change it then.
    `months`: whether a range of months cuts it; else it is of the whole years that they touch, and says so.
    `needs_server`: it is about what only a server does (fields to fill in, filters): the public edition leaves it out.
    `compares`: the key of the address that says what the page compares, the usual code, and the fields of the scope that each code stands in for.
    """

    script: str
    needs: Right | None = None
    reads: Reads = Reads.ALL
    one: tuple[str, Reads] | None = None
    compares: tuple[str, str, Mapping[str, tuple[str, ...]]] | None = None
    needs_server: bool = False
    months: bool = False

    def idle_text(self, scope: Scope, names: Names, query: Mapping[str, str]) -> str:
        """What the filters in force do not change on the page: "sans effet sur cette page : …"; empty when nothing."""
        seen, replaced = self.scope_at(scope, query), self.replaced_at(query)
        idle = idle_text(scope, self.reads_at(query), names, replaced)
        reads_years = self.reads_at(query) in (Reads.ALL, Reads.NOTIFIED) and "first_year" not in replaced
        whole = whole_years_text(scope, names.words) if seen != scope and reads_years else ""
        return names.words.joined(filter(None, [whole, idle]))

    def scope_at(self, scope: Scope, query: Mapping[str, str]) -> Scope:
        """The scope that the page reads: over whole years where months do not cut it."""
        is_one = self.one is not None and bool(query.get(self.one[0]))
        return scope if self.months and not is_one else scope.of_whole_years()

    def replaced_at(self, query: Mapping[str, str]) -> tuple[str, ...]:
        """The fields of the scope that what the page compares stands in for; none on a page that compares nothing."""
        if self.compares is None:
            return ()
        key, usual, fields = self.compares
        return fields.get(query.get(key, usual), fields[usual])

    def reads_at(self, query: Mapping[str, str]) -> Reads:
        """The filters that change it, with what else the address has."""
        return self.one[1] if self.one is not None and query.get(self.one[0]) else self.reads
