"""Says that filters held where nothing was found, and offers to ask without them."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop.texts import filters as texts
from desktop.widgets.flowing_text import TEXT_INSET_PX
from desktop.widgets.parts import label


class UnfilteredOffer(QWidget):
    """Shown only under an answer that found nothing inside filters."""

    wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        text = label(texts.NOTHING_INSIDE)
        text.setIndent(TEXT_INSET_PX)
        self.button = QPushButton(texts.WITHOUT)
        self.button.setAccessibleName(texts.WITHOUT_LABEL)
        self.button.setToolTip(texts.WITHOUT_LABEL)
        self.button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.button.clicked.connect(self.wanted)
        # Below each other, as at large type the button would leave the text a few letters a line.
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(text)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        self.hide()
