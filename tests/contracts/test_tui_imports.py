"""Who imports what in tui/: the first frame waits for nothing that comes later, and one door leads to the store."""

import ast
import importlib
import pkgutil
import subprocess
import sys
from pathlib import Path

from textual.message_pump import MessagePump

from dutyboard import tui
from dutyboard.tui.terminal.steady import Steady

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


def test_every_screen_and_widget_goes_on_after_a_handler_that_raises() -> None:
    """Textual leaves the message loop at the first exception: without `Steady` before it the screen is dead."""
    for module in pkgutil.walk_packages(tui.__path__, f"{tui.__name__}."):
        importlib.import_module(module.name)

    def below(kind: type) -> set[type]:
        return {kind} | {each for child in kind.__subclasses__() for each in below(child)}

    ours = {kind for kind in below(MessagePump) if kind.__module__.startswith("dutyboard.") and kind is not Steady}
    assert {kind.__name__ for kind in ours} >= {"DutyApp", "BoardScreen", "FormScreen", "LiveTable", "TextInput"}
    assert {kind.__name__ for kind in ours if not issubclass(kind, Steady)} == set()
    assert {kind.__name__ for kind in ours if kind.__mro__.index(Steady) > kind.__mro__.index(_textual(kind))} == set()


def _textual(kind: type) -> type:
    """The first class of Textual's own in the order of its bases."""
    return next(each for each in kind.__mro__ if each.__module__.startswith("textual."))
