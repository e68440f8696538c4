"""Every figure that a test of charts looks at has only properties that Plotly knows, with values that it allows."""

from typing import Any

import plotly.graph_objects as go
import pytest

from pages.parts.drawing import Drawing


@pytest.fixture(autouse=True)
def checked(monkeypatch: pytest.MonkeyPatch) -> None:
    given = Drawing.to_dict

    def to_dict(self: Drawing) -> dict[str, Any]:
        spec = given(self)
        go.Figure(**spec)
        return spec

    monkeypatch.setattr(Drawing, "to_dict", to_dict)
