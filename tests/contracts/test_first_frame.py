"""The first frame of the board waits for no module that is needed later."""

import subprocess
import sys

LATER = (
    "dutyboard.store",
    "tinydb",
    "msgspec",
    "orjson",
    "dateutil",
    "openpyxl",
    "pypinyin",
    "stdnum",
)
FIRST_FRAME = "from dutyboard.tui.terminal import config; config.prepare(); import dutyboard.tui.app"


def loaded_by(code: str) -> set[str]:
    """The modules that a fresh interpreter holds after some code."""
    told = "import sys; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", f"{code}; {told}"], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_the_first_frame_waits_for_nothing_that_comes_later() -> None:
    loaded = loaded_by(FIRST_FRAME)
    assert "textual" in loaded
    assert loaded.isdisjoint(LATER)
    rules = {name for name in loaded if name.startswith("dutyboard.rules.")}
    assert rules == {"dutyboard.rules.records", "dutyboard.rules.records.signs"}, "what no text may show"
