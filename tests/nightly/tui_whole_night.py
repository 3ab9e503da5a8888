"""The whole night of tests/night, at the screen in each language and by numbered lines: 2, 2 and 1 minutes.

`python -m tests.nightly.tui_whole_night [language]`: one language at the screen alone. CI works the Chinese one at the
screen.
"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from dutyboard.tui.text import LANGUAGES
from tests.night.lines import line_night
from tests.night.night import night


def main(*languages: str) -> int:
    """Work the nights, and print their keys. Raises NotDone."""
    with TemporaryDirectory(prefix="dutyboard-") as scratch:
        for language in languages or LANGUAGES:
            night(Path(scratch) / language / "screen", language, tell=lambda told, at=language: print(f"{at} {told}"))
        if not languages:
            line_night(Path(scratch) / "lines")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
