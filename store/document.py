"""What a document may hold: what comes back from JSON exactly as it went in."""

from math import isfinite
from typing import Any


def flaw(value: object) -> tuple[str, str] | None:
    """Where in a value (".data.rooms.3") something is that JSON cannot hold or would quietly change, and what."""
    if value is None or isinstance(value, (str, int)):
        return None
    if isinstance(value, float):
        return None if isfinite(value) else ("", "not_finite")
    inner: Any
    if isinstance(value, dict):
        if not all(isinstance(key, str) for key in value):
            return "", "key_not_text"
        inner = value.items()
    elif isinstance(value, (list, tuple)):
        inner = enumerate(value)
    else:
        return "", "not_json"
    try:
        for key, item in inner:
            found = flaw(item)
            if found:
                return f".{key}{found[0]}", found[1]
    except RecursionError:
        return "", "not_json"
    return None
