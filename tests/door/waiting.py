"""The one way in which the tests of the door wait for what another process does."""

import subprocess
import time
from collections.abc import Callable
from typing import Final, TypeVar

Found = TypeVar("Found")
SECONDS: Final = 30
"""Seconds after which a wait is given up. No test waits that long unless the program is broken."""


def awaited(
    look: Callable[[], Found], process: "subprocess.Popen[bytes] | None" = None, within: float = SECONDS
) -> Found | None:
    """Look until something is found, and return it; None after the limit, or when the process has ended."""
    end = time.monotonic() + within
    while time.monotonic() < end and (process is None or process.poll() is None):
        if found := look():
            return found
        time.sleep(0.05)
    return None
