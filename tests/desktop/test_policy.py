"""The machine's policy holds in window and command line, whatever a user's files, environment or call say."""

import hashlib
import json
import os
import struct
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QRadioButton

from desktop import cli
from desktop.app import make_window
from desktop.bridge import AssistantLike
from desktop.doctor import examine
from desktop.full_document import read_full
from desktop.history import History
from desktop.history_export import Form
from desktop.library import ImportForbidden, Library, UnknownCollection, UnknownDocument
from desktop.model_import import ModelNotTaken, take_model
from desktop.model_list import known_models
from desktop.paths import Paths
from desktop.policy import Policy
from desktop.policy_file import load_policy
from desktop.report import gather
from desktop.settings import Settings, WordingChoice, load_settings, save_settings
from desktop.start import find_llm, make_writer, open_writer
from desktop.texts import doctor as doctor_texts
from desktop.texts import policy as texts
from desktop.texts import settings as settings_texts
from desktop.texts import window as window_texts
from desktop.texts.problems import PROBLEMS
from desktop.widgets import history_saving
from desktop.widgets.history_saving import HistorySaving
from desktop.widgets.settings_page import SettingsPage
from guidelines_db.build import build_index
from models.errors import MemoryForbidden, ModelForbidden
from models.model_file import sha256_of

QUESTION = "Muss ich KI-Texte kennzeichnen?"
HEADER = struct.pack("<4sIQQ", b"GGUF", 3, 10, 20)


@pytest.fixture(scope="session")
def share(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("share")
    build_index(folder / "collections.db")
    return folder


@pytest.fixture
def machine(tmp_path: Path, share: Path) -> Paths:
    """Paths with collections and an empty folder for models."""
    models = tmp_path / "models"
    models.mkdir()
    return Paths(tmp_path / "data", share, (models,))


@pytest.fixture
def policy_file(tmp_path: Path) -> Path:
    return tmp_path / "etc/policy.toml"


@pytest.fixture
def decide(policy_file: Path) -> Callable[[str], Policy]:
    """A function that writes a policy and reads it."""

    def decide(text: str) -> Policy:
        policy_file.parent.mkdir(exist_ok=True)
        policy_file.write_text(text, encoding="utf-8")
        policy = load_policy(policy_file)
        assert policy.mistakes == ()
        return policy

    return decide


@pytest.fixture
def call(
    policy_file: Path, data_dir: Path, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str, str]]:
    """A function that calls the command line under the policy: exit code, output, errors."""

    def call(*arguments: str | Path) -> tuple[int, str, str]:
        code = cli.main(["--data-dir", str(data_dir), *map(str, arguments)], policy_file)
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


def put_model(folder: Path, name: str, content: bytes = b"weights") -> tuple[Path, str]:
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / name
    file.write_bytes(HEADER + content)
    return file, hashlib.sha256(HEADER + content).hexdigest()


# Models.


def test_only_models_with_an_allowed_sum_are_chosen(machine: Paths) -> None:
    _, allowed = put_model(machine.model_dirs[0], "zz.gguf", b"good")
    put_model(machine.model_dirs[0], "aa.gguf", b"other")
    assert find_llm(machine) == (machine.model_dirs[0] / "aa.gguf", None)
    policy = Policy(allowed_models={allowed: "zz.gguf"})
    assert find_llm(machine, "", policy) == (machine.model_dirs[0] / "zz.gguf", None)
    assert [model.name for model in known_models(machine, policy) if model.file] == ["zz.gguf"]
    assert find_llm(machine, "", Policy(allowed_models={})) is None


def test_the_name_of_an_allowed_model_does_not_help_another_file(machine: Paths) -> None:
    file, _ = put_model(machine.model_dirs[0], "good.gguf", b"not what was allowed")
    policy = Policy(
        allowed_models={hashlib.sha256(HEADER + b"good").hexdigest(): "good.gguf"}, model="good.gguf"
    )
    writer, _ = open_writer(machine, file, None, policy=policy)
    with pytest.raises(ModelForbidden):
        writer.ensure_loaded()
    writer.close()


def test_a_forged_note_of_the_sum_does_not_help_either(machine: Paths) -> None:
    """Sums are remembered in the user's folder; before loading they are computed anew."""
    file, real = put_model(machine.model_dirs[0], "evil.gguf", b"evil")
    good = hashlib.sha256(b"good").hexdigest()
    policy = Policy(allowed_models={good: "good.gguf"})
    assert find_llm(machine, "", policy) is None
    (stamp,) = machine.stamps.iterdir()
    noted = json.loads(stamp.read_text(encoding="utf-8"))
    assert noted["sha256"] == real
    stamp.write_text(json.dumps({**noted, "sha256": good}), encoding="utf-8")
    writer = make_writer(machine, wording=WordingChoice.ALWAYS, policy=policy)
    assert writer is not None
    assert writer.file == file
    with pytest.raises(ModelForbidden):
        writer.ensure_loaded()
    writer.close()


def test_a_model_that_needs_too_much_memory_is_not_chosen_and_not_loaded(machine: Paths) -> None:
    from models.catalogue import load_catalogue

    large, small = (load_catalogue()[name] for name in ("qwen2.5-coder-1.5b", "qwen2.5-coder-0.5b"))
    file, _ = put_model(machine.model_dirs[0], large.file)
    put_model(machine.model_dirs[0], small.file)
    policy = Policy(memory_mb=1_000)
    assert find_llm(machine)[1] == large
    assert find_llm(machine, "", policy)[1] == small
    writer, client = open_writer(machine, file, None, policy=Policy(memory_mb=100))
    with pytest.raises(MemoryForbidden):
        writer.ensure_loaded()
    assert client.pid is None
    writer.close()


def test_a_model_with_another_sum_is_not_taken_from_a_stick(machine: Paths, tmp_path: Path) -> None:
    source, sum_ = put_model(tmp_path / "stick", "new.gguf")
    target = tmp_path / "taken"
    with pytest.raises(ModelNotTaken) as refused:
        take_model(source, target, policy=Policy(allowed_models={"ab" * 32: "other"}))
    assert settings_texts.NOT_TAKEN[refused.value.key]
    assert list(target.iterdir()) == []
    assert take_model(source, target, policy=Policy(allowed_models={sum_: "new"})).sha256 == sum_


def test_what_only_looks_like_a_model_is_never_waited_for(machine: Paths) -> None:
    """A FIFO and a link to a device, where IT brings models in, with and without a policy."""
    os.mkfifo(machine.model_dirs[0] / "aa.gguf")
    (machine.model_dirs[0] / "bb.gguf").symlink_to("/dev/zero")
    for policy in (Policy(), Policy(allowed_models={"ab" * 32: "x"})):
        assert find_llm(machine, "", policy) is None
        assert not [model for model in known_models(machine, policy) if model.file]
    assert gather(machine, Policy()).models == ()
    with pytest.raises(OSError, match="no regular file"):
        sha256_of(machine.model_dirs[0] / "aa.gguf")


def test_doctor_says_when_a_model_is_there_and_not_allowed(machine: Paths) -> None:
    file, sum_ = put_model(machine.model_dirs[0], "mine.gguf")
    for policy in (Policy(allowed_models={"ab" * 32: "x"}), Policy(allowed_models={}, model="mine.gguf")):
        findings = [one.value for one in examine(machine, policy).findings if one.name == doctor_texts.LLM]
        assert findings == [doctor_texts.NOT_ALLOWED.format(file=file)]
    allowed = examine(machine, Policy(allowed_models={sum_: "mine"})).findings
    assert [one.state for one in allowed if one.name == doctor_texts.LLM] == ["ok"]


# Collections and documents.


def test_hidden_collections_are_not_there(machine: Paths) -> None:
    every = Library(machine)
    hidden = every.search("Wann ist ein Rat befangen?", None, 1).hits[0].document
    every.close()
    assert hidden.collection == "gemo-bw"
    library = Library(machine, policy=Policy(collections=("recht", "ki-leitlinien")))
    try:
        assert [info.name for info in library.collections()] == ["ki-leitlinien", "recht"]
        found = library.search("Wann ist ein Rat befangen?").hits
        assert {hit.document.collection for hit in found} <= {"ki-leitlinien", "recht"}
        with pytest.raises(UnknownCollection):
            library.search("Wann ist ein Rat befangen?", ["gemo-bw"])
        with pytest.raises(UnknownDocument, match="gemo-bw"):
            read_full(library, "gemo-bw", hidden.id)
        browsed = library.browse("").documents
        assert {one.document.collection for one in browsed} <= {"ki-leitlinien", "recht"}
        with library.reading() as (reader,):
            assert {info.collection for _, info in reader.documents()} == {"ki-leitlinien", "recht"}
            shown = {passage for passage, _, _ in reader.matches("", "", None, 10_000, ranked=False)}
            assert set(reader.holding([[("rat",)]])) <= shown
            assert set(reader.candidates(["rat", "gemeinderat"])) <= shown
    finally:
        library.close()


def test_no_collection_shown_is_an_empty_program_and_no_error(machine: Paths) -> None:
    library = Library(machine, policy=Policy(collections=()))
    assert library.collections() == []
    assert library.search(QUESTION).hits == ()
    library.close()


def test_own_documents_are_hidden_or_only_taken_from_where_they_may(machine: Paths, tmp_path: Path) -> None:
    inside, outside = tmp_path / "inside", tmp_path / "outside"
    for folder in (inside, outside):
        folder.mkdir()
        (folder / f"{folder.name}.md").write_text("# Hunde\nDie Leinenpflicht gilt immer.", encoding="utf-8")
    (inside / "link.md").symlink_to(outside / "outside.md")
    library = Library(machine, policy=Policy(import_folders=(inside,)))
    report = library.import_paths(
        [inside, outside / "outside.md", inside / "../outside/outside.md"], "Eigene"
    )
    assert [file.name for file in report.taken] == ["inside.md"]
    assert sorted(reason for _, reason in report.skipped) == ["link", "outside", "outside"]
    library.close()
    for policy in (Policy(import_allowed=False), Policy(own_collections=False), Policy(import_folders=())):
        library = Library(machine, policy=policy)
        with pytest.raises(ImportForbidden):
            library.import_paths([inside / "inside.md"], "Eigene")
        own = [info.name for info in library.collections() if info.own]
        assert own == (["Eigene"] if policy.own_collections else [])
        library.close()


# The command line.


@pytest.mark.parametrize(
    ("option", "value", "shown"),
    [
        ("--wording", "always", "never"),
        ("--model", "qwen2.5-coder-0.5b", "qwen2.5-coder-1.5b"),
        ("--threads", "8", "2"),
    ],
)
def test_a_locked_option_is_refused_in_one_sentence(
    decide, call, option: str, value: str, shown: str
) -> None:
    decide(
        '[answers]\nwording = "never"\n[models]\ndefault = "qwen2.5-coder-1.5b"\nthreads = 2\n'
        '[window]\ncontact = "IT, Durchwahl 7"'
    )
    code, out, err = call(option, value, "search", QUESTION)
    assert code == cli.FORBIDDEN == 3
    assert out == ""
    sentence = texts.LOCKED_OPTION.format(option=option, value=shown)
    assert err == texts.with_contact(sentence, "IT, Durchwahl 7") + "\n"
    assert call(option, shown, "search", QUESTION)[0] == cli.DONE, "what is decided may be said"


def test_what_may_be_changed_may_be_given(decide, call) -> None:
    decide('[answers]\nwording = "never"\n[settings]\nchangeable = ["wording"]')
    assert call("--wording", "tested", "search", QUESTION)[0] == cli.DONE


def test_evidence_only_holds_for_the_command_line(decide, call, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where settings, environment and a stored verdict of the user say otherwise."""
    decide('[answers]\nwording = "never"')
    for name in (
        "LEITSTERN_POLICY",
        "LEITSTERN_WORDING",
        "LEITSTERN_MODEL",
        "XDG_CONFIG_HOME",
        "XDG_CONFIG_DIRS",
    ):
        monkeypatch.setenv(name, "/nonexistent")
    code, out, _ = call("ask", "--json", QUESTION)
    assert code == cli.DONE
    answer = json.loads(out)
    assert answer["model"] is None
    assert answer["evidence"]


def test_a_model_that_is_named_and_not_allowed_is_refused(decide, call, tmp_path: Path) -> None:
    file, _ = put_model(tmp_path, "mine.gguf")
    decide(f'[models]\nallowed."good.gguf" = "{"ab" * 32}"')
    code, out, err = call("--model", file, "--wording", "always", "ask", QUESTION)
    assert (code, out, err) == (cli.FORBIDDEN, "", texts.NO_MODEL + "\n")
    code, out, err = call("models", "check", file)
    assert (code, out) == (cli.FORBIDDEN, "")
    assert len(err.splitlines()) == 1


def test_import_that_is_not_allowed_is_refused_in_one_sentence(decide, call, tmp_path: Path) -> None:
    file = tmp_path / "hund.md"
    file.write_text("# Hunde\nDie Leinenpflicht gilt immer.", encoding="utf-8")
    decide('[import]\nallowed = false\n[window]\ncontact = "IT, Durchwahl 7"')
    code, out, err = call("import", file, "--collection", "Eigene")
    assert (code, out) == (cli.FORBIDDEN, "")
    assert err == texts.with_contact(PROBLEMS["import_forbidden"].sentence, "IT, Durchwahl 7") + "\n"


def test_only_shown_collections_can_be_asked(decide, call) -> None:
    decide('[collections]\nshown = ["recht"]')
    code, out, _ = call("search", "--json", "Wann ist ein Rat befangen?")
    assert code == cli.DONE
    assert {hit["collection"] for hit in json.loads(out)["results"]} == {"recht"}
    code, _, err = call("search", "Wann?", "--collection", "gemo-bw")
    assert code == cli.FAILED
    assert "recht" in err


def test_doctor_names_policy_and_mistakes(call, policy_file: Path) -> None:
    _, out, _ = call("doctor", "--json")
    findings = {finding["name"]: finding for finding in json.loads(out)["findings"]}
    assert findings[texts.NAME]["value"] == texts.NONE.format(file=policy_file)
    policy_file.parent.mkdir()
    policy_file.write_text('[answers]\n\nwording = "maybe"\n[history]\ndays = 30\n', encoding="utf-8")
    code, out, _ = call("doctor", "--json")
    assert code == cli.DONE
    record = json.loads(out)
    assert record["ok"] is False
    bad = [finding["value"] for finding in record["findings"] if finding["state"] == "bad"]
    assert bad[-1].startswith("Zeile 3, answers.wording:")
    shown = {finding["name"]: finding["value"] for finding in record["findings"]}
    assert shown[f"{texts.NAME}: {texts.WORDING}"] == texts.WORDINGS["never"]
    assert shown[f"{texts.NAME}: {texts.HISTORY}"] == texts.HISTORY_DAYS.format(count=30)


# The window.


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
        paths: Paths, make: Callable[[Settings], AssistantLike], policy: Policy, **_: object
    ) -> int:
        make(policy.applied_to(load_settings(paths.settings)))
        return 0

    def make_assistant(paths: Paths, *decided: object) -> object:
        seen.extend(decided)
        return object()

    monkeypatch.setattr("desktop.app.run_window", run_window)
    monkeypatch.setattr("desktop.start.make_assistant", make_assistant)
    assert cli.main(["--data-dir", str(data_dir)], policy_file) == 0
    assert seen[:3] == ["qwen2.5-coder-0.5b", 2, WordingChoice.NEVER]
    assert isinstance(seen[3], Policy)
    assert cli.main(["--data-dir", str(data_dir), "--wording", "always"], policy_file) == cli.FORBIDDEN
