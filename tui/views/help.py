"""The help page: the keys of one screen, then those of every screen, with reasons for what is off."""

from collections.abc import Callable, Iterable

from dutyboard.tui.actions import ACTIONS, Action, Context, WhyNot, why_not
from dutyboard.tui.terminal.cells import Line, pad, width, wrap
from dutyboard.tui.text import Words
from dutyboard.tui.views.footer import SCREENS_SHOWN, action_words, key_name

KEY_CELLS = 16


def help_lines(context: Context, words: Words, cells: int, sentence: Callable[[WhyNot], str]) -> list[Line]:
    """Return the keys in two groups, the screens in one row, then the marks. `sentence` turns a reason into words."""
    said = words.screens
    here = [action for action in ACTIONS if context.screen in action.screens]
    everywhere = [action for action in ACTIONS if not action.screens and action.id not in SCREENS_SHOWN]
    screens = "  ".join(
        f"{key_name(action.keys[0])} {action_words(words, action.id).short}"
        for action in ACTIONS
        if action.id in SCREENS_SHOWN
    )
    return [
        ((said.help_here, "mark"),),
        *(line for action in here for line in _rows(action, context, words, cells, sentence)),
        ((said.help_everywhere, "mark"),),
        *(((row, "key"),) for row in wrap(screens, cells)),
        *(line for action in everywhere for line in _rows(action, context, words, cells, sentence)),
        *(((row, "dim"),) for row in wrap(said.help_marks, cells)),
    ]


def keys_of(action: Action) -> Iterable[str]:
    """Return the names of the keys of an action, without the capitals and the full-width twins."""
    plain = [key for key in action.keys if len(key) > 1 or key.isascii()]
    wanted = [key for key in plain if not (len(key) == 1 and key.isupper()) and "fullwidth" not in key]
    return [key_name(key) for key in wanted if key != "ideographic_space"]


def _rows(
    action: Action, context: Context, words: Words, cells: int, sentence: Callable[[WhyNot], str]
) -> Iterable[Line]:
    """Yield the rows of one action. The reason stands behind its words where both fit, else below them."""
    refused = why_not(action, context)
    about = wrap(action_words(words, action.id).long, cells - KEY_CELLS - 1)
    reason = f"{words.screens.help_now}: {sentence(refused)}" if refused is not None else ""
    beside = bool(reason) and KEY_CELLS + width(about[-1]) + 2 + width(reason) <= cells
    for number, row in enumerate(about):
        keys = pad(" ".join(keys_of(action)) if number == 0 else "", KEY_CELLS)
        end: Line = ((f"  {reason}", "soon"),) if beside and number == len(about) - 1 else ()
        yield ((keys, "key"), (row, "plain" if refused is None else "dim"), *end)
    if reason and not beside:
        for row in wrap(reason, cells - KEY_CELLS - 3):
            yield ((" " * (KEY_CELLS + 2) + row, "soon"),)
