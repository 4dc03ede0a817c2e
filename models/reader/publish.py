"""Turns training checkpoints into the weights that stand in the repository.

    python -m models.reader.publish RUN... --encoder E5.gguf --tokenizer tokenizer.json

writes ``weights/layers.gguf`` (the layers that training changed, matrices in 8 bits; everything else is the
published encoder's own and is added by `models.build.convert_reader`), ``weights/heads.npz``, and
``weights/expected.npz``: what this runtime says about a few validation items, for the test that llama.cpp says
the same. The calibration is written afterwards by `models.reader.evaluate --calibrate`, which measures the
finished file.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import gguf
import numpy as np
import torch

from models.reader.data import load_passages, split_passages
from models.reader.network import (
    HEADS_FILE,
    LAYERS_FILE,
    encode,
    judge,
    load_encoder,
    mean_of,
    pool,
)
from models.reader.packing import Group, Item, Packer
from models.reader.runtime import WEIGHTS_FOLDER
from models.reader.tokens import load_tokenizer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from models.reader.network import Parameters

EXPECTED_FILE = "expected.npz"
EXPECTED_PASSAGES = 4


def publish(average: Parameters, folder: Path = WEIGHTS_FOLDER) -> None:
    """Writes the averaged weights of a checkpoint: layer tensors by their GGUF names, heads by theirs."""
    folder.mkdir(parents=True, exist_ok=True)
    unfinished = folder / (LAYERS_FILE + ".part")
    writer = gguf.GGUFWriter(unfinished, "bert")
    heads: dict[str, np.ndarray] = {}
    for name, tensor in sorted(average.items()):
        values = tensor.numpy()
        if not name.startswith("blk."):
            heads[name] = values.astype(np.float32)
        elif values.ndim == 1:
            writer.add_tensor(name, values)
        else:
            kind = gguf.GGMLQuantizationType.Q8_0
            writer.add_tensor(name, gguf.quants.quantize(values, kind), raw_dtype=kind)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    unfinished.replace(folder / LAYERS_FILE)
    np.savez(folder / HEADS_FILE, allow_pickle=False, **heads)


def write_expected(
    weights: Parameters, heads: Parameters, packer: Packer, folder: Path = WEIGHTS_FOLDER
) -> None:
    """Writes the vectors and logits of all questions and claims of the first validation passages.

    ``asked``: (items, 384); ``told``: (items, most, 384) with zeros as padding; ``sentences``: (items, most);
    ``answers``: (items,); ``claims``: (items, 3).
    """
    _training, validation = split_passages(load_passages())
    pairs = [
        (Group(passage.context, passage.sentences, ()), item)
        for passage in validation[:EXPECTED_PASSAGES]
        for item in (
            *(Item(question.text, question.answer) for question in passage.questions),
            *(Item(claim.text, claim.evidence, claim.label) for claim in passage.claims),
        )
    ]
    batch = packer.paired(pairs)
    with torch.no_grad():
        hidden = encode(weights, batch.ids, batch.positions, batch.visible)
        vectors = pool(hidden, batch.segments, batch.segment_count)
        told = vectors[batch.told] * batch.present[:, :, None]
        sentences, answers, claims = judge(heads, vectors[batch.asked], told, batch.present)
    np.savez_compressed(
        folder / EXPECTED_FILE,
        allow_pickle=False,
        asked=vectors[batch.asked].numpy().astype(np.float16),
        told=told.numpy().astype(np.float16),
        sentences=sentences.numpy(),
        answers=answers.numpy(),
        claims=claims.numpy(),
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Publishes the checkpoints named on the command line."""
    parser = argparse.ArgumentParser(prog="python -m models.reader.publish")
    parser.add_argument("checkpoints", type=Path, nargs="+", help="their mean; one named twice counts twice")
    parser.add_argument("--encoder", type=Path, required=True, help="GGUF file of multilingual-e5-small")
    parser.add_argument("--tokenizer", type=Path, required=True, help="its tokenizer.json")
    given = parser.parse_args(arguments)
    average = mean_of(given.checkpoints)
    publish(average)
    weights = {name: average.get(name, value) for name, value in load_encoder(given.encoder).items()}
    heads = {name: value for name, value in average.items() if not name.startswith("blk.")}
    write_expected(weights, heads, Packer(load_tokenizer(given.tokenizer)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
