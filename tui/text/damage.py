"""Words of damage to the files of a desk, for a line that names file and line."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class DamageWords:
    """Sentences by the codes of `store.verify`."""

    kinds: Mapping[str, str]
