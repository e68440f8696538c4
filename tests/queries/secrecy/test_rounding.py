"""Random rounding: unbiased, the same for the same key, and never a small number shown."""

import statistics
from pathlib import Path

import pytest

from data.problems import ExtractError
from data.secret import FILE, installation_secret
from queries.secrecy.margins import Place, completed
from queries.secrecy.rounding import draw, highest_hidden, laplace, rounded

DRAWS = [draw(b"essai", str(n)) for n in range(4000)]


@pytest.mark.parametrize(
    ("count", "drawn", "expected"),
    [
        (0, 0.01, 0),
        (5, 0.01, 5),  # a multiple of 5 stays itself
        (7, 0.39, 10),  # 2 above 5: up with a probability of 2/5
        (7, 0.41, 5),
        (9, 0.79, 10),
        (9, 0.81, 5),
        (123, 0.59, 125),
        (123, 0.61, 120),
    ],
)
def test_a_count_goes_to_a_neighbour_with_a_probability_of_its_distance(
    count: int, drawn: float, expected: int
) -> None:
    assert rounded(count, drawn) == expected


@pytest.mark.parametrize("count", [1, 8, 14, 62])
def test_rounding_is_right_on_average(count: int) -> None:
    assert statistics.mean(rounded(count, drawn) for drawn in DRAWS) == pytest.approx(count, abs=0.15)


def test_draws_are_spread_and_the_same_for_the_same_key() -> None:
    assert draw(b"essai", "a", "b") == draw(b"essai", "a", "b")
    assert (
        len({draw(b"essai", "a", "b"), draw(b"essai", "ab"), draw(b"essai", "b", "a"), draw(b"autre", "a", "b")}) == 4
    )
    tenths = [sum(n <= drawn * 10 < n + 1 for drawn in DRAWS) for n in range(10)]
    assert all(300 < many < 500 for many in tenths)
    assert all(0 < drawn < 1 for drawn in DRAWS)


@pytest.mark.parametrize(("threshold", "expected"), [(1, 0), (2, 5), (5, 5), (6, 5), (7, 10), (11, 10), (12, 15)])
def test_no_number_below_the_threshold_is_ever_shown(threshold: int, expected: int) -> None:
    assert highest_hidden(threshold) == expected
    for count in range(31):
        outcomes = {rounded(count, drawn) for drawn in DRAWS[:200]}
        if count < threshold:
            assert max(outcomes) <= expected
        if count >= expected + 5:
            assert min(outcomes) > expected


def test_noise_is_zero_on_average_and_as_wide_as_asked() -> None:
    noise = [laplace(3, drawn) for drawn in DRAWS]
    assert statistics.mean(noise) == pytest.approx(0, abs=0.2)
    assert statistics.mean(map(abs, noise)) == pytest.approx(3, abs=0.2)  # what a Laplace scale is
    assert max(noise) > 12
    assert min(noise) < -12


# The secret of the installation


def test_the_secret_is_made_once_for_its_owner_only(tmp_path: Path) -> None:
    secret = installation_secret(tmp_path)
    assert len(secret) == 32
    assert (tmp_path / FILE).read_bytes() == secret
    assert (tmp_path / FILE).stat().st_mode & 0o777 == 0o600
    installation_secret.cache_clear()
    assert installation_secret(tmp_path) == secret
    assert [file.name for file in tmp_path.iterdir()] == [FILE]


def test_a_secret_that_cannot_serve_is_refused(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"court")
    with pytest.raises(ExtractError, match="incomplet"):
        installation_secret(tmp_path)
    with pytest.raises(ExtractError, match="ni lu ni écrit"):
        installation_secret(tmp_path / "absent")


# Margins


def place(**coordinates: str) -> Place:
    return frozenset(coordinates.items())


def test_a_lone_hidden_cell_takes_the_smallest_of_its_line_with_it() -> None:
    cells = {place(): 60, place(g="F"): 40, place(g="M"): 15, place(g="X"): None}
    assert completed(cells) == {place(g="X"), place(g="M")}


def test_a_line_without_its_total_or_with_two_hidden_cells_stays() -> None:
    line: dict[Place, int | None] = {place(g="F"): 40, place(g="M"): 15, place(g="X"): None}
    assert completed(line) == {place(g="X")}
    assert completed({**line, place(): 60, place(g="?"): None}) == {place(g="X"), place(g="?")}


def test_both_margins_of_a_table_hold() -> None:
    """The complement of one line uncovers another: it goes on until every line has none or two."""
    counts = {
        ("a", "x"): None, ("a", "y"): 20, ("a", "z"): 40,
        ("b", "x"): 15, ("b", "y"): 30, ("b", "z"): 50,
        ("c", "x"): 35, ("c", "y"): 25, ("c", "z"): 45,
    }  # fmt: skip
    cells: dict[Place, int | None] = {place(row=row, column=column): n for (row, column), n in counts.items()}
    cells |= {place(row=row): 100 for row in "abc"} | {place(column=column): 100 for column in "xyz"} | {place(): 300}
    square = {("a", "x"), ("a", "y"), ("b", "x"), ("b", "y")}
    assert completed(cells) == {place(row=row, column=column) for row, column in square}
