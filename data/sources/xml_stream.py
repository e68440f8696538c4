"""An XML as it streams, in bounded memory: what a table holds is handed over row by row, and forgotten."""

from collections.abc import Callable, Iterator
from typing import IO, cast
from xml.etree.ElementTree import Element, XMLPullParser

_BLOCK = 1 << 20
# Of a row, and of all that stands before the first one: above it nothing is a table of people.
_LARGEST = 16 << 20
_DEEPEST = 200


def streamed(file: IO[bytes], is_row: Callable[[Element], bool]) -> Iterator[tuple[str, Element]]:
    """Each start and end of an element; once a row has ended, it and all that stands before it under its parent is gone.

    Raises ValueError for a row of more than 16 MiB or for elements within each other beyond 200, ParseError for what is no XML.
    """
    parser: XMLPullParser[Element] = XMLPullParser(events=("start", "end"))
    within: list[Element] = []
    since = 0
    while block := file.read(_BLOCK):
        parser.feed(block)
        since += len(block)
        for event, element in cast("Iterator[tuple[str, Element]]", parser.read_events()):
            if event == "start":
                within.append(element)
                if len(within) > _DEEPEST:
                    raise ValueError("elements within each other beyond what a table has")
                yield "start", element
                continue
            within.pop()
            yield "end", element
            if is_row(element):
                since = 0
                if within:
                    within[-1].clear()
        if since > _LARGEST:
            raise ValueError("a row larger than a table has")
    parser.close()
