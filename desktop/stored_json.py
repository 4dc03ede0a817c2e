"""Small JSON files that a crash leaves old or new, never half."""

import contextlib
import json
import os
import tempfile
from pathlib import Path


def write_json(values: object, file: Path) -> None:
    """Write ``file`` atomically. Raises OSError."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f"{file.stem}-", suffix=".tmp", dir=file.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            json.dump(values, stream, ensure_ascii=False, indent=2)
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).replace(file)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise


def read_json_object(file: Path) -> dict[str, object]:
    """Return the object in ``file``, {} without the file. Raises OSError or ValueError if it holds something else."""
    if file.exists() and not file.is_file():
        raise ValueError(f"{file.name} is no regular file")  # a FIFO would be waited for without end
    try:
        values = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except RecursionError as error:
        raise ValueError(f"{file.name} is nested too deeply") from error
    if not isinstance(values, dict):
        raise ValueError(f"{file.name} holds no object")  # noqa: TRY004 - the file is wrong, no caller
    return values
