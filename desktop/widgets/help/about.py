"""The box that says what this program is: version, licence, model, collections."""

from collections.abc import Sequence
from importlib.metadata import version

from PySide6.QtCore import Qt, Signal, Slot, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from desktop.texts import help as texts
from desktop.texts import window
from desktop.theme import Theme
from desktop.widgets.parts import IconLabel, label
from guidelines_db.results import CollectionInfo

_ICON = 56  # pixels at 100 % type size
_WIDTH, _WIDEST = 520, 920  # at 100 %; as a screen has room for at any type size


class AboutDialog(QDialog):
    """Model and collections are filled in when they are known."""

    licences_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setWindowTitle(texts.ABOUT)
        self._version = texts.ABOUT_VERSION.format(version=version("leitstern"))
        self._model = label("…")
        self._index = label("…")
        self._qt = label(qVersion())
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        for row, (name, value) in enumerate(self._rows()):
            grid.addWidget(label(name, "muted", wrap=False), row, 0, Qt.AlignmentFlag.AlignTop)
            value.setAlignment(Qt.AlignmentFlag.AlignTop)
            grid.addWidget(value, row, 1)
            value.setAccessibleName(f"{name}: {value.text()}")
        words = QVBoxLayout()
        words.setSpacing(4)
        for text, role in (
            (window.APP_NAME, "welcome"),
            (window.APP_TAGLINE, "lead"),
            (self._version, ""),
            (texts.ABOUT_LICENCE, "muted"),
        ):
            words.addWidget(label(text, role))  # type: ignore[arg-type]
        head = QHBoxLayout()
        head.setSpacing(20)
        head.addWidget(IconLabel(theme, "star", _ICON, "link"), 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(words, 1)
        self._column = layout = QVBoxLayout(self)
        layout.setContentsMargins(28, 26, 28, 22)
        layout.setSpacing(22)
        layout.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)
        layout.addLayout(head)
        layout.addLayout(grid)
        layout.addWidget(self._buttons())
        self._fit()

    def show_facts(self, model: str, collections: Sequence[CollectionInfo]) -> None:
        """Say which model words answers ("" for none) and what is searched."""
        newest = max((one.updated for one in collections), default="")
        documents = sum(one.documents for one in collections)
        self._say(self._model, texts.ABOUT_MODEL, model or texts.ABOUT_NO_MODEL)
        self._say(self._index, texts.ABOUT_INDEX, window.collection_facts(documents, newest))
        self._fit()

    def show_unknown(self) -> None:
        """Say that model and collections could not be learnt."""
        self._say(self._model, texts.ABOUT_MODEL, texts.ABOUT_UNKNOWN)
        self._say(self._index, texts.ABOUT_INDEX, texts.ABOUT_UNKNOWN)

    @property
    def text(self) -> str:
        """Everything the box says, one fact a line."""
        facts = [f"{name}: {value.text()}" for name, value in self._rows()]
        return "\n".join([f"{window.APP_NAME}, {self._version}", texts.ABOUT_LICENCE, *facts])

    def _rows(self) -> tuple[tuple[str, QLabel], ...]:
        return (
            (texts.ABOUT_MODEL, self._model),
            (texts.ABOUT_INDEX, self._index),
            (texts.ABOUT_QT, self._qt),
        )

    def _say(self, place: QLabel, name: str, value: str) -> None:
        place.setText(value)
        place.setAccessibleName(f"{name}: {value}")

    def _fit(self) -> None:
        """Be as high as the texts are at this width; the size Qt proposes counts them in a narrow column."""
        self._column.activate()  # parts of parts learn of a changed text
        width = min(self._theme.px(_WIDTH), _WIDEST)
        self.setFixedSize(width, self._column.totalHeightForWidth(width))

    def _buttons(self) -> QDialogButtonBox:
        buttons = QDialogButtonBox()
        close = buttons.addButton(texts.ABOUT_CLOSE, QDialogButtonBox.ButtonRole.AcceptRole)
        copy = buttons.addButton(texts.ABOUT_COPY, QDialogButtonBox.ButtonRole.ActionRole)
        licences = buttons.addButton(texts.ABOUT_LICENCES, QDialogButtonBox.ButtonRole.ActionRole)
        close.setDefault(True)
        close.clicked.connect(self.accept)
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.text))
        licences.clicked.connect(self._on_licences)
        return buttons

    @Slot()
    def _on_licences(self) -> None:
        self.accept()
        self.licences_wanted.emit()
