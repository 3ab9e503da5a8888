"""The registry of an officer's actions: ids, keys, and the reason why one is not possible now.

Bindings, the footer and the help are all generated from it. Every action has a key that no Chinese input method
swallows (F-key, digit, Ctrl, Enter). Letters have their capitals and full-width twins beside them. Keys not used:
Ctrl+A and Ctrl+B (screen, tmux), Ctrl+S and Ctrl+Q (XOFF), Ctrl+H, I, J, M (they are Backspace, Tab, Enter).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import TYPE_CHECKING, Any, Literal

from dutyboard.frozen import frozen

if TYPE_CHECKING:
    from dutyboard.rules.records.obligation import Kind, Obligation


ActionId = Literal[
    "help",
    "board",
    "rounds",
    "screening",
    "people",
    "log",
    "reports",
    "handover",
    "draft_report",
    "urge",
    "save_report",
    "pages",
    "copy_page",
    "page_before",
    "page_after",
    "page_days",
    "new_person",
    "discharge",
    "accept",
    "unfold",
    "incoming",
    "open",
    "correct",
    "test",
    "reading",
    "release",
    "calls",
    "expiring",
    "abnormal",
    "ack",
    "shelve",
    "note",
    "call",
    "take_back",
    "amend",
    "seat",
    "explain",
    "trail",
    "desk_acts",
    "site",
    "site_desk",
    "site_duties",
    "staff",
    "move",
    "hand_off",
    "answer",
    "more",
    "transfer",
    "plan",
    "cover",
    "swap",
    "hours",
    "call_off",
    "find",
    "mark",
    "mark_all",
    "act_on_marked",
    "counts",
    "narrow",
    "day_before",
    "day_after",
    "next_slice",
    "last_slice",
    "unmask",
    "sign_on",
    "repaint",
    "quit",
]
ModeId = Literal["board", "rounds", "screening", "people", "log", "reports", "handover"]
ScreenId = Literal[ModeId, "site_desk", "person", "calls", "expiring", "settings", "rota", "clauses", "printed"]
"""The ids of all screens. `person` is one person's page, `site_desk` one site, above the screen it was opened from."""

ABNORMAL: frozenset[Kind] = frozenset(
    {"patrol", "disinfection", "home_check", "temperature", "staff_check", "follow_up"}
)
"""Kinds of which something may be wrong: `x` opens the form of it."""
OWN_SCREEN: frozenset[Kind] = frozenset({"handover", "assess", "rescreen"})
"""Kinds with a screen of their own, which may be looked at before their window and after it."""
AFTER_WINDOW: frozenset[Kind] = OWN_SCREEN | ABNORMAL | {"screening_report", "site_report", "roster"}
"""Kinds that may be written down after their window has closed."""


@frozen(kw_only=False)
class Action:
    """One action. `keys` are named as in Textual, the footer shows the first; `screens` empty means everywhere."""

    id: ActionId
    keys: tuple[str, ...]
    screens: frozenset[ScreenId] = frozenset()
    writes: bool = False


def _letter(letter: str) -> tuple[str, ...]:
    """Return a letter, its capital and both full-width twins."""
    full = chr(ord(letter) + 0xFEE0)
    return (letter, letter.upper(), full, full.upper())


def _screen(number: int) -> tuple[str, ...]:
    return (f"f{number}", str(number), chr(ord("０") + number))


_ROWS: frozenset[ScreenId] = frozenset({"board", "rounds"})
_LISTS: frozenset[ScreenId] = frozenset({"screening", "people", "calls", "expiring"})
_PEOPLE: frozenset[ScreenId] = frozenset({"screening", "people"})
_PERSON: frozenset[ScreenId] = frozenset({"person"})
_HANDOVER: frozenset[ScreenId] = frozenset({"handover"})
_SITE: frozenset[ScreenId] = frozenset({"site_desk"})
_ROTA: frozenset[ScreenId] = frozenset({"rota"})
_REPORTS: frozenset[ScreenId] = frozenset({"reports"})
_PRINTED: frozenset[ScreenId] = frozenset({"printed"})
_LOG: frozenset[ScreenId] = frozenset({"log"})
_DAYS: frozenset[ScreenId] = frozenset({"log", "rounds"})

ACTIONS: tuple[Action, ...] = (
    Action("help", ("f1", "question_mark", "fullwidth_question_mark")),
    Action("board", _screen(2)),
    Action("rounds", _screen(3)),
    Action("screening", _screen(4)),
    Action("people", _screen(5)),
    Action("log", _screen(6)),
    Action("reports", _screen(7)),
    Action("handover", _screen(8)),
    Action("discharge", ("enter",), _ROWS | _SITE, writes=True),
    Action("ack", (*_letter("a"), "ctrl+r"), frozenset({"board"}), writes=True),
    Action("accept", ("enter",), _HANDOVER, writes=True),
    Action("unfold", (*_letter("o"), "right", "left", "ctrl+k"), _HANDOVER),
    Action("incoming", (*_letter("p"), "backspace", "ctrl+r"), _HANDOVER, writes=True),
    Action("open", ("enter",), _LISTS | _PERSON | {"settings", "log", "rota", "reports", "clauses"}),
    Action("draft_report", (*_letter("f"), "ctrl+r"), _REPORTS, writes=True),
    Action("urge", (*_letter("u"), "ctrl+y"), _REPORTS, writes=True),
    Action("save_report", (*_letter("p"), "ctrl+v"), _REPORTS | _PRINTED),
    Action("pages", (*_letter("l"), "ctrl+k"), _REPORTS),
    Action("copy_page", (*_letter("y"), "ctrl+k"), _PRINTED),
    Action("page_before", (*_letter("b"), "ctrl+r"), _PRINTED),
    Action("page_after", (*_letter("f"), "ctrl+y"), _PRINTED),
    Action("page_days", (*_letter("d"), "ctrl+f"), _PRINTED),
    Action("cover", (*_letter("t"), "ctrl+y"), _ROTA, writes=True),
    Action("swap", (*_letter("d"), "ctrl+f"), _ROTA, writes=True),
    Action("plan", (*_letter("p"), "ctrl+r"), _ROTA, writes=True),
    Action("call_off", (*_letter("x"), "ctrl+x"), _ROTA, writes=True),
    Action("hours", (*_letter("g"), "ctrl+v"), _ROTA, writes=True),
    Action("narrow", ("tab",), _LOG),
    Action("day_before", (*_letter("b"), "ctrl+r"), _DAYS),
    Action("day_after", (*_letter("f"), "ctrl+y"), _DAYS),
    Action("mark", ("space", "ideographic_space", "ctrl+x"), _PEOPLE),
    Action("mark_all", ("asterisk", "fullwidth_asterisk", "ctrl+r"), _PEOPLE),
    Action("act_on_marked", (*_letter("b"), "f11"), _PEOPLE, writes=True),
    Action("next_slice", ("right",), _PEOPLE),
    Action("last_slice", ("left",), _PEOPLE),
    Action("calls", (*_letter("l"), "ctrl+k"), frozenset({"screening"})),
    Action("expiring", (*_letter("v"), "ctrl+y"), frozenset({"screening"})),
    Action("correct", (*_letter("f"), "ctrl+r"), _PERSON, writes=True),
    Action("test", (*_letter("t"), "ctrl+y"), _PERSON | _SITE, writes=True),
    Action("reading", (*_letter("d"), "ctrl+f"), _PERSON, writes=True),
    Action("release", (*_letter("r"), "f11"), _PERSON, writes=True),
    Action("abnormal", (*_letter("x"), "ctrl+x"), _ROWS | _SITE, writes=True),
    Action("note", (*_letter("n"), "ctrl+n"), writes=True),
    Action("call", (*_letter("c"), "ctrl+p"), writes=True),
    Action("desk_acts", _screen(9), writes=True),
    Action("site", (*_letter("o"), "ctrl+k"), frozenset({"rounds", "site_desk"}), writes=True),
    Action("site_desk", (*_letter("r"), "f11"), frozenset({"rounds"})),
    Action("site_duties", (*_letter("d"), "f11"), _SITE, writes=True),
    Action("move", (*_letter("g"), "ctrl+v"), _SITE, writes=True),
    Action("staff", (*_letter("p"), "ctrl+r"), _SITE, writes=True),
    Action("hand_off", (*_letter("h"), "ctrl+k"), _PERSON, writes=True),
    Action("more", (*_letter("y"), "f12"), _PERSON, writes=True),
    Action("answer", (*_letter("a"), "ctrl+x"), _PERSON, writes=True),
    Action("transfer", (*_letter("g"), "ctrl+v"), _PERSON, writes=True),
    Action("find", ("slash", "fullwidth_solidus", "ctrl+f"), _LISTS | _SITE | {"board", "log", "settings", "clauses"}),
    Action("counts", ("tab",), frozenset({"board"})),
    Action("take_back", (*_letter("z"), "ctrl+z"), writes=True),
    Action("shelve", (*_letter("g"), "ctrl+k"), frozenset({"board"}), writes=True),
    Action("amend", (*_letter("a"), "ctrl+v"), frozenset({"log"}), writes=True),
    Action("seat", (*_letter("s"), "ctrl+t"), writes=True),
    Action("explain", (*_letter("e"), "ctrl+e"), _ROWS | _LISTS | _PERSON | _SITE | {"clauses"}),
    Action("trail", (*_letter("w"), "ctrl+w"), _ROWS | _PERSON | _SITE | {"screening", "people", "log", "reports"}),
    Action("new_person", ("plus", "fullwidth_plus_sign", "ctrl+o"), writes=True),
    Action("unmask", (*_letter("m"), "ctrl+u"), _PERSON | {"log", "screening", "people", "calls", "reports"}),
    Action("sign_on", ("ctrl+g",)),
    Action("repaint", ("ctrl+l",)),
    Action("quit", ("f10", "ctrl+d")),
)
BY_ID: Mapping[ActionId, Action] = {action.id: action for action in ACTIONS}


FROM_DESK_ACTS: frozenset[ScreenId] = frozenset({"settings", "rota", "clauses"})
"""Screens that are opened from F9, and go back to it by that key."""
READING: frozenset[ActionId] = frozenset(
    {
        *("rounds", "site_desk", "screening", "people", "log", "reports", "handover"),
        *("calls", "expiring", "find", "explain", "trail"),
    }
)
"""Actions that show what is not on the board already. The table of reads (rules/permissions) says who may."""
TAKEN_BEFORE: frozenset[ActionId] = frozenset({"repaint", "quit", "discharge", "accept"})
"""Actions whose keys never reach the bindings of a screen: the app takes two, the screen's own Enter the others."""


def action_of(key: str, screen: ScreenId) -> Action:
    """Return the action of a key on a screen; where it has none there, one that it has elsewhere."""
    of_key = [action for action in ACTIONS if key in action.keys and action.id not in TAKEN_BEFORE]
    return next((action for action in of_key if not action.screens or screen in action.screens), of_key[0])


@frozen
class Context:
    """The facts that decide whether an action is possible: the screen, the officer, the selected row."""

    screen: ScreenId
    loaded: bool = True
    signed_on: bool = True
    selected: Obligation | None = None


@frozen(kw_only=False)
class WhyNot:
    """A code of `WhyNotWords`, and the instants, names or ids that its sentence needs."""

    code: str
    fields: Mapping[str, Any] = field(default_factory=dict)


def why_not(action: Action, context: Context) -> WhyNot | None:
    """Return the reason why an action is not possible now, or None. The rules decide again when it is submitted."""
    if action.id in ("repaint", "quit"):
        return None
    if action.screens and context.screen not in action.screens:
        return WhyNot("not_here")
    if not context.loaded and action.id != "help":
        return WhyNot("loading")
    if action.id == "sign_on":
        return WhyNot("already_signed_on") if context.signed_on else None
    if action.writes and not context.signed_on:
        return WhyNot("not_signed_on")
    if action.id in ("discharge", "abnormal") or (action.id == "explain" and context.screen in _ROWS):
        return _why_not_row(action, context.selected)
    if action.id in ("ack", "shelve"):
        return _why_not_aside(action, context.selected)
    return None


def _why_not_aside(action: Action, row: Obligation | None) -> WhyNot | None:
    """Return why a row cannot be acknowledged, or shelved."""
    if row is None:
        return WhyNot("nothing_selected")
    said = row.attention
    if action.id == "ack":
        if row.acknowledged and said is not None:
            return WhyNot("seen_already", {"who": said.by})
        return None if row.grave or row.shelved else WhyNot("no_alarm")
    if row.shelved:
        return WhyNot("shelved_already")
    return _why_not_row(action, row)


def _why_not_row(action: Action, row: Obligation | None) -> WhyNot | None:
    if row is None:
        return WhyNot("nothing_selected")
    if action.id == "explain":
        return None
    if row.state in ("done", "done_late"):
        return WhyNot("already_done", {"entry": row.entry})
    if row.state == "upcoming" and row.kind not in OWN_SCREEN and row.kind != "seat":
        return WhyNot("not_open_yet", {"opens": row.opens})
    if row.state == "missed" and (row.kind not in AFTER_WINDOW or action.id == "shelve"):
        return WhyNot("window_closed")
    if action.id == "abnormal" and row.kind not in ABNORMAL:
        return WhyNot("not_abnormal")
    return None
