"""The PCR of a site's staff: a sample or a result, of all due or of some by name."""

from collections.abc import Mapping, Sequence
from typing import Any

from dutyboard.rules.people.staff import staff_of
from dutyboard.rules.records.commands.site import RecordStaffTest
from dutyboard.rules.records.ids import Subject
from dutyboard.rules.records.model import Site, subject_id
from dutyboard.rules.records.obligation import Obligation
from dutyboard.rules.records.staff import StaffMember
from dutyboard.rules.records.transaction import Accepted
from dutyboard.tui.screens.form import FormScreen
from dutyboard.tui.screens.form_parts import draft_key
from dutyboard.tui.session import Session
from dutyboard.tui.terminal.cells import Line
from dutyboard.tui.views.fields import Field, Problem
from dutyboard.tui.views.site.staff import names_typed


def staff_test_form(session: Session, owed: Obligation) -> None:
    """Open the form of a row: whose sample is due, and whose result is not there yet."""
    site = session.snapshot.sites[owed.subject_id.number]
    _open(session, site, [session.snapshot.staff[each.number] for each in owed.left], subject_id(site))


def member_test_form(session: Session, member: StaffMember) -> None:
    """Open the form for one of the staff, due or not."""
    _open(session, session.snapshot.sites[member.site_id], [member], subject_id(member))


def _open(session: Session, site: Site, asked: Sequence[StaffMember], about: Subject) -> None:
    """Open the form about those asked; a name of anybody else on the register is taken as well.

    `about` names its draft.
    """
    said, desk_acts = session.words.staff, session.words.desk_acts
    out = [each for each in asked if any(sample.result == "pending" for sample in each.samples)]
    due = [each for each in asked if each not in out]
    proposed = "" if out else said.results["pending"]
    result = Field(id="result", label=said.result, choices=said.results, value=proposed, needed=True)
    who = Field(id="who", label=said.who, hint=said.who_hint)
    day = Field(id="day", label=said.sampled_on, kind="day", hint=said.sampled_on_hint)
    fields = [result, who, day, Field(id="reason", label=desk_acts.reason)]

    def make(values: Mapping[str, Any]) -> RecordStaffTest | Problem:
        told = values["result"]
        members = staff_of(session.snapshot, site.id, session.now())
        named = names_typed([*members, *asked], who, values["who"] or "")
        if isinstance(named, Problem):
            return named
        all_of_them = due if told == "pending" else out or due
        ids = named or tuple(each.id for each in all_of_them)
        return RecordStaffTest(staff_ids=ids, result=told, sampled_on=values["day"], reason=values["reason"] or "")

    def done(_: Accepted) -> None:
        session.say(session.words.screens.saved.format(what=said.test_title.format(site=site.name)))

    comma = session.words.marks.comma
    named = [
        template.format(names=comma.join(each.name for each in members))
        for template, members in ((said.to_sample, due), (said.to_tell, out))
        if members
    ]
    lines: list[Line] = [((f" {each}", "soon"),) for each in named]
    title, key = said.test_title.format(site=site.name), draft_key("staff-test", about)
    session.open(FormScreen(session, title, lines, fields, make, key, done))
