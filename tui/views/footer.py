"""The row of keys at the bottom: the screens that can be reached, and the actions that are possible now."""

from collections.abc import Iterable

from dutyboard.tui.actions import ACTIONS, Action, ActionId, Context, why_not
from dutyboard.tui.terminal.cells import Line, Piece, Tone, width
from dutyboard.tui.text import Words
from dutyboard.tui.text.actions import ActionWords

SCREENS_SHOWN: tuple[ActionId, ...] = (
    "help",
    "board",
    "rounds",
    "screening",
    "people",
    "log",
    "reports",
    "handover",
)
_KEY_NAMES = {
    "question_mark": "?",
    "slash": "/",
    "plus": "+",
    "enter": "Enter",
    "space": "Space",
    "tab": "Tab",
    "backspace": "Backspace",
    "asterisk": "*",
    "left": "Left",
    "right": "Right",
    "fullwidth_question_mark": "？",
    "fullwidth_solidus": "／",
    "fullwidth_plus_sign": "＋",
}


def key_name(key: str) -> str:
    """Return a key as keyboards write it: `F1`, `Ctrl+N`, `Enter`, `/`."""
    if key in _KEY_NAMES:
        return _KEY_NAMES[key]
    if key.startswith("ctrl+"):
        return f"Ctrl+{key[5:].upper()}"
    return key.upper() if key.startswith("f") and key[1:].isdigit() else key


def action_words(words: Words, action_id: ActionId) -> ActionWords:
    """Return the two names of an action."""
    found: ActionWords = getattr(words.actions, action_id)
    return found


def screen_keys(context: Context, words: Words, cells: int) -> Line:
    """Return the keys of the screens that can be reached, as many as fit into so many cells.

    The screen that is shown is bright. A page above a screen (a person's page) shows only the help and the way back, to
    leave room for its own actions.
    """
    keys: list[tuple[str, str, Tone]] = []
    if context.screen not in SCREENS_SHOWN:
        keys = [("F1", action_words(words, "help").short + " ", "plain"), ("F10", words.screens.back + " ", "plain")]
        return (*_fitting(keys, cells - 1), ("|", "dim"))
    for action in ACTIONS:
        if action.id in SCREENS_SHOWN and why_not(action, context) is None:
            key = action.keys[0].upper() if action.id == "help" else action.keys[1]
            name = action_words(words, action.id).short
            keys.append((key, name + " ", "strong" if action.id == context.screen else "plain"))
    return (*_fitting(keys, cells - 1), ("|", "dim"))


def action_keys(context: Context, words: Words, cells: int) -> Line:
    """Return the keys of the actions that are possible now, as many as fit into so many cells."""
    keys: list[tuple[str, str, Tone]] = [
        (_short(action), action_words(words, action.id).short + " ", "plain")
        for action in ACTIONS
        if action.id not in SCREENS_SHOWN and why_not(action, context) is None and not _hidden(action, context)
    ]
    spans = _fitting(keys, cells + 1)
    if spans:
        spans[-1] = (spans[-1][0].rstrip(), spans[-1][1])
    return tuple(spans)


def _fitting(keys: Iterable[tuple[str, str, Tone]], cells: int) -> list[Piece]:
    """Return key, name, key, name and so on, up to the last pair that fits whole."""
    spans: list[Piece] = []
    left = cells
    for key, name, tone in keys:
        left -= width(key) + width(name)
        if left < 0:
            break
        spans += [(key, "key"), (name, tone)]
    return spans


def _short(action: Action) -> str:
    name = key_name(action.keys[0])
    return name if len(name) <= 5 or not name.startswith("Ctrl") else f"^{name[5:]}"


def _hidden(action: Action, context: Context) -> bool:
    """Return True for quitting and repainting, which stand in the help, and for signing on once that is done."""
    return action.id in ("repaint", "quit") or (action.id == "sign_on" and context.signed_on)
