"""A choice of a page, kept in the address: the address is the truth, so that Back, reload and a link show what they mean.

Widgets are set from it at each run and write to it when they change. They are not bound by Streamlit, which would write their
labels into the address: labels have counts and a language.
"""

from dataclasses import dataclass
from typing import Any

import streamlit as st

from pages.parts.paging import PAGE


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressChoice:
    """One choice: among `options`, or any text where there are none, of at most `longest` characters.

    `key`: in the address, kept for ever; the `default` is not written. `widget`: the key of its widget.
    """

    key: str
    widget: str
    default: str = ""
    options: tuple[str, ...] = ()
    longest: int | None = None

    @property
    def value(self) -> str:
        """What the address asks for; the default when it asks for nothing, or for what is no option."""
        text = st.query_params.get(self.key, self.default)
        if not self.options:
            return text.strip()[: self.longest]
        return text if text in self.options else self.default

    def query(self, value: str) -> dict[str, str]:
        """The part of a link that leads to the value."""
        return {} if value == self.default else {self.key: value}

    def bound(self) -> dict[str, Any]:
        """The arguments of the widget that shows the choice and changes it: `st.pills(label, options, **choice.bound())`."""
        # Set at each run, also when nothing has changed: a browser that comes back draws the widgets anew.
        st.session_state[self.widget] = self.value
        return {"key": self.widget, "on_change": self._write}

    def _write(self) -> None:
        """Puts what was chosen into the address; another choice begins at its first page."""
        st.query_params.pop(PAGE, None)
        st.query_params.pop(self.key, None)
        st.query_params.update(self.query(st.session_state[self.widget] or self.default))
