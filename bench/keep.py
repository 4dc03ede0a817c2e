"""Keeps what was fitted in resources/calibration.json."""

import json
from collections.abc import Mapping

from desktop.calibration import CALIBRATION_FILE
from resources import resource_path


def keep_calibration(parts: Mapping[str, object]) -> None:
    """Put ``parts`` in the place of those of the same names; the others stay."""
    file = resource_path(CALIBRATION_FILE)
    kept = json.loads(file.read_text(encoding="utf-8")) | parts
    file.write_text(json.dumps(kept, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    raise SystemExit("bench.keep serves other parts and measures nothing itself; see python -m bench --help")
