"""Files without logic: stylesheet and icons, found the same way in source and when installed."""

from pathlib import Path

_FOLDER = Path(__file__).resolve().parent


def resource_path(name: str) -> Path:
    """Return the path of the resource ``name``, for example ``icons/ask.svg``.

    Raises FileNotFoundError for an unknown name, so that a missing file fails the first test.
    """
    path = _FOLDER / name
    if not path.is_file():
        raise FileNotFoundError(name)
    return path
