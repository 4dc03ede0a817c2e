"""What a clerk does with an answer: word it anew, mark it as checked, prove it, correct a follow-up."""

import errno
from dataclasses import replace
from pathlib import Path

import pypdf
import pytest
from odfdo import Document
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit, QPushButton, QWidget

from desktop.answer import Ending, State, Style
from desktop.history import History
from desktop.paths import Paths
from desktop.settings import load_settings
from desktop.texts import proof as proof_texts
from desktop.texts import window as texts
from desktop.texts.problems import explain
from desktop.widgets import history_saving
from desktop.widgets.save_dialog import with_ending


def button(root: QWidget, name: str) -> QPushButton:
    """Return the one visible button that a screen reader would call ``name``."""
    found = [
        one for one in root.findChildren(QPushButton) if one.accessibleName() == name and one.isVisible()
    ]
    assert len(found) == 1, f"{len(found)} buttons named {name!r}"
    return found[0]


def shown(root: QWidget) -> str:
    """Return the text of all visible labels."""
    return "\n".join(one.text() for one in root.findChildren(QLabel) if one.isVisible())


@pytest.mark.parametrize(
    ("name", "style", "heading"),
    [
        (texts.SHORTER_LABEL, Style.SHORTER, texts.WORDING_SHORTER),
        (texts.SIMPLER_LABEL, Style.SIMPLER, texts.WORDING_SIMPLER),
        (texts.AGAIN_LABEL, Style.AGAIN, texts.WORDING),
    ],
)
def test_other_words_take_the_place_of_the_old_ones_and_are_kept(
    open_desk, paths: Paths, name: str, style: Style, heading: str
) -> None:
    desk = open_desk()
    before = desk.ask("Frage?")
    card = desk.window.questions.current_turn.card
    pressed = button(card, name)
    pressed.setFocus()
    with desk.qtbot.waitSignal(desk.bridge.reworded, timeout=20_000):
        desk.qtbot.keyClick(pressed, Qt.Key.Key_Space)
    assert desk.assistant.reworded == [style]
    assert "Das ist kürzer" in card.text
    assert "Vorkehrungen" not in card.text
    assert heading in shown(card)
    assert card.evidence == before.evidence
    assert QApplication.focusWidget() is pressed, "the keyboard stays where it was"
    desk.close()
    stored, _ = History(paths.history).latest(5)
    assert [(one.text, one.style) for one in stored] == [("Das ist kürzer [1].", style)]


def test_where_no_other_wording_holds_the_old_one_stays(open_desk, assistant_type, paths: Paths) -> None:
    desk = open_desk(assistant_type(other_pieces=()))
    before = desk.ask("Frage?")
    card = desk.window.questions.current_turn.card
    with desk.qtbot.waitSignal(desk.bridge.reworded, timeout=20_000):
        button(card, texts.SHORTER_LABEL).click()
    assert "Vorkehrungen" in card.text
    assert card.tools.message == texts.REWORD_FAILED
    assert card.answer == before


def test_rewording_can_be_stopped_and_nothing_else_runs_meanwhile(open_desk, assistant_type) -> None:
    desk = open_desk(assistant_type(hold="reword"))
    desk.ask("Frage?")
    card = desk.window.questions.current_turn.card
    button(card, texts.SIMPLER_LABEL).click()
    desk.qtbot.waitUntil(lambda: card.work == texts.reading(40, 100), timeout=20_000)
    assert not button(card, texts.AGAIN_LABEL).isEnabled()
    desk.window.ask("Noch eine?")
    assert [asked[0] for asked in desk.assistant.asked] == ["Frage?"]
    with desk.qtbot.waitSignal(desk.bridge.reworded, timeout=20_000):
        desk.qtbot.keyClick(desk.window, Qt.Key.Key_Escape)
    assert card.tools.message == texts.REWORD_STOPPED
    assert card.work == ""
    assert "Vorkehrungen" in card.text
    assert button(card, texts.AGAIN_LABEL).isEnabled()


def test_a_model_that_fails_while_rewording_leaves_the_answer(open_desk, assistant_type) -> None:
    desk = open_desk()
    desk.ask("Frage?")
    desk.assistant.ending = Ending.FAILED
    desk.assistant.problem = "out_of_memory"
    card = desk.window.questions.current_turn.card
    with desk.qtbot.waitSignal(desk.bridge.reworded, timeout=20_000):
        button(card, texts.AGAIN_LABEL).click()
    assert card.tools.message == explain("out_of_memory").whole
    assert "Vorkehrungen" in card.text


@pytest.mark.expects_errors
def test_a_programme_error_while_rewording_is_one_sentence(open_desk) -> None:
    desk = open_desk()
    desk.ask("Frage?")
    desk.assistant.error = ValueError("kaputt")
    card = desk.window.questions.current_turn.card
    with desk.qtbot.waitSignal(desk.bridge.failed, timeout=20_000):
        button(card, texts.AGAIN_LABEL).click()
    assert card.tools.message == explain("unexpected").whole
    assert card.state == texts.STATE_SUPPORTED


def test_only_what_has_evidence_can_be_worded(open_desk, assistant_type) -> None:
    desk = open_desk(assistant_type(state_of_answers=State.NOTHING))
    desk.ask("Frage?")
    offered = {
        one.accessibleName()
        for one in desk.window.questions.current_turn.card.findChildren(QPushButton)
        if one.isVisible()
    }
    assert texts.SHORTER_LABEL not in offered
    assert {texts.COPY_LABEL, texts.CHECK_LABEL, texts.PROOF_LABEL} <= offered


def test_an_answer_is_marked_as_checked_by_keyboard_and_the_mark_taken_back(
    open_desk, assistant_type, paths: Paths
) -> None:
    desk = open_desk()
    qtbot = desk.qtbot
    desk.ask("Frage?")
    card = desk.window.questions.current_turn.card
    qtbot.keyClick(button(card, texts.CHECK_LABEL), Qt.Key.Key_Space)
    field = next(one for one in card.findChildren(QLineEdit) if one.accessibleName() == texts.CHECK_INITIALS)
    assert field.hasFocus()
    qtbot.keyClicks(field, "  ")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert card.tools.mark == "", "nobody is no checker"
    qtbot.keyClicks(field, "MK")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert card.tools.mark.endswith("von MK")
    desk.close()
    assert load_settings(paths.settings).initials == "MK"
    again = open_desk(assistant_type(), settings=load_settings(paths.settings))
    restored = again.window.questions._conversation.turns[-1].card
    again.window.questions._set_current(again.window.questions._conversation.turns[-1])
    assert restored.tools.mark.endswith("von MK")
    button(restored, texts.CHECK_UNDO_LABEL).click()
    assert restored.tools.mark == ""
    button(restored, texts.CHECK_LABEL).click()
    assert next(one for one in restored.findChildren(QLineEdit) if one.isVisible()).text() == "MK"
    again.close()
    assert History(paths.history).latest(1)[0][0].checked_by == ""


def test_a_check_holds_for_the_checked_words_only(open_desk) -> None:
    desk = open_desk()
    desk.ask("Frage?")
    card = desk.window.questions.current_turn.card
    card.tools.check_wanted.emit("MK")
    assert card.tools.mark
    with desk.qtbot.waitSignal(desk.bridge.reworded, timeout=20_000):
        button(card, texts.SHORTER_LABEL).click()
    assert card.tools.mark == ""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return an empty folder to save into."""
    made = tmp_path / "Ablage Bürgeramt"
    made.mkdir()
    return made


@pytest.mark.parametrize("ending", [".pdf", ".odt", ".md"])
def test_a_proof_is_saved_under_a_sensible_name(
    open_desk, folder: Path, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    names = []

    def choose(_: QWidget, name: str, __: object, *, several: bool) -> Path:
        assert not several
        names.append(name)
        return folder / (name + ending)

    monkeypatch.setattr(history_saving, "ask_for_file", choose)
    desk = open_desk()
    answer = desk.ask("Muss ich Bilder mit einer Kennzeichnung versehen?")
    card = desk.window.questions.current_turn.card
    button(card, texts.PROOF_LABEL).click()
    assert names == [f"Antwort-Nachweis_{answer.asked_at[:10]}_Kennzeichnung"]
    file = folder / (names[0] + ending)
    assert card.tools.message == proof_texts.SAVED.format(name=file.name)
    read = {".pdf": pdf_text, ".odt": odt_text, ".md": lambda one: one.read_text(encoding="utf-8")}
    text = read[ending](file)
    assert answer.model_sha256 in text.replace("\n", "")
    assert list(folder.iterdir()) == [file], "nothing half-written stays behind"


def pdf_text(file: Path) -> str:
    """Return the text of all pages."""
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(file).pages).replace("\t", " ")


def odt_text(file: Path) -> str:
    """Return the text of an OpenDocument file."""
    return str(Document(file).get_formatted_text())


def test_a_dialog_that_is_given_up_saves_nothing(open_desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history_saving, "ask_for_file", lambda *_, **__: None)
    desk = open_desk()
    desk.ask("Frage?")
    card = desk.window.questions.current_turn.card
    button(card, texts.PROOF_LABEL).click()
    assert card.tools.message == ""


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (errno.ENOSPC, proof_texts.DISK_FULL),
        (errno.EACCES, proof_texts.NOT_WRITABLE),
        (errno.EROFS, proof_texts.NOT_WRITABLE),
        (errno.EIO, proof_texts.NOT_SAVED),
    ],
)
def test_a_proof_that_cannot_be_written_is_one_sentence(
    open_desk, folder: Path, monkeypatch: pytest.MonkeyPatch, number: int, sentence: str
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(number, "nein")

    monkeypatch.setattr(history_saving, "ask_for_file", lambda *_, **__: folder / "nachweis.md")
    monkeypatch.setattr("desktop.file_saving.os.fsync", refuse)
    desk = open_desk()
    desk.ask("Frage?")
    card = desk.window.questions.current_turn.card
    button(card, texts.PROOF_LABEL).click()
    assert card.tools.message == sentence
    assert list(folder.iterdir()) == []


def test_a_folder_that_is_gone_is_one_sentence(open_desk, tmp_path: Path, answer_maker) -> None:
    desk = open_desk()
    gone = tmp_path / "weg" / "nachweis.pdf"
    assert desk.window.questions._desk.save_proof(answer_maker(), gone) == proof_texts.NOT_SAVED


@pytest.mark.parametrize(
    ("name", "form", "wanted"),
    [
        ("a.pdf", ".pdf", "a.pdf"),
        ("a", ".pdf", "a.pdf"),
        ("a", ".md", "a.md"),
        ("a.pdf", ".md", "a.md"),
        ("a.odt", ".pdf", "a.pdf"),
        ("Art. 50", ".pdf", "Art. 50.pdf"),
        ("22.11", ".md", "22.11.md"),
        ("a.PDF", ".pdf", "a.PDF"),
    ],
)
def test_the_ending_follows_the_chosen_form(name: str, form: str, wanted: str) -> None:
    assert with_ending(Path(name), form, [".pdf", ".odt", ".md"]) == Path(wanted)


def test_a_follow_up_shows_how_it_was_understood_and_can_be_changed(open_desk, assistant_type) -> None:
    whole = "Muss ich in Wien Bilder kennzeichnen?"
    desk = open_desk(assistant_type(hold="read", understood=whole))
    desk.window.ask("Und in Wien?")
    card = desk.window.questions.current_turn.card
    desk.qtbot.waitUntil(lambda: card.understood.question == whole, timeout=20_000)
    assert texts.UNDERSTOOD.format(question=whole) in shown(card), "while it is still being answered"
    with desk.qtbot.waitSignal(desk.bridge.answered, timeout=20_000):
        desk.assistant.release()
    button(card, texts.UNDERSTOOD_EDIT_LABEL).click()
    field = next(
        one
        for one in desk.window.findChildren(QPlainTextEdit)
        if one.accessibleName() == texts.QUESTION_LABEL
    )
    assert field.toPlainText() == whole
    assert field.hasFocus()


def test_the_whole_question_before_goes_along_also_after_a_restart(open_desk, assistant_type) -> None:
    first = open_desk()
    first.ask("Muss ich Bilder kennzeichnen?")
    first.assistant.understood = "Muss ich in Wien Bilder kennzeichnen?"
    first.ask("Und in Wien?")
    first.assistant.understood = ""
    first.ask("Was ist Hamm?")
    assert first.assistant.previous == [
        "",
        "Muss ich Bilder kennzeichnen?",
        "Muss ich in Wien Bilder kennzeichnen?",
    ]
    first.close()
    second = open_desk(assistant_type())
    second.ask("Und dort?")
    assert second.assistant.previous == ["Was ist Hamm?"]


def test_marks_cannot_be_kept_where_the_history_cannot_be_written(
    open_desk, paths: Paths, data_dir: Path
) -> None:
    blocked = data_dir / "blocked"
    blocked.write_text("", encoding="utf-8")
    desk = open_desk(own_paths=replace(paths, data_dir=blocked / "data"))
    desk.ask("Frage?")
    card = desk.window.questions.current_turn.card
    card.tools.check_wanted.emit("MK")
    assert card.tools.mark.endswith("von MK")
    assert explain("history_unwritable").sentence in shown(desk.window)
