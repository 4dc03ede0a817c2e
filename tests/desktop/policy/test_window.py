"""What the policy decides holds in the window, and is shown there."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QRadioButton

from desktop import cli
from desktop.app import make_window
from desktop.bridge import AssistantLike
from desktop.history import History
from desktop.history_export import Form
from desktop.paths import Paths
from desktop.policy import Policy
from desktop.policy_file import load_policy
from desktop.settings import Settings, WordingChoice, load_settings, save_settings
from desktop.texts import policy as texts
from desktop.texts import settings as settings_texts
from desktop.texts import window as window_texts
from desktop.widgets import history_saving
from desktop.widgets.history_saving import HistorySaving
from desktop.widgets.settings_page import SettingsPage


@pytest.fixture
def open_window(qtbot, qapp, paths: Paths, assistant_type):
    """A function from a policy, and the user's settings, to an open window."""
    opened = []

    def open_window(policy: Policy, settings: Settings | None = None):
        window, bridge, theme = make_window(paths, assistant_type, settings or Settings(), policy)
        opened.append((window, theme))
        window.show()
        with qtbot.waitSignal(window.ready, timeout=20_000):
            bridge.open()
        return window

    yield open_window
    for window, theme in opened:
        window.close()
        window.deleteLater()
        theme.deleteLater()
    qapp.processEvents()


def words(widget) -> str:
    return "\n".join(found.text() for found in widget.findChildren(QLabel) if found.isVisibleTo(widget))


def test_the_banner_stands_above_everything_as_plain_text(open_window) -> None:
    window = open_window(Policy(banner="Keine <b>Personaldaten</b> eingeben.", contact="IT, Durchwahl 7"))
    shown = words(window)
    assert "Keine <b>Personaldaten</b> eingeben. Hilfe: IT, Durchwahl 7" in shown


def test_a_mistake_is_shown_in_the_window(open_window, policy_file: Path) -> None:
    policy_file.parent.mkdir()
    policy_file.write_text('[answers]\nwording = "maybe"\nx = 1\n', encoding="utf-8")
    window = open_window(load_policy(policy_file))
    shown = words(window)
    assert "Zeile 2, answers.wording" in shown
    assert texts.FURTHER.format(count=1) in shown


def test_locked_settings_are_shown_as_such_and_cannot_be_changed(open_window, paths: Paths) -> None:
    own = Settings(wording=WordingChoice.ALWAYS, threads=1, history_days=365)
    save_settings(own, paths.settings)
    policy = Policy(
        present=True, wording=WordingChoice.NEVER, model="qwen2.5-coder-0.5b", history_days=30, threads=2
    )
    window = open_window(policy, own)
    window.show_page("settings")
    page = window.page("settings")
    assert isinstance(page, SettingsPage)
    chosen = page.wordings.checkedButton()
    assert isinstance(chosen, QRadioButton)
    assert chosen.text() == settings_texts.WORDING_NEVER
    assert page.keeping.currentData() == (True, 30)
    for part in (*page.wordings.buttons(), page.models, page.threads, page.keeping):
        assert not part.isEnabled()
        assert part.accessibleDescription() == settings_texts.LOCKED
    assert page.type_size.isEnabled()
    shown = words(page)
    assert shown.count(settings_texts.LOCKED) == 4
    assert f"{texts.HISTORY}: {texts.HISTORY_DAYS.format(count=30)}" in shown
    page.type_size.setValue(page.type_size.value() + 1)
    stored = load_settings(paths.settings)
    assert stored.type_percent > 100
    assert (stored.wording, stored.threads, stored.history_days) == (
        own.wording,
        own.threads,
        own.history_days,
    )


def test_where_no_model_may_word_answers_nobody_is_told_that_none_is_there(
    qtbot, qapp, paths, assistant_type
) -> None:
    window, bridge, theme = make_window(
        paths, lambda: assistant_type(state="none"), Settings(), Policy(wording=WordingChoice.NEVER)
    )
    window.show()
    with qtbot.waitSignal(window.ready, timeout=20_000):
        bridge.open()
    assert window_texts.NO_MODEL not in words(window)
    window.close()
    window.deleteLater()
    theme.deleteLater()
    qapp.processEvents()


def test_without_a_policy_nothing_of_it_is_shown(open_window) -> None:
    window = open_window(Policy())
    window.show_page("settings")
    assert texts.CARD not in words(window.page("settings"))
    assert settings_texts.LOCKED not in words(window)


def test_history_that_is_off_stores_nothing_whatever_the_settings_file_says(
    open_window, qtbot, paths: Paths
) -> None:
    window = open_window(Policy(store_history=False), Settings(store_history=True))
    with qtbot.waitSignal(window._bridge.answered, timeout=20_000):
        window.ask("Darf ich das?")
    window.close()
    history = History(paths.history)
    history.prepare()
    assert history.latest(5)[0] == []


def test_older_questions_are_deleted_as_the_policy_says(open_window, answer_maker, paths: Paths) -> None:
    """Though the settings file says that everything is kept."""
    before = History(paths.history)
    before.prepare()
    for question, days in (("Alt?", 40), ("Neu?", 5)):
        asked = (datetime.now().astimezone() - timedelta(days=days)).isoformat(timespec="seconds")
        before.add(answer_maker(question, asked_at=asked))
    open_window(Policy(history_days=30), Settings(history_days=0)).close()
    after = History(paths.history)
    after.prepare()
    assert [answer.question for answer in after.latest(5)[0]] == ["Neu?"]


def test_only_allowed_forms_are_saved(
    open_window, qtbot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    offered = []

    def choose(_: object, name: str, forms: tuple[Form, ...], **__: object) -> Path:
        offered.extend(forms)
        return tmp_path / f"{name}.md"

    monkeypatch.setattr(history_saving, "ask_for_file", choose)
    policy = Policy(export_formats=("pdf",), contact="IT, Durchwahl 7")
    window = open_window(policy)
    with qtbot.waitSignal(window._bridge.answered, timeout=20_000):
        window.ask("Darf ich das?")
    turn = window.questions.current_turn
    turn.card.tools.proof_wanted.emit()
    assert offered == [Form.PDF]
    assert turn.card.tools.message == texts.no_export(policy), (
        "a name typed with another ending does not help"
    )
    assert not list(tmp_path.glob("*.md"))
    saving = HistorySaving(window, window._bridge, policy)
    said: list[str] = []
    saving.write([turn.card.answer], tmp_path / "verlauf.md", "2026-01-01", said.append)
    assert said == [texts.no_export(policy)]


def test_where_nothing_may_be_saved_nobody_is_asked_for_a_file(
    open_window, qtbot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history_saving, "ask_for_file", lambda *_, **__: pytest.fail("asked for a file"))
    policy = Policy(export_formats=())
    window = open_window(policy)
    with qtbot.waitSignal(window._bridge.answered, timeout=20_000):
        window.ask("Darf ich das?")
    turn = window.questions.current_turn
    turn.card.tools.proof_wanted.emit()
    assert turn.card.tools.message == texts.NO_EXPORT
    said: list[str] = []
    HistorySaving(window, window._bridge, policy).save(["x"], said.append)
    assert said == [texts.NO_EXPORT]


def test_the_window_is_given_what_holds(
    policy_file: Path, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From the file of the policy to the assistant: the settings file and the call change nothing."""
    policy_file.parent.mkdir()
    policy_file.write_text(
        '[answers]\nwording = "never"\n[models]\ndefault = "qwen2.5-coder-0.5b"\nthreads = 2',
        encoding="utf-8",
    )
    save_settings(
        Settings(wording=WordingChoice.ALWAYS, model="mine.gguf", threads=9), data_dir / "settings.json"
    )
    seen: list[object] = []

    def run_window(
        _: object, paths: Paths, make: Callable[[Settings], AssistantLike], policy: Policy, **__: object
    ) -> int:
        make(policy.applied_to(load_settings(paths.settings)))
        return 0

    def make_assistant(paths: Paths, *decided: object) -> object:
        seen.extend(decided)
        return object()

    monkeypatch.setattr("desktop.application.make_application", object)
    monkeypatch.setattr("desktop.app.run_window", run_window)
    monkeypatch.setattr("desktop.start.make_assistant", make_assistant)
    assert cli.main(["--data-dir", str(data_dir)], policy_file) == 0
    assert seen[:3] == ["qwen2.5-coder-0.5b", 2, WordingChoice.NEVER]
    assert isinstance(seen[3], Policy)
    assert cli.main(["--data-dir", str(data_dir), "--wording", "always"], policy_file) == cli.FORBIDDEN
