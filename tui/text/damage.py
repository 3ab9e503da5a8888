"""Words of damage to the files of a desk, for a line that names file and line."""

from collections.abc import Mapping

from dutyboard.frozen import frozen


@frozen
class DamageWords:
    """Sentences by the codes of `store.verify`."""

    kinds: Mapping[str, str]
