"""What a mapping.toml has line by line: what a mapping says and what is suggested, written as a whole file."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from data.schema import ALL_TABLES, plain_name
from data.sources.mapping import SECTIONS, Mapping


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """An entry for mapping.toml: `section` is contracts.columns or contracts.values.sector; `target` is "" when nothing is close.

    `file`: the file or sheet that it comes from. `decided`: an empty target says something (a header that is not read).
    `is_alternative`: another answer, printed behind a #.
    """

    section: str
    text: str
    target: str | tuple[str, ...] | int
    file: str = ""
    decided: bool = False
    is_alternative: bool = False


def _toml(value: object) -> str:
    """A value as TOML writes it; a text on one line, whatever it holds."""
    if isinstance(value, (tuple, list)):
        return (value and f"[{', '.join(map(_toml, value))}]") or '""'
    if isinstance(value, int):
        return str(value)
    text = str(value).replace("\\", "\\\\").replace('"', '\\"')
    text = re.sub(r"[\x00-\x1f\x7f]", lambda match: f"\\u{ord(match[0]):04x}", text)
    return f'"{text}"'


def entries_of(mapping: Mapping) -> list[Suggestion]:
    """Everything that a mapping says, as entries of its sections."""
    entries = []
    for name, mapped in mapping.tables.items():
        entries += [
            Suggestion(section=f"{name}.columns", text=header, target=columns[0] if len(columns) == 1 else columns)
            for header, columns in mapped.columns.items()
        ]
        entries += [
            Suggestion(section=f"{name}.made", text=column, target=parts) for column, parts in mapped.made.items()
        ]
        entries += [
            Suggestion(section=f"{name}.values.{column}", text=text, target=code)
            for column, texts in mapped.values.items()
            for text, code in texts.items()
        ]
        entries += [
            Suggestion(section=f"{name}.by.{column}.{other}", text=text, target=code)
            for column, others in mapped.by.items()
            for other, texts in others.items()
            for text, code in texts.items()
        ]
        for section, texts in (("defaults", mapped.defaults), ("units", mapped.units)):
            entries += [Suggestion(section=f"{name}.{section}", text=text, target=code) for text, code in texts.items()]
        if mapped.months:
            entries.append(Suggestion(section=f"{name}.months", text="columns", target=mapped.months))
        if mapped.year:
            entries.append(Suggestion(section=f"{name}.months", text="year", target=mapped.year))
        if mapped.totals:
            entries.append(Suggestion(section=f"{name}.rows", text="totals", target=mapped.totals))
    return entries + [Suggestion(section="sheets", text=sheet, target=table) for sheet, table in mapping.sheets.items()]


def mapping_text(mapping: Mapping, suggestions: Iterable[Suggestion] = ()) -> str:
    """The mapping and suggestions as a whole mapping.toml, each entry once; what suggests nothing waits behind a #.

    Two files that give one header two meanings keep the first one, the other behind a #.
    """
    every = [*(replace(entry, decided=True) for entry in entries_of(mapping)), *suggestions]
    order = {
        f"{table.name}.{section}": n for n, (table, section) in enumerate((t, s) for t in ALL_TABLES for s in SECTIONS)
    }
    sections = sorted(
        dict.fromkeys(entry.section for entry in every), key=lambda s: order.get(".".join(s.split(".")[:2]), len(order))
    )
    lines: list[str] = []
    for section in sections:
        lines.append(f"[{section}]")
        written: set[str] = set()
        of_section: set[str] = set()
        file = ""
        for entry in (entry for entry in every if entry.section == section):
            key = plain_name(entry.text) if section.endswith(".columns") else entry.text
            line = f"{_key(entry.text, section)} = {_toml(entry.target)}"
            is_open = entry.is_alternative or (entry.target == "" and not entry.decided)
            if line in of_section or (key in written and is_open and not entry.is_alternative):
                continue
            of_section.add(line)
            if entry.file and entry.file != file:
                file = entry.file
                lines.append(f"# {' '.join(file.split())}")
            lines.append(f"# {line}" if is_open or key in written else line)
            if not is_open:
                written.add(key)
    return "\n".join(lines)


def _key(text: str, section: str) -> str:
    """The key of an entry: a name of ours stands bare, a text of the source between quotes."""
    is_name = section.split(".")[-1] in ("made", "defaults", "units", "months", "rows")
    return text if is_name and re.fullmatch(r"\w+", text) else _toml(text)
