"""Every class of ours that Textual sends messages to goes on after a handler that raises."""

import importlib
import pkgutil

from textual.message_pump import MessagePump

from dutyboard import tui
from dutyboard.tui.terminal.steady import Steady


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
