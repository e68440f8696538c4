"""The authority's choices, read from settings.toml, checked and frozen."""

import datetime as dt
import os
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Literal

from data.codes import ClauseCategory
from data.grants import NO_RULES, AccessRules, faults
from data.preparation.bounds import DEFAULT_BOUNDS, Publishing
from data.reference import demonstration_epci
from data.settings_mail import NO_MAIL, Mail
from data.settings_opening import OpeningBalance, fault_of_parts
from data.settings_outside import NO_EDITION, NO_EMBED, NO_PAPER, Embed, Paper, PublicEdition, is_site, is_web_address
from data.settings_server import ENGINE, RELEASES_KEPT, ROUTES, TRACE_KEPT, Engine, ReleasesKept, Routes, TraceKept
from data.settings_structures import DEMONSTRATED_OBSERVATORY, StructureName, check_territories, with_codes
from data.settings_values import built, not_toml, unreadable, wrong
from data.toml import UnreadableTomlError, decoded, parsed
from data.words import N_

LEAST_THRESHOLD = 3
DEFAULT_FILE = Path(__file__).parent / "settings.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority:
    """Who publishes. `clients`: the client_ids of the authority itself; `since`: first year of its policy.

    `demo`: the authority of the demonstration, whose name and first year stand on no other figures.
    """

    name: str
    epci: str
    clients: tuple[str, ...] = ()
    since: int | None = None
    demo: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    """A target in hours, over all hours unless a client, a clause category or a year narrows it.

    `due_on`: a date to keep, when there is one.
    """

    id: str
    name: str
    name_en: str = ""
    target_hours: Decimal
    measure: Literal["validated", "committed"] = "validated"
    client: str | None = None
    clause_category: ClauseCategory | None = None
    year: int | None = None
    source: str = ""
    source_en: str = ""
    owner: str = ""
    set_on: dt.date | None = None
    due_on: dt.date | None = None
    demo: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyDate:
    """A date of the authority's policy, marked on the cumulative curve."""

    on: dt.date
    label: str
    label_en: str = ""
    demo: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Counting:
    """Counting rules, see settings.toml for each."""

    declaration_lag_months: int = 2
    fte_divisor: Decimal = Decimal(1607)
    include_uncounted: bool = False
    left_out_limit: Decimal = Decimal("0.20")
    late_after_months: int = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Alerts:
    """Shares of time, of expected hours and of the obligation that decide a lot's alert; the days before its end that are few."""

    not_started_after: Decimal = Decimal("0.25")
    behind_below: Decimal = Decimal("0.50")
    ending_soon_days: int = 120
    ending_missing_above: Decimal = Decimal("0.05")


@dataclass(frozen=True, slots=True, kw_only=True)
class Revisions:
    """The share of a closed year's hours above which a change is a revision; the last year that the authority holds for consolidated."""

    noticeable: Decimal = Decimal("0.005")
    consolidated_until: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Privacy:
    """Counts of persons below the threshold are hidden; so are amounts of fewer companies than `company_units`, or of which one
    has more than `company_share`.
    """

    threshold: int = 5
    public_threshold: int = 11
    company_units: int = 3
    company_share: Decimal = Decimal("0.85")


@dataclass(frozen=True, slots=True, kw_only=True)
class Notices:
    """Who answers for the pages, at their foot. Contacts are an e-mail address, or the https address of a form; what is empty is named as missing.

    `publisher`: the authority when empty. `director`: of the publication. `host`: name and address of the operator of the
    servers. `data_licence`: under which the figures may be used again.
    """

    publisher: str = ""
    director: str = ""
    host: str = ""
    questions: str = ""
    accessibility: str = ""
    data_protection: str = ""
    data_licence: str = "Licence Ouverte 2.0 (Etalab)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All of settings.toml. Hashable: part of the key of every cache."""

    authority: Authority
    opening_balance: tuple[OpeningBalance, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    policy_dates: tuple[PolicyDate, ...] = ()
    paper: Paper = NO_PAPER
    embed: Embed = NO_EMBED
    public: PublicEdition = NO_EDITION
    counting: Counting = Counting()
    alerts: Alerts = Alerts()
    revisions: Revisions = Revisions()
    privacy: Privacy = Privacy()
    engine: Engine = ENGINE
    access: AccessRules = NO_RULES
    routes: Routes = ROUTES
    publishing: Publishing = DEFAULT_BOUNDS
    trace: TraceKept = TRACE_KEPT
    mail: Mail = NO_MAIL
    notices: Notices = Notices()
    releases: ReleasesKept = RELEASES_KEPT
    structures: tuple[StructureName, ...] = ()

    def structure_name(self, code: str) -> str:
        """The name of a structure; its code where the settings have none."""
        return next((entry.name for entry in self.structures if entry.code == code), code)

    def members_of(self, codes: Iterable[str]) -> list[str]:
        """The EPCI whose communes are members: the authority's, and those of the structures of these codes."""
        return sorted({self.authority.epci, *(epci for code in codes for epci in self.territory(code))})

    def territory(self, code: str) -> list[str]:
        """The EPCI of a structure; none where the settings have none."""
        return [epci for entry in self.structures if entry.code == code for epci in entry.epci]

    def applying_to(self, demo: bool, *, several: bool = False) -> "Settings":
        """The settings for a release: what was invented goes only with a demonstration, whose communes are its own; of `several` structures it is no real body's."""
        authority = self.authority
        if demo:
            authority = replace(authority, epci=demonstration_epci())
            if several and authority.demo:
                authority = replace(authority, name=DEMONSTRATED_OBSERVATORY, since=None)
        elif authority.demo:
            authority = replace(authority, name="", since=None)
        return replace(
            self,
            authority=authority,
            opening_balance=tuple(entry for entry in self.opening_balance if demo or not entry.demo),
            milestones=tuple(entry for entry in self.milestones if demo or not entry.demo),
            policy_dates=tuple(entry for entry in self.policy_dates if demo or not entry.demo),
            structures=tuple(entry for entry in self.structures if demo or not entry.demo),
        )


def settings_file() -> Path:
    """The file that CAP_SETTINGS names, else data/settings.toml."""
    return Path(os.environ.get("CAP_SETTINGS") or DEFAULT_FILE)


def load_settings(file: Path | None = None) -> Settings:
    """The settings in force. ExtractError names the file, the entry and what it should be."""
    file = file or settings_file()
    return settings_of(file, settings_text(file))


def settings_text(file: Path | None = None) -> str:
    """What the file says, before it is understood. ExtractError when it cannot be read."""
    file = file or settings_file()
    try:
        return decoded(file.read_bytes())
    except UnreadableTomlError as error:
        raise not_toml(file, error) from error
    except OSError as error:
        raise unreadable(file, error) from error


# Read at each run of a page, so that a right taken away counts from the next click; understood once: 0.05 ms instead of 3.
@lru_cache(maxsize=8)
def settings_of(file: Path, text: str) -> Settings:
    """The settings that a text holds, checked; `file` stands in the messages about it. ExtractError."""
    try:
        raw = parsed(text)
    except UnreadableTomlError as error:
        raise not_toml(file, error) from error
    settings: Settings = built(Settings, with_codes(raw, file), file, "")
    seen: set[str] = set()
    for milestone in settings.milestones:
        if milestone.id in seen:
            raise wrong(file, f"milestones.id = {milestone.id}", N_("un autre jalon porte déjà cet identifiant."))
        seen.add(milestone.id)
    for demo in (False, True):
        if fault := fault_of_parts(settings.applying_to(demo).opening_balance):
            entry, message, values = fault
            raise wrong(file, entry, message, **values)
    if settings.trace.required and settings.trace.days < 1:
        message = N_("la trace est exigée (required = true)\u202f; gardez-la un jour au moins.")
        raise wrong(file, "trace.days", message)
    if settings.releases.keep < 0 or settings.releases.keep == 1:
        message = N_("0 (toutes) ou 2 au moins\u00a0: la version en service et celle d’avant, à laquelle revenir.")
        raise wrong(file, "releases.keep", message)
    for name in ("threshold", "public_threshold"):
        if getattr(settings.privacy, name) < LEAST_THRESHOLD:
            message = N_("{least} au moins\u00a0: en dessous, le secret statistique ne protège personne.")
            raise wrong(file, f"privacy.{name}", message, least=LEAST_THRESHOLD)
    if not all(map(is_site, settings.embed.sites)):
        raise wrong(file, "embed.sites", N_("l’adresse d’un site est attendue, comme https://intranet.example."))
    if settings.public.folder and not Path(settings.public.folder).is_absolute():
        raise wrong(file, "public.folder", N_("un chemin absolu est attendu, comme /srv/edition."))
    if settings.public.address and not is_web_address(settings.public.address):
        raise wrong(file, "public.address", N_("une adresse est attendue, comme https://insertion.example.fr."))
    check_territories(settings.structures, file)
    for entry, message, values in faults(settings.access):
        raise wrong(file, entry, message, **values)
    return settings
