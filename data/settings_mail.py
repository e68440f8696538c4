"""Who receives the alerts of a new release by e-mail, and through which server."""

from dataclasses import dataclass
from typing import Final, Literal

from data.codes import AlertEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """Who receives the alerts of a new release. `view`: the filters, as in a page's link; `events`: those wanted, all but new_release
    when empty. What may be read is what the grants of the settings open to the address, or to the `groups`.
    """

    to: str
    groups: tuple[str, ...] = ()
    view: str = ""
    events: tuple[AlertEvent, ...] = ()
    lang: Literal["fr", "en"] = "fr"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """The SMTP server of `python -m pages.reports mail`; its password is in CAP_MAIL_PASSWORD. `address`: that of the dashboard."""

    server: str = ""
    port: int = 587
    security: Literal["starttls", "tls", "none"] = "starttls"
    user: str = ""
    sender: str = ""
    address: str = ""
    subscriptions: tuple[Subscription, ...] = ()


NO_MAIL: Final = Mail()
