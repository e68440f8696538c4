"""Makes a token for a program that reads the routes: the token, once, and the entry for settings.toml, which has its hash.

python -m data.tokens sig --role service --expires-on 2027-12-31 --client CHU
"""

import argparse
import datetime as dt
import json
import secrets
import sys

from data.codes import Role
from data.commands import language, write_plainly
from data.grants import token_hash
from data.words import Words

_ROWS = ("clients", "communes", "facilitators", "structures")
_BYTES = 32  # 256 bits: nobody guesses it, so its hash needs no salt


def main(arguments: list[str] | None = None) -> int:
    """Runs the command; returns its exit code."""
    words = Words(language())
    say = words.say
    parser = argparse.ArgumentParser(prog="python -m data.tokens", description=say("Crée un jeton pour un programme."))
    parser.add_argument("name", metavar="NAME", help=say("qui s’en sert\u202f; le journal le nomme"))
    roles = [str(role) for role in Role if role is not Role.PUBLIC]
    parser.add_argument("--role", required=True, choices=roles, help=", ".join(roles))
    parser.add_argument(
        "--expires-on", required=True, type=dt.date.fromisoformat, metavar="DATE", help=say("dernier jour où il sert")
    )
    for field in _ROWS:
        flag = f"--{field.removesuffix('s')}"
        parser.add_argument(flag, action="append", dest=field, metavar="CODE", help=say("lignes ouvertes, répétable"))
    given = parser.parse_args(arguments)
    token = secrets.token_urlsafe(_BYTES)
    print(say("Le jeton, montré cette seule fois\u00a0: {token}", token=token))
    print(say("À ajouter à settings.toml\u00a0:"))
    print(entry(given.name, token, given.role, given.expires_on, vars(given)))
    return 0


def entry(name: str, token: str, role: str, expires_on: dt.date, rows: dict[str, list[str] | None]) -> str:
    """The TOML of a token: its hash, never itself."""
    lines = [
        "[[access.tokens]]",
        f"name = {json.dumps(name)}",
        f'sha256 = "{token_hash(token)}"',
        f'role = "{role}"',
        f"expires_on = {expires_on.isoformat()}",
    ]
    limits = [(field, rows[field]) for field in _ROWS if rows.get(field) is not None]
    lines += [f"{field} = {json.dumps(values, ensure_ascii=False)}" for field, values in limits]
    return "\n".join(lines)


if __name__ == "__main__":
    write_plainly()
    sys.exit(main())
