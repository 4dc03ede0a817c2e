"""What decides how the reader is trained; the values are those of the published weights."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Plan:
    """Everything that decides what comes out.

    ``epochs``: each has a warm-up and a cosine of its own (Loshchilov and Hutter 2017, "SGDR"), from ``encoder_rate``
    and ``head_rate`` down, and leaves weights of its own; these and those of the start are averaged. ``twin_series``:
    the pairs that are trained on. ``made_share``: chance that made claims join a passage's written ones.

    ``far_questions``: questions of other passages shown as unanswerable. ``drop``: chance that a sentence is left
    out of a passage, which turns the questions it answers into near misses with unchanged wording. ``open_share``:
    chance that a row of the shared layout has one item in the paired layout. ``frozen_layers``: lowest layers
    that stay as they are; five save a third. ``answer_weight``: of the loss of answerability beside the others.
    ``measured_every``: one in so many validation passages is judged after an epoch. ``bfloat16``: multiply matrices
    in 16 bits; weights, sums, attention and heads stay in 32.
    """

    seed: int = 13
    epochs: int = 2
    twin_series: tuple[str, ...] = ("d1", "d4")
    made_share: float = 0.3
    passages_a_step: int = 3
    encoder_rate: float = 8e-5
    head_rate: float = 1e-3
    warm_up: float = 0.06
    decay: float = 0.01
    far_questions: int = 2
    drop: float = 0.2
    open_share: float = 0.9
    average: float = 0.99
    data_share: float = 1.0
    frozen_layers: int = 0
    answer_weight: float = 1.3
    measured_every: int = 5
    bfloat16: bool = False
