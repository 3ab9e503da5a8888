"""The row of keys at the bottom: the screens that can be reached, and what can be done here now."""

from tui.actions import ACTIONS, Action, ActionId, Context, why_not
from tui.cells import Line, Span, line_width, width
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


def footer_line(context: Context, words: Words, cells: int) -> Line:
    """Screens first, then what can be done now, as many as fit. The screen one is on is bright."""
    spans: list[Span] = []
    for action in ACTIONS:
        if action.id in _SCREENS and why_not(action, context) is None:
            here = action.id == context.screen
            key = action.keys[0].upper() if action.id == "help" else action.keys[1]
            spans += _key(key, action_words(words, action.id).short, "strong" if here else "plain")
    spans[-1:] = [("|", "dim")]
    for action in ACTIONS:
        if action.id not in _SCREENS and why_not(action, context) is None and not _hidden(action, context):
            more = _key(_short(action), action_words(words, action.id).short, "plain")
            if line_width(tuple(spans)) + sum(width(text) for text, _ in more) > cells + 1:
                break
            spans += more
    return tuple(spans)


def _key(key: str, name: str, tone: str) -> list[Span]:
    return [(key, "key"), (name, "strong" if tone == "strong" else "plain"), (" ", "plain")]


def _short(action: Action) -> str:
    name = key_name(action.keys[0])
    return name if len(name) <= 5 or not name.startswith("Ctrl") else f"^{name[5:]}"


def _hidden(action: Action, context: Context) -> bool:
    """Signing on is offered only to whoever needs it; quitting is in the help."""
    return action.id == "quit" or (action.id == "sign_on" and context.signed_on)
