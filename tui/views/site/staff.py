"""One of a site's staff in a line, and people of a register as they are typed into a form."""

import re
from collections.abc import Iterable
from typing import Final

from dutyboard.rules.people.staff import off_duty
from dutyboard.rules.records.ids import Subject
from dutyboard.rules.records.model import subject_id
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.staff import StaffMember
from dutyboard.tui.terminal.cells import pad
from dutyboard.tui.text import Words
from dutyboard.tui.views.fields import Field, Problem
from dutyboard.tui.views.times import day_clock

NAME_CELLS, POST_CELLS = 10, 16
_BETWEEN: Final = re.compile(r"[\s,，、;；]+")
_PARTS: Final = re.compile(r"[;；]+")


def staff_line(member: StaffMember, snapshot: Snapshot, words: Words) -> str:
    """Return name, post, how he stands (on duty, or off it since when and why), and his last sample."""
    stretch, said = off_duty(member), words.staff
    stands = said.on_duty
    if stretch is not None:
        why = " ".join(part for part in (said.causes[stretch.cause], stretch.why) if part)
        stands = said.off_since.format(since=day_clock(stretch.since, snapshot.zone), why=why)
    for last in member.samples[-1:]:
        stands += "  " + said.sampled.format(day=f"{last.on:%m-%d}", result=words.course.results[last.result])
    return f"{pad(member.name, NAME_CELLS)}{pad(member.post, POST_CELLS)}{stands}".rstrip()


def names_typed(members: Iterable[StaffMember], field: Field, typed: str) -> tuple[int, ...] | Problem:
    """Return the staff of a list of names by number; a Problem where one is not on the register."""
    by_name = {each.name: each.id for each in members}
    found: list[int] = []
    for each in filter(None, _BETWEEN.split(typed)):
        if each not in by_name:
            return Problem(field, "not_a_choice", each)
        found.append(by_name[each])
    return tuple(dict.fromkeys(found))


def words_typed(members: Iterable[StaffMember], field: Field, typed: str) -> dict[Subject, str] | Problem:
    """Return `何静 咳嗽；谭勇 38.2` by who it is; a Problem where one is not on the register or has no words."""
    by_name = {each.name: subject_id(each) for each in members}
    found: dict[Subject, str] = {}
    for part in filter(None, (each.strip() for each in _PARTS.split(typed))):
        name, _, text = part.replace("\u3000", " ").partition(" ")
        if name not in by_name or not text.strip():
            return Problem(field, "not_a_choice", part)
        found[by_name[name]] = text.strip()
    return found
