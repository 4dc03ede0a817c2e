"""What all OpenDocument files of this program share: German, a title, no pictures, the same bytes for the same content.

``odfdo`` is imported when the first file is made; a start of the program does not wait for it.
"""

import io
import re
import zipfile
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from desktop.proof import program_name

if TYPE_CHECKING:
    from odfdo import Document, Element, Table

LANGUAGE = "de-DE"
LIST_STYLE = "Items"
_NEEDED = re.compile(r"(?:mimetype|(?:content|meta|settings|styles)\.xml|META-INF/manifest\.xml)")
_MOMENT = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip file can name
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BOLD = '<style:text-properties fo:font-weight="bold"/>'
_LEVELS = "".join(
    f"""<text:list-level-style-bullet text:level="{level}" text:bullet-char="•"><style:list-level-properties
    text:list-level-position-and-space-mode="label-alignment"><style:list-level-label-alignment
    text:label-followed-by="listtab" text:list-tab-stop-position="{0.6 * level:.1f}cm" fo:text-indent="-0.6cm"
    fo:margin-left="{0.6 * level:.1f}cm"/></style:list-level-properties></text:list-level-style-bullet>"""
    for level in (1, 2, 3)
)
_STYLES = (
    f'<text:list-style style:name="{LIST_STYLE}">{_LEVELS}</text:list-style>',
    f'<style:style style:name="Strong" style:family="text">{_BOLD}</style:style>',
    """<style:style style:name="Quotations" style:family="paragraph" style:parent-style-name="Text_20_body">
    <style:paragraph-properties fo:margin-left="0.8cm" fo:margin-right="0.8cm"/>
    <style:text-properties fo:font-style="italic"/></style:style>""",
    """<style:style style:name="Table_20_Contents" style:display-name="Table Contents" style:family="paragraph"
    style:parent-style-name="Standard"><style:text-properties fo:font-size="9pt"/></style:style>""",
    f"""<style:style style:name="Table_20_Heading" style:display-name="Table Heading" style:family="paragraph"
    style:parent-style-name="Table_20_Contents">{_BOLD}</style:style>""",
)
_LANDSCAPE = ("29.699cm", "20.999cm")


def new_document(kind: str, title: str, made_at: str) -> "Document":
    """Return an empty German document of ``kind`` "text" or "spreadsheet"; ``made_at`` is ISO 8601."""
    from odfdo import Document

    document = Document(kind)
    document.body.clear()
    document.language = LANGUAGE
    moment = datetime.fromisoformat(made_at).replace(tzinfo=None)
    meta = document.meta
    meta.title = title
    meta.creation_date = moment
    meta.date = moment
    meta.generator = program_name()
    meta.editing_cycles = 1
    return document


def saved(document: "Document") -> bytes:
    """Return the file: only the parts that are needed, in order, with a constant time."""
    manifest = document.manifest
    for path in list(manifest.get_paths()):
        if path != "/" and not _NEEDED.fullmatch(str(path)):
            manifest.del_full_path(path)
    raw = io.BytesIO()
    document.save(raw)
    out = io.BytesIO()
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            if not _NEEDED.fullmatch(name):
                continue
            entry = zipfile.ZipInfo(name, _MOMENT)
            entry.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return out.getvalue()


def clean(text: str) -> str:
    """Return ``text`` without what no XML file may hold."""
    return _NO_XML.sub("", text)


def set_landscape(document: "Document") -> None:
    """Turn the pages of a text document."""
    for layout in document.styles.get_elements("//style:page-layout-properties"):
        layout.set_attribute("fo:page-width", _LANDSCAPE[0])
        layout.set_attribute("fo:page-height", _LANDSCAPE[1])
        layout.set_attribute("style:print-orientation", "landscape")


def add_text_styles(document: "Document") -> None:
    """Add the styles that the texts of this program use, beside the common ones of the template."""
    from odfdo import Element

    for xml in _STYLES:
        document.insert_style(Element.from_tag(xml))  # type: ignore[arg-type]
    # One face for headings and text, without serifs, as texts for everyone should have.
    for properties in document.styles.get_elements("//style:text-properties"):
        if properties.get_attribute("style:font-name") == "Liberation Serif":
            properties.set_attribute("style:font-name", "Liberation Sans")
            properties.set_attribute("fo:font-family", "'Liberation Sans', Arial, sans-serif")
        if properties.get_attribute("fo:font-size") == "12pt":
            properties.set_attribute("fo:font-size", "11pt")


def make_table(
    name: str,
    header: Sequence[str],
    rows: Sequence[Sequence[str | int]],
    document: "Document",
    widths_cm: Sequence[float],
) -> "Table":
    """Return a table with real header cells: the first row, repeated on every page, and the first column."""
    from odfdo import Element, Table

    prefix = re.sub(r"\W", "", name)
    for number, width in enumerate(widths_cm):
        style = Element.from_tag(
            f'<style:style style:name="{prefix}.c{number}" style:family="table-column">'
            f'<style:table-column-properties style:column-width="{width:.2f}cm"/></style:style>'
        )
        document.insert_style(style, automatic=True)  # type: ignore[arg-type]
    for part, ground, font in (("cell", "", ""), ("head", ' fo:background-color="#e9eef3"', _BOLD)):
        style = Element.from_tag(
            f'<style:style style:name="{prefix}.{part}" style:family="table-cell"><style:table-cell-properties'
            f' fo:border="0.5pt solid #76848f" fo:padding="0.12cm" fo:wrap-option="wrap"'
            f' style:vertical-align="top"{ground}/>{font}</style:style>'
        )
        document.insert_style(style, automatic=True)  # type: ignore[arg-type]
    table = Table(name)
    first = Element.from_tag("table:table-header-columns")
    first.append(_column(f"{prefix}.c0"))
    table.append(first)
    for number in range(1, len(widths_cm)):
        table.append(_column(f"{prefix}.c{number}"))
    head = Element.from_tag("table:table-header-rows")
    styled = document.get_type() == "text"
    head.append(_row(header, prefix, heads=len(header), styled=styled))
    table.append(head)
    for row in rows:
        table.append(_row(row, prefix, heads=1, styled=styled))
    return table


def _column(style: str) -> "Element":
    from odfdo import Element

    column = Element.from_tag("table:table-column")
    column.set_attribute("table:style-name", style)
    return column


def _row(values: Sequence[str | int], prefix: str, *, heads: int, styled: bool) -> "Element":
    """Return a row of which the first ``heads`` cells are headings; a spreadsheet has no styles of paragraphs."""
    from odfdo import Element, Paragraph

    row = Element.from_tag("table:table-row")
    for place, value in enumerate(values):
        head = place < heads
        cell = Element.from_tag("table:table-cell")
        cell.set_attribute("table:style-name", f"{prefix}.{'head' if head else 'cell'}")
        if isinstance(value, int):
            cell.set_attribute("office:value-type", "float")
            cell.set_attribute("office:value", str(value))
        else:
            cell.set_attribute("office:value-type", "string")
        style = ("Table_20_Heading" if head else "Table_20_Contents") if styled else None
        for line in clean(str(value)).split("\n"):
            cell.append(Paragraph(line, style=style))
        row.append(cell)
    return row
