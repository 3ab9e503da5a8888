"""The user of this process, as the operating system knows him."""

import os
import pwd


def os_login() -> str:
    """Return the login of the user who runs this process, from the user database and not from the environment."""
    return pwd.getpwuid(os.getuid()).pw_name


def login_of(uid: int) -> str:
    """Return the login of a user number, or the number itself if the system knows no such user."""
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)


def user_name() -> str:
    """Return the full name that the operating system holds of its user, or the login if it holds none."""
    user = pwd.getpwuid(os.getuid())
    return user.pw_gecos.split(",")[0].strip() or user.pw_name
