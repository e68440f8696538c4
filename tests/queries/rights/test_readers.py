"""Who reads: grants turned into rights. In doubt less, never more."""

import datetime as dt

import pytest

from data.codes import Role
from data.grants import AccessRules, Grant, Token, token_hash
from queries.errors import AccessError
from queries.rights.readers import holding, known_reader
from queries.rights.rights import Rights

TODAY = dt.date(2026, 11, 25)


def rights(*grants: Grant, email: str = "", groups: tuple[str, ...] = ()) -> Rights:
    return known_reader(AccessRules(grants=grants), email, groups).rights


def test_an_address_is_known_whatever_its_case() -> None:
    grant = Grant(email="Elu@Example.org", role=Role.ELU)
    reader = known_reader(AccessRules(grants=(grant,)), "elu@example.ORG", ())
    assert (reader.name, reader.rights) == ("elu@example.ORG", Rights(role=Role.ELU))


@pytest.mark.parametrize(("email", "groups"), [("", ()), ("autre@example.org", ("autre",)), ("", ("",))])
def test_nobody_else_is(email: str, groups: tuple[str, ...]) -> None:
    grants = (Grant(email="elu@example.org", role=Role.ELU), Grant(group="services", role=Role.SERVICE))
    with pytest.raises(AccessError) as refused:
        known_reader(AccessRules(grants=grants), email, groups)
    assert refused.value.status == 403


def test_the_address_wins_over_groups_even_when_it_may_less() -> None:
    mine = Grant(email="a@b.fr", role=Role.ELU, clients=())
    group = Grant(group="admins", role=Role.ADMINISTRATEUR)
    assert rights(group, mine, email="a@b.fr", groups=("admins",)) == Rights(role=Role.ELU, clients=())


def test_of_several_roles_the_one_that_may_most_with_its_own_rows() -> None:
    grants = (Grant(group="tous", role=Role.ELU), Grant(group="chu", role=Role.SERVICE, clients=("CHU",)))
    assert rights(*grants, groups=("tous", "chu")) == Rights(role=Role.SERVICE, clients=("CHU",))


C1, C2 = (Grant(group=name, role=Role.SERVICE, clients=(name,)) for name in ("C1", "C2"))
X = Grant(group="X", role=Role.SERVICE, communes=("76540",))
BOTH = Grant(group="both", role=Role.SERVICE, clients=("C3",), communes=("76681",))
NOTHING = Grant(group="nothing", role=Role.SERVICE, clients=())
ALL = Grant(group="all", role=Role.SERVICE)


@pytest.mark.parametrize(
    ("grants", "expected"),
    [
        ((C1, C2), {"clients": ("C1", "C2")}),
        ((C1, NOTHING), {"clients": ("C1",)}),
        ((NOTHING,), {"clients": ()}),
        ((C1, ALL), {}),
        # Clients and communes cannot be added up: together they would let through more than each.
        ((C1, X), {"clients": ("C1",)}),
        ((X, C1), {"execution_communes": ("76540",)}),
        ((BOTH, C1), {"clients": ("C3",), "execution_communes": ("76681",)}),
    ],
)
def test_rows_of_several_groups_of_one_role(grants: tuple[Grant, ...], expected: dict[str, tuple[str, ...]]) -> None:
    groups = tuple(grant.group for grant in grants)
    assert rights(*grants, groups=groups) == Rights(role=Role.SERVICE, **expected)


def test_a_token_is_held_until_its_last_day() -> None:
    token = Token(name="sig", sha256=token_hash("secret"), role=Role.SERVICE, expires_on=TODAY, clients=("CHU",))
    rules = AccessRules(tokens=(token,))
    assert holding(rules, "secret", TODAY).name == "sig"
    assert holding(rules, "secret", TODAY).rights == Rights(role=Role.SERVICE, clients=("CHU",))
    for secret, day in (("secret", TODAY + dt.timedelta(days=1)), ("Secret", TODAY), ("", TODAY), ("\udcff", TODAY)):
        with pytest.raises(AccessError) as refused:
            holding(rules, secret, day)
        assert refused.value.status == 401
