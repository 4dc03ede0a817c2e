"""Addresses of sources, each to be copied: Leitstern itself opens none."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.texts import window as texts
from desktop.theme import Theme
from desktop.widgets.parts import IconButton, announce, label, restyle


class AddressList(QWidget):
    """Heading, note and a row for each address; hidden where there is none."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._rows = QVBoxLayout()
        self._rows.setSpacing(6)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(label(texts.SOURCES_ADDRESSES, "heading"))
        column.addWidget(label(texts.ADDRESS_NOTE, "small"))
        column.addLayout(self._rows)
        self.hide()

    def show_addresses(self, addresses: Sequence[str]) -> None:
        """Show ``addresses`` instead of those before."""
        while (item := self._rows.takeAt(0)) is not None:
            row = item.widget()
            if row is not None:
                row.hide()
                row.deleteLater()
        for address in addresses:
            self._rows.addWidget(self._address(address))
        self.setVisible(bool(addresses))

    def _address(self, address: str) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        # Zero-width spaces let a long address break; the copied one has none.
        text = label("".join(f"{sign}\u200b" if sign in "/-_=&?." else sign for sign in address), "small")
        copy = IconButton(
            self._theme, "copy", texts.ADDRESS_COPY_LABEL.format(address=address), colour="link"
        )
        copy.setToolTip(texts.ADDRESS_COPY)
        copy.clicked.connect(partial(self._copy, address, copy))
        line.addWidget(text, 1)
        line.addWidget(copy, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _copy(self, address: str, button: IconButton) -> None:
        QGuiApplication.clipboard().setText(address)
        button.show_icon("check")
        restyle(button)
        announce(button, texts.COPIED)
