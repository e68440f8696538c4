"""HTML comes from templates that escape, and from nowhere else."""

import ast
import re
from collections.abc import Iterator

import jinja2
import pytest

from data.words import Words
from pages.parts.markup import PAGES, _environment, html, html_blocks
from pages.parts.plain import bold_in_chart, hover
from pages.parts.tables import Column, html_table

# markup: templates themselves. plain: the few tags that Plotly knows. streamlit_internals: patterns of Streamlit's own document.
MAY_WRITE_TAGS = ("markup.py", "plain.py", "streamlit_internals.py")
TAG = re.compile(r"</?[a-zA-Z!]")
HOSTILE = "<img src=x onerror=\"alert('1')\"> & fils"
ESCAPED = "&lt;img src=x onerror=&#34;alert(&#39;1&#39;)&#34;&gt; &amp; fils"
TEMPLATES = sorted(file.relative_to(PAGES).as_posix() for file in PAGES.rglob("*.html"))


def modules() -> Iterator[tuple[str, ast.Module]]:
    for file in sorted([*PAGES.rglob("*.py"), PAGES.parent / "dashboard.py"]):
        yield file.name, ast.parse(file.read_text(encoding="utf-8"), str(file))


def tags(tree: ast.Module) -> list[str]:
    """Texts with a tag that are no docstring: whole ones, pieces of an f-string, of a sum, of a format."""
    notes = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    texts = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in notes)
    return [node.value for node in texts if isinstance(node.value, str) and TAG.search(node.value)]


def test_no_text_of_a_page_holds_a_tag() -> None:
    assert {name: found for name, tree in modules() if name not in MAY_WRITE_TAGS and (found := tags(tree))} == {}


@pytest.mark.parametrize("code", ['f"<b>{x}</b>"', '"<p" + x', '"</td>"', '"{}<br>".format(x)', 'f"{x}</p>"'])
def test_the_rule_sees_a_tag_wherever_it_is(code: str) -> None:
    assert tags(ast.parse(f"def f(x):\n    return {code}"))


def test_only_one_module_says_what_is_markup_already() -> None:
    """Neither Markup nor html.escape elsewhere, and no template that switches escaping off."""
    for name, tree in modules():
        names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for alias in node.names}
        assert "Markup" not in names or name == "markup.py", name
        assert "escape" not in names or name == "plain.py", name
    for template in TEMPLATES:
        text = (PAGES / template).read_text(encoding="utf-8")
        assert re.search(r"\|\s*safe|autoescape", text) is None, template


@pytest.mark.parametrize("template", TEMPLATES)
def test_every_template_is_used_and_compiles(template: str) -> None:
    _environment().get_template(template)
    # By a module, or by another template that takes its macros.
    users = [*PAGES.rglob("*.py"), *PAGES.rglob("*.html")]
    code = "\n".join(file.read_text(encoding="utf-8") for file in users)
    assert f'"{template}"' in code


@pytest.mark.parametrize("template", TEMPLATES)
def test_no_value_stands_bare_in_a_tag(template: str) -> None:
    """Escaping guards texts and attributes between quotes; a value without quotes, or as a tag's name, it does not."""
    text = (PAGES / template).read_text(encoding="utf-8")
    assert re.findall(r"=\s*\{\{|<\s*/?\{\{", text) == []


def test_values_are_escaped_in_texts_and_attributes() -> None:
    assert html("parts/templates/lots_link.html", text=HOSTILE, address=HOSTILE) == (
        f'<p class="cap-notes"><a href="{ESCAPED}">{ESCAPED}</a></p>'
    )
    columns = (Column(key="a", label=HOSTILE, address=lambda _: HOSTILE), Column(key="n", label="N", kind="count"))
    table = html_table([{"a": HOSTILE, "n": 1}], columns, Words("fr"), HOSTILE, total={"n": 1})
    assert "<img" not in table
    assert f'<th scope="row"><a href="{ESCAPED}" target="_self">{ESCAPED}</a></th><td class="number">1</td>' in table
    assert '<tfoot><tr><th scope="row">Total</th><td class="number">1</td></tr></tfoot>' in table


def test_a_missing_value_or_template_is_a_fault() -> None:
    with pytest.raises(jinja2.UndefinedError):
        html("parts/templates/lots_link.html", text="x")
    with pytest.raises(jinja2.TemplateNotFound):
        html("../pyproject.toml")


def test_a_script_keeps_its_text_and_its_values_cannot_end_it() -> None:
    pieces = html_blocks(
        "server/index_page.html",
        lang="fr",
        icon="",
        title="",
        description="",
        needs_script=HOSTILE,
        loading="",
        streamlit_words={"a": "</script><b>"},
        wide_table={},
    )
    assert (PAGES / "server" / "internal_links.js").read_text(encoding="utf-8") in pieces["title"]
    assert '{"a": "\\u003c/script>\\u003cb>"}' in pieces["title"]
    assert pieces["noscript"] == f"<noscript><p>{ESCAPED}</p></noscript>"


def test_a_text_of_plotly_is_escaped_but_for_its_own_tags() -> None:
    assert bold_in_chart("A & <B>", "<i>") == "<b>A &amp; &lt;B&gt;</b><br>&lt;i&gt;"
    assert hover("x", "hovertext") == "%{x}<br>%{hovertext}<extra></extra>"
