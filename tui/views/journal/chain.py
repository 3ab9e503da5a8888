"""The chain of an entry: what it corrects, and what has corrected it, each correction with what it changed."""

from collections.abc import Iterable

from dutyboard.frozen import frozen
from dutyboard.rules.records.model import Entry
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.tui.terminal.cells import Line, wrap
from dutyboard.tui.text import Words
from dutyboard.tui.views.log import log_detail


@frozen(kw_only=False)
class Link:
    """A correction of a chain, and in words what it changed."""

    entry: Entry
    changes: tuple[str, ...]


def corrections(entry: Entry, snapshot: Snapshot) -> list[Entry]:
    """Return the corrections in the chain of an entry, the oldest first; itself among them if it is one."""
    found, first = list[Entry](), entry
    while first.amends is not None and first.amends in snapshot.entries:
        found.insert(0, first)
        first = snapshot.entries[first.amends]
    later = snapshot.entries.get(snapshot.amended.get(entry.id, 0))
    while later is not None and later not in found:
        found.append(later)
        later = snapshot.entries.get(snapshot.amended.get(later.id, 0))
    return found


def chain_lines(entry: Entry, links: Iterable[Link], snapshot: Snapshot, words: Words, cells: int) -> list[Line]:
    """Return the page: the entry, then each correction with what it changed, and the first entry of the chain."""
    said, told = words.amending, list(links)
    lines: list[Line] = [*log_detail(entry, snapshot, words, cells)]
    for link in told:
        heading = said.corrects.format(entry=link.entry.id, old=link.entry.amends)
        lines += [(), ((f" {heading}", "mark"),)]
        lines += [((f"   {row}", "strong"),) for each in link.changes for row in wrap(each, cells - 4)]
        lines += log_detail(link.entry, snapshot, words, cells) if link.entry.id != entry.id else []
    first = snapshot.entries.get(told[0].entry.amends or 0) if told else None
    if first is not None and first.id != entry.id:
        lines += [(), ((f" {said.first_told}", "mark"),), *log_detail(first, snapshot, words, cells)]
    if not told:
        lines += [(), ((f" {said.not_corrected}", "dim"),)]
    return lines
