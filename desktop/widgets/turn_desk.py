"""Serves what a clerk wants to do with a finished answer: mark it as checked, prove it, word it anew."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from desktop.policy import NO_POLICY, Policy

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from desktop.answer import Answer, Style
    from desktop.bridge import Bridge
    from desktop.widgets.turn import Turn
    from guidelines_db.results import CollectionInfo


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
        from datetime import datetime

        now = datetime.now().astimezone().isoformat(timespec="seconds") if initials else ""
        checked = replace(turn.card.answer, checked_by=initials, checked_at=now)
        turn.card.finish(checked, fresh=False)
        self._bridge.save(checked)
        if initials:
            self.set_initials(initials)
            self.initials_changed.emit(initials)

    def _on_proof(self, turn: Turn) -> None:
        # Whatever makes files of answers is loaded when the first one is wanted.
        from desktop.history_export import Form
        from desktop.proof import proof_name
        from desktop.texts.policy import no_export
        from desktop.widgets.history_saving import ask_for_file

        answer = turn.card.answer
        if answer is None:
            return
        forms = tuple(form for form in Form if self._policy.allows_export(form.value))
        if not forms:
            turn.card.tools.show_message(no_export(self._policy))
            return
        file = ask_for_file(self._window, proof_name(answer), forms, several=False)
        if file is not None:
            turn.card.tools.show_message(self.save_proof(answer, file))

    def save_proof(self, answer: Answer, file: Path) -> str:
        """Write the proof of ``answer`` as its ending says and return what came of it, in a sentence."""
        from datetime import datetime

        from desktop.file_saving import explain_write_error, write_whole
        from desktop.history_export import export_answers
        from desktop.texts import proof as texts
        from desktop.texts.policy import no_export
        from desktop.widgets.history_saving import form_of

        if not self._policy.allows_export(file.suffix):
            return no_export(self._policy)
        made_at = datetime.now().astimezone().isoformat(timespec="seconds")
        try:
            write_whole(file, export_answers([answer], form_of(file), made_at, self._titles))
        except OSError as error:
            return explain_write_error(error)
        return texts.SAVED.format(name=file.name)
