"""What a comment may not say: whatever looks like it names or reaches a person. A comment is about figures."""

import re
from typing import Final

from data.words import N_

# Social security number: sex, year, month, department, town, order, and the key that may follow; parted or not.
_NIR: Final = re.compile(
    r"(?<!\d)[12378][\s.]?\d{2}[\s.]?(?:0[1-9]|1[0-2]|[2-4]\d|5[0-9])[\s.]?(?:\d{2}|2[AB])[\s.]?\d{3}[\s.]?\d{3}(?:[\s.]?\d{2})?(?!\d)",
    re.IGNORECASE,
)
_EMAIL: Final = re.compile(r"[\w.+-]+\s?(?:@|\[at\]|\(at\))\s?[\w-]+\.[\w.-]+", re.IGNORECASE)
_TELEPHONE: Final = re.compile(r"(?<![\d/-])(?:(?:\+|00)33[\s.]?(?:\(0\))?|0)[\s.]?[1-9](?:[\s.-]?\d{2}){4}(?!\d)")
_DATE: Final = r"(?:\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})|\d{4}-\d{2}-\d{2}|\d{1,2}(?:er)?\s+[a-zûé]+\s+\d{4})"
_BORN: Final = re.compile(rf"\bn[ée]{{1,2}}(?:\(e\))?\s+(?:le\s+)?(?:en\s+\d{{4}}|{_DATE})", re.IGNORECASE)
_NAME: Final = r"[A-ZÀ-Ý][\w’'-]+\s+[A-ZÀ-Ý][\w’'-]+"
_NAME_AND_DATE: Final = re.compile(rf"{_NAME}\s*[\s,;:(–-]\s*{_DATE}")

_FAULTS: Final = (
    (_NIR, N_("ressemble à un numéro de sécurité sociale\u202f; un commentaire ne parle jamais d’une personne.")),
    (_EMAIL, N_("ressemble à une adresse électronique\u202f; un commentaire ne parle jamais d’une personne.")),
    (_TELEPHONE, N_("ressemble à un numéro de téléphone\u202f; un commentaire ne parle jamais d’une personne.")),
    (_BORN, N_("ressemble à une date de naissance\u202f; un commentaire ne parle jamais d’une personne.")),
    (
        _NAME_AND_DATE,
        N_("ressemble à un nom suivi d’une date de naissance\u202f; un commentaire ne parle jamais d’une personne."),
    ),
)


def personal_fault(text: str) -> str | None:
    """Why a comment is refused, as a message; None when nothing in it looks like a person."""
    return next((message for pattern, message in _FAULTS if pattern.search(text)), None)
