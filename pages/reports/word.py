"""A document for Word, in Word's own styles: headings, captions with their numbers, tables whose header repeats."""

from collections import Counter
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any, Final

from data.words import Words
from pages.parts.paper_charts.figure import chart_svg
from pages.parts.paper_charts.png import png_of
from pages.reports.document import Block, Document, Figures, Heading, NewPage, Picture, Sentences, Table
from pages.reports.widths import needs

_STYLES: Final = {"lead": "Body Text", "text": "Normal", "notes": "Body Text 3"}
_WIDTH_MM: Final = 170
_PIXELS: Final = 640


@dataclass(slots=True)
class _Target:
    """The document that is written, and how many captions of each kind it has."""

    made: Any
    words: Words
    captions: Counter[str] = field(default_factory=Counter)


def docx(document: Document, words: Words) -> bytes:
    """The document as a DOCX file."""
    import docx as library
    from docx.shared import Mm

    made: Any = library.Document()
    section = made.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(20)
    made.core_properties.title, made.core_properties.author = document.title, document.authority
    made.core_properties.language = document.lang
    _set_language(made, document.lang)
    _cover(made, document, words)
    to = _Target(made=made, words=words)
    for block in document.blocks:
        _WRITERS[type(block)](to, block)
    _foot(section, document)
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def _set_language(made: Any, lang: str) -> None:
    """Spelling is checked in the language of the document."""
    from docx.oxml.ns import qn

    for tag in made.styles.element.iter(qn("w:lang")):
        tag.set(qn("w:val"), "fr-FR" if lang == "fr" else "en-GB")


def _cover(made: Any, document: Document, words: Words) -> None:
    made.add_paragraph(document.title, style="Title")
    made.add_paragraph(document.authority, style="Subtitle")
    for line in filter(None, (document.mark, *document.facts, document.address)):
        made.add_paragraph(line)
    made.add_page_break()
    # No heading: it would stand in the contents itself.
    made.add_paragraph(document.contents, style="TOC Heading")
    update = words.say("Le sommaire se met à jour dans Word\u00a0: clic droit, Mettre à jour les champs.")
    _field(made.add_paragraph(), r'TOC \o "1-2" \h \z \u', update)
    made.add_page_break()


def _field(paragraph: Any, code: str, visible: str) -> None:
    """A field of Word with what it shows until Word computes it."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for kind, text in (("begin", ""), ("", code), ("separate", ""), ("shown", visible), ("end", "")):
        run = paragraph.add_run()
        if kind == "shown":
            run.text = text
            continue
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = text
        run._r.append(element)


def _heading(to: _Target, block: Heading) -> None:
    to.made.add_heading(block.text, level=block.level)


def _sentences(to: _Target, block: Sentences) -> None:
    for line in block.lines:
        to.made.add_paragraph(line, style=_STYLES[block.kind])


def _new_page(to: _Target, _block: NewPage) -> None:
    to.made.add_page_break()


def _caption(to: _Target, kind: str, text: str) -> None:
    """Tableau 1 – …, with a number that Word counts."""
    paragraph = to.made.add_paragraph(f"{kind} ", style="Caption")
    paragraph.paragraph_format.keep_with_next = True
    to.captions[kind] += 1
    _field(paragraph, rf"SEQ {kind} \* ARABIC", str(to.captions[kind]))
    paragraph.add_run(f" – {text}")


def _picture(to: _Target, block: Picture) -> None:
    from docx.shared import Mm

    _caption(to, to.words.say("Figure"), block.caption)
    paragraph = to.made.add_paragraph()
    for chart in block.charts:
        png = png_of(chart_svg(chart, _PIXELS / block.columns), scale=3)
        picture = paragraph.add_run().add_picture(BytesIO(png), width=Mm(_WIDTH_MM / block.columns - 1))
        picture._inline.docPr.set("descr", f"{chart.name}. {chart.summary}")


def _figures(to: _Target, block: Figures) -> None:
    table = to.made.add_table(rows=1, cols=len(block.figures))
    for cell, figure in zip(table.rows[0].cells, block.figures, strict=True):
        cell.paragraphs[0].text = figure.label
        value = cell.add_paragraph().add_run(figure.value)
        value.bold = True
        cell.add_paragraph(figure.note, style="Body Text 3")
    to.made.add_paragraph()


def _table(to: _Target, block: Table) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    _caption(to, to.words.say("Tableau"), block.caption)
    rows = [block.headers, *block.rows, *([block.total] if block.total else [])]
    table = to.made.add_table(rows=len(rows), cols=len(block.headers), style="Table Grid")
    size = Pt(7 if len(block.headers) > 7 else 8)
    # Cells of a row at once: python-docx finds a single one by walking the whole table.
    for number, (row, texts) in enumerate(zip(table.rows, rows, strict=True)):
        bold = number == 0 or bool(block.total and number == len(rows) - 1)
        for cell, text, is_number in zip(row.cells, texts, block.numbers, strict=True):
            paragraph = cell.paragraphs[0]
            run = paragraph.add_run(text)
            run.bold, run.font.size = bold, size
            if is_number:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    widths = needs(block)
    whole = sum(needed for needed, _ in widths)
    table.autofit = False
    for column, (needed, _) in zip(table.columns, widths, strict=True):
        column.width = Mm(_WIDTH_MM * needed / whole)
    header = OxmlElement("w:tblHeader")
    header.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(header)
    to.made.add_paragraph()


def _foot(section: Any, document: Document) -> None:
    """Whose figures, of what date, page n of N."""
    paragraph = section.footer.paragraphs[0]
    paragraph.text = " · ".join(filter(None, (document.authority, document.facts[-1], document.mark))) + " · "
    _field(paragraph, "PAGE", "1")
    paragraph.add_run("/")
    _field(paragraph, "NUMPAGES", "1")


_WRITERS: Final[dict[type[Block], Any]] = {
    Heading: _heading,
    Sentences: _sentences,
    Figures: _figures,
    Picture: _picture,
    Table: _table,
    NewPage: _new_page,
}
