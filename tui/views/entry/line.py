"""One entry of the log in one line: kind, subject, slot, what it tells, and its text."""

from collections.abc import Iterator
from typing import Final

from dutyboard.rules.records.ids import slot_of
from dutyboard.rules.records.model import Entry
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.person import HandedOff, PersonTelling
from dutyboard.rules.records.told.post import PostTelling
from dutyboard.rules.records.told.site import SiteTelling
from dutyboard.tui.text import Words
from dutyboard.tui.views.entry.duty_names import slot_said
from dutyboard.tui.views.entry.names import entered_by, officer_said, subject_name
from dutyboard.tui.views.entry.person import person_told
from dutyboard.tui.views.entry.post import post_told
from dutyboard.tui.views.entry.site import site_told
from dutyboard.tui.views.times import day_clock

_AWAITED: Final = frozenset({"arrival", "letter"})


def entry_named(number: int, snapshot: Snapshot, words: Words) -> str:
    """Return what an entry tells, behind its number; the number alone of one that is not in the picture."""
    entry = snapshot.entries.get(number)
    return f"{number} {entry_text(entry, snapshot, words)}" if entry is not None else f"{number}"


def entry_text(entry: Entry, snapshot: Snapshot, words: Words, *, kind: bool = True, subject: bool = True) -> str:
    """Return the line. Kind or subject may be left out, if they stand beside it."""
    parts = [kind_text(entry, words)] if kind else []
    parts += [subject_name(entry.subject, snapshot)] if subject else []
    if entry.by_login:
        parts.append(words.log.acted_for.format(terminal=entry.by_login, login=entry.login))
    parts += [words.log.signed_by.format(who=officer_said(each, snapshot)) for each in _others_signed(entry)]
    parts.append(_slot_name(entry, snapshot, words))
    if entry.abnormal and not isinstance(entry.told, HandedOff):
        parts.append(f"[{words.log.abnormal}]")
    parts += told_text(entry, snapshot, words)
    if entry.more:
        parts.append(words.log.unread)
    parts.append(entry.text)
    if entry.beside:
        parts.append(words.duties.told_afterwards)
    if entry.late_reason:
        parts.append(words.log.late.format(at=day_clock(entry.entered_at, snapshot.zone), reason=entry.late_reason))
    if entry.reason:
        parts.append(words.log.reason.format(reason=entry.reason))
    if entry.kind == "check" and entry.done_by != entered_by(entry, snapshot):
        parts.append(words.log.done_by.format(who=entry.done_by))
    return " ".join(part for part in parts if part)


def _others_signed(entry: Entry) -> Iterator[int]:
    """Yield the officers whose PIN was given for the act of another."""
    yield from (each for each in entry.signed if each != entry.entered_by)


def kind_text(entry: Entry, words: Words) -> str:
    """Return the name of an entry's kind. A death is named so, and not a hand-off."""
    died = isinstance(entry.told, HandedOff) and entry.told.died
    return words.log.died if died else words.log.kinds[entry.kind]


def _slot_name(entry: Entry, snapshot: Snapshot, words: Words) -> str:
    """Return the name of the slot that an entry discharges, from the notice of its day; "" if it has none.

    A slot named for what is waited for is none of what has come.
    """
    if slot_of(entry.obligation) in _AWAITED:
        return ""
    return slot_said(slot_of(entry.obligation or entry.beside), entry.happened_at, snapshot, words)


def told_text(entry: Entry, snapshot: Snapshot, words: Words) -> Iterator[str]:
    """Yield the parts of what an entry tells. Nothing follows if kind, subject and text say all."""
    told = entry.told
    if isinstance(told, PostTelling):
        yield from post_told(told, entry, snapshot, words)
    elif isinstance(told, SiteTelling):
        yield from site_told(told, entry, snapshot, words)
    elif isinstance(told, PersonTelling):
        yield from person_told(told, entry, snapshot, words)
