"""Asks for the collection into which documents are taken."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from desktop.texts import library as texts
from desktop.theme import Theme
from desktop.widgets.combo import Combo
from desktop.widgets.parts import announce, label

_WIDTH = 440  # pixels at 100 % type size


class NameDialog(QDialog):
    """An own collection is chosen, or a new one named."""

    def __init__(
        self, theme: Theme, own: Sequence[str], shipped: Collection[str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._shipped = shipped
        self.setWindowTitle(texts.TAKE_NAME_TITLE)
        self._input = Combo(theme, texts.TAKE_NAME)
        self._input.setEditable(True)
        self._input.addItems(list(own) or [texts.TAKE_DEFAULT])
        title = label(texts.TAKE_NAME, "heading")
        title.setBuddy(self._input)
        self._problem = label("", "strong")
        self._problem.hide()
        buttons = QDialogButtonBox()
        self._take = buttons.addButton(texts.TAKE_OK, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(texts.TAKE_CANCEL, QDialogButtonBox.ButtonRole.RejectRole)
        self._take.setDefault(True)
        buttons.accepted.connect(self._on_take)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 18, 22, 18)
        column.setSpacing(12)
        for part in (title, self._input, self._problem, label(texts.TAKE_NAME_NOTE, "muted"), buttons):
            column.addWidget(part)
        self.resize(theme.px(_WIDTH), self.sizeHint().height())

    @property
    def name(self) -> str:
        """What was typed."""
        return self._input.currentText().strip()

    @property
    def problem(self) -> str:
        """What is wrong with it, "" if nothing was found so far."""
        return "" if self._problem.isHidden() else self._problem.text()

    @Slot()
    def _on_take(self) -> None:
        from guidelines_db.own_store import valid_collection_name  # not before it is needed

        if not valid_collection_name(self.name):
            self._refuse(texts.TAKE_BAD_NAME)
        elif self.name in self._shipped:
            self._refuse(texts.TAKE_SHIPPED_NAME.format(name=self.name))
        else:
            self.accept()

    def _refuse(self, sentence: str) -> None:
        self._problem.setText(sentence)
        self._problem.show()
        announce(self, sentence)
        self._input.setFocus()
