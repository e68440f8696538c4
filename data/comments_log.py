"""Comments written on the pages: a log beside the releases, which only grows. One line of JSON for each.

Besides what readers see it keeps who wrote (the address of the sign-in) and when: for whoever administers, never on a page.
"""

import datetime as dt
import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from data.comment_texts import personal_fault
from data.problems import ExtractError, Problem
from data.schema import COMMENTS
from data.words import N_

LOG: Final = "comments.jsonl"
_LONGEST: Final = COMMENTS.column("text").max_length or 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """What somebody writes: the columns of the contract but for the day, which the log knows."""

    scope_kind: str
    scope_code: str | None
    period: str | None
    text: str
    author_role: str
    kind: str


def write_comment(folder: Path, comment: Comment, *, writer: str, demo: bool, now: dt.datetime) -> None:
    """Adds a comment, durably. ExtractError when it is empty, too long, looks like a person, or cannot be written."""
    text = comment.text.strip()
    fault = personal_fault(f"{text} {comment.period or ''}") or _fault_of_length(text)
    if fault:
        raise ExtractError(Problem(kind="comment_refused", message=fault, values={"longest": _LONGEST}))
    entry = {**asdict(comment), "text": text, "written_at": now.isoformat(), "writer": writer, "demo": demo}
    line = (json.dumps(entry, ensure_ascii=False) + "\n").encode("utf-8", "surrogatepass")
    try:
        # One write of one line: with O_APPEND those of several processes never mix.
        handle = os.open(folder / LOG, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o640)
        try:
            os.write(handle, line)
            os.fsync(handle)
        finally:
            os.close(handle)
    except OSError as error:
        message = N_("le commentaire n’a pas pu être écrit ({error}).")
        raise ExtractError(
            Problem(kind="comment_not_written", message=message, values={"error": error.strerror})
        ) from error


def written(folder: Path, *, demo: bool) -> list[dict[str, Any]]:
    """The comments of the log, in the columns of the contract; a line cut by a full disk is passed over."""
    try:
        lines = (folder / LOG).read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return []
    rows = []
    for line in lines:
        try:
            entry = json.loads(line)
            day = dt.datetime.fromisoformat(entry["written_at"]).date()
            if entry["demo"] is demo:
                row = {column.name: entry.get(column.name) for column in COMMENTS.columns}
                rows.append({**row, "written_on": day})
        except (ValueError, KeyError, TypeError):
            continue
    return rows


def _fault_of_length(text: str) -> str | None:
    if not text:
        return N_("le commentaire est vide.")
    return N_("le commentaire dépasse {longest} caractères.") if len(text) > _LONGEST else None
