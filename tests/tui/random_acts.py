"""Acts made at random from their schema: all that the shapes let through, sense or not."""

import random
from typing import Any

from dutyboard.tui.acts.shapes import schema

TEXTS = (
    "",
    "x",
    "张三",
    "post",
    "person-1",
    "site-1",
    "1",
    "on",
    "fever_c",
    "37",
    "national-9-2022",
    "x" * 300,
    "\u202e",
)
TEXTS += ("patrol-1/site-1/2021-06-07", "home-check/unit-1/2021-06-07", "rooms/post/2021-06-07", "a/b", "//", "\x00")
TEXTS += ("test-pcr/person-1/2021-06-08", "person-99999999999999999999", "measured", "of", "highest", "checked")
NUMBERS = (0, 1, 1, 1, 2, 3, -1, 99, 10_000_000)
DAYS = ("2021-06-07", "2021-06-08", "1900-01-01", "2199-12-31", "2021-02-30")
TIMES = ("T08:00", "T19:00:01", "T23:59+14:00", "T00:00Z")


class RandomActs:
    """An endless supply, the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        whole = schema()
        self._shapes: dict[str, Any] = whole["$defs"]
        acts = whole["discriminator"]["mapping"]
        self._acts = sorted(acts[name] for name in acts.keys() - {"sign-on bind"})  # it would leave nobody to act

    def act(self) -> dict[str, Any]:
        """Return the next act."""
        made: dict[str, Any] = self._value({"$ref": self._random.choice(self._acts)})
        made.pop("pin", None)  # one that is wrong is answered before the act is looked at
        return made

    def _value(self, shape: dict[str, Any]) -> Any:
        pick = self._random.choice
        match shape:
            case {"$ref": name}:
                return self._value(self._shapes[name.rpartition("/")[2]])
            case {"anyOf": choices}:
                return self._value(pick(choices))
            case {"enum": values}:
                return pick(values)
            case {"type": "string", "pattern": pattern}:
                return pick(DAYS) + (pick(TIMES) if "T" in pattern else "")
            case {"type": "string"}:
                return pick(TEXTS)
            case {"type": "integer"}:
                return pick(NUMBERS)
            case {"type": "number"}:
                return pick((0, 1.5, 36.5, 1e308, -3))
            case {"type": "boolean"}:
                return pick((True, False))
            case {"type": "array", "prefixItems": items}:
                return [self._value(each) for each in items]
            case {"type": "array", "items": item}:
                return [self._value(item) for _ in range(pick((0, 1, 2)))]
            case {"type": "object", "properties": properties, "required": needed}:
                return self._object(properties, needed)
            case {"type": "object", "properties": properties}:
                return self._object(properties, [])
            case {"type": "object", "additionalProperties": each}:
                return {pick(TEXTS): self._value(each) for _ in range(pick((0, 1, 3)))}
            case {"type": "object"}:  # what `amend` tells instead: the fields of whichever act it amends
                return self.act()
        return None

    def _object(self, properties: dict[str, Any], needed: list[str]) -> dict[str, Any]:
        told = [key for key in properties if key in needed or self._random.random() < 0.35]
        return {key: self._value(properties[key]) for key in told}
