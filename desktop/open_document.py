"""What all OpenDocument files of this program share: German, a title, no pictures, the same bytes for the same content.

``odfdo`` is imported when the first file is made; a start of the program does not wait for it.
"""

import io
import re
import zipfile
from collections.abc import Sequence
from datetime import datetime
from html import escape
from typing import TYPE_CHECKING

from desktop.proof import program_name
from desktop.texts import proof as texts

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
    """<style:style style:name="Items_20_Text" style:display-name="Items Text" style:family="paragraph"
    style:parent-style-name="Text_20_body"><style:paragraph-properties fo:margin-bottom="0.05cm"/></style:style>""",
    f"""<style:style style:name="Table_20_Heading" style:display-name="Table Heading" style:family="paragraph"
    style:parent-style-name="Table_20_Contents">{_BOLD}</style:style>""",
)
_HEADING_SIZES = {1: "18pt", 2: "14pt", 3: "12pt"}
_LANDSCAPE = ("29.699cm", "20.999cm")
_TEXT_WIDTH_CM = {False: 17.0, True: 25.7}  # by whether the page is turned
_PLACE = texts.PAGE.format(
    page="<text:page-number>1</text:page-number>", pages="<text:page-count>1</text:page-count>"
)
_FOOTER_STYLE = """<style:footer-style><style:header-footer-properties fo:min-height="0.8cm"
    fo:margin-top="0.4cm"/></style:footer-style>"""


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


def set_text_pages(document: "Document", *, landscape: bool = False) -> None:
    """Give the pages of a text a footer with title, program and page number; turn them on their side if wanted."""
    from odfdo import Element

    footer = f"{escape(clean(document.meta.title or ''))} · {escape(program_name())}"
    style = f"""<style:style style:name="Footer" style:family="paragraph" style:parent-style-name="Standard">
        <style:paragraph-properties><style:tab-stops><style:tab-stop style:type="right"
        style:position="{_TEXT_WIDTH_CM[landscape]}cm"/></style:tab-stops></style:paragraph-properties>
        <style:text-properties fo:font-size="8pt"/></style:style>"""
    document.insert_style(Element.from_tag(style))  # type: ignore[arg-type]
    for page in document.styles.get_elements("//style:master-page"):
        page.append(
            Element.from_tag(
                f'<style:footer><text:p text:style-name="Footer">{footer}<text:tab/>{_PLACE}</text:p></style:footer>'
            )
        )
    for layout in document.styles.get_elements("//style:page-layout"):
        for old in layout.get_elements("style:footer-style"):
            old.delete()
        layout.append(Element.from_tag(_FOOTER_STYLE))
    if landscape:
        _turn(document)


def set_sheet_pages(document: "Document") -> None:
    """Let a spreadsheet be printed on its side, with title, sheet and page number on every page."""
    from odfdo import Element

    first, *others = document.styles.get_elements("//style:master-page")
    for page in others:
        page.delete()
    for old in first.children:
        old.delete()
    for part, left, right in (
        ("header", escape(clean(document.meta.title or "")), "<text:sheet-name>–</text:sheet-name>"),
        ("footer", escape(program_name()), _PLACE),
    ):
        sides = "".join(
            f"<style:region-{side}><text:p>{text}</text:p></style:region-{side}>"
            for side, text in (("left", left), ("right", right))
        )
        first.append(Element.from_tag(f"<style:{part}>{sides}</style:{part}>"))
    for properties in document.styles.get_elements("//style:page-layout-properties"):
        for side in ("top", "bottom", "left", "right"):
            properties.set_attribute(f"fo:margin-{side}", "1.5cm")
    _turn(document)


def _turn(document: "Document") -> None:
    for properties in document.styles.get_elements("//style:page-layout-properties"):
        properties.set_attribute("fo:page-width", _LANDSCAPE[0])
        properties.set_attribute("fo:page-height", _LANDSCAPE[1])
        properties.set_attribute("style:print-orientation", "landscape")


def add_text_styles(document: "Document") -> None:
    """Add the styles that the texts of this program use, beside the common ones of the template."""
    from odfdo import Element

    for xml in _STYLES:
        document.insert_style(Element.from_tag(xml))  # type: ignore[arg-type]
    for level, size in _HEADING_SIZES.items():
        style = document.get_style("paragraph", f"Heading_20_{level}")
        for properties in style.get_elements("style:text-properties") if style is not None else ():
            properties.set_attribute("fo:font-size", size)
            properties.set_attribute("fo:font-style", "normal")
    # The template would number headings, also those that have a number of their own.
    for one in document.styles.get_elements("//text:outline-level-style"):
        one.set_attribute("style:num-format", "")
        for name in {
            "style:num-suffix",
            "text:display-levels",
            "loext:num-list-format",
        } & one.attributes.keys():
            one.del_attribute(name)
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
    styled = document.get_type() == "text"
    table = Table(name)
    if styled:
        _add_text_table_styles(document, prefix, sum(widths_cm))
        table.set_attribute("table:style-name", prefix)
    first = Element.from_tag("table:table-header-columns")
    first.append(_column(f"{prefix}.c0"))
    head = Element.from_tag("table:table-header-rows")
    head.append(_row(header, prefix, heads=len(header), styled=styled))
    parts = [first, *(_column(f"{prefix}.c{number}") for number in range(1, len(widths_cm))), head]
    parts += [_row(row, prefix, heads=1, styled=styled) for row in rows]
    for one in parts:
        # A table of odfdo would put its columns where it thinks that they belong, before the header columns.
        Element.append(table, one)
    return table


def _add_text_table_styles(document: "Document", prefix: str, width_cm: float) -> None:
    """Let a table in a text be as wide as its columns, and no row be torn apart by the end of a page."""
    from odfdo import Element

    for style in (
        f"""<style:style style:name="{prefix}" style:family="table"><style:table-properties
        style:width="{width_cm:.2f}cm" table:align="left"/></style:style>""",
        f"""<style:style style:name="{prefix}.row" style:family="table-row"><style:table-row-properties
        fo:keep-together="always"/></style:style>""",
    ):
        document.insert_style(Element.from_tag(style), automatic=True)  # type: ignore[arg-type]


def _column(style: str) -> "Element":
    from odfdo import Element

    column = Element.from_tag("table:table-column")
    column.set_attribute("table:style-name", style)
    return column


def _row(values: Sequence[str | int], prefix: str, *, heads: int, styled: bool) -> "Element":
    """Return a row of which the first ``heads`` cells are headings; a spreadsheet has no styles of paragraphs."""
    from odfdo import Element, Paragraph

    row = Element.from_tag("table:table-row")
    if styled:
        row.set_attribute("table:style-name", f"{prefix}.row")
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
