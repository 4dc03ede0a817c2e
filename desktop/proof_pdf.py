"""The Antwort-Nachweis as PDF: A4, German, real text in embedded fonts, page numbers, PDF/A-1b for the archive.

Qt writes no structure tree, so the PDF is not tagged; ODT and Markdown are the forms for screen readers.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from PySide6.QtCore import QBuffer, QEventLoop, QIODevice, QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QFont,
    QGuiApplication,
    QPageLayout,
    QPageSize,
    QPainter,
    QPalette,
    QPdfWriter,
    QTextBlock,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextOption,
)

from desktop.open_document import LANGUAGE
from desktop.texts import proof as texts

_MARGIN_MM = 20.0
_RESOLUTION_DPI = 300
_FOOTER_MM = 10.0
_BODY_PT = 10
_INDENT_MM = 4.0
_FOOTER_PT = 8
_STYLE = (
    "p, blockquote { line-height: 115%; margin-top: 0; margin-bottom: 6px; }"
    "li { line-height: 110%; margin-top: 0; margin-bottom: 1px; }"
    "blockquote { margin-left: 16px; margin-right: 16px; font-style: italic; }"
    "h1 { font-size: 18pt; margin-bottom: 6px; }"
    "h2 { font-size: 13pt; margin-top: 14px; margin-bottom: 4px; }"
    "h3 { font-size: 11pt; margin-top: 10px; margin-bottom: 4px; }"
    "ul { margin-top: 0; margin-bottom: 6px; }"
)


def make_pdf(parts: Sequence[str], title: str, program: str) -> bytes:
    """Return a PDF of ``parts``, HTML, each of which begins a page. Works on any thread.

    ``title`` and ``program`` stand in its properties and in every footer.
    """
    # Long texts are laid out by timers, which only a thread with an event dispatcher has.
    dispatcher = QEventLoop()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setPdfVersion(QPdfWriter.PdfVersion.PdfVersion_A1b)
    writer.setResolution(_RESOLUTION_DPI)
    writer.setTitle(title)
    writer.setAuthor(program)
    writer.setCreator(program)
    margins = QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM)
    writer.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId.A4),
            QPageLayout.Orientation.Portrait,
            margins,
            QPageLayout.Unit.Millimeter,
        )
    )
    _paint(writer, parts, f"{title} · {program}")
    buffer.close()
    del dispatcher
    return _german(bytes(buffer.data().data()))


def _german(pdf: bytes) -> bytes:
    """Return ``pdf`` with its language named and its title shown, which Qt cannot: a new catalogue is added behind it.

    A screen reader pronounces the text by it.
    """
    end = pdf.rindex(b"trailer")
    root = _found(rb"/Root (\d+) 0 R", pdf[end:])
    before = _found(rb"startxref\s+(\d+)", pdf[end:])
    trailer = _found(rb"trailer\s*<<(.*?)>>\s*startxref", pdf[end:])
    catalogue = _found(rb"\n%s 0 obj\s*<<(.*?)>>\s*endobj" % root, pdf)
    start = len(pdf)
    named = b"%s 0 obj\n<<%s\n/Lang (%s)\n/ViewerPreferences << /DisplayDocTitle true >>\n>>\nendobj\n" % (
        *(root, catalogue.rstrip(), LANGUAGE.encode()),
    )
    places = b"xref\n%s 1\n%010d 00000 n \n" % (root, start)
    last = b"trailer\n<<%s\n/Prev %s\n>>\nstartxref\n%d\n%%%%EOF\n" % (
        *(trailer.rstrip(), before, start + len(named)),
    )
    return b"".join((pdf, named, places, last))


def _found(pattern: bytes, pdf: bytes) -> bytes:
    found = re.search(pattern, pdf, re.DOTALL)
    if found is None:
        raise ValueError(pattern)
    return found.group(1)


@contextmanager
def without_window() -> Iterator[None]:
    """Let :func:`make_pdf` work in a process that has no window, and needs no display."""
    application = QGuiApplication.instance() or QGuiApplication(["leitstern", "-platform", "offscreen"])
    yield
    del application


def _paint(writer: QPdfWriter, parts: Sequence[str], footer: str) -> None:
    page = writer.pageLayout().paintRectPixels(_RESOLUTION_DPI)
    foot = round(_FOOTER_MM / 25.4 * _RESOLUTION_DPI)
    body = QSizeF(page.width(), page.height() - foot)
    documents = [_document(writer, html, body) for html in parts]
    pages = sum(document.pageCount() for document in documents)
    painter = QPainter(writer)
    font = QFont(documents[0].defaultFont())
    font.setPointSize(_FOOTER_PT)
    done = 0
    for document in documents:
        for number in range(document.pageCount()):
            if done:
                writer.newPage()
            done += 1
            _paint_page(painter, document, number)
            painter.setFont(font)
            line = QRectF(0, body.height(), body.width(), foot)
            bottom = Qt.AlignmentFlag.AlignBottom
            painter.drawText(line, bottom | Qt.AlignmentFlag.AlignLeft, footer)
            place = texts.PAGE.format(page=done, pages=pages)
            painter.drawText(line, bottom | Qt.AlignmentFlag.AlignRight, place)
    painter.end()


def _paint_page(painter: QPainter, document: QTextDocument, number: int) -> None:
    body = document.pageSize()
    context = QAbstractTextDocumentLayout.PaintContext()
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Text, Qt.GlobalColor.black)  # whatever theme the window has
    context.palette = palette
    shown = QRectF(0, number * body.height(), body.width(), body.height())
    # A line that only touches the edge belongs to the next page; it would be there twice, once unseen.
    context.clip = shown.adjusted(0, 1, 0, -1)
    painter.save()
    painter.translate(0, -shown.top())
    painter.setClipRect(shown)
    document.documentLayout().draw(painter, context)
    painter.restore()


def _document(writer: QPdfWriter, html: str, page: QSizeF) -> QTextDocument:
    font = QFont(QGuiApplication.font())
    font.setPointSize(_BODY_PT)
    font.setFeature(QFont.Tag("liga"), 0)  # a check sum must be copied letter by letter, also "ff"
    document = QTextDocument()
    document.documentLayout().setPaintDevice(writer)
    document.setDefaultFont(font)
    document.setDocumentMargin(0)
    document.setIndentWidth(_INDENT_MM / 25.4 * 96)  # Qt counts it at 96 dpi and scales it
    document.setDefaultStyleSheet(_STYLE)
    # Addresses and check sums are longer than a line.
    option = QTextOption(Qt.AlignmentFlag.AlignLeft)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    document.setDefaultTextOption(option)
    document.setHtml(html)
    document.setPageSize(page)
    _keep_headings_with_text(document)
    return document


def _keep_headings_with_text(document: QTextDocument) -> None:
    """Begin a new page before headings that would end one."""
    layout = document.documentLayout()

    def page_of(block: QTextBlock) -> int:
        # Of its first line: Qt moves lines to the next page one by one, and leaves a list's block where it began.
        first_line = block.layout().lineAt(0).y() if block.layout().lineCount() else 0.0
        return int((layout.blockBoundingRect(block).top() + first_line) // document.pageSize().height())

    first = block = document.begin()  # the first of the headings that follow each other
    while block.isValid():
        if not block.blockFormat().headingLevel():
            first = block.next()
        elif block.next().isValid() and page_of(block.next()) > page_of(first) and first != document.begin():
            breaking = first.blockFormat()
            breaking.setPageBreakPolicy(QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore)
            QTextCursor(first).setBlockFormat(breaking)
            # Qt itself would move only what stands near, and lose what no longer fits on the last page.
            document.markContentsDirty(0, document.characterCount())
        block = block.next()
