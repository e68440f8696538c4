"""Who reads: an identity turned into rights by the grants of the settings. Whoever no grant knows reads nothing."""

import datetime as dt
import hmac
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any, Final

from data.codes import Role
from data.grants import AccessRules, Grant, Token, same_email, token_hash
from data.words import N_
from queries.errors import AccessError
from queries.rights.rights import Rights

# Of several roles the one that may most; a reader gets its rows alone, never those of another role.
_MOST_FIRST: Final = (Role.ADMINISTRATEUR, Role.ANALYSTE, Role.SERVICE, Role.FACILITATEUR, Role.ELU)
_ROWS: Final = ("clients", "communes", "facilitators", "structures")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """One reader. `name`: the e-mail address, the name of the token, or `public`, or `local`."""

    name: str
    rights: Rights


LOCAL: Final = Reader(name="local", rights=Rights(role=Role.ADMINISTRATEUR))
PUBLIC: Final = Reader(name="public", rights=Rights(role=Role.PUBLIC))


def known_reader(rules: AccessRules, email: str, groups: Collection[str]) -> Reader:
    """The reader of that e-mail address and those groups.

    A grant to the address wins over those to groups. Of several groups the role that may most counts, with the rows of its
    grants: added up when all are limited by the same field, those of the first entry otherwise.

    Raises AccessError when no grant matches.
    """
    for grant in rules.grants:
        if grant.email and email and same_email(grant.email) == same_email(email):
            return Reader(name=email, rights=_rights(grant))
    matching = [grant for grant in rules.grants if grant.group and grant.group in groups]
    for role in _MOST_FIRST:
        of_role = [grant for grant in matching if grant.role is role]
        if of_role:
            return Reader(name=email or ", ".join(sorted(groups)), rights=_added(of_role))
    raise AccessError(N_("aucun droit n’est ouvert à ce compte."))


def holding(rules: AccessRules, secret: str, today: dt.date) -> Reader:
    """The reader who shows that token. Raises AccessError when it is unknown or over."""
    digest = token_hash(secret)
    # Every entry is compared, each in constant time.
    matching = [token for token in rules.tokens if hmac.compare_digest(token.sha256, digest)]
    if not matching or matching[0].expires_on < today:
        raise AccessError(N_("le jeton est inconnu ou périmé."), status=401)
    return Reader(name=matching[0].name, rights=_rights(matching[0]))


def _added(grants: list[Grant]) -> Rights:
    """The rights of several grants of one role."""
    limits = [{field for field in _ROWS if getattr(grant, field) is not None} for grant in grants]
    if not all(limits):
        return Rights(role=grants[0].role)
    (first, *others) = limits
    if len(first) > 1 or any(other != first for other in others):
        return _rights(grants[0])
    (field,) = first
    together: dict[str, Any] = {field: tuple(sorted({value for grant in grants for value in getattr(grant, field)}))}
    return _rights(replace(grants[0], **together))


def _rights(given: Grant | Token) -> Rights:
    return Rights(
        role=given.role,
        clients=given.clients,
        execution_communes=given.communes,
        facilitators=given.facilitators,
        structures=given.structures,
    )
