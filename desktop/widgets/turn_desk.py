"""Serves what a clerk wants to do with a finished answer: mark it as checked, prove it, word it anew."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.answer import Answer, Style
from desktop.bridge import Bridge
from desktop.policy import NO_POLICY, Policy
from desktop.proof import (
    explain_write_error,
    make_proof,
    program_name,
    proof_html,
    proof_markdown,
    proof_name,
    write_proof,
)
from desktop.proof_pdf import make_pdf
from desktop.texts import proof as texts
from desktop.texts.policy import no_export
from desktop.widgets.turn import Turn
from guidelines_db.results import CollectionInfo

MARKDOWN_ENDING = ".md"
PDF_ENDING = ".pdf"


class TurnDesk(QObject):
    """Takes over each turn that is shown."""

    reword_wanted = Signal(object, object)  # Turn, Style
    edit_wanted = Signal(str)  # a question to put into the input
    unfiltered_wanted = Signal(str)  # a question to ask again without filters
    initials_changed = Signal(str)

    def __init__(self, window: QWidget, bridge: Bridge, initials: str, policy: Policy = NO_POLICY) -> None:
        super().__init__(window)
        self._window = window
        self._bridge = bridge
        self._initials = initials
        self._policy = policy
        self._titles: dict[str, str] = {}
        self._turns: list[Turn] = []
        self._model_there = False
        self._idle = True

    def show_collections(self, collections: Sequence[CollectionInfo]) -> None:
        """Learn what the collections are called."""
        self._titles = {info.name: info.title for info in collections}

    def set_initials(self, initials: str) -> None:
        """Offer ``initials`` when an answer is marked as checked."""
        self._initials = initials
        for turn in self._turns:
            turn.card.tools.initials = initials

    def set_model(self, *, there: bool) -> None:
        """Offer to word answers anew only where there is a model."""
        self._model_there = there
        self._offer()

    def set_idle(self, *, idle: bool) -> None:
        """Let answers be worded anew while nothing else is being answered."""
        self._idle = idle
        self._offer()

    @Slot(object)
    def take(self, turn: Turn) -> None:
        """Serve ``turn`` from now on."""
        self._turns.append(turn)
        card = turn.card
        card.tools.initials = self._initials
        card.tools.set_rewording(model_there=self._model_there, enabled=self._idle)
        card.tools.reword_wanted.connect(partial(self._on_reword, turn))
        card.tools.check_wanted.connect(partial(self._on_check, turn))
        card.tools.proof_wanted.connect(partial(self._on_proof, turn))
        card.understood.edit_wanted.connect(self.edit_wanted)
        card.unfiltered_wanted.connect(lambda: self.unfiltered_wanted.emit(turn.whole_question))

    def leave(self, turn: Turn) -> None:
        """Serve ``turn`` no more."""
        self._turns.remove(turn)

    def _offer(self) -> None:
        for turn in self._turns:
            turn.card.tools.set_rewording(model_there=self._model_there, enabled=self._idle)

    def _on_reword(self, turn: Turn, style: Style) -> None:
        if turn.card.answer is not None:
            self.reword_wanted.emit(turn, style)

    def _on_check(self, turn: Turn, initials: str) -> None:
        if turn.card.answer is None:
            return
        now = datetime.now().astimezone().isoformat(timespec="seconds") if initials else ""
        checked = replace(turn.card.answer, checked_by=initials, checked_at=now)
        turn.card.finish(checked, fresh=False)
        self._bridge.save(checked)
        if initials:
            self.set_initials(initials)
            self.initials_changed.emit(initials)

    def _on_proof(self, turn: Turn) -> None:
        answer = turn.card.answer
        if answer is None:
            return
        endings = self._policy.allowed_endings((PDF_ENDING, MARKDOWN_ENDING))
        if not endings:
            turn.card.tools.show_message(no_export(self._policy))
            return
        file = ask_for_file(self._window, proof_name(answer), endings)
        if file is not None:
            turn.card.tools.show_message(self.save_proof(answer, file))

    def save_proof(self, answer: Answer, file: Path) -> str:
        """Write the proof of ``answer`` as its ending says and return what came of it, in a sentence."""
        if not self._policy.allows_export(file.suffix):
            return no_export(self._policy)
        blocks = make_proof(answer, datetime.now().astimezone().isoformat(timespec="seconds"), self._titles)
        if file.suffix.lower() == MARKDOWN_ENDING:
            content = proof_markdown(blocks).encode()
        else:
            content = make_pdf(proof_html(blocks), texts.TITLE, program_name())
        try:
            write_proof(file, content)
        except OSError as error:
            return explain_write_error(error)
        return texts.SAVED.format(name=file.name)


def ask_for_file(window: QWidget, name: str, endings: Sequence[str]) -> Path | None:
    """Ask where to save the proof ``name`` and in which form; None if the clerk gave it up."""
    filters = {PDF_ENDING: texts.FILTER_PDF, MARKDOWN_ENDING: texts.FILTER_MARKDOWN}
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    chosen, form = QFileDialog.getSaveFileName(
        window,
        texts.DIALOG_TITLE,
        str(Path(folder, name + endings[0])),
        ";;".join(filters[ending] for ending in endings),
    )
    return with_ending(Path(chosen), form) if chosen else None


def with_ending(file: Path, form: str) -> Path:
    """Return ``file`` with the ending of the chosen ``form``, whatever stands behind a full stop in its name."""
    wanted = MARKDOWN_ENDING if form == texts.FILTER_MARKDOWN else PDF_ENDING
    if file.suffix.lower() == wanted:
        return file
    if file.suffix.lower() in (PDF_ENDING, MARKDOWN_ENDING):
        return file.with_suffix(wanted)
    return file.with_name(file.name + wanted)
