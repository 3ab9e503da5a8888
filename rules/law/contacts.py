"""Close contacts and their secondary contacts, many to many: what one result or one release means for the others.

Nothing is changed here. Each function names the people and proposes, so that one act can be shown and confirmed.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Literal

from dutyboard.frozen import frozen
from dutyboard.rules.law.assess import assess
from dutyboard.rules.law.facts import Facts, Linked, LinkState
from dutyboard.rules.law.facts import Test as Sample
from dutyboard.rules.law.notice import Notice
from dutyboard.rules.law.result import Result
from dutyboard.rules.law.section_three import CASE, CLOSE_CONTACT

ProposalKind = Literal[
    "transfer_to_hospital",
    "trace_contacts",
    "convert",
    "stop_releases",
    "release_linked",
    "waits",
    "ask",
]


@frozen
class Proposal:
    """One consequence for one person. `facts` are his facts after it (None: unchanged), `before` and `after` what
    section three says; `waits_for` the close contacts that he still depends on."""

    kind: ProposalKind
    person: str
    clause: str
    facts: Facts | None = None
    before: Result | None = None
    after: Result | None = None
    waits_for: tuple[str, ...] = ()


def secondaries_of(contact: str, people: Mapping[str, Facts]) -> tuple[str, ...]:
    """The people who are secondary contacts because of this close contact."""
    return tuple(
        person
        for person, facts in people.items()
        if facts.contact == "secondary" and any(each.id == contact for each in facts.linked or ())
    )


def with_link(facts: Facts, contact: str, state: LinkState, on: date) -> Facts:
    """The facts of a secondary contact once this close contact turned positive or was released on that day."""

    def changed(linked: Linked) -> Linked:
        if linked.id != contact:
            return linked
        if state == "positive":
            return replace(linked, state=state, positive_on=on)
        return replace(linked, state=state, released_on=on)

    return replace(facts, linked=tuple(changed(each) for each in facts.linked or ()))


def after_positive(
    person: str, on: date, people: Mapping[str, Facts], rooms: Mapping[str, object], notice: Notice
) -> tuple[Proposal, ...]:
    """Return all consequences of a positive PCR at once (O9, O18, O19).

    These are the hospital, the tracing of his contacts, the conversion of linked secondary contacts, and a stop of
    releases in his room. `rooms` is person -> room, for those at a site.
    """
    section = notice.section_three
    close = section.clause_of(CLOSE_CONTACT)
    facts = people[person]
    positive = replace(facts, tests=(*facts.tests, Sample(type="pcr", result="positive", sampled_on=on)))
    proposals = [
        Proposal(
            kind="transfer_to_hospital",
            person=person,
            clause=section.clause_of(CASE),
            facts=positive,
            before=assess(facts, notice),
            after=assess(positive, notice),
        ),
        Proposal(kind="trace_contacts", person=person, clause=close),
    ]
    for other in secondaries_of(person, people):
        converted = with_link(people[other], person, "positive", on)
        proposals.append(
            Proposal(
                kind="convert",
                person=other,
                clause=close,
                facts=converted,
                before=assess(people[other], notice),
                after=assess(converted, notice),
            )
        )
    room = rooms.get(person)
    mates = [other for other, its in rooms.items() if room is not None and its == room and other != person]
    proposals += [Proposal(kind="stop_releases", person=other, clause=close) for other in mates]
    return tuple(proposals)


def after_release(
    person: str, on: date, people: Mapping[str, Facts], notice: Notice, early: bool = False
) -> tuple[Proposal, ...]:
    """Return what the release of a close contact means for each linked secondary contact (密接解除，次密接自动解除).

    He is proposed for release, waits for another close contact (O16), or is asked about (O17, released early).
    """
    proposals = []
    for other in secondaries_of(person, people):
        changed = with_link(people[other], person, "released_early" if early else "released", on)
        before, after = assess(people[other], notice), assess(changed, notice)
        waiting = tuple(each.id for each in changed.linked or () if each.state not in ("released", "released_early"))
        kind: ProposalKind = "ask" if after.decision == "refer" else "waits" if waiting else "release_linked"
        proposals.append(
            Proposal(
                kind=kind,
                person=other,
                clause=before.clause or "",
                facts=changed,
                before=before,
                after=after,
                waits_for=waiting,
            )
        )
    return tuple(proposals)
