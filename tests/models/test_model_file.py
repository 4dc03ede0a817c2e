"""A model file is found, and known whole or damaged, before anything is loaded."""

import dataclasses
import hashlib
import struct

import pytest

from models.catalogue import load_catalogue
from models.errors import ERRORS_BY_KEY, ModelFileDamaged, ModelFileMissing
from models.model_file import check_header, check_model_file, find_model_file, remembered_sha256

WHOLE = struct.pack("<4sIQQ", b"GGUF", 3, 10, 20) + bytes(range(256)) * 100


@pytest.fixture
def file(tmp_path):
    """A small file that begins as a model does."""
    path = tmp_path / "modell.gguf"
    path.write_bytes(WHOLE)
    return path


@pytest.fixture
def entry():
    """The catalogue entry of that file."""
    known = load_catalogue()["qwen2.5-coder-0.5b"]
    return dataclasses.replace(known, size=len(WHOLE), sha256=hashlib.sha256(WHOLE).hexdigest())


def test_the_first_folder_that_has_it_wins(file, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    assert find_model_file(file.name, [tmp_path / "none", other, tmp_path]) == file
    (other / file.name).write_bytes(WHOLE)
    assert find_model_file(file.name, [tmp_path / "none", other, tmp_path]) == other / file.name
    with pytest.raises(ModelFileMissing, match="none"):
        find_model_file("anderes.gguf", [tmp_path / "none"])


def test_a_whole_file_passes(file, entry, tmp_path):
    check_model_file(file, entry, tmp_path / "stamps")
    check_model_file(file, None)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"GGUF",
        b"GGML" + WHOLE[4:],
        struct.pack("<4sIQQ", b"GGUF", 99, 10, 20) + WHOLE[24:],
        struct.pack("<4sIQQ", b"GGUF", 3, 0, 20) + WHOLE[24:],
    ],
)
def test_what_is_no_model_is_refused_even_if_unknown(file, content):
    file.write_bytes(content)
    with pytest.raises(ModelFileDamaged):
        check_model_file(file, None)


@pytest.mark.parametrize("content", [WHOLE[:-1], WHOLE + b"x", WHOLE[:-1] + b"\x00"])
def test_another_length_or_sum_than_the_catalogues_is_refused(file, entry, content, tmp_path):
    file.write_bytes(content)
    with pytest.raises(ModelFileDamaged):
        check_model_file(file, entry, tmp_path / "stamps")


def test_a_missing_file_and_a_folder_are_told_apart(tmp_path):
    with pytest.raises(ModelFileMissing):
        check_header(tmp_path / "nichts.gguf")
    with pytest.raises(ModelFileDamaged):
        check_header(tmp_path)


def test_the_sum_is_computed_once_until_the_file_changes(file, tmp_path, monkeypatch):
    computed = []
    real = hashlib.sha256(WHOLE).hexdigest()

    def counting(path, on_progress=None):
        computed.append(path)
        return hashlib.sha256(path.read_bytes()).hexdigest()

    monkeypatch.setattr("models.model_file.sha256_of", counting)
    stamps = tmp_path / "stamps"
    assert remembered_sha256(file, stamps) == real
    assert remembered_sha256(file, stamps) == real
    assert len(computed) == 1
    file.write_bytes(WHOLE + b"x")
    assert remembered_sha256(file, stamps) != real
    assert len(computed) == 2
    for stamp in stamps.iterdir():
        stamp.write_text("spoiled")
    assert remembered_sha256(file, stamps) != real
    assert len(computed) == 3


def test_a_stamp_folder_that_cannot_be_made_only_costs_time(file, tmp_path):
    (tmp_path / "stamps").write_text("a file is in the way")
    assert remembered_sha256(file, tmp_path / "stamps") == hashlib.sha256(WHOLE).hexdigest()


def test_keys_are_unique_and_stable():
    assert {
        "model_failed",
        "model_missing",
        "model_damaged",
        "memory_short",
        "engine_missing",
        "memory_forbidden",
        "model_forbidden",
        "prompt_too_long",
        "request_refused",
        "worker_crashed",
        "out_of_memory",
        "worker_hung",
        "worker_garbled",
    } == set(ERRORS_BY_KEY)
