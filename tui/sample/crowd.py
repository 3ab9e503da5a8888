"""The sample's people as records.

180 are in site rooms, 70 at home, twelve wait to be assessed, one is on his way to a room and one in hospital.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, time, timedelta
from random import Random

from dutyboard.rules.law.assess import assess
from dutyboard.rules.law.facts import ArrivalPcr, Facts, Test, TestType
from dutyboard.rules.law.result import Result
from dutyboard.rules.people.areas import AreaList
from dutyboard.rules.people.course import assessment_of
from dutyboard.rules.records.codes import FoundBy
from dutyboard.rules.records.model import Officer, Person, Site, Unit
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.tui.sample import people, turns
from dutyboard.tui.sample.names import Names
from dutyboard.tui.sample.people import Teller
from dutyboard.tui.sample.turns import REGISTERED_AFTER

AT_SITES: tuple[tuple[Teller, int], ...] = (
    (people.high_risk, 50),
    (people.medium_risk, 45),
    (people.red_code, 30),
    (people.yellow_code, 30),
    (people.close_contact, 25),
)
"""The accounts of the people at the sites, and the number of each: 180."""
OCCUPIED = (53, 40, 67, 20)
"""Rooms taken at each site, of 62, 48, 80 and 24."""
HOME_SINCE_ARRIVAL = 35
HOME_AFTER_SITE: tuple[tuple[Teller, int], ...] = (
    (people.medium_risk, 15),
    (people.yellow_code, 10),
    (people.high_risk, 10),
)
"""The accounts of the people at home after their days at a site: 35. As many are at home since their arrival."""
ARRIVED: tuple[tuple[Teller, int, int], ...] = (
    (people.high_risk, 4 * 60, 150),
    (people.red_code, 20 * 60, 140),
    (people.orange_card, 34 * 60, 130),
    (people.medium_risk, 5 * 60, 105),
    (people.with_certificate, 9 * 60, 80),
    (people.without_certificate, 6 * 60, 75),
    (people.with_symptoms, 4 * 60, 60),
    (people.same_province, 26 * 60, 50),
    (people.yellow_code, 7 * 60, 40),
    (people.illegal_entrant, 30 * 60, 30),
    (people.same_province, 2 * 60, 20),
    (people.high_risk, 60, 8),
)
"""New arrivals: the account, minutes since the arrival, minutes since the registration.

The first three have waited too long, unless late rounds take their place. The fourth will soon.
"""
FOUND: tuple[FoundBy, ...] = ("himself", "grid", "himself", "grid", "hospital", "police", "other_county", "grid", "")
"""Ways in which the people were found, one after the other; of some nobody has said."""
LATE = 3
IN_TIME = timedelta(minutes=90)
"""Delay added to the registration of those who have not waited too long."""
ON_THE_WAY = timedelta(hours=2)
"""Time since the arrival of the person who is driven to his room."""
LEAST_AGE, MOST_AGE = 6, 78
HOME_DAYS_SHOWN = 6


class _Crowd:
    """A maker of persons, one after the other, with ids from 1."""

    def __init__(self, snapshot: Snapshot, now: datetime, names: Names, random: Random) -> None:
        self._snapshot = snapshot
        self._now = now
        self._names = names
        self._random = random
        self._areas = AreaList(snapshot.areas.values())
        self._units = tuple(snapshot.units.values())
        self._notice = snapshot.notice_at(now)
        self._cadres = {unit.id: self._cadre(unit) for unit in self._units}
        self._number = 0

    def _cadre(self, unit: Unit) -> Officer:
        return next(o for o in self._snapshot.officers.values() if o.unit_id == unit.id and o.duty == "居家监测")

    def arrived(self, tell: Teller, arrival: datetime, registered_at: datetime) -> Person:
        """Return somebody who is registered and not assessed."""
        self._number += 1
        told = tell(self._random, arrival.replace(tzinfo=None, second=0))
        unit = self._random.choice(self._units)
        age = self._random.randint(LEAST_AGE, MOST_AGE)
        male = self._random.random() < 0.5
        return Person(
            id=self._number,
            name=self._names.name(),
            sex="男" if male else "女",
            id_no=self._names.id_no(self._now.year - age, male),
            phone=self._names.phone(),
            address=self._names.address(unit.name),
            unit_id=unit.id,
            origin=told.origin,
            officer_name=self._cadres[unit.id].name,
            found_by=FOUND[self._number % len(FOUND)],
            facts=told.facts,
            registered_at=registered_at,
        )

    def assessed(self, tell: Teller, days_ago: int) -> tuple[Person, Result]:
        """Return somebody who arrived so many days ago and was assessed within the hour, with the result."""
        day = self._now.date() - timedelta(days=days_ago)
        arrival = datetime.combine(
            day, time(self._random.randint(7, 20), self._random.randint(0, 59)), self._now.tzinfo
        )
        person = self.arrived(tell, arrival, arrival + REGISTERED_AFTER)
        result = assess(self._judged(person.facts), self._notice)
        by = next(iter(self._snapshot.officers))
        assessment = assessment_of(result, by, arrival + timedelta(minutes=50))
        return replace(person, assessment=assessment), result

    def _judged(self, facts: Facts) -> Facts:
        today = self._now.date()
        return replace(facts, stays=tuple(self._areas.judged(stay, today) for stay in facts.stays or ()))

    def at_site(self, tell: Teller, site: Site, room: int) -> Person:
        """Return somebody in a room, some days into the plan. Every test of the past days was done and negative."""
        days = self._site_days(tell)
        gone = self._random.randint(1, days - 1)
        person, result = self.assessed(tell, gone)
        return replace(
            person,
            stage="site",
            site_id=site.id,
            room=room,
            admitted_on=self._now.date() - timedelta(days=gone),
            facts=replace(person.facts, tests=_tests(result, days, gone - 1)),
        )

    def home_after_site(self, tell: Teller) -> Person:
        """Return somebody whose days at a site are over, some days into the home stage."""
        days = self._site_days(tell)
        home = self._random.randint(1, HOME_DAYS_SHOWN)
        person, result = self.assessed(tell, days + home)
        admitted = self._now.date() - timedelta(days=days + home)
        return replace(
            self._home(person),
            admitted_on=admitted,
            home_from=admitted + timedelta(days=days + 1),
            facts=replace(person.facts, tests=_tests(result, days, days)),
        )

    def home_since_arrival(self) -> Person:
        """Return somebody of 三（七）, first branch, whose one test was negative on the day after the arrival."""
        gone = self._random.randint(2, 12)
        person, _ = self.assessed(people.with_certificate, gone)
        arrived_on = self._now.date() - timedelta(days=gone)
        negative_on = arrived_on + timedelta(days=1)
        pcr = ArrivalPcr(sampled_on=arrived_on, result="negative", result_on=negative_on)
        return replace(self._home(person), home_from=negative_on, facts=replace(person.facts, arrival_pcr=pcr))

    def _home(self, person: Person) -> Person:
        cadre = self._cadres[person.unit_id or 0]
        return replace(person, stage="home", officer_id=cadre.id, town_cadre=cadre.name, home_cadre=self._names.name())

    def _site_days(self, tell: Teller) -> int:
        """Return the number of days at a site that the clause of this account asks for."""
        arrival = datetime.combine(self._now.date(), time(8))
        # Any draw will do, for the days follow from the clause. So the draws of the sample stay as they are.
        days = assess(self._judged(tell(Random(0), arrival).facts), self._notice).quarantine_days
        assert days is not None
        return days


def _tests(result: Result, days: int, until: int) -> tuple[Test, ...]:
    """Return the plan's tests of the days up to `until`, each done on its day."""
    pcr_days = result.pcr_days_text or (1, days)
    start = result.dates.site_first or result.facts.arrival_on
    assert start is not None
    first = start - timedelta(days=1)
    planned: list[tuple[TestType, int]] = [("pcr", day) for day in pcr_days]
    if result.serum:
        planned.append(("serum", days))
    return tuple(
        Test(type=kind, day=day, result="negative", sampled_on=first + timedelta(days=day))
        for kind, day in planned
        if day <= until
    )


def build_crowd(snapshot: Snapshot, now: datetime, names: Names, random: Random, late_rounds: int) -> Iterator[Person]:
    """Yield all persons of the sample, with ids from 1.

    `snapshot` holds the units, officers, sites and areas. The sample shows three late duties: `late_rounds` of them are
    rounds of its sites, the rest are assessments.
    """
    crowd = _Crowd(snapshot, now, names, random)
    rooms = ((site, room) for site, taken in zip(snapshot.sites.values(), OCCUPIED) for room in range(1, taken + 1))
    tellers = [tell for tell, count in AT_SITES for _ in range(count)]
    random.shuffle(tellers)
    for tell, (site, room) in zip(tellers, rooms, strict=True):
        person = crowd.at_site(tell, site, room)
        turn = turns.AT_SITE.get((site.id, room))
        yield turn(person, snapshot, now) if turn is not None else person
    for tell, count in HOME_AFTER_SITE:
        for _ in range(count):
            yield crowd.home_after_site(tell)
    for _ in range(HOME_SINCE_ARRIVAL):
        yield crowd.home_since_arrival()
    for place, (tell, arrived, written) in enumerate(ARRIVED):
        arrival = (now - timedelta(minutes=arrived)).replace(second=0, microsecond=0)
        in_time = LATE - late_rounds <= place < LATE
        yield crowd.arrived(tell, arrival, now - timedelta(minutes=written) + (IN_TIME if in_time else timedelta()))
    came = (now - ON_THE_WAY).replace(second=0, microsecond=0)
    # Three more people move none of the draws that come after: the day of the others stays as it is.
    drawn = random.getstate()
    for turn in (turns.on_the_way, turns.positive, turns.let_go):
        yield turn(crowd.arrived(people.high_risk, came, came + REGISTERED_AFTER), snapshot, now)
    random.setstate(drawn)
