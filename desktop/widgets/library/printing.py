"""Prints a document: black on white, with its sources."""

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtGui import QFont, QTextDocument
from PySide6.QtWidgets import QDialog, QWidget

from desktop.full_document import FullDocument
from desktop.policy import Policy
from desktop.texts import library as texts
from desktop.widgets.library.document_html import printed_html

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

_STYLE = (
    "h2 { font-size: 15pt; font-weight: 600; margin-bottom: 8pt; }"
    "h3 { font-size: 12pt; font-weight: 600; margin-top: 14pt; margin-bottom: 4pt; }"
    "p, li { margin-top: 0; margin-bottom: 6pt; line-height: 120%; }"
    ".facts { color: #444444; font-size: 9pt; margin-bottom: 2pt; }"
    "td { border: 1px solid #444444; padding: 4pt; font-size: 10pt; }"
    "table { border-collapse: collapse; border: 1px solid #444444; }"
)


def print_document(parent: QWidget, document: FullDocument, today: date, policy: Policy) -> str:
    """Ask how to print ``document`` and print it; return what is to be said, "" if the clerk gave it up."""
    printer = ask_for_printer(parent, document.info.title, policy)
    if printer is None:
        return ""
    return texts.PRINTED if send(document, today, printer) else texts.PRINT_FAILED


def ask_for_printer(parent: QWidget, title: str, policy: Policy) -> "QPrinter | None":
    """Show the system's print dialog; a file is offered only where PDF may be saved."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter  # loaded when something is first printed

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle(texts.PRINT_TITLE)
    dialog.setOption(QPrintDialog.PrintDialogOption.PrintToFile, policy.allows_export("pdf"))
    return printer if dialog.exec() == QDialog.DialogCode.Accepted else None


def send(document: FullDocument, today: date, printer: "QPrinter") -> bool:
    """Print ``document``; False if the printer did not take it."""
    from PySide6.QtPrintSupport import QPrinter

    page = QTextDocument()
    page.setDefaultStyleSheet(_STYLE)
    font = QFont("sans-serif")
    font.setPointSizeF(10.5)
    page.setDefaultFont(font)
    page.setHtml(printed_html(document, today))
    page.print_(printer)
    return printer.printerState() is not QPrinter.PrinterState.Error
