"""Who may read what: the grants and the tokens of settings.toml, and what is wrong with them."""

import datetime as dt
import hashlib
import re
import string
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from data.codes import Role
from data.words import N_

_ASCII_LOWER: Final = {ord(letter): letter.lower() for letter in string.ascii_uppercase}
_SHA256: Final = re.compile(r"[0-9a-f]{64}")
# An entry, what is wrong with it, the values of the message.
Fault = tuple[str, str, dict[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """What a reader gets, known by an e-mail address or by a group. Rows: without a list all, with an empty one none."""

    email: str = ""
    group: str = ""
    role: Role
    clients: tuple[str, ...] | None = None
    communes: tuple[str, ...] | None = None
    facilitators: tuple[str, ...] | None = None
    structures: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """What a program gets, known by a secret of which only the hash is kept; `expires_on`: the last day it works."""

    name: str
    sha256: str
    role: Role
    expires_on: dt.date
    clients: tuple[str, ...] | None = None
    communes: tuple[str, ...] | None = None
    facilitators: tuple[str, ...] | None = None
    structures: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessRules:
    """The doors. `public`: aggregates for anybody; `session_hours`: after which one signs in again."""

    public: bool = False
    groups_claim: str = "groups"
    session_hours: int = 10
    grants: tuple[Grant, ...] = ()
    tokens: tuple[Token, ...] = ()


NO_RULES: Final = AccessRules()


def faults(rules: AccessRules) -> Iterator[Fault]:
    """What cannot be meant: each would let a reader in otherwise than one thinks."""
    if rules.session_hours < 1:
        yield "access.session_hours", N_("un nombre d’heures d’au moins 1 est attendu."), {}
    for grant in rules.grants:
        entry = f"access.grants (email = {grant.email}, group = {grant.group})"
        if bool(grant.email) == bool(grant.group):
            yield entry, N_("nommez soit un courriel (email), soit un groupe (group)."), {}
        if grant.role is Role.PUBLIC:
            yield entry, N_("le rôle public n’est donné à personne\u202f; réglez public = true."), {}
    emails = Counter(same_email(grant.email) for grant in rules.grants if grant.email)
    for email in (email for email, times in emails.items() if times > 1):
        yield f"access.grants.email = {email}", N_("une autre entrée porte déjà ce courriel."), {}
    for token in rules.tokens:
        if not _SHA256.fullmatch(token.sha256):
            yield (
                f"access.tokens (name = {token.name})",
                N_("sha256 attend 64 chiffres hexadécimaux, tels que python -m data.tokens les donne."),
                {},
            )
    for field in ("name", "sha256"):
        values = Counter(getattr(token, field) for token in rules.tokens)
        for value in (value for value, times in values.items() if times > 1):
            yield f"access.tokens.{field} = {value}", N_("un autre jeton porte déjà cette valeur."), {}


def same_email(email: str) -> str:
    """An e-mail address as it is compared: exactly, but for the case of ASCII letters.

    Unicode's own case would make two addresses one: the long s (U+017F) meets s, the Kelvin sign meets k.
    """
    return email.strip().translate(_ASCII_LOWER)


def token_hash(token: str) -> str:
    """What the settings keep of a token. One of 256 random bits needs no salt."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
