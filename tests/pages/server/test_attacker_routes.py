"""The attacker of tests/journeys/test_attacker.py at the doors without a browser: the data routes, and the shell's `--as`.

For each role nothing that the role may not have; each attempt is also made by who may, so that it is known to find what there is.
What neighbouring filters and margins tell is tried on the answers themselves (tests/queries/secrecy/test_disclosure.py): here both doors
are held to let nothing else out.
"""

import datetime as dt
import json
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import pytest
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.testclient import TestClient

from data.codes import Role
from data.grants import token_hash
from data.release.releases import Release
from data.settings import load_settings
from pages.server.api.routes import Api
from queries.__main__ import main
from queries.engine import named_parameters
from queries.files.write import as_json
from queries.link import KEYS, from_query
from queries.open_release import open_release
from queries.questions import questions
from queries.rights.access import Access
from queries.rights.rights import GUARDED, OF_SEVERAL, ROLES, Right, Rights
from queries.secrecy.hidden_figures import is_about_persons
from tests.extracts import contract, entry, publish_rows

ROLES_SIGNED: Final = tuple(role for role in Role if role is not Role.PUBLIC)
CLIENTS: Final = {"K1": "Ville Alphaville", "K2": "Hôpital Betamont", "K3": "Office Gammarive", "K4": "Régie Deltaclos"}
PERSONS: Final = {"K1": 52, "K2": 57, "K3": 3, "K4": 1}
THEIRS: Final = re.compile(r'Betamont|Gammarive|Deltaclos|"[KMF][234]"|PERSONNE-|EMBAUCHE-')
A_PERSON: Final = re.compile("PERSONNE-|EMBAUCHE-|persons_key|participant_id|work_contract_id|group_no")
COMPANY: Final = "Titulaire "
# What could open something.
QUERIES: Final = ("", "clients=K2", "communes=76681&hors_total=true")
SCOPES: Final = ("", "clients=K3", "clients=K1,K4", "clients=K1", "annees=2020", "clients=K2,K3", "types=hopital")
FLAGS: Final = {
    "clients": "--client",
    "communes": "--commune",
    "facilitateurs": "--facilitator",
    "types": "--client-type",
}

# An answer to a question under filters written as in a link; None when it is refused.
Door = Callable[[str, str], str | None]


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """Four clients with a lot each: K1 is mine, K2 theirs, K3 has three persons, K4 one."""
    lots = [
        contract(
            contract_id=f"M{client[1]}",
            client_id=client,
            client_name=name,
            client_type="hopital" if client == "K2" else "commune",
            subject=f"Travaux {name}",
            contractor_name=f"{COMPANY}{name}",
            facilitator_code=f"F{client[1]}",
            execution_commune="76540" if client == "K1" else "76681",
            penalty_eur=Decimal(4242),
        )
        for client, name in CLIENTS.items()
    ]
    lines = [
        entry(
            entry_id=f"{client}-{n}",
            contract_id=f"M{client[1]}",
            month=dt.date(2020, 3, 1),
            participant_id=f"PERSONNE-{client}-{n}",
            work_contract_id=f"EMBAUCHE-{client}-{n}",
            gender="F" if n % 3 else "M",
            age_band="<26" if n % 2 else "50+",
            residence_commune="76540" if n % 4 else "76681",
            exit_on=dt.date(2020, 3, 31) if n % 5 else None,
            exit_outcome="durable" if n % 5 else None,
            outcome_point="exit" if n % 5 else None,
            hours_validated=Decimal("7.25"),
        )
        for client, persons in PERSONS.items()
        for n in range(persons)
    ]
    return publish_rows(tmp_path_factory.mktemp("attacked"), lots, lines)


@pytest.fixture
def doors(
    release: Release, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> Iterator[Callable[[str, Role, str], Door]]:
    """`doors("route" or "shell", role, "mine" or "all")`: how that reader asks."""
    grants = "\n".join(
        f'[[access.grants]]\nemail = "{role}-{reach}@example.org"\nrole = "{role}"\n{rows}\n'
        f'[[access.tokens]]\nname = "{role}-{reach}"\nsha256 = "{token_hash(f"{role}-{reach}")}"\nrole = "{role}"\n'
        f"expires_on = 2999-12-31\n{rows}"
        for role in ROLES_SIGNED
        for reach, rows in (("all", ""), ("mine", 'clients = ["K1"]'))
    )
    (tmp_path / "settings.toml").write_text(
        '[authority]\nname = "Essai"\nepci = "200023414"\n[routes]\nper_minute = 1000000\nrows = 1000000\n'
        f"[access]\npublic = true\n{grants}\n",
        encoding="utf-8",
    )
    monkeypatch.setenv("CAP_EXTRACTS", str(release.path.parents[1]))
    monkeypatch.setenv("CAP_SETTINGS", str(tmp_path / "settings.toml"))
    with TestClient(Starlette(routes=[Route("/api/{path:path}", Api())]), client=("192.0.2.1", 5000)) as client:

        def route(role: Role, reach: str) -> Door:
            headers = {} if role is Role.PUBLIC else {"Authorization": f"Bearer {role}-{reach}"}

            def asked(name: str, query: str) -> str | None:
                address = "&".join(filter(None, [query, *(f"{key}={value}" for key, value in own(name).items())]))
                answer = client.get(f"/api/v1/questions/{name}.json?{address}", headers=headers)
                assert answer.status_code in {200, 400, 403}, answer.text
                # What was typed may be repeated to who typed it.
                text = answer.text.replace(query, "")
                assert answer.status_code == 200 or THEIRS.search(text) is None
                return answer.text if answer.status_code == 200 else None

            return asked

        def shell(role: Role, reach: str) -> Door:
            def asked(name: str, query: str) -> str | None:
                arguments = [name, "--format", "json", "--as", f"{role}-{reach}@example.org"]
                for key, _, values in (part.partition("=") for part in filter(None, query.split("&"))):
                    if key == "hors_total":
                        arguments += ["--include-uncounted"]
                    elif key == "annees":
                        arguments += ["--from-year", values, "--to-year", values]
                    else:
                        arguments += [part for value in values.split(",") for part in (FLAGS[key], value)]
                arguments += [part for one in own(name).items() for part in ("--param", "=".join(one))]
                code = main(arguments)
                said = capsysbinary.readouterr()
                assert THEIRS.search(said.err.decode().replace(query.partition("=")[2], "")) is None
                return said.out.decode() if code == 0 else None

            return asked

        yield lambda door, role, reach: {"route": route, "shell": shell}[door](role, reach)


def own(name: str) -> dict[str, str]:
    """The parameters that the question cannot go without: those of a lot that is theirs."""
    theirs = {"contract_id": "M2", "lot_id": "00", "compared_by": "clients", "compared": "K1"}
    return {one.name: theirs[one.name] for one in questions()[name].parameters if not one.optional}


def readers() -> Iterator[tuple[str, Role]]:
    """Each role at each door that it has; the public has no name for the shell."""
    for role in Role:
        if Right.ROUTES in ROLES[role]:
            yield "route", role
        if role is not Role.PUBLIC:
            yield "shell", role


every_reader = pytest.mark.parametrize(("door", "role"), list(readers()))
every_signed_reader = pytest.mark.parametrize(
    ("door", "role"), [(door, role) for door, role in readers() if role is not Role.PUBLIC]
)
Doors = Callable[[str, Role, str], Door]


@every_signed_reader
def test_no_answer_tells_of_a_client_outside_the_rights(doors: Doors, door: str, role: Role) -> None:
    ask = doors(door, role, "mine")
    for name in sorted(set(questions()) - OF_SEVERAL):
        for query in QUERIES:
            result = ask(name, query)
            assert result is None or THEIRS.search(result) is None, (name, query)


def test_who_may_is_told_of_it(doors: Doors) -> None:
    for door in ("route", "shell"):
        ask = doors(door, Role.ADMINISTRATEUR, "all")
        for name, query in (("lots", "clients=K2"), ("hours_by_client", ""), ("lot_facts", ""), ("filter_names", "")):
            result = ask(name, query)
            assert result is not None
            assert "Betamont" in result, (door, name)


def test_a_role_without_routes_has_none(doors: Doors) -> None:
    without = [role for role in ROLES_SIGNED if Right.ROUTES not in ROLES[role]]
    assert without
    for role in without:
        assert all(doors("route", role, "all")(name, "") is None for name in questions())


@every_reader
def test_columns_and_questions_of_other_roles_stay(doors: Doors, door: str, role: Role) -> None:
    ask, rights = doors(door, role, "all"), ROLES[role]
    for name in sorted(set(questions()) - OF_SEVERAL):
        result = ask(name, "")
        assert (result is None) == (name in GUARDED and GUARDED[name] not in rights), name
        if result is not None:
            assert Right.COMPANIES in rights or COMPANY not in result, name
            assert Right.PENALTIES in rights or "4242" not in result, name
            assert A_PERSON.search(result) is None, name


@every_reader
def test_both_doors_let_out_what_is_protected_and_nothing_else(
    doors: Doors, release: Release, door: str, role: Role
) -> None:
    """No number of persons below the threshold, none that is exact; the rest is as the pages have it."""
    ask = doors(door, role, "all")
    access = Access(database=open_release(release, load_settings()), rights=Rights(role=role))
    threshold = access.settings.privacy.public_threshold if role is Role.PUBLIC else access.settings.privacy.threshold
    hidden = 0
    for name, asked in questions().items():
        if not is_about_persons(asked):
            continue
        counted = [column.name for column in asked.columns if column.unit in {"persons", "work_contracts"}]
        for query in SCOPES if "scope" in named_parameters(asked.sql) else SCOPES[:1]:
            result = ask(name, query)
            assert result is not None
            keys = dict(part.split("=") for part in filter(None, query.split("&")))
            assert set(keys) <= {*KEYS.values(), "annees"}
            scope, lost = from_query(keys)
            assert not lost
            assert result.strip() == as_json(access.ask(name, scope, **own(name))).decode().strip(), (name, query)
            rows: list[dict[str, Any]] = json.loads(result)
            numbers = [row[column] for row in rows for column in counted]
            hidden += numbers.count(None)
            assert [n for n in numbers if n and (n % 5 or n < threshold)] == [], (name, query)
    assert hidden > 0
