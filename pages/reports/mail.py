"""The shell command that mails the alerts of a new release, for cron or a systemd timer.

    python -m pages.reports mail [--dry-run]

Each subscription of the settings receives a release once, and nothing when nothing in it happened.
"""

import argparse
import json
import os
import smtplib
import ssl
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from data.release.releases import extracts_folder
from data.release.serving import serving
from data.settings import Settings, load_settings
from data.settings_mail import Mail, Subscription
from data.words import N_, Words
from pages.reports.message import alerts_of, message
from queries.errors import AccessError, QueryError
from queries.open_release import open_release
from queries.rights.access import Access
from queries.rights.readers import PUBLIC, Reader, known_reader
from queries.rights.trace import Surface

NAME: Final = "mail"
MEANING: Final = N_("Envoie les alertes d’une nouvelle publication aux abonnés inscrits dans les réglages.")
SENT: Final = "mailed.json"
_SECONDS: Final = 30


def add_arguments(parser: argparse.ArgumentParser, words: Words) -> None:
    """The options of the command."""
    parser.add_argument("--dry-run", action="store_true", help=words.say("montre ce qui partirait, sans rien envoyer"))


def run(given: argparse.Namespace, words: Words) -> None:
    """Sends what is to be sent and says it. Raises QueryError when something could not be sent, after all the rest was."""
    settings, release = load_settings(), serving().release
    if release is None:
        raise QueryError(N_("aucune publication\u00a0: lancez d’abord python -m data.publish."))
    if not settings.mail.subscriptions:
        print(words.say("Aucun abonnement dans les réglages ([[mail.subscriptions]])."))  # noqa: T201
        return
    database, failed = open_release(release, settings), 0
    for subscription in settings.mail.subscriptions:
        try:
            reader = _reader(settings, subscription)
            access = Access(database=database, rights=reader.rights, reader=reader.name, surface=Surface.SHELL)
            print(f"{subscription.to}: {_sent(subscription, access, settings.mail, words, dry=given.dry_run)}")  # noqa: T201
        except AccessError as error:
            print(f"{subscription.to}: {error.text(words)}", file=sys.stderr)  # noqa: T201
            failed += 1
        except (OSError, smtplib.SMTPException) as error:
            # What the server answered may repeat the password; the kind of error does not.
            problem = words.say("envoi impossible ({error}).", error=type(error).__name__)
            print(f"{subscription.to}: {problem}", file=sys.stderr)  # noqa: T201
            failed += 1
    if failed:
        raise QueryError(N_("abonnements non servis\u00a0: {n}."), n=failed)


def _reader(settings: Settings, subscription: Subscription) -> Reader:
    """Whom the grants make of the address; the public where everybody reads the public version."""
    try:
        return known_reader(settings.access, subscription.to, subscription.groups)
    except AccessError:
        if settings.access.public:
            return PUBLIC
        raise


def _sent(subscription: Subscription, access: Access, mail: Mail, words: Words, *, dry: bool) -> str:
    """What became of a subscription, in words."""
    known, key = _known(), repr(subscription)
    if known.get(key) == access.release.id:
        return words.say("déjà envoyé pour cette publication.")
    alerts = alerts_of(subscription, access)
    if not alerts:
        return words.say("rien à signaler, rien d’envoyé.")
    alerts_text = words.say_count("{n} alerte", "{n} alertes", len(alerts))
    if dry:
        return alerts_text
    with _server(mail) as server:
        server.send_message(message(subscription, alerts, access))
    _remember({**known, key: access.release.id})
    return words.say("{alerts}, message envoyé.", alerts=alerts_text)


@contextmanager
def _server(mail: Mail) -> Iterator[smtplib.SMTP]:
    """The SMTP server of the settings, signed in to; certificates are checked."""
    context = ssl.create_default_context()
    if mail.security == "tls":
        server: smtplib.SMTP = smtplib.SMTP_SSL(mail.server, mail.port, timeout=_SECONDS, context=context)
    else:
        server = smtplib.SMTP(mail.server, mail.port, timeout=_SECONDS)
    with server:
        if mail.security == "starttls":
            server.starttls(context=context)
        if mail.user:
            server.login(mail.user, os.environ.get("CAP_MAIL_PASSWORD", ""))
        yield server


def _known() -> dict[str, str]:
    try:
        sent = json.loads(_file().read_text(encoding="utf-8"))
        return {str(key): str(value) for key, value in sent.items()} if isinstance(sent, dict) else {}
    except (OSError, ValueError):
        return {}


def _remember(sent: dict[str, str]) -> None:
    draft = _file().with_name(f".{SENT}-{os.getpid()}")
    draft.write_text(json.dumps(sent, ensure_ascii=False, indent=1), encoding="utf-8")
    draft.replace(_file())


def _file() -> Path:
    return extracts_folder() / SENT
