"""The converter of the published encoder: reads its layout, writes whole GGUF files, the same to the byte."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

import numpy as np
import pytest
from gguf import GGMLQuantizationType, GGUFReader

from models.build.convert_e5 import LAYER_TENSORS, write_gguf
from models.build.e5_source import ConversionError, read_e5

if TYPE_CHECKING:
    from pathlib import Path

WIDTH, FEED_FORWARD, ROWS, POSITIONS = 64, 128, 7, 16
PIECES = [b"<s>", b"<pad>", b"</s>", b"<unk>", "▁Rat".encode(), b"<mask>"]


def _source_tensors() -> dict[str, np.ndarray]:
    """A one-layer model in the published layout; uint8 arrays stand for 4-bit blocks."""
    random = np.random.default_rng(7)

    def blocks(rows: int, inner: int) -> np.ndarray:
        return random.integers(0, 256, rows * inner // 32 * 18, dtype=np.uint8)

    def floats(count: int) -> np.ndarray:
        return random.normal(size=count).astype("<f4")

    tensors = {
        "emb.word": blocks(ROWS, WIDTH),
        "emb.pos": floats(POSITIONS * WIDTH),
        "emb.type": floats(2 * WIDTH),
        "emb.ln.w": floats(WIDTH),
        "emb.ln.b": floats(WIDTH),
    }
    for part in LAYER_TENSORS:
        outer, inner = {"fi": (FEED_FORWARD, WIDTH), "fo": (WIDTH, FEED_FORWARD)}.get(part, (WIDTH, WIDTH))
        tensors[f"l0.{part}.w"] = floats(WIDTH) if part.endswith("ln") else blocks(outer, inner)
        tensors[f"l0.{part}.b"] = floats(outer)
    return tensors


def _write_source(file: Path, tensors: dict[str, np.ndarray]) -> None:
    header = b"E5S1" + struct.pack("<I7ifi", 1, WIDTH, 1, 2, FEED_FORWARD, ROWS, POSITIONS, 2, 1e-12, 32)
    text = b"".join(PIECES)
    offsets = np.cumsum([0, *(len(piece) for piece in PIECES)]).astype("<u4")
    header += struct.pack("<5iQ", len(PIECES), 0, 2, 1, 3, len(text)) + offsets.tobytes()
    header += np.linspace(0, -9, len(PIECES)).astype("<f4").tobytes() + text
    header += struct.pack("<iI", 0, 0) + struct.pack("<i", len(tensors))
    directory_size = sum(2 + len(name) + 1 + 4 + 16 for name in tensors)
    offset = len(header) + directory_size
    directory = b""
    for name, data in tensors.items():
        directory += struct.pack("<H", len(name)) + name.encode()
        directory += struct.pack("<BIQQ", data.dtype == np.uint8, data.size, offset, data.nbytes)
        offset += data.nbytes
    file.write_bytes(header + directory + b"".join(data.tobytes() for data in tensors.values()))


def test_blocks_and_vectors_arrive_unchanged(tmp_path: Path) -> None:
    tensors = _source_tensors()
    _write_source(tmp_path / "source.bin", tensors)
    write_gguf(read_e5(tmp_path / "source.bin"), b"charsmap", tmp_path / "out.gguf")
    written = {tensor.name: tensor for tensor in GGUFReader(tmp_path / "out.gguf").tensors}
    assert len(written) == len(tensors)
    for source, target in (
        ("emb.word", "token_embd.weight"),
        ("l0.q.w", "blk.0.attn_q.weight"),
        ("l0.fo.w", "blk.0.ffn_down.weight"),
    ):
        assert written[target].tensor_type == GGMLQuantizationType.Q4_0
        assert written[target].data.tobytes() == tensors[source].tobytes()
    assert written["blk.0.layer_output_norm.weight"].data.tobytes() == tensors["l0.oln.w"].tobytes()
    assert written["position_embd.weight"].data.shape == (POSITIONS, WIDTH)
    assert written["blk.0.ffn_down.weight"].shape.tolist() == [FEED_FORWARD, WIDTH]


def test_tokenizer_and_pooling_are_described(tmp_path: Path) -> None:
    _write_source(tmp_path / "source.bin", _source_tensors())
    write_gguf(read_e5(tmp_path / "source.bin"), b"charsmap", tmp_path / "out.gguf")
    fields = GGUFReader(tmp_path / "out.gguf").fields
    tokens = fields["tokenizer.ggml.tokens"].contents()
    assert tokens == ["<s>", "<pad>", "</s>", "<unk>", "▁Rat", "<mask>", "[PAD0]"]
    assert fields["tokenizer.ggml.token_type"].contents() == [3, 3, 3, 2, 1, 3, 5]
    assert fields["tokenizer.ggml.eos_token_id"].contents() == 2
    assert fields["bert.pooling_type"].contents() == 1


def test_two_conversions_are_the_same_to_the_byte(tmp_path: Path) -> None:
    _write_source(tmp_path / "source.bin", _source_tensors())
    model = read_e5(tmp_path / "source.bin")
    write_gguf(model, b"charsmap", tmp_path / "one.gguf")
    write_gguf(model, b"charsmap", tmp_path / "two.gguf")
    assert (tmp_path / "one.gguf").read_bytes() == (tmp_path / "two.gguf").read_bytes()


@pytest.mark.parametrize("keep", [3, 60, -1])
def test_a_cut_source_is_refused(tmp_path: Path, keep: int) -> None:
    file = tmp_path / "source.bin"
    _write_source(file, _source_tensors())
    file.write_bytes(file.read_bytes()[:keep])
    with pytest.raises(ConversionError):
        read_e5(file)
