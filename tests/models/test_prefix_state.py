"""The state file: found again by its key alone, harmless when spoiled, bounded in number."""

import os
from dataclasses import replace

import pytest

from models.prefix_state import KEPT_FILES, PrefixState, StateKey

DATA = bytes(range(256)) * 40


@pytest.fixture
def key(tmp_path):
    """The key of a small model file."""
    model = tmp_path / "modell.gguf"
    model.write_bytes(b"GGUF")
    return StateKey.of(str(model), "llama.cpp 1", 2048, [1, 2, 3])


@pytest.fixture
def folder(tmp_path):
    """A folder that does not exist yet."""
    return tmp_path / "states"


def test_what_was_saved_comes_back(folder, key):
    kept = PrefixState(str(folder), key)
    assert kept.load() is None
    kept.save(DATA)
    assert PrefixState(str(folder), key).load() == DATA


@pytest.mark.parametrize(
    "change",
    [
        {"engine": "llama.cpp 2"},
        {"context": 4096},
        {"tokens": (1, 2, 4)},
        {"tokens": (1, 2)},
        {"model_size": 5},
        {"model_changed_ns": 1},
        {"model": "/other.gguf"},
    ],
)
def test_a_state_of_anything_else_is_not_used(folder, key, change):
    PrefixState(str(folder), key).save(DATA)
    assert PrefixState(str(folder), replace(key, **change)).load() is None


@pytest.mark.parametrize(
    "spoil",
    [
        lambda raw: raw[:-1],
        lambda raw: raw[:20],
        lambda raw: raw[:0],
        lambda raw: raw + b"x",
        lambda raw: raw[:-9] + bytes([raw[-9] ^ 1]) + raw[-8:],
        lambda raw: b"something else entirely\n" + raw,
    ],
    ids=["cut", "no content", "empty", "longer", "one bit", "foreign"],
)
def test_a_spoiled_file_is_ignored_and_replaced(folder, key, spoil):
    kept = PrefixState(str(folder), key)
    kept.save(DATA)
    kept.file.write_bytes(spoil(kept.file.read_bytes()))
    assert kept.load() is None
    kept.save(DATA)
    assert kept.load() == DATA


def test_a_changed_model_replaces_its_state(folder, key):
    PrefixState(str(folder), key).save(b"old")
    PrefixState(str(folder), replace(key, model_changed_ns=7)).save(b"new")
    assert len(list(folder.iterdir())) == 1


def test_states_of_models_used_longest_ago_go(folder, key):
    kept = []
    for number in range(KEPT_FILES + 2):
        state = PrefixState(str(folder), replace(key, model=f"/models/{number}.gguf"))
        state.save(DATA)
        os.utime(state.file, (number + 1, number + 1))
        kept.append(state)
    (folder / "abc.kv.123.tmp").write_bytes(b"left by an interrupted writing")
    assert kept[2].load() == DATA  # its time is now
    PrefixState(str(folder), key).save(DATA)
    assert len(list(folder.iterdir())) == KEPT_FILES
    assert kept[2].load() == DATA
    assert kept[3].load() is None


def test_a_folder_that_cannot_be_made_does_no_harm(tmp_path, key):
    (tmp_path / "file").write_bytes(b"")
    kept = PrefixState(str(tmp_path / "file" / "states"), key)
    kept.save(DATA)
    assert kept.load() is None
