"""Turns passages with questions and claims into token batches.

Two layouts of the same content. *Shared*: a passage once, followed by all its questions, each of which sees the
passage and itself, while the passage sees only itself; cheap, used for the first part of training. *Paired*: one
question and one passage, everything sees everything; what the program runs. Tokens and positions of a single
item are the same in both: ``<s> passage: context, sentences, question </s>``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import torch

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


FILLER, OPEN = -1, -2
"""Blocks besides the passage's 0 and the items' 1, 2, ...: padding, and the item that the passage looks at."""
BEGIN, PAD, END = 0, 1, 2
LONGEST = 512
PASSAGE_PREFIX = "passage: "
QUESTION_PREFIX = "query: "
CLAIM_PREFIX = "claim: "


@dataclass(frozen=True)
class Item:
    """A question (``label`` is None) or claim about a group's passage; ``gold`` are sentence indices."""

    text: str
    gold: tuple[int, ...]
    label: int | None = None
    weight: float = 1.0


@dataclass(frozen=True)
class Group:
    """A passage as it is shown to the network, with items about it."""

    context: str
    sentences: tuple[str, ...]
    items: tuple[Item, ...]


@dataclass
class Row:
    """One row of a batch; ``blocks`` numbers what sees what: 0 the passage, then one number an item."""

    ids: list[int] = field(default_factory=list)
    positions: list[int] = field(default_factory=list)
    segments: list[int] = field(default_factory=list)
    blocks: list[int] = field(default_factory=list)

    def add(self, tokens: Sequence[int], segment: int, block: int, start: int | None = None) -> None:
        """Appends tokens; positions go on from the last one unless ``start`` is given."""
        first = len(self.ids) if start is None else start
        self.ids.extend(tokens)
        self.positions.extend(range(first, first + len(tokens)))
        self.segments.extend([segment] * len(tokens))
        self.blocks.extend([block] * len(tokens))


@dataclass(frozen=True)
class Batch:
    """Tensors for one step. Segments are numbered over the whole batch.

    ``asked``: (items,) segment of each item's text; ``told``: (items, most) segments of its passage's sentences,
    padded with 0 where ``present`` is false; ``gold``: (items, most) 1.0 at the right sentences; ``labels``:
    (items,) claim label or -1 for a question; ``weights``: (items,).
    """

    ids: torch.Tensor
    positions: torch.Tensor
    visible: torch.Tensor
    segments: torch.Tensor
    segment_count: int
    asked: torch.Tensor
    told: torch.Tensor
    present: torch.Tensor
    gold: torch.Tensor
    labels: torch.Tensor
    weights: torch.Tensor


class Packer:
    """Builds batches; remembers the tokens of every text it has seen."""

    def __init__(self, tokenize: Callable[[str], list[int]]) -> None:
        self._tokenize = tokenize
        self._known: dict[str, list[int]] = {}

    def tokens(self, text: str) -> list[int]:
        """Tokens of a text without special ones."""
        if text not in self._known:
            self._known[text] = self._tokenize(text)
        return self._known[text]

    def length(self, group: Group, item: Item) -> int:
        """Tokens of one item in the paired layout."""
        passage = len(self.tokens(PASSAGE_PREFIX + group.context))
        passage += sum(len(self.tokens(sentence)) for sentence in group.sentences)
        return passage + len(self.tokens(_prefixed(item))) + 2

    def shared(self, groups: Sequence[Group], opened: Sequence[int | None] = ()) -> Batch:
        """One row a group.

        ``opened`` names for each group the item that the passage may look at too: for that one the row is the
        paired layout, and the others see a passage slightly coloured by it.
        """
        builder = _Builder()
        for group, open_item in zip(groups, opened or [None] * len(groups), strict=True):
            row, told = self._passage_row(group, builder)
            start = len(row.ids)
            for number, item in enumerate(group.items):
                block = OPEN if number == open_item else number + 1
                segment = builder.new_segment()
                text = self.tokens(_prefixed(item))
                row.add(text, segment, block, start)
                row.add([END], -1, block, start + len(text))
                builder.add_item(item, segment, told)
            builder.rows.append(row)
        return builder.build(paired=False)

    def paired(self, pairs: Sequence[tuple[Group, Item]]) -> Batch:
        """One row an item."""
        builder = _Builder()
        for group, item in pairs:
            row, told = self._passage_row(group, builder)
            segment = builder.new_segment()
            row.add(self.tokens(_prefixed(item)), segment, 0)
            row.add([END], -1, 0)
            builder.add_item(item, segment, told)
            builder.rows.append(row)
        return builder.build(paired=True)

    def _passage_row(self, group: Group, builder: _Builder) -> tuple[Row, list[int]]:
        row = Row()
        row.add([BEGIN, *self.tokens(PASSAGE_PREFIX + group.context)], -1, 0)
        told: list[int] = []
        for sentence in group.sentences:
            told.append(builder.new_segment())
            row.add(self.tokens(sentence), told[-1], 0)
        return row, told


def _prefixed(item: Item) -> str:
    return (QUESTION_PREFIX if item.label is None else CLAIM_PREFIX) + item.text


@dataclass
class _Builder:
    rows: list[Row] = field(default_factory=list)
    items: list[tuple[Item, int, list[int]]] = field(default_factory=list)
    segments: int = 0

    def new_segment(self) -> int:
        self.segments += 1
        return self.segments - 1

    def add_item(self, item: Item, segment: int, told: list[int]) -> None:
        self.items.append((item, segment, told))

    def build(self, *, paired: bool) -> Batch:
        longest = max(len(row.ids) for row in self.rows)
        most = max(len(told) for _, _, told in self.items)

        def rows(name: str, padding: int) -> torch.Tensor:
            values: list[list[int]] = [getattr(row, name) for row in self.rows]
            return torch.tensor([value + [padding] * (longest - len(value)) for value in values])

        blocks = rows("blocks", FILLER)
        seen, seeing = blocks[:, None, :], blocks[:, :, None]
        visible = (seen == seeing) | ((seen == 0) & (seeing != FILLER)) | ((seen == OPEN) & (seeing == 0))
        told = torch.zeros(len(self.items), most, dtype=torch.long)
        present = torch.zeros(len(self.items), most, dtype=torch.bool)
        gold = torch.zeros(len(self.items), most)
        for number, (item, _, sentences) in enumerate(self.items):
            told[number, : len(sentences)] = torch.tensor(sentences)
            present[number, : len(sentences)] = True
            gold[number, list(item.gold)] = 1.0
        if paired and longest > LONGEST:
            raise ValueError(f"a pair of {longest} tokens is longer than the model's {LONGEST}")
        return Batch(
            ids=rows("ids", PAD),
            positions=rows("positions", 0),
            visible=visible,
            segments=rows("segments", -1),
            segment_count=self.segments,
            asked=torch.tensor([segment for _, segment, _ in self.items]),
            told=told,
            present=present,
            gold=gold,
            labels=torch.tensor([-1 if item.label is None else item.label for item, _, _ in self.items]),
            weights=torch.tensor([item.weight for item, _, _ in self.items]),
        )
