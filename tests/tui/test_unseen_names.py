"""Answers to a town's or a site's officer: no act tells him who else is known, and none writes about somebody else."""

import json
import random
import types
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Final, Literal, Union, get_args, get_origin, get_type_hints

import pytest
from click.testing import CliRunner

from dutyboard.rules.belonging import belongs, own_of, record_named
from dutyboard.rules.board import board
from dutyboard.rules.decide import decide, foreseen
from dutyboard.rules.law.facts import Facts
from dutyboard.rules.people.stage import in_room
from dutyboard.rules.permissions import TABLE
from dutyboard.rules.records.commands import Actor, Command
from dutyboard.rules.records.commands.amending import Amend
from dutyboard.rules.records.commands.person import Correct, PersonData, Register
from dutyboard.rules.records.commands.post import Discharge
from dutyboard.rules.records.ids import Subject
from dutyboard.rules.records.model import Entry, Matter, Person, Report
from dutyboard.rules.records.refusals import Refusal
from dutyboard.rules.records.snapshot import table_of
from dutyboard.rules.records.staff import StaffMember
from dutyboard.rules.records.transaction import Accepted
from dutyboard.rules.sight import Sight
from dutyboard.tui.cli import program
from dutyboard.tui.commands.invocation import Invocation
from dutyboard.tui.link.gateway import Gateway
from dutyboard.tui.link.identity import Identity
from tests.tui import limited_desk
from tests.tui.limited_desk import LIMITED, NOW, SITE, UNIT, names_for

WHOLE: Final = limited_desk.whole()
BOARD: Final = tuple(each.id for each in board(WHOLE, NOW).obligations)
RUNS: Final = 60
"""Acts of each kind and reader."""


def heard(command: Command, login: str) -> Accepted | Refusal:
    """The answer as its reader hears it."""
    officer = LIMITED[login]
    return Sight(owner=False).told(
        foreseen(command, WHOLE, NOW, Actor(login=login, officer_id=officer.id)), WHOLE, officer
    )


class AtRandom:
    """Commands filled from their types with what the desk knows: own and others' numbers, names and duties."""

    def __init__(self, seed: int, login: str) -> None:
        self._random = random.Random(seed)
        own = own_of(LIMITED[login])
        self._people = [each for each in WHOLE.persons.values() if each.id_no]
        ours = [each.id for each in WHOLE.persons.values() if belongs(each, own, WHOLE)]
        staff = [each.id for each in WHOLE.staff.values() if belongs(each, own, WHOLE)]
        places = [each.number for each in own]
        self._ids: dict[str, list[int]] = {
            "person": ours,
            "staff": staff,
            "site": places,
            "unit": places,
            "entry": [
                each.id
                for each in WHOLE.entries.values()
                if (about := record_named(Subject.parse(each.subject), WHOLE)) and belongs(about, own, WHOLE)
            ],
        }
        self._duties = [
            each.id
            for each in board(WHOLE, NOW).obligations
            if (about := record_named(each.subject_id, WHOLE)) and belongs(about, own, WHOLE)
        ]

    def command(self, kind: type[Command]) -> Command:
        """The next command of a kind."""
        made: Command = self._made(kind)
        if (
            isinstance(made, Correct) and self._random.random() < 0.8
        ):  # a correction of his own whole, but for one field
            person = WHOLE.persons[made.person_id] if made.person_id in WHOLE.persons else self._people[0]
            told = {
                each.name: getattr(person, each.name, None) for each in fields(PersonData) if hasattr(person, each.name)
            }
            made = replace(made, person=replace(PersonData(**told), id_no=self._text("id_no")))
        return made

    def _made(self, kind: Any) -> Any:
        hints = get_type_hints(kind)
        return kind(**{each.name: self._value(hints[each.name], each.name) for each in fields(kind) if each.init})

    def _number(self, name: str) -> int:
        own = next((ids for part, ids in self._ids.items() if part in name), None)
        if name in ("seen", "absent", "refused", "unwell", "ids"):
            own = self._ids["person"] + self._ids["staff"]
        if own and self._random.random() < 0.6:
            return self._random.choice(own)
        return self._random.choice([each.id for each in (*WHOLE.persons.values(), *WHOLE.staff.values())])

    def _text(self, name: str) -> str:
        pick = self._random.choice
        match name:
            case "obligation":
                return pick(self._duties) if self._duties and self._random.random() < 0.8 else pick(BOARD)
            case "id_no" | "phone":
                return str(getattr(pick(self._people), name))
            case "name":
                return pick(("李新", pick(self._people).name))
            case "subject" | "key":
                kind = pick(("person", "staff"))
                return f"{kind}-{self._number(kind)}"
            case _:
                return pick(("", "x", "有事"))

    def _value(self, hint: Any, name: str) -> Any:
        origin, args, rare = get_origin(hint), get_args(hint), self._random.random()
        if origin is Literal:
            return self._random.choice(args)
        if origin in (Union, types.UnionType):
            chosen = [each for each in args if each is not type(None)]
            return None if type(None) in args and rare < 0.4 else self._value(self._random.choice(chosen), name)
        if origin is tuple and args[-1] is not Ellipsis:
            return tuple(self._value(each, name) for each in args)
        if origin is tuple:
            return tuple(self._value(args[0], name) for _ in range(self._random.choice((0, 1, 1, 2))))
        if origin is not None and issubclass(origin, Mapping):
            return {self._text("key"): self._value(args[1], name) for _ in range(self._random.choice((0, 1, 2)))}
        if hint is Facts:
            return Facts()
        if isinstance(hint, type) and is_dataclass(hint):
            return self._made(hint)
        made: dict[Any, Callable[[], Any]] = {
            int: lambda: self._number(name),
            float: lambda: self._random.choice((36.4, 38.5)),
            bool: lambda: rare < 0.5,
            str: lambda: self._text(name),
            datetime: lambda: NOW - timedelta(hours=self._random.choice((0, 1, 5))),
            date: lambda: NOW.date(),
        }
        return made[hint]() if hint in made else None


@pytest.mark.parametrize("login", ["town", "site"])
def test_no_act_names_or_writes_about_somebody_else(login: str) -> None:
    officer = LIMITED[login]
    own, names = own_of(officer), names_for(login, WHOLE)
    foreign = [each for each in WHOLE.persons.values() if not belongs(each, own, WHOLE)]
    secret = (
        names.others | {each.id_no for each in foreign if each.id_no} | {each.phone for each in foreign if each.phone}
    )
    supply, codes, kept = AtRandom(20210607, login), set(), 0
    for kind in (kind for kind, row in TABLE.items() if officer.role in row):
        for _ in range(RUNS):
            command = supply.command(kind)
            answer = heard(command, login)
            if isinstance(answer, Refusal):
                codes.add(answer.code)
                typed = repr(command)
                told = repr(dict(answer.fields))
                assert [each for each in secret if each in told and each not in typed] == [], (command, answer)
                continue
            kept += 1
            for each in answer.changes:
                if isinstance(each, Person | StaffMember | Matter | Report):
                    before = getattr(WHOLE, table_of(each)).get(each.id)
                    assert all(belongs(one, own, WHOLE) for one in (each, before) if one is not None), (command, each)
                if isinstance(each, Entry) and each.subject != "post":
                    about = record_named(Subject.parse(each.subject), WHOLE)
                    assert about is None or belongs(about, own, WHOLE), (command, each)
    assert kept > 50 and (login == "site" or "of_another_unit" in codes), (kept, codes)


OTHER: Final = next(
    each for each in WHOLE.persons.values() if each.site_id not in (None, SITE) and each.unit_id != UNIT
)
STRANGE_STAFF: Final = next(each for each in WHOLE.staff.values() if each.site_id != SITE)
ROUND, PATROL = (f"{slot}/site-{SITE}/2021-06-07" for slot in ("temperature-pm", "patrol-3"))
NAMED: Final[tuple[dict[str, Any], ...]] = (
    {"obligation": PATROL, "seen": (OTHER.id,)},
    {"obligation": PATROL, "unwell": (OTHER.id,), "text": "x"},
    {"obligation": ROUND, "readings": {f"person-{OTHER.id}": 39.5}, "text": "x"},
    {"obligation": ROUND, "absent": (OTHER.id,), "text": "x"},
    {"obligation": ROUND, "remarks": {f"person-{OTHER.id}": "x"}},
    {"obligation": ROUND, "remarks": {f"staff-{STRANGE_STAFF.id}": "x"}},
)


@pytest.mark.parametrize("told", NAMED)
def test_a_site_tells_nothing_of_people_who_are_not_its_own(told: dict[str, Any]) -> None:
    answer = heard(Discharge(**told), "site")
    assert isinstance(answer, Refusal) and answer.code == "not_permitted"


def test_a_round_is_not_told_again_of_people_who_are_not_its_own() -> None:
    site = Actor(login="site", officer_id=LIMITED["site"].id)
    mine = next(each.id for each in WHOLE.persons.values() if each.site_id == SITE and in_room(each))
    command = Discharge(obligation=ROUND, readings={f"person-{mine}": 36.4}, happened_at=NOW)
    taken = decide(command, WHOLE, NOW, site)
    assert isinstance(taken, Accepted)
    after = WHOLE.applied(2, taken.changes)
    again = replace(command, readings={f"person-{OTHER.id}": 39.5})
    answer = decide(Amend(entry_id=taken.entry.id, instead=again, reason="错了"), after, NOW, site)
    assert isinstance(answer, Refusal) and answer.code == "not_permitted"


def test_a_known_number_is_refused_without_its_bearer() -> None:
    """Register and correct; to the office he is named as ever."""
    unit = WHOLE.units[UNIT]
    mine = next(each for each in WHOLE.persons.values() if each.unit_id == UNIT)
    new = PersonData(name=OTHER.name, id_no=OTHER.id_no, phone=OTHER.phone, address=unit.name, unit_id=UNIT)
    told = {each.name: getattr(mine, each.name) for each in fields(PersonData) if hasattr(mine, each.name)}
    for command in (
        Register(person=new),
        Correct(person_id=mine.id, person=replace(PersonData(**told), id_no=OTHER.id_no), reason="x"),
    ):
        assert heard(command, "town") == Refusal("of_another_unit"), command
        whole = foreseen(command, WHOLE, NOW, Actor(login="officer", officer_id=900))
        assert isinstance(whole, Refusal) and whole.fields["person"] == OTHER.name


def test_every_door_answers_in_general_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command line, a batch, a preview and the gateway itself."""
    folder = limited_desk.make(tmp_path / "desk")
    open_ = Gateway.__dict__["open"].__func__
    monkeypatch.setattr(open_, "__kwdefaults__", {**open_.__kwdefaults__, "clock": lambda: NOW})
    told: dict[str, Any] = {"name": OTHER.name, "id_no": OTHER.id_no}
    person = Register(person=PersonData(name=OTHER.name, id_no=OTHER.id_no, unit_id=UNIT))
    gateway = Gateway.open(folder, Identity("town"))
    assert gateway.preview(person) == gateway.submit(person) == Refusal("of_another_unit")
    gateway.close()
    (tmp_path / "acts.jsonl").write_text(json.dumps({"act": "register", **told, "unit": UNIT}), encoding="utf-8")
    (tmp_path / "one.json").write_text(json.dumps({**told, "unit": WHOLE.units[UNIT].name}), encoding="utf-8")
    for typed in (("register", str(tmp_path / "one.json")), ("batch", str(tmp_path / "acts.jsonl"))):
        call = Invocation(identity=Identity("town"))
        done = CliRunner().invoke(program, ["--data", str(folder), *typed], obj=call)
        assert done.exit_code == 1 and OTHER.name not in done.output and "指挥部" in done.output, done.output
