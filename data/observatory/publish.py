"""A structure publishes into an observatory: its slice is replaced, and the last accepted one of every other is kept."""

import datetime as dt
import json
from pathlib import Path

from data.observatory.clients import FILE
from data.observatory.keys import is_code
from data.observatory.slices import kept_slices, linked, write_slice
from data.observatory.united import united
from data.problems import ExtractError, Problem
from data.release.pointer import current_id
from data.release.releases import NOTE, WORK, releases_folder
from data.settings import Settings, settings_file
from data.sources.extract import Extract, Step
from data.words import N_


def check_place(structure: str) -> None:
    """ExtractError when what serves now is not of the same kind: a single authority, an observatory, one extract of several.

    A publish of the wrong kind would take the place of everybody's figures. A demonstration gives way to anything.
    """
    if structure and not is_code(structure):
        raise ExtractError(Problem(kind="structure_code", message=_CODE, values={"code": structure}))
    try:
        note = json.loads((releases_folder() / current_id() / NOTE).read_text(encoding="utf-8"))
        demo, codes = note["demo"] is True, [str(entry["code"]) for entry in note.get("structures", [])]
    except (OSError, ValueError, TypeError, KeyError):
        return  # nothing serves, or nothing that can be read
    has_slices = any(True for _ in kept_slices())
    if demo:
        return
    if structure and not has_slices:
        raise ExtractError(Problem(kind="other_kind", message=_NOT_AN_OBSERVATORY))
    if not structure and has_slices:
        raise ExtractError(Problem(kind="other_kind", message=_WHICH, values={"codes": ", ".join(codes)}))


def with_the_others(
    extract: Extract, structure: str, folder: Path, now: dt.datetime, settings: Settings, step: Step
) -> Extract:
    """The extract of all structures, this one's slice new. `extract` has no problems; `folder`: the release being written.

    A demonstration and real data never stand together: of the other kind, what was kept is left, or refused.
    """
    step(N_("réunion des structures"))
    slices = [write_slice(extract, structure, folder, now)]
    for kept in kept_slices():
        if kept.name == structure:
            continue
        other = linked(kept, folder)
        if other.demo and not extract.demo:
            continue
        if extract.demo and not other.demo:
            raise ExtractError(Problem(kind="demo_and_real", message=_REAL))
        slices.append(other)
    slices.sort(key=lambda one: one.structure)
    work = folder / WORK / "united"
    work.mkdir()
    union = united(slices, settings, settings_file().with_name(FILE), work, step)
    union.fingerprints = extract.fingerprints
    return union


_CODE = N_(
    "«\u00a0{code}\u00a0» n’est pas un code de structure\u00a0: 32 lettres sans accent, chiffres, tirets ou soulignés au plus, CAP76 par"
    " exemple."
)
_NOT_AN_OBSERVATORY = N_(
    "la version en service n’est pas celle d’un observatoire\u202f; publiez les structures dans un dossier à part (CAP_EXTRACTS), ou sans"
    " --structure."
)
_WHICH = N_(
    "la version en service réunit plusieurs structures ({codes})\u202f; dites laquelle publie avec --structure, les autres restent."
)
_REAL = N_(
    "démonstration d’une structure, quand les autres sont réelles\u202f; publiez-la dans un dossier à part (CAP_EXTRACTS)."
)
