"""HTML, made by templates only: every value that they write is escaped.

A template stands beside the code that uses it, or in `pages/parts/templates/` when several rooms do; it is named by its path below
`pages/`. Each is compiled once. A line break and what indents the next line are the layout of the template and not of the page,
so that a template can be laid out as it reads best; a space that a reader is to see stands within a line.
"""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.ext import Extension
from markupsafe import Markup

PAGES: Final = Path(__file__).parents[1]
# A script within a document, for the policy that allows it by its hash.
INLINE_SCRIPT: Final = re.compile(r"<script>(.*?)</script>", re.DOTALL)


class _WithoutLayout(Extension):
    """Takes line breaks and indents out of a template before it is compiled."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:  # noqa: ARG002
        return re.sub(r"\n\s*", "", source)


@cache
def _environment() -> Environment:
    """With a template or a value that does not exist, it fails: nothing is left blank."""
    environment = Environment(
        loader=FileSystemLoader(PAGES),
        autoescape=True,
        auto_reload=False,
        cache_size=-1,
        undefined=StrictUndefined,
        extensions=[_WithoutLayout],
    )
    environment.globals["own_script"] = _own_script
    return environment


def html(template: str, /, **values: Any) -> str:
    """What a template makes of these values, each of them escaped. Raises what Jinja raises without the template or a value."""
    return _environment().get_template(template).render(values)


def already_html(text: str) -> Markup:
    """A text of ours that is HTML already, or a style sheet: a template writes it as it is."""
    return Markup(text)


def html_blocks(template: str, /, **values: Any) -> dict[str, str]:
    """What each block of a template makes of these values, by its name: pieces for several places of one document."""
    document = _environment().get_template(template)
    context = document.new_context(values)
    return {name: "".join(block(context)) for name, block in document.blocks.items()}


def _own_script(path: str, **values: Any) -> Markup:
    """A script of ours, as it is; each name that it leaves open is replaced by its value as JSON, harmless within a document."""
    text = (PAGES / path).read_text(encoding="utf-8")
    for name, value in values.items():
        text = text.replace(name, json.dumps(value, ensure_ascii=False).replace("<", "\\u003c"), 1)
    return already_html(text)
