"""Who runs this process, as the operating system knows him."""

import os
import pwd


def os_login() -> str:
    """The login name of the user who runs this process, from the user database and not from the environment."""
    return pwd.getpwuid(os.getuid()).pw_name


def user_name() -> str:
    """The name that the OS knows its user by; where it knows none, the login."""
    user = pwd.getpwuid(os.getuid())
    return user.pw_gecos.split(",")[0].strip() or user.pw_name
