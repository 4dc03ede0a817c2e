"""Whether the language model could teach the reader: its Ja or Nein on passages that neither was trained on.

    python -m bench.teacher MODEL.gguf [--passages N]

For each question to a validation passage the model is asked whether the passage answers it; the difference of its
logits for Ja and Nein is measured against the labels, beside what the reader reaches (docs/reader.md). A passage is
read once, and its questions come after it.
"""

import argparse
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import llama_cpp

from models.engine.backends import load_backends
from models.reader.data import Passage, load_passages, split_passages
from models.reader.metrics import auc

CONTEXT_TOKENS = 1024
SYSTEM = "Du prüfst, ob ein Text eine Frage beantwortet. Antworte nur mit Ja oder Nein."


class Teacher:
    """One model; its state behind the passage is kept for the next question."""

    def __init__(self, file: Path) -> None:
        load_backends()
        self._model = llama_cpp.Llama(str(file), n_ctx=CONTEXT_TOKENS, verbose=False)
        self._yes, self._no = (self._tokens(word)[0] for word in ("Ja", "Nein"))

    def judge(self, passage: Passage) -> Iterator[float]:
        """Yield the logit of Ja less that of Nein for each question to ``passage``."""
        text = " ".join(passage.sentences)
        before = self._tokens(
            f"<|im_start|>system\n{SYSTEM}<|im_end|>\n<|im_start|>user\nText: {passage.context} {text}\n"
        )
        self._model.n_tokens = 0
        self._model.eval(before)
        for question in passage.questions:
            self._model.n_tokens = len(before)
            after = f"Frage: {question.text}\nBeantwortet der Text diese Frage?<|im_end|>\n<|im_start|>assistant\n"
            self._model.eval(self._tokens(after))
            logits = self._model._ctx.get_logits_ith(-1)  # noqa: SLF001 - nothing public gives the last row alone
            yield float(logits[self._yes] - logits[self._no])

    def _tokens(self, text: str) -> list[int]:
        return self._model.tokenize(text.encode(), add_bos=False, special=True)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the AUC of answerable against near miss, and what it takes."""
    parser = argparse.ArgumentParser(prog="python -m bench.teacher")
    parser.add_argument("model", type=Path)
    parser.add_argument("--passages", type=int, default=None, help="only so many")
    given = parser.parse_args(arguments)
    _training, validation = split_passages(load_passages())
    passages = validation[: given.passages]
    teacher = Teacher(given.model)
    begun = time.monotonic()
    scores = [score for passage in passages for score in teacher.judge(passage)]
    labels = [bool(question.answer) for passage in passages for question in passage.questions]
    seconds = (time.monotonic() - begun) / len(scores)
    print(
        f"{len(passages)} passages, {len(scores)} questions: AUC {auc(scores, labels):.3f}, {seconds:.1f} s each"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
