"""Names shown as they are written, where Streamlit and Plotly would read markup. What a browser makes of it: test_hostile_names.py."""

import pytest

from pages.parts.plain import as_text, in_chart


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("CHU de Rouen – Normandie (76)", r"CHU de Rouen – Normandie \(76\)"),
        ("**gras** [x](y)", r"\*\*gras\*\* \[x\]\(y\)"),
        (r"$\frac{1}{2}$", r"\$\\frac\{1\}\{2\}\$"),
        (":material/home:", "\\:material\u2060/home\\:"),
        ("<b>", r"\<b\>"),
        ("1. Ville", r"1\. Ville"),
        ("12) Ville", r"12\) Ville"),
        ("- Ville - Nord 1. Est", r"\- Ville - Nord 1. Est"),
        ("deux\nlignes\t et  plus", "deux lignes et plus"),
        ("http://x www.x a@b", "http\\:\u2060//x www\u2060.x a@\u2060b"),
        ("a -> b", "a -\u2060\\> b"),
    ],
)
def test_signs_of_markdown_are_escaped(name: str, expected: str) -> None:
    assert as_text(name) == expected


def test_plotly_reads_no_tag() -> None:
    assert in_chart('<a href="x">&</a>') == '&lt;a href="x"&gt;&amp;&lt;/a&gt;'
