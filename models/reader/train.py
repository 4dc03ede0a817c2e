"""Trains the reader; documented in docs/reader.md. Needs the extra ``train``; never imported at run time.

    python -m models.reader.train --work FOLDER --encoder E5.gguf --tokenizer tokenizer.json

writes checkpoints into FOLDER (outside the checkout) and goes on from the last one when started again. All draws
come from fixed seeds. The last line names the finished files, one an epoch; `models.reader.publish` takes their mean.
"""

from __future__ import annotations

import argparse
import math
import os
import random
import sys
import time
from dataclasses import replace
from pathlib import Path
from statistics import fmean
from typing import TYPE_CHECKING

import torch
from torch.nn import functional

from models.reader.data import (
    FURTHER_FOLDER,
    Passage,
    betrayal,
    load_passages,
    load_twins,
    split_further,
    split_passages,
    split_twins,
)
from models.reader.made_claims import made_claims
from models.reader.metrics import Judgement, summarise
from models.reader.network import Parameters, encode, judge, load_encoder, mean_of, new_heads, pool
from models.reader.packing import Batch, Group, Item, Packer
from models.reader.plan import Plan
from models.reader.tokens import load_tokenizer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

# glibc gives large blocks back to the system and faults them in anew at every step, which makes training three
# times slower; these settings keep them.
_ENVIRONMENT = {
    "MALLOC_MMAP_THRESHOLD_": "4000000000",
    "MALLOC_TRIM_THRESHOLD_": "16000000000",
    "MALLOC_TOP_PAD_": "1000000000",
    "MALLOC_ARENA_MAX": "1",
    "OMP_WAIT_POLICY": "passive",  # a waiting thread leaves its core to whoever is late
}
_SAVE_EVERY_SECONDS = 180.0


def main(arguments: Sequence[str] | None = None) -> int:
    """Trains, resumes, or says that everything is done."""
    if any(os.environ.get(name) != value for name, value in _ENVIRONMENT.items()):
        os.environ.update(_ENVIRONMENT)
        os.execv(sys.executable, [sys.executable, "-m", "models.reader.train", *sys.argv[1:]])  # noqa: S606
    parser = argparse.ArgumentParser(prog="python -m models.reader.train")
    parser.add_argument("--work", type=Path, required=True, help="folder for checkpoints")
    parser.add_argument("--encoder", type=Path, required=True, help="GGUF file of multilingual-e5-small")
    parser.add_argument("--tokenizer", type=Path, required=True, help="its tokenizer.json")
    parser.add_argument(
        "--share", type=float, default=1.0, help="share of the training passages (learning curve)"
    )
    parser.add_argument(
        "--bfloat16", action="store_true", help="faster on processors made for it, ten times slower on others"
    )
    parser.add_argument(
        "--start",
        type=Path,
        nargs="+",
        default=(),
        help="checkpoints or published folders whose mean the weights start from",
    )
    parser.add_argument("--epochs", type=int, default=Plan.epochs)
    given = parser.parse_args(arguments)
    given.work.mkdir(parents=True, exist_ok=True)
    plan = replace(Plan(), data_share=given.share, bfloat16=given.bfloat16, epochs=given.epochs)
    run = Training(plan, given.encoder, given.tokenizer, given.work, given.start)
    run.run()
    return 0


class Training:
    """One run: weights, their running average, the optimiser, and where it stands."""

    def __init__(
        self, plan: Plan, encoder: Path, tokenizer: Path, work: Path, start: Sequence[Path] = ()
    ) -> None:
        torch.manual_seed(plan.seed)
        torch.set_flush_denormal(True)
        self.plan = plan
        self.work = work
        self.packer = Packer(load_tokenizer(tokenizer))
        training, self.validation = split_passages(load_passages())
        twins, self.twins = split_twins(load_twins(), plan.twin_series)
        further, self.further = split_further(load_passages(FURTHER_FOLDER))
        training += twins + further
        chance = random.Random(plan.seed)  # noqa: S311 - repeatable draws, nothing secret
        chance.shuffle(training)
        self.training = training[: round(plan.data_share * len(training))]
        questions = [question for passage in self.training for question in passage.questions]
        self.question_weights = dict(
            zip(questions, (1.5 - share for share in betrayal(questions)), strict=True)
        )
        self.encoder = load_encoder(encoder)
        self.heads = new_heads(plan.seed)
        self.trained = {
            name: value for name, value in self.encoder.items() if _layer(name) >= plan.frozen_layers
        }
        for name, value in mean_of(start).items():
            self._all()[name].copy_(value)
        for value in (*self.trained.values(), *self.heads.values()):
            value.requires_grad_(True)
        self.average = {name: value.detach().clone() for name, value in self._all().items()}
        matrices = [value for value in self.trained.values() if value.dim() > 1]
        vectors = [value for value in self.trained.values() if value.dim() == 1]
        self.optimizer = torch.optim.AdamW(
            [
                {"params": matrices, "share": plan.encoder_rate, "weight_decay": plan.decay},
                {"params": vectors, "share": plan.encoder_rate, "weight_decay": 0.0},
                {"params": list(self.heads.values()), "share": plan.head_rate, "weight_decay": 0.0},
            ],
            lr=0.0,
            betas=(0.9, 0.98),
        )
        self.step = 0

    def _all(self) -> Parameters:
        return {**self.trained, **self.heads}

    def run(self) -> None:
        """Goes through all epochs from where the checkpoint left off."""
        self._resume()
        saved = time.monotonic()
        count = math.ceil(len(self.training) / self.plan.passages_a_step)
        total = self.plan.epochs * count
        for epoch in range(self.plan.epochs):
            if (epoch + 1) * count <= self.step:
                continue
            losses = []
            for index, batch in enumerate(self._batches(epoch)):
                if epoch * count + index < self.step:
                    continue
                losses.append(self._learn(batch, self._rate(index, count)))
                if time.monotonic() - saved > _SAVE_EVERY_SECONDS:
                    self._save(self.work / "checkpoint.pt")
                    saved = time.monotonic()
                if self.step % 10 == 0:
                    print(f"step {self.step}/{total} loss {fmean(losses[-20:]):.3f}", flush=True)
            self._save(self.work / "checkpoint.pt")
            self._save(self.work / f"epoch-{epoch}.pt")
            held_back = {"validation": self.validation, "twins": self.twins, "further": self.further}
            for name, passages in held_back.items():
                print(f"epoch {epoch}, {name}: {self.measure(passages)}", flush=True)
        print(*(self.work / f"epoch-{epoch}.pt" for epoch in range(self.plan.epochs)))

    def _rate(self, done: int, total: int) -> float:
        warm = self.plan.warm_up * total
        if done < warm:
            return done / warm
        return _cosine(done - warm, total - warm) + 0.02

    def _learn(self, batch: Batch, rate: float) -> float:
        for group in self.optimizer.param_groups:
            group["lr"] = rate * group["share"]
        judged = self._judge(batch, self.encoder, self.heads, training=True)
        loss = loss_of(batch, *judged, answer_weight=self.plan.answer_weight)
        self.optimizer.zero_grad(set_to_none=False)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(list(self._all().values()), 1.0)
        self.optimizer.step()
        self.step += 1
        keep = min(self.plan.average, self.step / (self.step + 10))
        with torch.no_grad():
            for name, value in self._all().items():
                self.average[name].lerp_(value, 1 - keep)
        return float(loss.detach())

    def _judge(
        self, batch: Batch, encoder: Parameters, heads: Parameters, *, training: bool = False
    ) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        with torch.autocast("cpu", torch.bfloat16, enabled=training and self.plan.bfloat16):
            hidden = encode(encoder, batch.ids, batch.positions, batch.visible, training=training)
        vectors = pool(hidden.float(), batch.segments, batch.segment_count)
        return judge(heads, vectors[batch.asked], vectors[batch.told], batch.present)

    def measure(self, passages: Sequence[Passage]) -> dict[str, float]:
        """Figures of the averaged weights on some of ``passages`` in the paired layout."""
        encoder, heads = self.averaged()
        return {
            name: round(value, 3)
            for name, value in summarise(
                judge_passages(self.packer, encoder, heads, passages[:: self.plan.measured_every])
            ).items()
        }

    def averaged(self) -> tuple[Parameters, Parameters]:
        """Encoder and heads with the running average in place of the last weights."""
        encoder = {name: self.average.get(name, value) for name, value in self.encoder.items()}
        return encoder, {name: self.average[name] for name in self.heads}

    def _batches(self, epoch: int) -> Iterator[Batch]:
        seed = self.plan.seed * 1000 + epoch
        chance = random.Random(seed)  # noqa: S311 - repeatable draws
        torch.manual_seed(seed)
        groups = [self._group(passage, chance) for passage in self.training]
        for chosen in _buckets(groups, self.plan.passages_a_step, self._length, chance):
            yield self.packer.shared(chosen, [self._open(group, chance) for group in chosen])

    def _open(self, group: Group, chance: random.Random) -> int | None:
        return chance.randrange(len(group.items)) if chance.random() < self.plan.open_share else None

    def _length(self, group: Group) -> int:
        return sum(self.packer.length(group, item) for item in group.items) // len(group.items)

    def _group(self, passage: Passage, chance: random.Random) -> Group:
        kept = [index for index in range(len(passage.sentences)) if chance.random() >= self.plan.drop]
        if len(kept) < 2:
            kept = list(range(len(passage.sentences)))
        place = {index: number for number, index in enumerate(kept)}
        items: list[Item] = []
        for question in passage.questions:
            gold = tuple(place[index] for index in question.answer if index in place)
            items.append(Item(question.text, gold, weight=self.question_weights[question]))
        for claim in passage.claims:
            evidence = tuple(place[index] for index in claim.evidence if index in place)
            whole = len(evidence) == len(claim.evidence)
            items.append(Item(claim.text, evidence, claim.label) if whole else Item(claim.text, (), 2))
        strangers = [other for other in self.training if other.context != passage.context]
        for _ in range(self.plan.far_questions):
            other = chance.choice(strangers)
            items.append(Item(chance.choice(other.questions).text, (), weight=0.5))
        if chance.random() < self.plan.made_share:
            shown = [passage.sentences[index] for index in kept]
            elsewhere = [text for text in passage.sentences if text not in shown]
            elsewhere += chance.choice(strangers).sentences[:1]
            items += [
                Item(claim.text, () if claim.sentence is None else (claim.sentence,), claim.label)
                for claim in made_claims(shown, elsewhere, chance)
            ]
        chance.shuffle(items)
        return Group(passage.context, tuple(passage.sentences[index] for index in kept), tuple(items))

    def _save(self, file: Path) -> None:
        unfinished = file.with_suffix(".part")
        state = {"weights": self._all(), "average": self.average, "step": self.step}
        torch.save({**state, "optimizer": self.optimizer.state_dict()}, unfinished)
        unfinished.replace(file)

    def _resume(self) -> None:
        file = self.work / "checkpoint.pt"
        if not file.exists():
            return
        state = torch.load(file, weights_only=True)
        with torch.no_grad():
            for name, value in self._all().items():
                value.copy_(state["weights"][name])
                self.average[name].copy_(state["average"][name])
        self.optimizer.load_state_dict(state["optimizer"])
        self.step = state["step"]


def _cosine(done: float, total: float) -> float:
    """The share of the highest rate that is left, from 1 down to 0."""
    return 0.5 * (1 + math.cos(math.pi * done / total))


def _layer(name: str) -> int:
    """Number of the layer a tensor belongs to, -1 for the embeddings."""
    return int(name.split(".")[1]) if name.startswith("blk.") else -1


def _buckets(
    groups: Sequence[Group], size: int, length: Callable[[Group], int], chance: random.Random
) -> list[list[Group]]:
    """Batches of groups of like length, in random order, so that little is padded."""
    order = sorted(groups, key=lambda group: length(group) + chance.uniform(0, 12))
    batches = [list(order[start : start + size]) for start in range(0, len(order), size)]
    chance.shuffle(batches)
    return batches


def loss_of(
    batch: Batch,
    sentences: torch.Tensor,
    answers: torch.Tensor,
    claims: torch.Tensor,
    answer_weight: float = 1.0,
) -> torch.Tensor:
    """Sum of four parts: the right sentence among the passage's, every sentence by itself, answerability, claims."""
    has_gold = batch.gold.sum(1) > 0
    target = batch.gold / batch.gold.sum(1, keepdim=True).clamp(min=1)
    choice = -(target * functional.log_softmax(sentences, 1).clamp(min=-50)).sum(1)
    single = functional.binary_cross_entropy_with_logits(sentences, batch.gold, reduction="none")
    single = (single * batch.present).sum(1) / batch.present.sum(1)
    is_question = batch.labels < 0
    answer = functional.binary_cross_entropy_with_logits(answers, has_gold.float(), reduction="none")
    verdict = functional.cross_entropy(claims, batch.labels.clamp(min=0), reduction="none")
    each = choice * has_gold + single
    each = each + torch.where(is_question, answer_weight * answer * batch.weights, verdict)
    return each.mean()


def judge_passages(
    packer: Packer, encoder: Parameters, heads: Parameters, passages: Sequence[Passage], at_once: int = 11
) -> list[Judgement]:
    """Judges everything asked and claimed about the passages, in the paired layout and without training."""
    result: list[Judgement] = []
    for passage in passages:
        items = [Item(question.text, question.answer) for question in passage.questions]
        items += [Item(claim.text, claim.evidence, claim.label) for claim in passage.claims]
        group = Group(passage.context, passage.sentences, tuple(items))
        for start in range(0, len(items), at_once):
            some = items[start : start + at_once]
            batch = packer.paired([(group, item) for item in some])
            with torch.no_grad():
                hidden = encode(encoder, batch.ids, batch.positions, batch.visible)
                vectors = pool(hidden, batch.segments, batch.segment_count)
                logits, answers, claims = judge(
                    heads, vectors[batch.asked], vectors[batch.told], batch.present
                )
            for number, item in enumerate(some):
                result.append(
                    Judgement(
                        logits[number].numpy(),
                        float(answers[number]),
                        claims[number].numpy(),
                        item.gold,
                        item.label,
                    )
                )
    return result


if __name__ == "__main__":
    sys.exit(main())
