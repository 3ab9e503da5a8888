"""Every one of the 600 sample arrivals on a practice desk of 2021-06-07, from the sheet to the end of his record: the
officer does what the board owes, answers what is asked next, and nothing else."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from dutyboard.rules.duties.sheets.areas import decide_import_areas
from dutyboard.rules.duties.sheets.arrivals import decide_import_arrivals
from dutyboard.rules.law.explain import open_facts
from dutyboard.rules.law.facts import Facts, Linked
from dutyboard.rules.people.course import course_of
from dutyboard.rules.people.identity import IDENTITY
from dutyboard.rules.people.leaving import gate_of
from dutyboard.rules.people.rooms import free_rooms
from dutyboard.rules.people.stage import first_place
from dutyboard.rules.records.commands import Command
from dutyboard.rules.records.commands.person import (
    AnswerReferral,
    Confirm,
    Correct,
    PersonData,
    RecordTest,
    Release,
    TraceContacts,
    Transfer,
)
from dutyboard.rules.records.commands.post import Discharge
from dutyboard.rules.records.commands.sheets import ImportAreas, ImportArrivals
from dutyboard.rules.records.model import Area, Person, subject_id
from dutyboard.rules.records.model import Officer as OfficerRecord
from dutyboard.rules.records.obligation import OWED, Obligation
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.transaction import Accepted
from dutyboard.tui.sheets.kinds.areas import read_areas
from dutyboard.tui.sheets.kinds.arrivals import read_arrivals
from tests.rules.desks import ADMIN, LI, desk, of_people, signed, site, unit
from tests.tui.test_intake_files import ACTOR, DATA, EVENING

LEADER = OfficerRecord(id=LI, name="李建国", role="leader")
DAYS = 90
"""No way through section three is longer: found on the 7th, a positive in the hospital, 14 days, 7 days."""
HOSPITAL = timedelta(days=10)
"""Then the hospital tells that he is discharged, which no board can owe."""
ANSWERS: dict[str, Any] = {
    "symptoms": "none",
    "temp_c": 36.5,
    "health_code": "green",
    "travel_card": "green",
    "contact": "none",
    "border": "none",
    "isolation_days_done": 0,
    "isolation_proof": "no",
    "sanfei": "no",
    "foreign_14d": "no",
    "case_status": "none",
    "release_cert": "no",
    "pcr": "none",
    "investigation": "clean",
    "stays": (),
    "linked": (Linked(id="市疾控甲", state="released", admitted_on=date(2021, 5, 24), released_on=date(2021, 6, 7)),),
}
"""What he says when he is asked. Nobody is asked what is known."""


def sample() -> tuple[list[Person], list[Area]]:
    """The people and the areas of the sample sheets, as an empty desk takes them in."""
    snapshot = desk()
    areas = decide_import_areas(
        ImportAreas(areas=read_areas(DATA / "risk_areas.csv").records), snapshot, EVENING, ACTOR
    )
    listed = [each for each in areas.changes if isinstance(each, Area)]
    sheet = read_arrivals(DATA / "arrivals.xlsx")
    taken = decide_import_arrivals(ImportArrivals(persons=sheet.records), snapshot, EVENING, ACTOR)
    return [each for each in taken.changes if isinstance(each, Person)], listed


class Officer:
    """Works one person on a desk of his own, day after day, by what the board says is owed for him."""

    def __init__(self, person: Person, areas: list[Area]) -> None:
        self.id = person.id
        self.now = EVENING
        self.snapshot: Snapshot = desk(unit(1, name="蓝田街道"), site(1), site(2), LEADER, *areas, person)
        self.clauses: list[str | None] = []

    @property
    def person(self) -> Person:
        return self.snapshot.persons[self.id]

    def owed(self) -> list[Obligation]:
        """What is owed for him now, and can be done now: the hospital is asked every day, and says when he is well."""
        mine = subject_id(self.person)
        owed = (o for o in of_people(self.snapshot, self.now) if o.subject_id == mine and o.state in OWED)
        return [each for each in owed if each.slot != "hospital"]

    def do(self, command: Command) -> None:
        answer = signed(command, self.snapshot, self.now, ADMIN)
        assert isinstance(answer, Accepted), (answer, command)
        self.snapshot = self.snapshot.applied(self.snapshot.seq + 1, answer.changes)

    def work(self) -> None:
        """Until nothing more is owed now; then the next morning, until the record is at its end."""
        for _ in range(DAYS):
            for _ in range(20):
                owed = self.owed()
                if not owed:
                    break
                self.discharge(owed[0])
            if self.person.stage == "closed":
                return
            self.now += timedelta(days=1)
            sick = self.person.stage == "hospital" and self.person.facts.case_status != "discharged"
            if sick and self.now - EVENING > HOSPITAL:
                self.correct({"case_status": "discharged", "discharged_on": self.now.date()})

    def discharge(self, owed: Obligation) -> None:
        if owed.kind == "referral":
            self.answered()
        elif owed.kind == "assess":
            self.assess()
        elif owed.kind == "history":
            self.correct({"investigation": "clean"})
        elif owed.kind == "transfer":
            left = self.now
            self.now += timedelta(minutes=40)
            self.do(
                Transfer(
                    person_id=self.id,
                    left_at=left,
                    vehicle="湘K1",
                    driver="赵",
                    arrived_at=self.now,
                    received_by="其他：周",
                )
            )
        elif owed.kind == "test":
            kind: Any = "serum" if owed.slot == "test-serum" else "pcr"
            self.do(RecordTest(person_id=self.id, type=kind, sampled_on=self.now.date(), result="negative"))
        elif owed.kind == "trace":
            self.do(TraceContacts(person_id=self.id, contacts=2, told="市疾控"))
        elif owed.kind == "advice":
            self.do(Discharge(obligation=owed.id))
        elif owed.kind == "release":
            self.release()
        else:
            raise AssertionError(owed)

    def release(self) -> None:
        """A blocker that waits for an answer is answered first."""
        gate = gate_of(self.person, self.snapshot, self.now)
        assert gate is not None
        if any(each.code == "condition_open" for each in gate.blockers):
            self.correct({key: ANSWERS[key] for key in ("investigation", "health_code", "travel_card")})
            return
        self.do(
            Release(person_id=self.id, leader_id=LI, cadres=("镇干部", "村干部"), vehicle="湘K1", late_confirmed=True)
        )

    def assess(self) -> None:
        result = course_of(self.person, self.snapshot, self.now).result
        asks = [key for key in open_facts(result, self.person.id_no, self.person.asked) if key in ANSWERS]
        if asks:
            self.correct({key: ANSWERS[key] for key in asks})
            return
        clause = None if result.decision == "refer" else result.clause
        self.clauses.append(clause)
        at_site = first_place(result) == "site"
        room = free_rooms(self.snapshot, self.snapshot.sites[1])[0] if at_site else None
        self.do(
            Confirm(
                person_id=self.id,
                clause=clause,
                officer_name="王芳",
                site_id=1 if at_site else None,
                room=room,
                cadres=("镇干部", "村干部"),
            )
        )

    def answered(self) -> None:
        """The desk that was referred to answers: what it was asked about is cleared up."""
        result = course_of(self.person, self.snapshot, self.now).result
        about = {key: ANSWERS[key] for reason in result.reasons for key in reason.facts if key in ANSWERS}
        facts = replace(self.person.facts, **about)
        self.do(AnswerReferral(person_id=self.id, decision="已排除", authority="市疾控", facts=facts))

    def correct(self, answers: dict[str, Any]) -> None:
        known = {name: getattr(self.person, name) for name in IDENTITY}
        asked = tuple(dict.fromkeys((*self.person.asked, *answers)))
        facts: Facts = replace(self.person.facts, **answers)
        self.do(Correct(person_id=self.id, person=PersonData(**known, facts=facts, asked=asked), reason="已问清"))


def test_every_arrival_of_the_sample_comes_to_the_end_of_his_record() -> None:
    """Nobody is stuck with nothing owed, or owed what nobody can do, under whichever clauses he is confirmed."""
    people, areas = sample()
    assert len(people) == 600
    confirmed: set[str | None] = set()
    for person in people:
        officer = Officer(person, areas)
        officer.work()
        assert officer.person.stage == "closed", (person.id, officer.person.stage, officer.clauses[-3:])
        confirmed |= set(officer.clauses)
    plain = {"3.1", "3.2a", "3.2b", "3.3a", "3.4", "3.5", "3.6", "3.7a", "3.7b", "3.8b", "3.9", "3.10", "3.11b", "none"}
    assert confirmed == plain | {None}  # None: referred first; of 3.3b the sheet has nobody
