"""Records of what an officer alone knows: his PIN, and one-time codes given to him. Hashes only, never the text."""

from dataclasses import field
from datetime import datetime

from dutyboard.frozen import frozen
from dutyboard.rules.records.codes import SecretUse


@frozen
class Hashed:
    """A hash by scrypt, with its salt and its parameters, so that later ones may cost more. Both texts are hex."""

    digest: str = field(repr=False)
    salt: str = field(repr=False)
    n: int
    r: int
    p: int


@frozen
class Secret:
    """One secret of an officer. No export, view, log or error holds it.

    `hashed` None: nothing is set, or all officers of the desk share it. A code can be used `until` an instant (None: it
    does not end); `given_by` is who gave it. `wrong` are the wrong tries since it was last given right, `wrong_at` is
    the instant of the last one.
    """

    id: int
    officer_id: int
    use: SecretUse
    hashed: Hashed | None = None
    set_at: datetime
    until: datetime | None = None
    given_by: int | None = None
    wrong: int = 0
    wrong_at: datetime | None = None
    elsewhere: int = 0
    elsewhere_at: datetime | None = None
