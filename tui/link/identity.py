"""The identity of the one who uses the program. Nothing else in the program asks who he is.

On one's own folder it is the user of the process; at the door it is what the server said of him.
"""

import os
import re
from dataclasses import replace
from typing import Final

from dutyboard.frozen import frozen
from dutyboard.tui.link.user import os_login

_LOGIN: Final = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}")


@frozen(kw_only=False)
class Identity:
    """The login that acts, from where, and with which key.

    `by_login` is the login at the terminal, where it acts for another ("": it is the same). `address` is the client's
    address as the server told it, `key` the fingerprint of his key; both are "" on one's own folder.
    """

    login: str
    address: str = ""
    key: str = ""
    by_login: str = ""

    @property
    def terminal_login(self) -> str:
        """The login at the terminal: his are the drafts, the lock and the line of the journal."""
        return self.by_login or self.login

    @property
    def at_door(self) -> bool:
        """True for one who came in at the door: a colleague without rights on the files of this machine."""
        return bool(self.address)

    @property
    def writer(self) -> str:
        """The word for this process in the lock: login and process number."""
        return f"{self.terminal_login}@{os.getpid()}"

    def acting_as(self, login: str) -> "Identity":
        """Return the same one acting for another login."""
        return self if login == self.login else replace(self, login=login, by_login=self.terminal_login)


def own_identity() -> Identity:
    """Return the user of this process, as the operating system knows him."""
    return Identity(os_login())


def is_login(text: str) -> bool:
    """Return True if a text has the form of a login: letters, digits, `_`, `.`, `-`, at most 64."""
    return _LOGIN.fullmatch(text) is not None
