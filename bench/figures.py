"""Sums up measured times."""

import statistics
from collections.abc import Sequence


def percentiles(values: Sequence[float]) -> tuple[float, float]:
    """Return the 50th and the 95th percentile."""
    cuts = statistics.quantiles(values, n=20, method="inclusive")
    return statistics.median(values), cuts[-1]


if __name__ == "__main__":
    raise SystemExit(
        "bench.figures serves other parts and measures nothing itself; see python -m bench --help"
    )
