"""A Plotly figure as plain dictionaries.

Plotly's own objects check each property as it is set, at each run: a small chart took 27 ms, this takes 0.3. The properties
are checked where charts are tested instead (tests/charts/conftest.py).
"""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Final

import plotly.io
from plotly.basedatatypes import BaseFigure, BasePlotlyType

Spec = dict[str, Any]


class Drawing(BaseFigure):  # type: ignore[misc]
    """Traces and layout, with the names that Plotly's figures have for adding to them.

    It is one of Plotly's figures by name only, for Streamlit to take it as it is: nothing of theirs is set up or used. Properties
    are given as nested dictionaries, numbers may be decimals, and a property that is None is left out.
    """

    def __init__(self) -> None:
        self._spec: Spec = {"data": [], "layout": {"template": _template()}}

    @classmethod
    def of(cls, spec: Spec) -> "Drawing":
        """The figure of a dictionary that `to_dict` gave."""
        made = cls.__new__(cls)
        made._spec = spec
        return made

    def to_dict(self) -> Spec:
        """The figure for the browser: what Streamlit and `to_json` ask for."""
        return self._spec

    @property
    def data(self) -> list[Spec]:
        """The traces."""
        traces: list[Spec] = self._spec["data"]
        return traces

    @property
    def height(self) -> int:
        """Pixels."""
        height: int = self._spec["layout"]["height"]
        return height

    def add_trace(self, trace: Spec | BasePlotlyType) -> None:
        """One more trace: of `bar` or `scatter`."""
        self.data.append(_plain(trace if isinstance(trace, dict) else trace.to_plotly_json()))

    def add_traces(self, traces: Iterable[Spec]) -> None:
        """More traces."""
        for trace in traces:
            self.add_trace(trace)

    def update_layout(self, **properties: Any) -> None:
        """Sets properties of the layout; nested ones are merged, and what is None is unset."""
        _merge(self._spec["layout"], properties)

    def update_xaxes(self, **properties: Any) -> None:
        """Sets properties of the horizontal axis."""
        self.update_layout(xaxis=properties)

    def update_yaxes(self, **properties: Any) -> None:
        """Sets properties of the vertical axis."""
        self.update_layout(yaxis=properties)

    def add_annotation(self, **properties: Any) -> None:
        """A text at a place."""
        self._spec["layout"].setdefault("annotations", []).append(_plain(properties))

    def add_shape(self, **properties: Any) -> None:
        """A line or a rectangle."""
        self._spec["layout"].setdefault("shapes", []).append(_plain(properties))

    def add_vline(self, x: Any, **properties: Any) -> None:
        """A line over the whole height."""
        self.add_shape(type="line", x0=x, x1=x, xref="x", y0=0, y1=1, yref="y domain", **properties)


def bar(**properties: Any) -> Spec:
    """A trace of bars."""
    return {"type": "bar", **properties}


def scatter(**properties: Any) -> Spec:
    """A trace of lines, marks or areas."""
    return {"type": "scatter", **properties}


def _template() -> Spec:
    """Streamlit's template, shared by all figures: nobody changes it."""
    if not _TEMPLATE:
        _TEMPLATE.update(plotly.io.templates[plotly.io.templates.default].to_plotly_json())
    return _TEMPLATE


_TEMPLATE: Spec = {}


def _merge(into: Spec, properties: Spec) -> None:
    for name, value in properties.items():
        if value is None:
            into.pop(name, None)
        elif isinstance(value, dict):
            _merge(into.setdefault(name, {}), value)
        else:
            into[name] = _plain(value)


_AS_THEY_ARE: Final = frozenset((float, int, str, bool, type(None)))


def _plain(value: Any) -> Any:
    """The value as JSON has it, copied."""
    if isinstance(value, dict):
        return {name: _plain(held) for name, held in value.items() if held is not None}
    if isinstance(value, (list, tuple)):
        # A map has ten thousand numbers, which are what they are.
        return [held if type(held) in _AS_THEY_ARE else _plain(held) for held in value]
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    return value
