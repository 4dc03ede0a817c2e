"""What the policy decides holds for models, collections and documents."""

import hashlib
import json
import os
import struct
from pathlib import Path

import pytest

from desktop.doctor import examine
from desktop.full_document import read_full
from desktop.library import ImportForbidden, Library, UnknownCollection, UnknownDocument
from desktop.model_import import ModelNotTaken, take_model
from desktop.model_list import known_models
from desktop.paths import Paths
from desktop.policy import Policy
from desktop.report import gather
from desktop.settings import WordingChoice
from desktop.start import find_llm, make_writer, open_writer
from desktop.texts import doctor as doctor_texts
from desktop.texts import settings as settings_texts
from models.errors import MemoryForbidden, ModelForbidden
from models.model_file import sha256_of

QUESTION = "Muss ich KI-Texte kennzeichnen?"
HEADER = struct.pack("<4sIQQ", b"GGUF", 3, 10, 20)


def test_only_models_with_an_allowed_sum_are_chosen(put_model, machine: Paths) -> None:
    _, allowed = put_model(machine.model_dirs[0], "zz.gguf", b"good")
    put_model(machine.model_dirs[0], "aa.gguf", b"other")
    assert find_llm(machine) == (machine.model_dirs[0] / "aa.gguf", None)
    policy = Policy(allowed_models={allowed: "zz.gguf"})
    assert find_llm(machine, "", policy) == (machine.model_dirs[0] / "zz.gguf", None)
    assert [model.name for model in known_models(machine, policy) if model.file] == ["zz.gguf"]
    assert find_llm(machine, "", Policy(allowed_models={})) is None


def test_the_name_of_an_allowed_model_does_not_help_another_file(put_model, machine: Paths) -> None:
    file, _ = put_model(machine.model_dirs[0], "good.gguf", b"not what was allowed")
    policy = Policy(
        allowed_models={hashlib.sha256(HEADER + b"good").hexdigest(): "good.gguf"}, model="good.gguf"
    )
    writer, _ = open_writer(machine, file, None, policy=policy)
    with pytest.raises(ModelForbidden):
        writer.ensure_loaded()
    writer.close()


def test_a_forged_note_of_the_sum_does_not_help_either(put_model, machine: Paths) -> None:
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


def test_a_model_that_needs_too_much_memory_is_not_chosen_and_not_loaded(put_model, machine: Paths) -> None:
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


def test_a_model_with_another_sum_is_not_taken_from_a_stick(
    put_model, machine: Paths, tmp_path: Path
) -> None:
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


def test_doctor_says_when_a_model_is_there_and_not_allowed(put_model, machine: Paths) -> None:
    file, sum_ = put_model(machine.model_dirs[0], "mine.gguf")
    for policy in (Policy(allowed_models={"ab" * 32: "x"}), Policy(allowed_models={}, model="mine.gguf")):
        findings = [one.value for one in examine(machine, policy).findings if one.name == doctor_texts.LLM]
        assert findings == [doctor_texts.NOT_ALLOWED.format(file=file)]
    allowed = examine(machine, Policy(allowed_models={sum_: "mine"})).findings
    assert [one.state for one in allowed if one.name == doctor_texts.LLM] == ["ok"]


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
