"""Colours read well in light and in dark: text 4.5, graphics 3, as WCAG 2 asks."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from pages.parts.theme import CLAUSE_COLOURS

CONFIG: dict[str, Any] = tomllib.loads((Path(__file__).parents[3] / ".streamlit" / "config.toml").read_text("utf-8"))
MODES = ("light", "dark")


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_the_formula_on_known_pairs() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("ink", ["textColor", "linkColor", "primaryColor"])
@pytest.mark.parametrize("paper", ["backgroundColor", "secondaryBackgroundColor"])
def test_words_read_on_every_background(mode: str, ink: str, paper: str) -> None:
    theme = CONFIG["theme"][mode]
    assert contrast(theme[ink], theme[paper]) >= 4.5


@pytest.mark.parametrize("mode", MODES)
def test_validated_and_committed_hours_read_on_the_background(mode: str) -> None:
    theme = CONFIG["theme"][mode]
    validated, _pending, committed, *_ = theme["chartCategoricalColors"]
    assert contrast(validated, theme["backgroundColor"]) >= 3
    assert contrast(committed, theme["backgroundColor"]) >= 3


@pytest.mark.parametrize("mode", MODES)
def test_axes_read_as_words(mode: str) -> None:
    theme = CONFIG["theme"][mode]
    assert contrast(theme["chartCategoricalColors"][5], theme["backgroundColor"]) >= 4.5


@pytest.mark.parametrize("mode", MODES)
def test_pending_hatches_and_opening_read_beside_what_they_touch(mode: str) -> None:
    theme = CONFIG["theme"][mode]
    validated, pending, _committed, opening, *_ = theme["chartCategoricalColors"]
    assert contrast(validated, pending) >= 3  # its hatches are of the colour of validated hours
    assert contrast(opening, theme["backgroundColor"]) >= 3


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("colour", sorted(set(CLAUSE_COLOURS.values())))
def test_categories_read_in_both(mode: str, colour: str) -> None:
    assert contrast(colour, CONFIG["theme"][mode]["backgroundColor"]) >= 3
