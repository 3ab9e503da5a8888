"""Who imports what in tui/: the first frame waits for nothing that comes later, and one door leads to the store."""

import ast
import subprocess
import sys
from pathlib import Path

from dutyboard import tui

LATER = (
    "dutyboard.rules",
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


def test_one_door_leads_to_the_store() -> None:
    top = Path(tui.__path__[0])
    knocking = set()
    for module in top.rglob("*.py"):
        for node in ast.walk(ast.parse(module.read_text("utf-8"))):
            named = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            named += [f"{node.module}.{alias.name}" for alias in node.names] if isinstance(node, ast.ImportFrom) else []
            if any(name.startswith("dutyboard.store") for name in named):
                knocking.add(module.relative_to(top).parts[0])
    assert knocking == {"link"}
