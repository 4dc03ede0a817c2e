"""Chooses the next token from the model's scores."""

import ctypes
from typing import Any

import llama_cpp
import numpy as np
from numpy.typing import NDArray

from models.engine.model import Model
from models.errors import RequestRefused
from models.protocol import Generate

GRAMMAR_FIRST_TRIES = 256


class Picker:
    """Chooses the next token: the likeliest, or by chance with a temperature; within a grammar if given."""

    def __init__(self, model: Model, request: Generate) -> None:
        self._model = model
        self._temperature = request.temperature
        self._random = np.random.default_rng(0)
        self._grammar: Any = None
        if request.grammar is not None:
            self._grammar = llama_cpp.llama_sampler_init_grammar(
                model.vocab, request.grammar.encode(), b"root"
            )
            if not self._grammar:
                raise RequestRefused("the grammar cannot be read")

    def pick(self, row: int = -1) -> int:
        """Return the token after row ``row`` of what was read at once, the last unless said otherwise."""
        pointer = llama_cpp.llama_get_logits_ith(self._model.ctx, row)
        scores: NDArray[np.float32] = np.ctypeslib.as_array(pointer, (self._model.vocab_size,))
        if self._temperature > 0:
            # Adding Gumbel noise and taking the largest draws from the softmax.
            noise = self._random.gumbel(size=scores.size).astype(np.float32)
            scores = scores / self._temperature + noise
        token = int(scores.argmax())
        if self._grammar:
            token = self._likeliest_allowed(token, scores)
            llama_cpp.llama_sampler_accept(self._grammar, token)
        return token

    def _likeliest_allowed(self, token: int, scores: NDArray[np.float32]) -> int:
        """Return the best token within the grammar; ``token`` is the best without.

        Asking the grammar about the whole vocabulary takes longer than computing the scores, so the
        likeliest tokens are tried first.
        """
        likely = np.argpartition(scores, -GRAMMAR_FIRST_TRIES)[-GRAMMAR_FIRST_TRIES:]
        for tokens in (np.array([token]), likely, np.arange(scores.size)):
            allowed = self._allowed(tokens, scores[tokens])
            best = int(allowed.argmax())
            if np.isfinite(allowed[best]):
                return int(tokens[best])
        raise RequestRefused("the grammar allows no token here")

    def _allowed(self, tokens: NDArray[np.int64], scores: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return ``scores`` with minus infinity for tokens that the grammar forbids here."""
        table = np.zeros(tokens.size, dtype=[("id", "i4"), ("logit", "f4"), ("p", "f4")])
        table["id"], table["logit"] = tokens, scores
        data = table.ctypes.data_as(llama_cpp.llama_token_data_p)
        candidates = llama_cpp.llama_token_data_array(data=data, size=tokens.size, selected=-1, sorted=False)
        llama_cpp.llama_sampler_apply(self._grammar, ctypes.byref(candidates))
        allowed: NDArray[np.float32] = table["logit"].copy()
        return allowed

    def free(self) -> None:
        """Give the grammar's memory back."""
        if self._grammar:
            llama_cpp.llama_sampler_free(self._grammar)
