"""What stands before the first frame: Textual and our words, not the rules, the store or a library for later."""

import subprocess
import sys

LATER = ("rules", "store", "tinydb", "msgspec", "orjson", "dateutil", "openpyxl", "pypinyin", "stdnum")
FIRST_FRAME = "import tui.config; tui.config.prepare(); import tui.app"


def loaded_by(code: str) -> set[str]:
    """The top-level packages that a fresh interpreter holds after some code."""
    told = "import sys; print(*{name.partition('.')[0] for name in sys.modules})"
    done = subprocess.run([sys.executable, "-c", f"{code}; {told}"], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_the_first_frame_waits_for_nothing_that_comes_later() -> None:
    loaded = loaded_by(FIRST_FRAME)
    assert "textual" in loaded
    assert loaded.isdisjoint(LATER)
