"""What parts ask of the public edition (pages/public), which writes pages as files: no server stands behind them to be clicked at."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Protocol

from pages.parts.read import reading

if TYPE_CHECKING:
    from pages.parts.charts import Chart


class Edition(Protocol):
    """The file that a page is written to."""

    def chart(self, chart: "Chart", alt: str) -> str:
        """The place where a chart will be drawn, as HTML. `alt`: what it shows, for those who do not see it."""
        ...

    def files(self, name: str, label: str, made: Mapping[str, Callable[[], bytes]]) -> str:
        """Writes the files of a table beside the page; the links to them as HTML.

        `label`: of the table. `made`: what makes each file, by the ending of its name.
        """
        ...

    def address(self) -> str:
        """Where the page will stand on the web; empty where that is not known."""
        ...


def is_unfolded(fold: Any) -> bool:
    """Whether to draw the content of a fold or a tab: once it is open; always where the page is a file."""
    return bool(fold.open) or reading().edition is not None
