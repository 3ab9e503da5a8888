"""Thirty officers at their screens for half an hour: `python -m tests.nightly.tui_night_room [sessions [seconds]]`."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.pty.night_room import night

SEED = 2


def main(sessions: int = 30, seconds: float = 1_800.0) -> int:
    """Let them work, and print what they did. Raises Ended."""
    with TemporaryDirectory(prefix="dutyboard-") as scratch:
        night(Path(scratch), sessions, seconds, SEED)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(*(int(each) for each in sys.argv[1:])))
