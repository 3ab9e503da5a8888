"""Facts as they are typed in a line: `KEY=VALUE`, each value JSON or a word."""

import json
from collections.abc import Iterable
from typing import Any

from dutyboard.rules.law.facts import FACT_KEYS


def fact_pairs(pairs: Iterable[str]) -> dict[str, Any]:
    """Return `KEY=VALUE` pairs as an act's fields. A fact may be JSON (37.5, null, {"result": …}); all else is text.

    Raises ValueError with the number of the pair that has no `=`.
    """
    told: dict[str, Any] = {}
    for number, pair in enumerate(pairs, 1):
        key, equals, text = pair.partition("=")
        if not equals:
            raise ValueError(number)
        told[key] = _json_or_text(text) if key in FACT_KEYS else text
    return told


def _json_or_text(text: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        return text
