"""The reader's network in PyTorch, for training and measuring only: a BERT encoder and small heads on it.

Weights are a plain dictionary under their GGUF names, so that reading and writing the model is one step. The
forward pass is that of Devlin et al. 2019 (post-norm, exact GELU), with e5's sizes; matrices that llama.cpp
will hold in 8 bits are trained in float32.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import gguf
import numpy as np
import torch
from torch.nn import functional

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

Parameters = dict[str, torch.Tensor]

LAYERS_FILE = "layers.gguf"
HEADS_FILE = "heads.npz"
LAYERS = 12
HEADS = 12
WIDTH = 384
NORM_EPSILON = 1e-12
DROPPED_BYTES = 26  # of 256: dropout of 0.1
HEAD_SPREAD = 0.02
UNIT = WIDTH**0.5
"""Pooled vectors have length 1; linear heads see them at this length, so that entries are about 1."""


def load_encoder(file: Path) -> Parameters:
    """Dequantises every tensor of an encoder's GGUF file to float32."""
    return {
        tensor.name: torch.from_numpy(
            np.array(gguf.quants.dequantize(tensor.data, tensor.tensor_type), dtype=np.float32)
        )
        for tensor in gguf.GGUFReader(file).tensors
    }


def mean_of(runs: Sequence[Path]) -> Parameters:
    """Mean of the weights of each run, nothing of none (Wortsman et al. 2022): checkpoints or published folders."""
    weights = [_weights_of(run) for run in runs]
    return {name: torch.stack([each[name] for each in weights]).mean(0) for name in (weights or [{}])[0]}


def _weights_of(run: Path) -> Parameters:
    if run.is_dir():
        with np.load(run / HEADS_FILE) as heads:
            return {
                **load_encoder(run / LAYERS_FILE),
                **{name: torch.from_numpy(heads[name]) for name in heads.files},
            }
    average: Parameters = torch.load(run, weights_only=True)["average"]
    return average


def new_heads(seed: int) -> Parameters:
    """Heads before training: the sentence score starts as the cosine of question and sentence."""
    chance = torch.Generator().manual_seed(seed)

    def small(*shape: int) -> torch.Tensor:
        return torch.randn(*shape, generator=chance) * HEAD_SPREAD

    return {
        "sentence.cosine": torch.tensor([12.0]),
        "sentence.linear": small(3, WIDTH),
        "sentence.bias": torch.tensor([-11.0]),
        "answer.linear": small(3, WIDTH),
        "answer.evidence": torch.tensor([0.5]),
        "answer.bias": torch.zeros(1),
        "claim.linear": small(3, 3, WIDTH),
        "claim.evidence": torch.zeros(3),
        "claim.bias": torch.zeros(3),
    }


def encode(
    weights: Parameters,
    ids: torch.Tensor,
    positions: torch.Tensor,
    visible: torch.Tensor,
    *,
    training: bool = False,
) -> torch.Tensor:
    """Token outputs.

    ``ids`` and ``positions``: integers (batch, tokens); ``visible``: booleans (batch, tokens, tokens), true where
    the token of the second axis may look at that of the third. Result: (batch, tokens, WIDTH).
    """
    hidden = (
        functional.embedding(ids, weights["token_embd.weight"])
        + weights["position_embd.weight"][positions]
        + weights["token_types.weight"][0]
    )
    hidden = _norm(weights, "token_embd_norm", hidden)
    batch, tokens, _ = hidden.shape
    mask = visible[:, None]
    for layer in range(LAYERS):
        name = f"blk.{layer}"
        parts = (
            _linear(weights, f"{name}.attn_{part}", hidden).view(batch, tokens, HEADS, -1).transpose(1, 2)
            for part in ("q", "k", "v")
        )
        with torch.autocast("cpu", enabled=False):  # its backward pass is four times slower in 16 bits
            attended = functional.scaled_dot_product_attention(
                *(part.float() for part in parts), attn_mask=mask
            )
        joined = attended.transpose(1, 2).reshape(batch, tokens, WIDTH)
        change = _linear(weights, f"{name}.attn_output", joined)
        change = _dropout(change) if training else change
        hidden = _norm(weights, f"{name}.attn_output_norm", hidden + change)
        change = _linear(weights, f"{name}.ffn_up", hidden)
        change = _linear(weights, f"{name}.ffn_down", functional.gelu(change))
        change = _dropout(change) if training else change
        hidden = _norm(weights, f"{name}.layer_output_norm", hidden + change)
    return hidden


def _linear(weights: Parameters, name: str, values: torch.Tensor) -> torch.Tensor:
    return functional.linear(values, weights[f"{name}.weight"], weights[f"{name}.bias"])


def _dropout(values: torch.Tensor) -> torch.Tensor:
    """Dropout from one random byte a value, which costs a tenth of a random number each."""
    count = values.numel()
    draws = torch.empty((count + 7) // 8, dtype=torch.int64).random_(-(2**63), None)
    kept = draws.view(torch.uint8)[:count].view(values.shape) >= DROPPED_BYTES
    return values * kept * (256 / (256 - DROPPED_BYTES))


def _norm(weights: Parameters, name: str, values: torch.Tensor) -> torch.Tensor:
    return functional.layer_norm(
        values, (WIDTH,), weights[f"{name}.weight"], weights[f"{name}.bias"], NORM_EPSILON
    )


def pool(hidden: torch.Tensor, segments: torch.Tensor, count: int) -> torch.Tensor:
    """Normalised mean of each segment's token outputs: (count, WIDTH).

    ``segments``: integers (batch, tokens), the number of the segment a token belongs to, -1 for none.
    """
    chosen = segments >= 0
    total = torch.zeros(count, WIDTH).index_add(0, segments[chosen], hidden[chosen].float())
    return functional.normalize(total, dim=1)


def judge(
    heads: Parameters, questions: torch.Tensor, sentences: torch.Tensor, present: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Logits of sentences (items, most), of answerability (items,) and of claims (items, 3).

    ``questions``: (items, WIDTH); ``sentences``: (items, most, WIDTH), padded; ``present``: booleans that mark
    the real ones. Padded sentences get -inf-like logits. `models.reader.runtime` does the same in numpy.
    """
    asked = questions[:, None, :]
    cosine = (asked * sentences).sum(-1)
    weights = heads["sentence.linear"]
    logits = (
        heads["sentence.cosine"] * cosine
        + UNIT * (sentences @ weights[0])
        + UNIT * (asked @ weights[1])
        + UNIT**2 * ((asked * sentences) @ weights[2])
        + heads["sentence.bias"]
    )
    logits = logits.masked_fill(~present, -1e4)
    evidence = (logits.softmax(1)[:, :, None] * sentences).sum(1)
    strength = torch.logsumexp(logits, 1)
    features = torch.stack([UNIT * questions, UNIT * evidence, UNIT**2 * questions * evidence], 1)
    answer = (features * heads["answer.linear"]).sum((1, 2))
    answer = answer + heads["answer.evidence"] * strength + heads["answer.bias"]
    claim = torch.einsum("nfw,cfw->nc", features, heads["claim.linear"])
    claim = claim + strength[:, None] * heads["claim.evidence"] + heads["claim.bias"]
    return logits, answer, claim
