"""The view log in lines: when, who, what he looked at, and why."""

from dutyboard.rules.records.ids import Subject
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.tui.link.looks import Look
from dutyboard.tui.text import Words
from dutyboard.tui.views.entry.names import subject_name
from dutyboard.tui.views.times import day_clock


def look_line(look: Look, snapshot: Snapshot, words: Words, *, subject: bool = True) -> str:
    """Return one look as a row of text; without its subject where that is known from the place."""
    said, officer = words.looks, snapshot.officers.get(look.officer or 0)
    login = f"{look.login} < {look.by_login}" if look.by_login else look.login
    who = f"{officer.name} ({login})" if officer is not None else login
    named = Subject.parse(look.about)
    about = subject_name(named, snapshot) if named is not None else look.about
    about = about if subject else ""
    parts = [day_clock(look.at, snapshot.zone), who, said.acts[look.act], about, said.revealed if look.revealed else ""]
    parts += [look.address, look.reason]
    return "  ".join(part for part in parts if part)
