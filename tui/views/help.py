"""The help page: every key of the registry, its action, and the reason if the action is not possible now."""

from collections.abc import Callable

from dutyboard.tui.actions import ACTIONS, Context, WhyNot, why_not
from dutyboard.tui.terminal.cells import Line, pad, wrap
from dutyboard.tui.text import Words
from dutyboard.tui.views.footer import action_words, key_name

KEY_CELLS = 16
KEYS_SHOWN = 3


def help_lines(context: Context, words: Words, cells: int, sentence: Callable[[WhyNot], str]) -> list[Line]:
    """Return one row for each action, with the reason below it if it is not possible, then the marks.

    `sentence` turns a reason into words.
    """
    lines: list[Line] = []
    for action in ACTIONS:
        plain = [key for key in action.keys if len(key) > 1 or key.isascii()]
        wanted = [key for key in plain if not (len(key) == 1 and key.isupper()) and not key.startswith("fullwidth")]
        keys = " ".join(key_name(key) for key in wanted[:KEYS_SHOWN])
        refused = why_not(action, context)
        about = wrap(action_words(words, action.id).long, cells - KEY_CELLS - 1)
        for i, row in enumerate(about):
            lines.append(
                ((pad(keys if i == 0 else "", KEY_CELLS), "key"), (row, "plain" if refused is None else "dim"))
            )
        if refused is not None:
            reason = wrap(f"{words.screens.help_now}: {sentence(refused)}", cells - KEY_CELLS - 3)
            lines += [((" " * (KEY_CELLS + 2) + row, "soon"),) for row in reason]
    return [*lines, (), *(((row, "dim"),) for row in wrap(words.screens.help_marks, cells))]
