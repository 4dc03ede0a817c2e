"""The real window with the real index and the real model, as a clerk uses it."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psutil
import pypdf
import pytest
from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.answer import Ending, ModelReading, Style
from desktop.app import make_window
from desktop.bridge import Bridge
from desktop.paths import Paths, find_paths
from desktop.settings import Settings, WordingChoice
from desktop.start import make_assistant
from desktop.texts import window as texts
from desktop.texts.problems import explain
from desktop.widgets.main_window import MainWindow
from models.catalogue import default_entry

QUESTION = "Darf ich personenbezogene Daten in ein KI-Werkzeug eingeben?"
SMALL_MODEL = "qwen2.5-coder-0.5b"  # where the wording does not matter, it spares minutes
ANSWER_TIMEOUT_MS = 300_000  # a slow computer must not fail the test


@pytest.fixture
def paths(data_dir: Path) -> Paths:
    """Return the real index and models beside a data folder of this test's own."""
    return find_paths(data_dir)


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, paths: Paths) -> Iterator[tuple[MainWindow, Bridge]]:
    """Return an open window with the small model."""
    yield from _opened(qtbot, paths, SMALL_MODEL)


def _opened(qtbot: QtBot, paths: Paths, model: str = "") -> Iterator[tuple[MainWindow, Bridge]]:
    window, bridge, theme = make_window(
        paths, lambda: make_assistant(paths, model, wording=WordingChoice.ALWAYS), Settings()
    )
    window.show()
    with qtbot.waitSignal(window.ready, timeout=120_000):
        bridge.open()
    yield window, bridge
    window.close()
    window.deleteLater()
    theme.deleteLater()
    QApplication.processEvents()


def _workers() -> list[psutil.Process]:
    return [one for one in psutil.Process().children(recursive=True) if "--worker" in " ".join(one.cmdline())]


def test_a_question_from_passages_to_the_cited_answer_and_back_after_a_restart(
    qtbot: QtBot, qapp: QApplication, paths: Paths
) -> None:
    answer = None
    for view, bridge in _opened(qtbot, paths):
        seen: list[str] = []
        bridge.progressed.connect(lambda event, names=seen: names.append(type(event).__name__))
        with qtbot.waitSignal(bridge.answered, timeout=ANSWER_TIMEOUT_MS) as done:
            view.ask(QUESTION)
        assert seen[0] == "PassagesFound"
        assert "ModelReading" in seen
        answer = done.args[0]
        card = view.questions.current_turn.card
        assert answer.ending is Ending.DONE
        assert answer.model
        assert answer.model_sha256 == default_entry("llm").sha256
        assert answer.evidence
        assert card.state in (texts.STATE_SUPPORTED, texts.STATE_POSSIBLE)
        assert all(" ".join(sentence.split()) in " ".join(card.text.split()) for sentence in answer.evidence)
        assert len(card.hits) >= 3
        assert view.questions._passage.number == card.first_number
        card._evidence_text.anchorClicked.emit(QUrl("cite:2"))
        assert view.questions._passage.number == 2
        assert card.hits[1].text[:60] in view.questions._passage.text
    assert _workers() == [], "no model process outlives its window"
    assert answer is not None
    for again, _ in _opened(qtbot, replace(paths, model_dirs=())):
        restored = again.questions._conversation.turns[-1]
        assert restored.question == QUESTION
        assert restored.card.answer == replace(
            answer, sources=tuple(replace(hit, explanation={}) for hit in answer.sources)
        )


def test_stop_keeps_the_passages_and_the_next_question_works(
    qtbot: QtBot, window: tuple[MainWindow, Bridge]
) -> None:
    view, bridge = window

    def stop_while_reading(event: object) -> None:
        if isinstance(event, ModelReading):
            view.questions.stop()

    bridge.progressed.connect(stop_while_reading)
    with qtbot.waitSignal(bridge.answered, timeout=ANSWER_TIMEOUT_MS) as done:
        view.ask(QUESTION)
    bridge.progressed.disconnect(stop_while_reading)
    assert done.args[0].ending is Ending.STOPPED
    assert texts.WORK_STOPPED in view.questions.current_turn.card.text
    assert done.args[0].evidence[0] in view.questions.current_turn.card.text
    assert len(view.questions.current_turn.card.hits) >= 3
    with qtbot.waitSignal(bridge.reworded, timeout=ANSWER_TIMEOUT_MS) as reworded:
        view.questions.reword(view.questions.current_turn, Style.SHORTER)
    assert reworded.args[0].evidence == done.args[0].evidence
    assert view.questions.current_turn.card.work == ""
    with qtbot.waitSignal(bridge.answered, timeout=ANSWER_TIMEOUT_MS) as done:
        view.ask("😀 „“ '' \"\" ; -- & <>?")
    assert done.args[0].ending is Ending.NO_EVIDENCE


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs a signal that cannot be caught")
def test_a_killed_model_costs_one_answer(qtbot: QtBot, window: tuple[MainWindow, Bridge]) -> None:
    view, bridge = window

    def kill_while_reading(event: object) -> None:
        if isinstance(event, ModelReading):
            for worker in _workers():
                os.kill(worker.pid, signal.SIGKILL)

    bridge.progressed.connect(kill_while_reading)
    with qtbot.waitSignal(bridge.answered, timeout=ANSWER_TIMEOUT_MS) as done:
        view.ask(QUESTION)
    bridge.progressed.disconnect(kill_while_reading)
    card = view.questions.current_turn.card
    assert done.args[0].ending is Ending.FAILED
    assert explain(done.args[0].problem).sentence in card.text
    assert len(card.hits) >= 3
    with qtbot.waitSignal(bridge.answered, timeout=ANSWER_TIMEOUT_MS) as done:
        view.ask(QUESTION)
    assert done.args[0].ending is Ending.DONE


def test_a_question_of_ten_thousand_characters(qtbot: QtBot, window: tuple[MainWindow, Bridge]) -> None:
    view, bridge = window
    question = ("Muss ich Texte kennzeichnen, die ein KI-Werkzeug für das Rathaus geschrieben hat? " * 130)[
        :10_000
    ]

    def stop_while_reading(event: object) -> None:
        if isinstance(event, ModelReading):
            view.questions.stop()  # that it is read at all is enough; all of it would take a minute and more

    bridge.progressed.connect(stop_while_reading)
    with qtbot.waitSignal(bridge.answered, timeout=ANSWER_TIMEOUT_MS) as done:
        view.ask(question)
    bridge.progressed.disconnect(stop_while_reading)
    assert done.args[0].question == question
    assert len(view.questions.current_turn.card.hits) >= 1
    assert view.questions.current_turn.card.text


def test_without_a_model_the_evidence_is_the_answer_and_can_be_proved(
    qtbot: QtBot, qapp: QApplication, paths: Paths, tmp_path: Path
) -> None:
    for view, bridge in _opened(qtbot, replace(paths, model_dirs=())):
        with qtbot.waitSignal(bridge.answered, timeout=60_000) as done:
            view.ask(QUESTION)
        assert done.args[0].ending is Ending.NO_MODEL
        card = view.questions.current_turn.card
        assert texts.WORK_NO_MODEL in card.text
        assert done.args[0].evidence[0] in card.text
        assert len(card.hits) >= 3
        nachweis = tmp_path / "Nachweis.pdf"
        assert nachweis.name in view.questions._desk.save_proof(done.args[0], nachweis)
        pages = pypdf.PdfReader(nachweis).pages
        read = "".join("".join(page.extract_text() for page in pages).split())
        assert "".join(done.args[0].evidence[0].split()) in read
        assert done.args[0].index_hash in read


def test_the_program_opens_its_window_and_closes_it_again(data_dir: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "desktop", "--data-dir", str(data_dir), "--quit-when-ready"],
        cwd=Path(__file__).parents[2],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ended.returncode, ended.stdout) == (0, "")
    assert "Traceback" not in ended.stderr
    log = (data_dir / "leitstern.log").read_text(encoding="utf-8")
    assert "ERROR" not in log
    assert "CRITICAL" not in log
