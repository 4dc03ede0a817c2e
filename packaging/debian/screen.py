"""A display that nobody sees, and pictures of what is on it."""

import os
import struct
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_SIZE = (1440, 900)
_FEW_COLOURS = 16  # an empty screen has one, a window without text a handful
_PATIENCE_S = 60.0
_STILL_S = 1.5
_HEADER = struct.Struct(">25I")  # of the file format of xwd: all that we need stands in its first 100 bytes


class Screen:
    """A running X server without network; ``display`` is its name, for example ``:77``."""

    def __init__(self, display: str, frame: Path) -> None:
        self.display = display
        self._frame = frame

    def picture_when_still(self, running: subprocess.Popen[bytes], target: Path) -> bool:
        """Save what ``running`` shows as soon as that no longer changes; False if it shows nothing."""
        last, since = b"", time.monotonic()
        end = since + _PATIENCE_S
        while time.monotonic() < end and running.poll() is None:
            pixels = self._pixels()
            if pixels != last:
                last, since = pixels, time.monotonic()
            elif time.monotonic() - since > _STILL_S and _colours(pixels) > _FEW_COLOURS:
                return self._save(pixels, target)
            time.sleep(0.2)
        return False

    def _pixels(self) -> bytes:
        data = self._frame.read_bytes()
        header = _HEADER.unpack_from(data)
        return data[header[0] + 12 * header[19] :]  # after the header comes a table of colours

    def _save(self, pixels: bytes, target: Path) -> bool:
        from PySide6.QtGui import QImage

        image = QImage(pixels, *_SIZE, 4 * _SIZE[0], QImage.Format.Format_RGB32)
        target.parent.mkdir(parents=True, exist_ok=True)
        return bool(image.save(str(target)))


def _colours(pixels: bytes) -> int:
    return len({pixels[place : place + 4] for place in range(0, len(pixels) - 3, 4 * 7)})


@contextmanager
def screen() -> Iterator[Screen]:
    """Start an X server on a free display; it ends with the block."""
    with tempfile.TemporaryDirectory(prefix="leitstern-screen-") as name:
        reading, writing = os.pipe()
        size = f"{_SIZE[0]}x{_SIZE[1]}x24"
        command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", size, "-nolisten", "tcp", "-ac"]
        with subprocess.Popen(
            [*command, "-fbdir", name], pass_fds=(writing,), stderr=subprocess.DEVNULL
        ) as server:
            os.close(writing)
            try:
                with os.fdopen(reading) as answer:
                    display = answer.readline().strip()
                yield Screen(f":{display}", Path(name) / "Xvfb_screen0")
            finally:
                server.terminate()
