"""One step of each rule that is no row of section three: what carries a clause, changed as little as can be."""

from dataclasses import dataclass
from typing import Final

NOTICE: Final = "rules/law/notices/lianyuan-2021-07.toml"


@dataclass(frozen=True, slots=True)
class Step:
    """A change of one file: the text `old`, which stands there once, becomes `new`."""

    file: str
    old: str
    new: str


STEPS: Final[dict[str, tuple[Step, ...]]] = {
    "0.1": (Step(NOTICE, "effective_from = 2021-06-07T00:00:00", "effective_from = 2021-06-08T00:00:00"),),
    "1.7": (Step(NOTICE, "minimum = { value = 5,", "minimum = { value = 6,"),),
    "1.8": (Step(NOTICE, "due = 2021-06-07T21:30:00", "due = 2021-06-07T21:31:00"),),
    "2.7": (Step(NOTICE, "unassessed_hours = 2", "unassessed_hours = 3"),),
    "2.8": (Step(NOTICE, 'due = "17:00"\nclause = "2.8"', 'due = "17:01"\nclause = "2.8"'),),
}
"""By clause of docs/coverage.md. A row of section three has none: each of its numbers and conditions is changed."""
