"""A comparison as OpenDocument spreadsheet: text as text, real header rows and columns, German."""

from desktop.compare.tables import ExportedComparison, Sheet
from desktop.open_document import make_table, new_document, saved
from desktop.texts import compare as texts

_CM_PER_CHARACTER = 0.2


def make_ods(tables: ExportedComparison) -> bytes:
    """Return the file."""
    document = new_document("spreadsheet", tables.title, tables.made_at)
    about = Sheet(
        texts.SHEET_ABOUT,
        (texts.SHEET_ABOUT, ""),
        (*tables.about, *(("", note) for note in tables.notes)),
        (18, 100),
    )
    for sheet in (tables.overview, tables.passages, tables.documents, about):
        widths = [width * _CM_PER_CHARACTER for width in sheet.widths]
        table = make_table(sheet.name, sheet.header, sheet.rows, document, widths)
        document.body.append(table)
    return saved(document)
