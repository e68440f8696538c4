"""One setting on screen: the widget of its type, and what it becomes in the file."""

import datetime as dt
from decimal import Decimal
from typing import Any, Literal, get_args, get_origin

import streamlit as st

from data.codes import Code
from data.settings_edit import Value
from data.words import N_, Words
from pages.settings.fields import Field

_LONGEST = 300
_FIRST_DAY, _LAST_DAY = dt.date(1970, 1, 1), dt.date(2099, 12, 31)
_MEASURES = {"validated": N_("Heures réalisées"), "committed": N_("Heures engagées")}


def ask(field: Field, kind: Any, optional: bool, value: Any, key: str, words: Words) -> Any:
    """What the reader gives; None, or an empty text, where nothing stands."""
    label, hint = words.say(field.label), words.say(field.hint) if field.hint else None
    if kind is bool:
        return st.checkbox(label, value=bool(value), key=key, help=hint)
    if kind in (int, Decimal):
        return _number(field, label, value, key, hint)
    if kind is dt.date:
        return st.date_input(
            label, value=value, min_value=_FIRST_DAY, max_value=_LAST_DAY, format="DD/MM/YYYY", key=key, help=hint
        )
    if (choices := _choices(kind)) is not None:
        options = [None, *choices] if optional else list(choices)
        return st.selectbox(
            label,
            options,
            index=options.index(value) if value in options else 0,
            format_func=lambda code: words.say("tous") if code is None else words.say(choices[code]),
            key=key,
            help=hint,
        )
    text = ", ".join(value or ()) if get_origin(kind) is tuple else str(value or "")
    return st.text_input(label, value=text, max_chars=_LONGEST, key=key, help=hint)


def _number(field: Field, label: str, value: Any, key: str, hint: str | None) -> Any:
    if field.digits:
        number = None if value is None else float(value)
        return st.number_input(
            label,
            value=number,
            min_value=0.0,
            step=0.01 if field.digits == 2 else 0.001,
            format=f"%.{field.digits}f",
            key=key,
            help=hint,
        )
    whole = None if value is None else int(value)
    return st.number_input(label, value=whole, min_value=0, step=1, key=key, help=hint)


def _choices(kind: Any) -> dict[str, str] | None:
    """Labels by code; None where the setting is no choice."""
    if get_origin(kind) is Literal:
        return {code: _MEASURES.get(code, code) for code in get_args(kind)}
    if isinstance(kind, type) and issubclass(kind, Code):
        return {str(code): code.label for code in kind}
    return None


def became(kind: Any, optional: bool, before: Any, given: Any) -> tuple[bool, Value | None]:
    """Whether the setting changes, and into what; None takes the entry out of the file."""
    if kind in (int, Decimal):
        old = None if before is None else Decimal(str(before))
        new = None if given is None else Decimal(str(given))
        return new != old, new
    if get_origin(kind) is tuple:
        parts = tuple(part for text in str(given).split(",") if (part := text.strip()))
        return parts != tuple(before or ()), parts
    if kind is str or _choices(kind) is not None:
        old_text, text = str(before or ""), str(given or "").strip()
        return text != old_text, (text or None) if optional else text
    return given != before, given
