"""The encoder's tokenizer for training; at run time llama.cpp has its own from the GGUF file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tokenizers import Tokenizer

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def load_tokenizer(file: Path) -> Callable[[str], list[int]]:
    """A function from text to token ids, without special tokens."""
    tokenizer = Tokenizer.from_file(str(file))

    def tokenize(text: str) -> list[int]:
        ids: list[int] = tokenizer.encode(text, add_special_tokens=False).ids
        return ids

    return tokenize
