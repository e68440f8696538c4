"""A mail of alerts: what is in it for one subscription, as text and as HTML."""

from collections.abc import Iterator, Sequence
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from itertools import groupby
from typing import Final

from data.codes import AlertEvent
from data.settings_mail import Subscription
from data.words import N_, Words
from pages.parts.alert_sentences import Alert, alert_of
from pages.parts.authority import authority_name
from pages.parts.markup import html
from queries import answers
from queries.link import from_query, to_query
from queries.rights.access import Access
from queries.scope import Scope

_FOOT: Final = N_(
    "Vous recevez ce message à chaque publication qui apporte une alerte dans vos droits. Pour ne plus le recevoir, adressez-vous à la personne qui gère l’outil."
)


def scope_of(subscription: Subscription, access: Access) -> Scope:
    """The filters of a subscription; what means nothing there is dropped. Two releases are compared by whole years: so are its months."""
    query = dict(part.partition("=")[::2] for part in subscription.view.split("&") if part)
    scope, _ = from_query(query, uncounted_by_default=access.settings.counting.include_uncounted)
    return scope.of_whole_years()


def alerts_of(subscription: Subscription, access: Access) -> list[Alert]:
    """The alerts of the subscription, within the reader's rights. A new release alone is no alert, unless the subscription names it."""
    wanted = subscription.events or tuple(event for event in AlertEvent if event is not AlertEvent.NEW_RELEASE)
    words = Words(subscription.lang)
    rows = answers.alerts_since(access, scope_of(subscription, access))
    return [alert_of(row, access.settings, words) for row in rows if row["alert_event"] in wanted]


def message(subscription: Subscription, alerts: Sequence[Alert], access: Access) -> EmailMessage:
    """The mail, text first and HTML beside it."""
    words, release, settings = Words(subscription.lang), access.release, access.settings
    base = settings.mail.address.rstrip("/") + "/" if settings.mail.address else ""
    view = to_query(scope_of(subscription, access), uncounted_by_default=settings.counting.include_uncounted)
    demo = words.say("Démonstration, chiffres inventés") + " – " if release.demo else ""
    title = demo + words.say_count(
        "{authority}\u00a0: {n} alerte, données au {day}",
        "{authority}\u00a0: {n} alertes, données au {day}",
        len(alerts),
        authority=authority_name(settings, words),
        day=words.date(release.data_as_of),
    )
    intro = words.say("Ce qui appelle l’attention depuis la publication précédente\u00a0:")
    groups = [
        (kind, [(alert, alert.address(base, view) if base else "") for alert in of_kind])
        for kind, of_kind in groupby(alerts, key=lambda alert: alert.kind)
    ]
    foot = words.say(_FOOT)
    mail = EmailMessage()
    mail["Subject"] = " ".join(title.split())
    mail["From"] = settings.mail.sender
    mail["To"] = subscription.to
    mail["Date"] = formatdate()
    mail["Message-ID"] = make_msgid(domain="cap-insertion.invalid")
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content("\n".join([title, "", intro, *_lines(groups), "", foot, ""]))
    values = {"lang": subscription.lang, "title": title, "intro": intro, "groups": groups, "foot": foot}
    mail.add_alternative(html("reports/mail.html", **values), subtype="html")
    return mail


def _lines(groups: Sequence[tuple[str, list[tuple[Alert, str]]]]) -> Iterator[str]:
    for kind, alerts in groups:
        yield from ("", kind)
        for alert, address in alerts:
            # One line each: a name of an extract may have breaks of its own.
            yield f"- {' '.join(alert.text.split())}"
            if address:
                yield f"  {address}"
