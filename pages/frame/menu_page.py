"""What the menu knows of a page."""

from collections.abc import Mapping
from dataclasses import dataclass

from pages.parts.filters.sentence import Reads
from pages.parts.read import SitePage
from queries.rights.right import Right


@dataclass(frozen=True, slots=True, kw_only=True)
class MenuPage(SitePage):
    """A page with its script within `pages/`.

    `needs`: the right that opens it, None when every reader may see it. `reads`: the filters that change it; the frame says which do not.
    `one`: the key of the address that makes it the page of one thing, and the filters that change it then.
    """

    script: str
    needs: Right | None = None
    reads: Reads = Reads.ALL
    one: tuple[str, Reads] | None = None

    def reads_at(self, query: Mapping[str, str]) -> Reads:
        """The filters that change it, with what else the address has."""
        return self.one[1] if self.one is not None and query.get(self.one[0]) else self.reads
