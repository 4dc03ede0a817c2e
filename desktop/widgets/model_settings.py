"""The writing model: choose one, have it checked, add one from a stick."""

import threading
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from desktop.background import Background
from desktop.bridge import Bridge
from desktop.model_import import ModelNotTaken, TakenModel, take_model
from desktop.model_list import KnownModel, known_models
from desktop.paths import Paths
from desktop.policy import NO_POLICY, Policy
from desktop.settings import Settings
from desktop.texts import settings as texts
from desktop.texts.problems import explain
from desktop.theme import Theme
from desktop.widgets.combo import Combo
from desktop.widgets.model_verdicts import ModelVerdicts, verdict_of
from desktop.widgets.parts import announce, label


class _Cancelled(Exception):
    """The clerk gave up."""


class _Progress(QObject):
    """Brings progress from the background to the window's thread."""

    moved = Signal(int, int)


class ModelSettings(QWidget):
    """One long task at a time; each can be given up and leaves nothing half done."""

    model_chosen = Signal(str)  # name; "" for automatic

    def __init__(
        self, theme: Theme, bridge: Bridge, paths: Paths, settings: Settings, policy: Policy = NO_POLICY
    ) -> None:
        super().__init__()
        self._theme = theme
        self._bridge = bridge
        self._paths = paths
        self._policy = policy
        self._chosen = settings.model
        self._models: list[KnownModel] = []
        self._background: Background | None = None
        self._cancelled = threading.Event()
        self._report = ""
        self.choice = Combo(theme, texts.MODEL)
        self.choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.choice.setMinimumContentsLength(24)
        self.choice.activated.connect(self._on_choice)
        self.check = _button(texts.CHECK, texts.CHECK_LABEL)
        self.check.clicked.connect(self._on_check)
        self.add = _button(texts.ADD, texts.ADD_LABEL)
        self.add.clicked.connect(self._on_add)
        self.cancel = _button(texts.CANCEL, texts.CANCEL)
        self.cancel.clicked.connect(self._cancelled.set)
        self.report = _button(texts.REPORT, texts.REPORT)
        self.report.clicked.connect(self._show_report)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._note = label(texts.MODELS_LOADING, "muted")
        self._none = label(texts.NO_MODELS)
        self._hint = label(texts.CHECK_HINT, "muted")
        self.verdicts = ModelVerdicts(theme)
        buttons = QHBoxLayout()
        for button in (self.check, self.add, self.cancel, self.report):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(9)
        column.addWidget(self._none)
        column.addWidget(self.choice)
        column.addWidget(self.verdicts)
        column.addWidget(self._hint)
        column.addLayout(buttons)
        column.addWidget(self._bar)
        column.addWidget(self._note)
        for hidden in (self._none, self._bar, self.cancel, self.report):
            hidden.hide()
        self.choice.setEnabled(False)
        self.check.setEnabled(False)
        self._look()

    def _look(self) -> None:
        """Find the models present; sums of large files take a while."""
        self._bridge.in_background(lambda: known_models(self._paths, self._policy), self._on_models)

    def _on_models(self, models: list[KnownModel]) -> None:
        if not isValid(self):
            return
        self._models = [model for model in models if model.file]
        shown = [model for model in models if model.file or not model.allowed]
        if self._chosen and self._chosen not in [model.name for model in shown]:
            shown.append(KnownModel(self._chosen, self._chosen, "", words_answers=False, checked_at=""))
        if self._note.text() == texts.MODELS_LOADING:
            self._say("")
        self.choice.clear()
        self.choice.addItem(texts.MODEL_AUTOMATIC, "")
        for model in shown:
            if model.file or model.name == self._chosen:
                self._add_choice(model)
        self.choice.setCurrentIndex(max(0, self.choice.findData(self._chosen)))
        self._none.setText(texts.NO_MODELS if all(model.allowed for model in models) else texts.NONE_ALLOWED)
        self._none.setVisible(not self._models)
        self.choice.setVisible(bool(self._models))
        self._hint.setVisible(bool(self._models))
        self.verdicts.show_models(shown)
        self._offer()

    def _add_choice(self, model: KnownModel) -> None:
        place = self.choice.count()
        heard = texts.MODEL_LINE.format(title=model.title, verdict=verdict_of(model))
        self.choice.addItem(model.title, model.name)
        for role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            self.choice.setItemData(place, heard, role)

    def _offer(self) -> None:
        idle = self._background is None
        self.choice.setEnabled(bool(self._models))
        self.check.setEnabled(idle and bool(self._models))
        self.add.setEnabled(idle)
        self.cancel.setVisible(not idle)
        self._bar.setVisible(not idle)

    @Slot(int)
    def _on_choice(self, place: int) -> None:
        self._chosen = self.choice.itemData(place)
        self._say(texts.NEXT_START)
        self.model_chosen.emit(self._chosen)

    # Checking.

    @Slot()
    def _on_check(self) -> None:
        self._bridge.fetch(lambda assistant: assistant.library, self._check, self._on_check_refused)

    def _check(self, library: object) -> None:
        from desktop.library import Library
        from desktop.model_check import Checked, run_check

        if not isinstance(library, Library):
            return
        progress = self._begin(texts.CHECK_STARTS, texts.CHECKING)
        name = self._chosen or self._models[0].name

        def moved(done: int, total: int) -> None:
            if self._cancelled.is_set():
                raise _Cancelled
            progress.moved.emit(done, total)

        def finished(checked: Checked) -> None:
            self._report = checked.report
            sentence = texts.CHECK_ALLOWED if checked.verdict.allowed else texts.CHECK_REFUSED
            self._end(sentence.format(model=checked.verdict.model))
            self.report.show()
            self._look()

        self._run(
            lambda: run_check(library, self._paths, name, 0, moved, self._policy),
            finished,
            self._on_check_failed,
        )

    def _on_check_refused(self, problem: str) -> None:
        self._say(explain(problem).whole)

    def _on_check_failed(self, error: Exception) -> None:
        if isinstance(error, _Cancelled):
            self._end(texts.CHECK_CANCELLED)
        else:
            self._end(texts.CHECK_FAILED.format(reason=explain(getattr(error, "key", "unexpected")).whole))

    @Slot()
    def _show_report(self) -> None:
        ReportDialog(self._report, self).exec()

    # Adding.

    @Slot()
    def _on_add(self) -> None:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.HomeLocation)
        chosen, _ = QFileDialog.getOpenFileName(self, texts.ADD_TITLE, folder, texts.ADD_FILTER)
        if chosen:
            self.take(Path(chosen))

    def take(self, file: Path) -> None:
        """Take the model ``file`` into the user's own folder of models."""
        progress = self._begin("", texts.ADDING, in_gigabytes=True)
        folder = self._paths.data_dir / "models"

        def moved(done: int, total: int) -> None:
            progress.moved.emit(done >> 20, total >> 20)  # bytes would not fit into Qt's int

        self._run(
            lambda: take_model(file, folder, moved, self._cancelled.is_set, self._policy),
            self._on_taken,
            self._on_not_taken,
        )

    def _on_taken(self, taken: TakenModel) -> None:
        link = texts.ADDED_LINK.format(target=taken.followed) if taken.followed else ""
        if taken.title:
            self._end(texts.ADDED_KNOWN.format(title=taken.title, sha256=taken.sha256) + link)
        else:
            self._end(texts.ADDED_UNKNOWN.format(name=taken.file.name, sha256=taken.sha256) + link)
        self._look()

    def _on_not_taken(self, error: Exception) -> None:
        if isinstance(error, ModelNotTaken):
            self._end(texts.NOT_TAKEN[error.key])
        else:
            self._end(explain(getattr(error, "key", "unexpected")).whole)

    # Long tasks.

    def _begin(self, note: str, running: str, *, in_gigabytes: bool = False) -> _Progress:
        self._cancelled.clear()
        self.report.hide()
        self._bar.setRange(0, 0)
        self._say(note)
        progress = _Progress(self)

        def show(done: int, total: int) -> None:
            self._bar.setRange(0, max(1, total))
            self._bar.setValue(done)
            if in_gigabytes:
                self._note.setText(running.format(done=_gigabytes(done), total=_gigabytes(total)))
            else:
                self._note.setText(running.format(done=done, total=total))

        progress.moved.connect(show)
        return progress

    def _run(
        self, task: Callable[[], object], then: Callable[..., None], failed: Callable[[Exception], None]
    ) -> None:
        self._background = Background("models", self)
        self._offer()
        self.cancel.setFocus()
        self._background.run(task, then, failed)

    def _end(self, sentence: str) -> None:
        if self._background is not None:
            self._background.close(0)
        self._background = None
        self._offer()
        self._say(sentence)
        announce(self, sentence)

    def _say(self, sentence: str) -> None:
        self._note.setText(sentence)
        self._note.setVisible(bool(sentence))


class ReportDialog(QDialog):
    """The page on a model, to read and copy."""

    def __init__(self, report: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(texts.REPORT_TITLE)
        text = QPlainTextEdit(report)
        text.setReadOnly(True)
        text.setTabChangesFocus(True)
        text.setAccessibleName(texts.REPORT_TITLE)
        buttons = QDialogButtonBox()
        copy = buttons.addButton(texts.REPORT_COPY, QDialogButtonBox.ButtonRole.ActionRole)
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(report))
        close = buttons.addButton(texts.CLOSE, QDialogButtonBox.ButtonRole.RejectRole)
        close.setDefault(True)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 18)
        layout.setSpacing(14)
        layout.addWidget(text, 1)
        layout.addWidget(buttons)
        self.resize(680, 560)


def _button(text: str, name: str) -> QPushButton:
    button = QPushButton(text)
    button.setAccessibleName(name)
    button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return button


def _gigabytes(mebibytes: int) -> str:
    return f"{mebibytes * 2**20 / 1e9:.1f} GB".replace(".", ",")
