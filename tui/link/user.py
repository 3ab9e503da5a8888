"""The user of this process, as the operating system knows him."""

import os
import pwd


def os_login() -> str:
    """Return the login of the user who runs this process, from the user database and not from the environment.

    It is his number where the system knows no such user, as in a container.
    """
    return login_of(os.getuid())


def login_of(uid: int) -> str:
    """Return the login of a user number, or the number itself if the system knows no such user."""
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)
