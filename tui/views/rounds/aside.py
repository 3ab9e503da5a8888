"""The lines beside the matrix of F3: the duty of the cell, what was told of it, its site."""

from datetime import datetime

from dutyboard.rules.records.obligation import Obligation
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.tui.terminal.cells import Line, Tone, plain, wrap
from dutyboard.tui.terminal.masking import masked
from dutyboard.tui.text import Words
from dutyboard.tui.views.board import TONES, state_text, title
from dutyboard.tui.views.entry.line import entry_text
from dutyboard.tui.views.rounds.site_desk import desk_forecast, rooms_said
from dutyboard.tui.views.times import clause, clock, day_clock


def cell_aside(owed: Obligation, snapshot: Snapshot, now: datetime, words: Words, cells: int) -> list[Line]:
    """Return the duty with its clause and window, what was told of it, and its site with its rooms."""
    zone, site = snapshot.zone, snapshot.sites.get(owed.subject_id.number)
    window = f"{clause(words.duties, owed.clause)} {clock(owed.opens, zone)}-{clock(owed.due, zone)}"
    texts: list[tuple[str, Tone]] = [(title(owed, words), "strong"), (window, "dim")]
    state = state_text(owed, now, zone, words, snapshot.entries.get(owed.entry or 0))
    texts.append((state, TONES[owed.state]))
    for number in (owed.entry, owed.beside):
        entry = snapshot.entries.get(number or 0)
        if entry is not None:
            told = f"{day_clock(entry.happened_at, zone)} {entry_text(entry, snapshot, words, subject=False)}"
            texts.append((told, "late" if entry.abnormal else "plain"))
    if site is not None:
        texts += [("", "plain"), (site.name, "strong"), (rooms_said(site, snapshot, words), "plain")]
        texts.append((plain(desk_forecast(site, snapshot, now, words)).strip(), "plain"))
        texts += [(f"{site.keeper} {masked(site.phone)}".strip(), "plain")]
    return [((row, tone),) for text, tone in texts for row in (wrap(text, cells) if text else [""])]
