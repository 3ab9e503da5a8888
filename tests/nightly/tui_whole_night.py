"""The whole night of tests/night, at the screen and by numbered lines: `python -m tests.nightly.tui_whole_night`.

CI works the one at the screen too. Both are in Chinese.
"""

from pathlib import Path
from tempfile import TemporaryDirectory

from tests.night.lines import line_night
from tests.night.night import night


def main() -> int:
    """Work both nights, and print their keys. Raises NotDone."""
    with TemporaryDirectory(prefix="dutyboard-") as scratch:
        night(Path(scratch) / "screen")
        line_night(Path(scratch) / "lines")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
