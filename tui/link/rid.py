"""The name of an act (rid), under which its line is found again when nobody knows whether it was saved.

The same name for another act, or of another login, is another name: nothing is taken for done that was not.
"""

from hashlib import sha256
from secrets import token_hex


def new_rid() -> str:
    """Return a name that no act had."""
    return token_hex(8)


def rid_of(rid: str, login: str, act: str) -> str:
    """Return the name of a line in the journal: that of the caller, bound to the login and the act."""
    bound = sha256("\0".join((login, act)).encode()).hexdigest()
    return f"{rid}.{bound[:16]}"
