"""The access rules of settings.toml: read, and refused with the file and the entry when they cannot be meant."""

import datetime as dt
import tomllib
from pathlib import Path

import pytest

from data.codes import Role
from data.grants import Grant, same_email, token_hash
from data.problems import ExtractError
from data.settings import Settings, load_settings
from data.tokens import entry, main

AUTHORITY = '[authority]\nname = "Autorité"\nepci = "200023414"\n'


def settings(tmp_path: Path, text: str) -> Settings:
    file = tmp_path / "settings.toml"
    file.write_text(AUTHORITY + text, encoding="utf-8")
    return load_settings(file)


def test_grants_are_read(tmp_path: Path) -> None:
    access = settings(
        tmp_path,
        '[access]\ngroups_claim = "roles"\n[[access.grants]]\ngroup = "services"\nrole = "service"\nclients = []\n',
    ).access
    assert access.grants == (Grant(group="services", role=Role.SERVICE, clients=()),)
    assert (access.public, access.groups_claim, access.session_hours) == (False, "roles", 10)


@pytest.mark.parametrize(
    ("text", "entry", "told"),
    [
        ("[trace]\nrequired = true\ndays = 0", "trace.days", "la trace est exigée (required = true)"),
        ("[privacy]\nthreshold = 2", "privacy.threshold", "3 au moins"),
        ("[privacy]\npublic_threshold = 1", "privacy.public_threshold", "3 au moins"),
        ("[access]\nsession_hours = 0", "access.session_hours", "un nombre d’heures d’au moins 1 est attendu."),
        ('[access]\npublic = "oui"', "access.public", "true ou false est attendu."),
        (
            '[[access.grants]]\nrole = "elu"',
            "access.grants",
            "nommez soit un courriel (email), soit un groupe (group).",
        ),
        ('[[access.grants]]\nemail = "a@b.fr"\ngroup = "g"\nrole = "elu"', "email = a@b.fr", "nommez soit"),
        ('[[access.grants]]\nemail = "a@b.fr"', "access.grants.role", "réglage obligatoire absent."),
        ('[[access.grants]]\nemail = "a@b.fr"\nrole = "maire"', "access.grants.role", "valeurs possibles"),
        ('[[access.grants]]\nemail = "a@b.fr"\nrole = "public"', "email = a@b.fr", "le rôle public n’est donné"),
        (
            '[[access.grants]]\nemail = "a@b.fr"\nrole = "elu"\nclient = ["C"]',
            "access.grants.client",
            "réglage inconnu",
        ),
        ('[[access.grants]]\nemail = "a@b.fr"\nrole = "elu"\nclients = "C"', "access.grants.clients", "une liste"),
        (
            '[[access.grants]]\nemail = "a@b.fr"\nrole = "elu"\n[[access.grants]]\nemail = "A@b.fr "\nrole = "service"',
            "access.grants.email = a@b.fr",
            "une autre entrée porte déjà ce courriel.",
        ),
        (
            '[[access.tokens]]\nname = "t"\nsha256 = "secret"\nrole = "elu"\nexpires_on = 2027-01-01',
            "name = t",
            "64 chiffres hexadécimaux",
        ),
        (
            f'[[access.tokens]]\nname = "t"\nsha256 = "{"a" * 64}"\nrole = "elu"',
            "access.tokens.expires_on",
            "réglage obligatoire absent.",
        ),
    ],
)
def test_what_cannot_be_meant_is_refused(tmp_path: Path, text: str, entry: str, told: str) -> None:
    with pytest.raises(ExtractError) as refused:
        settings(tmp_path, text)
    message = str(refused.value)
    for part in ("settings.toml", entry, told):
        assert part in message


def test_a_token_is_made_once_and_only_its_hash_is_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sig", "--role", "service", "--expires-on", "2027-12-31", "--client", "CHU", "--client", "MRN"]) == 0
    told, rest = capsys.readouterr().out.split("\n", 1)
    token, toml = told.rsplit(" ", 1)[1], rest.split("\n", 1)[1]
    assert token not in toml
    (found,) = settings(tmp_path, toml).access.tokens
    assert (found.name, found.sha256, found.role) == ("sig", token_hash(token), Role.SERVICE)
    assert (found.expires_on, found.clients, found.communes) == (dt.date(2027, 12, 31), ("CHU", "MRN"), None)


def test_a_name_is_quoted(tmp_path: Path) -> None:
    name = 'a"b\nrole = "administrateur"'
    read = tomllib.loads(entry(name, "secret", "elu", dt.date(2027, 1, 1), {"clients": ['C"1']}))
    assert read["access"]["tokens"][0]["name"] == name
    assert read["access"]["tokens"][0]["clients"] == ['C"1']


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Sam@Ville.fr", " sam@ville.FR", True),
        ("sam@ville.fr", "\u017fam@ville.fr", False),  # the long s
        ("kim@ville.fr", "\u212aim@ville.fr", False),  # the Kelvin sign
        ("gross@ville.fr", "gro\u00df@ville.fr", False),
        ("\u00c9lu@ville.fr", "\u00e9lu@ville.fr", False),  # exact but for ASCII
    ],
)
def test_addresses_are_compared_but_for_the_case_of_ascii(one: str, other: str, same: bool) -> None:
    assert (same_email(one) == same_email(other)) is same
