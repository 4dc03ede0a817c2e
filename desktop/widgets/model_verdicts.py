"""Which writing models there are, and what each may do here: whole names, in words."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.model_list import KnownModel
from desktop.texts import settings as texts
from desktop.theme import Theme
from desktop.widgets.parts import IconLabel, label

_ICON_PX = 16
_BREAKS_AFTER = "-_."  # in names of files, which have no spaces
_MAY_BREAK = "\N{ZERO WIDTH SPACE}"


def verdict_of(model: KnownModel) -> str:
    """Return in words what a model may do here."""
    if not model.allowed:
        return texts.VERDICT_FORBIDDEN
    if not model.file:
        return texts.VERDICT_GONE
    if model.words_answers:
        return texts.VERDICT_PASSED if model.checked_at else texts.VERDICT_WORDS
    return texts.VERDICT_EVIDENCE if model.checked_at else texts.VERDICT_UNTESTED


class ModelVerdicts(QWidget):
    """A row a model; the icons only repeat the words."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._rows: list[QWidget] = []
        self._title = label(texts.MODELS_HERE, "strong")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._column.addWidget(self._title)
        self.hide()

    def show_models(self, models: Sequence[KnownModel]) -> None:
        """Show these."""
        for row in self._rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = [self._row(model) for model in models]
        for row in self._rows:
            self._column.addWidget(row)
        self.setVisible(bool(models))

    def _row(self, model: KnownModel) -> QWidget:
        verdict = verdict_of(model)
        name = label(_breakable(model.title))
        name.setAccessibleName(model.title)
        icon = IconLabel(self._theme, "check" if model.words_answers and model.file else "info", _ICON_PX)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(name)
        words.addWidget(label(verdict, "muted"))
        row = QWidget()
        row.setAccessibleName(texts.MODEL_LINE.format(title=model.title, verdict=verdict))
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(10)
        line.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(words, 1)
        return row


def _breakable(name: str) -> str:
    return "".join(letter + _MAY_BREAK if letter in _BREAKS_AFTER else letter for letter in name)
