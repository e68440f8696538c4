"""Whose figures they are: an EPCI by its number, or by a commune that people can name."""

import pytest

from data.preparation.whose import territory_named
from data.problems import ExtractError

CAEN_LA_MER = "200065597"


@pytest.mark.parametrize(
    "text",
    [
        "200065597",
        "200 065 597",
        "20006559700015",  # a SIRET
        "Caen",
        " ifs ",
        "14118",  # the code of Caen
        "14000 Caen",
    ],
)
def test_an_epci_by_what_people_know_of_it(text: str) -> None:
    assert territory_named(text).epci == CAEN_LA_MER


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("217601401", "217601401 n’est le SIREN d’aucun EPCI"),  # of a commune
        ("Saint-Denis", "Plusieurs communes s’appellent «\u00a0Saint-Denis\u00a0»"),
        ("Trifouillis", "«\u00a0Trifouillis\u00a0» n’est le nom d’aucune commune"),
        ("12345", "«\u00a012345\u00a0» n’est le nom d’aucune commune"),
    ],
)
def test_what_is_none_says_what_to_write(text: str, told: str) -> None:
    with pytest.raises(ExtractError, match=told):
        territory_named(text)
