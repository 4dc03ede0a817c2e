"""The catalogue is complete and free of contradictions."""

import re

import pytest

from models.catalogue import default_entry, entry_for_file, load_catalogue

ENTRIES = list(load_catalogue().values())


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.name)
def test_an_entry_says_everything(entry):
    assert load_catalogue()[entry.name] is entry
    assert entry.file.endswith(".gguf")
    assert re.fullmatch("[0-9a-f]{64}", entry.sha256)
    assert entry.size > 1_000_000
    assert entry.memory_bytes > entry.size
    assert entry.licence in {"Apache-2.0", "MIT"}
    assert entry.context >= 512
    assert entry.title
    assert (entry.chat_template != "") == (entry.role == "llm")
    assert entry_for_file(entry.file) is entry


def test_each_role_has_one_default():
    for role in ("llm", "encoder"):
        assert [entry for entry in ENTRIES if entry.role == role and entry.default] == [default_entry(role)]


def test_a_file_of_ones_own_is_no_catalogue_model():
    assert entry_for_file("eigenes.gguf") is None


def test_parts_are_pinned():
    source = load_catalogue()["qwen2.5-coder-1.5b"].source
    assert source.requirement(22).endswith("part22==0.2.0")
