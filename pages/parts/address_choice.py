"""A choice of a page, kept in the address: the address is the truth, so that Back, reload and a link show what they mean.

Widgets are set from it at each run and write to it when they change. They are not bound by Streamlit, which would write their
labels into the address: labels have counts and a language.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar
from urllib.parse import unquote

import streamlit as st

from queries.link import codes_text

PAGE: Final = "page"  # of a long list: another choice begins at its first one

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressChoice(Generic[T]):
    """One choice, made by `one_of`, `several_of` or `text_of`, or of what else has a text.

    `key`: in the address, kept for ever; the default is not written. `widget`: the key of its widget. `read`: what a text of the address
    means, an empty one the default; `written`: the text of a value that is not empty. `forgets`: keys that mean nothing for another choice.
    """

    key: str
    widget: str
    read: Callable[[str], T]
    written: Callable[[T], str]
    options: tuple[str, ...] = ()
    forgets: tuple[str, ...] = ()

    @property
    def value(self) -> T:
        """What the address asks for; the default when it asks for nothing, or for what is no option."""
        return self.read(st.query_params.get(self.key, ""))

    def query(self, value: T) -> dict[str, str]:
        """The part of a link that leads to the value."""
        text = self.written(value) if value else ""
        return {self.key: text} if text else {}

    def bound(self, instead: T | None = None) -> dict[str, Any]:
        """The arguments of the widget that shows the choice and changes it: `st.pills(label, options, **choice.bound())`.

        `instead`: the value of the widget, where the default depends on what there is.
        """
        # Set at each run, also when nothing has changed: a browser that comes back draws the widgets again.
        value = self.value if instead is None else instead
        st.session_state[self.widget] = list(value) if isinstance(value, tuple) else value
        return {"key": self.widget, "on_change": self._write}

    def _write(self) -> None:
        """Puts what was chosen into the address."""
        for key in (PAGE, self.key, *self.forgets):
            st.query_params.pop(key, None)
        st.query_params.update(self.query(st.session_state[self.widget]))


def one_of(
    *, key: str, widget: str, options: tuple[str, ...], default: str = "", forgets: tuple[str, ...] = ()
) -> AddressChoice[str]:
    """A choice of one among options."""
    return AddressChoice(
        key=key,
        widget=widget,
        read=lambda text: text if text in options else default,
        written=lambda value: "" if value == default else value,
        options=options,
        forgets=forgets,
    )


def several_of(
    *, key: str, widget: str, options: tuple[str, ...], most: int | None = None
) -> AddressChoice[tuple[str, ...]]:
    """A choice of several among options, `most` at most, read in the order of the options."""

    def read(text: str) -> tuple[str, ...]:
        given = {unquote(value) for value in text.split(",")}
        return tuple(option for option in options if option in given)[:most]

    return AddressChoice(key=key, widget=widget, read=read, written=codes_text, options=options)


def text_of(*, key: str, widget: str, longest: int | None = None) -> AddressChoice[str]:
    """Any text, of at most `longest` characters."""
    return AddressChoice(key=key, widget=widget, read=lambda text: text.strip()[:longest], written=str)
