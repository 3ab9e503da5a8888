"""Check of a document: it may hold only values that JSON gives back exactly as they were."""

from math import isfinite
from typing import Any


def flaw(value: object) -> tuple[str, str] | None:
    """Return place (".data.rooms.3") and kind of the first value that JSON cannot hold or would change. None: all is
    well."""
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
