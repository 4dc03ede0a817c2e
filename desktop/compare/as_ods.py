"""A comparison as OpenDocument spreadsheet: text as text, real header rows and columns, German."""

from desktop.compare.tables import ExportedComparison
from desktop.open_document import make_table, new_document, saved, set_sheet_pages

_CM_PER_CHARACTER = 0.2


def make_ods(tables: ExportedComparison) -> bytes:
    """Return the file."""
    document = new_document("spreadsheet", tables.title, tables.made_at)
    set_sheet_pages(document)
    for sheet in tables.sheets:
        widths = [width * _CM_PER_CHARACTER for width in sheet.widths]
        table = make_table(sheet.name, sheet.header, sheet.rows, document, widths)
        document.body.append(table)
    return saved(document)
