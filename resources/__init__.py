"""Files the program shows: icons, stylesheets, example questions. No logic."""

from pathlib import Path


def resource_path(name: str) -> Path:
    """Return the path of the resource ``name`` (relative, with forward slashes)."""
    return Path(__file__).parent / name
