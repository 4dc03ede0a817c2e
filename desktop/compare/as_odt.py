"""A comparison as OpenDocument text: tables that a screen reader can walk, with real headers, and no pictures."""

from desktop.compare.tables import ExportedComparison, Row, Sheet, split_columns
from desktop.open_document import add_text_styles, make_table, new_document, saved, set_text_pages
from desktop.proof_odt import heading, listing, paragraph
from desktop.texts import compare as texts

_COLUMNS = 4  # documents side by side on a page
_WIDTH_CM = 25.6  # of a page between its margins
_TOPICS_CM = 5.0


def make_text(tables: ExportedComparison) -> bytes:
    """Return the file: how to read it, the overview in tables of a few documents each, the documents with sources."""
    document = new_document("text", tables.title, tables.made_at)
    add_text_styles(document)
    set_text_pages(document, landscape=True)
    body = document.body
    body.append(heading(1, tables.title))
    body.append(listing([f"{name}: {value}" for name, value in tables.about]))
    body.append(heading(2, texts.ABOUT_HEADING))
    for note in tables.notes:
        body.append(paragraph(note))
    body.append(heading(2, texts.OVERVIEW_HEADING))
    parts = split_columns(tables.overview, _COLUMNS)
    for number, part in enumerate(parts, 1):
        names = ", ".join(part.header[1:])
        body.append(heading(3, texts.TABLE_PART.format(number=number, total=len(parts), names=names)))
        columns = len(part.header) - 1
        widths = [_TOPICS_CM, *((_WIDTH_CM - _TOPICS_CM) / columns for _ in range(columns))]
        body.append(make_table(f"{texts.OVERVIEW_HEADING}{number}", part.header, part.rows, document, widths))
    body.append(heading(2, texts.DOCUMENTS_HEADING))
    for row in tables.documents.rows:
        body.append(heading(3, str(row[0])))
        body.append(listing(_facts(tables.documents, row)))
    return saved(document)


def _facts(sheet: Sheet, row: Row) -> list[str]:
    """Return a row as names and values, without those that are empty."""
    pairs = zip(sheet.header[1:], row[1:], strict=True)
    return [f"{name}: {value}" for name, value in pairs if value]
