"""What was fitted on data and not chosen: weights and limits of the states, and the limit of the reader's veto.

``python -m bench.calibrate --write`` fits and writes it; docs/answers.md has the figures.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from resources import resource_path

CALIBRATION_FILE = "calibration.json"


@dataclass(frozen=True)
class Calibration:
    """Weights of the signals (and their ``bias``), and the limits between the three states."""

    weights: Mapping[str, float]
    supported_from: float
    nothing_below: float


@cache
def load_calibration() -> dict[str, Calibration]:
    """Return the fitted weights: with reader and vectors ("reader"), without vectors ("reader_alone"), without reader
    ("search").
    """
    return {name: Calibration(**_fitted()[name]) for name in ("reader", "reader_alone", "search")}


@cache
def veto_limit() -> float:
    """Return from which log odds against a worded sentence on the reader stops it."""
    return float(_fitted()["claims"]["veto_from"])


def _fitted() -> dict[str, Any]:
    parts: dict[str, Any] = json.loads(resource_path(CALIBRATION_FILE).read_text(encoding="utf-8"))
    return parts
