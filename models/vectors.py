"""Vectors on their way between processes: float32, little-endian, as base64."""

import base64
import binascii

import numpy as np
from numpy.typing import NDArray

from models.protocol import ProtocolError

Vectors = NDArray[np.float32]


def pack(vectors: Vectors) -> str:
    """Return ``vectors`` (rows, columns) as text."""
    return base64.b64encode(np.ascontiguousarray(vectors, dtype="<f4").tobytes()).decode("ascii")


def unpack(data: str, rows: int, columns: int) -> Vectors:
    """Return the array (rows, columns) that ``pack`` wrote; raise ProtocolError."""
    try:
        flat = np.frombuffer(base64.b64decode(data, validate=True), dtype="<f4")
        return flat.reshape(rows, columns).astype(np.float32)
    except (binascii.Error, ValueError) as error:
        raise ProtocolError("the vectors are spoiled") from error


def unit(vector: NDArray[np.floating]) -> Vectors:
    """Return ``vector`` at length 1, or zeros if it has no length."""
    length = float(np.linalg.norm(vector))
    return (vector / length if length else vector).astype(np.float32)
