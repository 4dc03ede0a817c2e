"""Where the build puts things, and what it is a build of."""

import os
import subprocess
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LOCK = ROOT / "requirements.lock"
WORK = ROOT / "build/package"  # everything in between
DIST = ROOT / "dist"  # what is handed over
BUNDLE = WORK / "bundle/leitstern"
VERSION: str = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]


def source_date() -> int:
    """Return the date of the sources in seconds since 1970: SOURCE_DATE_EPOCH, or that of the last commit.

    Every time inside a package is this one, so that the same sources make the same bytes.
    """
    if given := os.environ.get("SOURCE_DATE_EPOCH"):
        return int(given)
    command = ["git", "log", "-1", "--format=%ct"]
    return int(subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout)
