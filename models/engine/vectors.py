"""An encoder in llama.cpp: vectors of texts and of their sentences."""

from collections.abc import Callable, Iterator, Sequence

import llama_cpp
import numpy as np

from models.chunking import Averages, Window, lay_out
from models.engine.model import ABORTED, Model
from models.engine_api import StopFlag
from models.errors import WorkerOutOfMemory
from models.protocol import EncodeItem, Load
from models.vectors import Vectors

ENCODER_BATCH_TOKENS = 512
ENCODER_BATCH_WINDOWS = 16
SHARED_BATCH_TOKENS = 256
"""Texts are read together up to here. More would not be faster, and llama.cpp keeps room for the scores of the
whole vocabulary for every token of its largest batch, wanted or not."""
_PREFIXES = {"query": "query:", "passage": "passage:"}


class LlamaEncoder:
    """An encoder with token outputs, averaged over the whole and over each sentence."""

    def __init__(self, request: Load, stop: StopFlag, on_progress: Callable[[int, int], None]) -> None:
        """Load the model; raise ModelFileDamaged or WorkerOutOfMemory."""
        self._model = Model(request, stop, on_progress)
        self._stop = stop
        trained = llama_cpp.llama_model_n_ctx_train(self._model.model)
        self.context = min(request.context, trained, ENCODER_BATCH_TOKENS)
        params = llama_cpp.llama_context_default_params()
        params.n_ctx = params.n_batch = params.n_ubatch = ENCODER_BATCH_TOKENS
        params.n_seq_max = ENCODER_BATCH_WINDOWS
        params.kv_unified = True
        params.embeddings = True
        params.pooling_type = llama_cpp.LLAMA_POOLING_TYPE_NONE
        self._model.open_context(params)
        self._batch = llama_cpp.llama_batch_init(ENCODER_BATCH_TOKENS, 0, 1)
        self.size = llama_cpp.llama_model_n_embd(self._model.model)
        self.threads = self._model.threads

    def count_tokens(self, text: str) -> int:
        """Return how many tokens ``text`` has."""
        return len(self._model.tokenize(text, special=False))

    def encode(self, items: Sequence[EncodeItem]) -> Iterator[Vectors]:
        """Yield each item's vectors (1 + sentences, size), several short items being read at once."""
        waiting: list[tuple[int, Window]] = []  # windows not read yet, with their item
        averages: list[Averages] = []
        given = 0
        for item in items:
            windows = self._windows(item)
            averages.append(Averages(len(item.sentences), self.size))
            for window in windows:
                used = sum(len(other.tokens) for _, other in waiting)
                full = (
                    used + len(window.tokens) > SHARED_BATCH_TOKENS or len(waiting) == ENCODER_BATCH_WINDOWS
                )
                if waiting and full:
                    if not self._read(waiting, averages):
                        return
                    waiting.clear()
                waiting.append((len(averages) - 1, window))
            while given < waiting[0][0]:
                yield averages[given].result()
                given += 1
        if waiting and not self._read(waiting, averages):
            return
        for average in averages[given:]:
            yield average.result()

    def _windows(self, item: EncodeItem) -> list[Window]:
        # A sentencepiece tokenizer splits at blanks, so these parts' tokens are those of the joined text.
        head = self._model.tokenize(f"{_PREFIXES[item.kind]} {item.context}".strip(), special=False)
        sentences = [self._model.tokenize(text, special=False) for text in item.sentences]
        begin, end = (
            llama_cpp.llama_vocab_bos(self._model.vocab),
            llama_cpp.llama_vocab_eos(self._model.vocab),
        )
        return lay_out(head, sentences, self.context, begin, end)

    def _read(self, windows: Sequence[tuple[int, Window]], averages: Sequence[Averages]) -> bool:
        """Read ``windows`` at once and add their outputs to their items; False if stopped meanwhile."""
        batch = self._batch
        count = 0
        for sequence, (_, window) in enumerate(windows):
            for position, token in enumerate(window.tokens):
                batch.token[count], batch.pos[count], batch.logits[count] = token, position, 1
                batch.n_seq_id[count], batch.seq_id[count][0] = 1, sequence
                count += 1
        batch.n_tokens = count
        result = llama_cpp.llama_encode(self._model.ctx, batch)
        if result == ABORTED or self._stop.is_up():
            return False
        if result != 0:
            raise WorkerOutOfMemory(f"llama.cpp could not encode (code {result})")
        pointer = llama_cpp.llama_get_embeddings(self._model.ctx)
        outputs: Vectors = np.ctypeslib.as_array(pointer, (count, self.size))
        start = 0
        for item, window in windows:
            averages[item].add(window, outputs[start : start + len(window.tokens)])
            start += len(window.tokens)
        return True
