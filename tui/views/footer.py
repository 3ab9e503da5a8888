"""The row of keys at the bottom: the screens that can be reached, and what can be done here now."""

from tui.actions import ACTIONS, Action, ActionId, Context, why_not
from tui.cells import Line, Span, width
from tui.text import Words
from tui.text.actions import ActionWords

_SCREENS: tuple[ActionId, ...] = (
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
    "fullwidth_question_mark": "？",
    "fullwidth_solidus": "／",
    "fullwidth_plus_sign": "＋",
}


def key_name(key: str) -> str:
    """A key as it is written on keyboards: `F1`, `Ctrl+N`, `Enter`, `/`."""
    if key in _KEY_NAMES:
        return _KEY_NAMES[key]
    if key.startswith("ctrl+"):
        return f"Ctrl+{key[5:].upper()}"
    return key.upper() if key.startswith("f") and key[1:].isdigit() else key


def action_words(words: Words, action_id: ActionId) -> ActionWords:
    """An action's two names."""
    found: ActionWords = getattr(words.actions, action_id)
    return found


def screen_keys(context: Context, words: Words) -> Line:
    """The screens that can be reached; the one that is shown is bright."""
    spans: list[Span] = []
    for action in ACTIONS:
        if action.id in _SCREENS and why_not(action, context) is None:
            key = action.keys[0].upper() if action.id == "help" else action.keys[1]
            name = action_words(words, action.id).short
            spans += [(key, "key"), (name + " ", "strong" if action.id == context.screen else "plain")]
    return (*spans, ("|", "dim"))


def action_keys(context: Context, words: Words, cells: int) -> Line:
    """What can be done here now, as many as fit into so many cells."""
    spans: list[Span] = []
    left = cells
    for action in ACTIONS:
        if action.id in _SCREENS or why_not(action, context) is not None or _hidden(action, context):
            continue
        key, name = _short(action), action_words(words, action.id).short
        left -= width(key) + width(name) + 1
        if left < -1:
            break
        spans += [(key, "key"), (name + " ", "plain")]
    if spans:
        spans[-1] = (spans[-1][0].rstrip(), spans[-1][1])
    return tuple(spans)


def _short(action: Action) -> str:
    name = key_name(action.keys[0])
    return name if len(name) <= 5 or not name.startswith("Ctrl") else f"^{name[5:]}"


def _hidden(action: Action, context: Context) -> bool:
    """Signing on is offered only to whoever needs it; quitting is in the help."""
    return action.id == "quit" or (action.id == "sign_on" and context.signed_on)
