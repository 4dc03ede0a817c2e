"""An encoder that fails: what passes is tried again, what stays is remembered."""

import pytest

from desktop.guarded import GuardedEncoder
from guidelines_db.vectors import EncoderUnavailable
from models.errors import ModelError, ModelFileMissing, WorkerDied


class Broken:
    """Cannot be loaded."""

    def ensure_loaded(self) -> None:
        raise ModelFileMissing


def failing(error: ModelError, calls: list[ModelError]):
    def work() -> None:
        calls.append(error)
        raise error

    return work


def test_a_worker_that_ended_is_asked_again() -> None:
    guarded, calls = GuardedEncoder(Broken()), []
    for _ in range(2):
        with pytest.raises(EncoderUnavailable, match="worker_crashed"):
            guarded.run(failing(WorkerDied(), calls))
    assert len(calls) == 2
    assert guarded.run(lambda: "vector") == "vector"


def test_a_model_that_is_missing_is_not_looked_for_again() -> None:
    guarded, calls = GuardedEncoder(Broken()), []
    for _ in range(2):
        with pytest.raises(EncoderUnavailable, match="model_missing"):
            guarded.run(failing(ModelFileMissing(), calls))
    assert len(calls) == 1


def test_what_keeps_it_from_loading_is_told_with_the_first_call() -> None:
    guarded = GuardedEncoder(Broken())
    guarded.warm_up()
    with pytest.raises(EncoderUnavailable, match="model_missing"):
        guarded.run(lambda: "vector")
