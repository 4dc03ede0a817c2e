"""Turns a training checkpoint into the weights that stand in the repository.

    python -m models.reader.publish CHECKPOINT

writes ``weights/layers.gguf`` (the layers that training changed, matrices in 8 bits; everything else is the
published encoder's own and is added by `models.build.convert_reader`) and ``weights/heads.npz``. The calibration
is written afterwards by `models.reader.evaluate --calibrate`, which measures the finished file.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import gguf
import numpy as np
import torch

from models.reader.runtime import WEIGHTS_FOLDER

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

LAYERS_FILE = "layers.gguf"


def publish(average: Mapping[str, torch.Tensor], folder: Path = WEIGHTS_FOLDER) -> None:
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
    np.savez(folder / "heads.npz", allow_pickle=False, **heads)


def main(arguments: Sequence[str] | None = None) -> int:
    """Publishes the checkpoint named on the command line."""
    parser = argparse.ArgumentParser(prog="python -m models.reader.publish")
    parser.add_argument("checkpoint", type=Path)
    given = parser.parse_args(arguments)
    publish(torch.load(given.checkpoint, weights_only=True)["average"])
    return 0


if __name__ == "__main__":
    sys.exit(main())
