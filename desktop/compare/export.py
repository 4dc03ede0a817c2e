"""Writes a comparison as a spreadsheet, a text table or a text. The libraries are imported when they are needed."""

from enum import Enum

from desktop.compare.choice import Comparison
from desktop.compare.tables import exported
from desktop.texts import compare as texts


class CompareForm(Enum):
    """Kinds of files; the value is the ending."""

    ODS = ".ods"
    XLSX = ".xlsx"
    CSV = ".csv"
    ODT = ".odt"


def export_name(made_at: str) -> str:
    """Return a sensible file name without ending."""
    return f"{texts.FILE_STEM}_{made_at[:10]}"


def export_comparison(comparison: Comparison, form: CompareForm, made_at: str) -> bytes:
    """Return the file; the same comparison at the same moment gives the same bytes. ``made_at`` is ISO 8601."""
    tables = exported(comparison, made_at)
    match form:
        case CompareForm.CSV:
            from desktop.compare.as_csv import make_csv

            return make_csv(tables.overview)
        case CompareForm.XLSX:
            from desktop.compare.as_xlsx import make_xlsx

            return make_xlsx(tables)
        case CompareForm.ODS:
            from desktop.compare.as_ods import make_ods

            return make_ods(tables)
        case CompareForm.ODT:
            from desktop.compare.as_odt import make_text

            return make_text(tables)
