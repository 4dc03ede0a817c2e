"""For programme errors: a report to read and copy. It is never sent."""

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QVBoxLayout, QWidget

from desktop.texts import window as texts
from desktop.widgets.parts import label


class CrashDialog(QDialog):
    """Accepted: go on working. Rejected by its button: quit."""

    def __init__(self, report: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(texts.CRASH_TITLE)
        self._report = QPlainTextEdit(report)
        self._report.setReadOnly(True)
        self._report.setTabChangesFocus(True)
        self._report.setAccessibleName(texts.CRASH_REPORT)
        buttons = QDialogButtonBox()
        proceed = buttons.addButton(texts.CRASH_CONTINUE, QDialogButtonBox.ButtonRole.AcceptRole)
        copy = buttons.addButton(texts.CRASH_COPY, QDialogButtonBox.ButtonRole.ActionRole)
        leave = buttons.addButton(texts.CRASH_QUIT, QDialogButtonBox.ButtonRole.DestructiveRole)
        proceed.setDefault(True)
        proceed.clicked.connect(self.accept)
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(report))
        leave.clicked.connect(lambda: self.done(QDialogButtonBox.ButtonRole.DestructiveRole.value))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 18)
        layout.setSpacing(14)
        layout.addWidget(label(texts.CRASH_TITLE, "title"))
        layout.addWidget(label(texts.CRASH_TEXT))
        layout.addWidget(self._report, 1)
        layout.addWidget(buttons)
        self.resize(620, 460)
