"""F4 worked from the keyboard: a phone call written down, a person assessed, confirmed and given a room."""

from dataclasses import replace
from datetime import date

from textual.pilot import Pilot

from dutyboard.rules.law.facts import Facts, Stay
from dutyboard.rules.records.commands.person import Confirm, Register
from dutyboard.rules.records.model import Person
from tests.tui.night import FakeGateway, at, night
from tests.tui.screen_text import app_of, text, until, until_shown

SIZE = (80, 24)
HIGH = Stay(place="广东省广州市荔湾区白鹤洞街道", code="440103", category="high", left_on=date(2021, 6, 7))
IDS = {1: "431302199512309871", 2: "432503198608142045"}
ARRIVED = at(12).replace(tzinfo=None)


def person(number: int, name: str, **facts: object) -> Person:
    return Person(
        id=number,
        name=name,
        id_no=IDS[number],
        phone=f"1310000976{number}",
        origin=HIGH.place,
        registered_at=at(13),
        facts=Facts(arrival_at=ARRIVED, border="none", stays=(), **facts),  # type: ignore[arg-type]
    )


def desk() -> FakeGateway:
    red = person(1, "甲红", health_code="red", travel_card="green", symptoms="none")
    asked = person(2, "乙问", health_code="green", travel_card=None, symptoms="none")
    return FakeGateway([*night(), red, asked])


async def opened(pilot: Pilot[None]) -> None:
    await until_shown(pilot, "现在要做的事")
    await pilot.press("f4")
    await until_shown(pilot, "乙问")


async def test_the_queue_says_the_clause_and_what_to_ask_first() -> None:
    async with app_of(desk()).run_test(size=SIZE) as pilot:
        await opened(pilot)
        lines = text(pilot.app).splitlines()[:10]  # type: ignore[arg-type]
        rows = {name: row for row in lines for name in ("甲红", "乙问") if name in row}
        assert "三（九）" in rows["甲红"]
        assert "可确认" not in rows["甲红"]  # nobody is named for him yet
        assert "须请示" in rows["乙问"]
        assert "行程卡颜色" in rows["乙问"]


async def test_a_person_is_confirmed_into_the_room_that_was_proposed() -> None:
    fake = desk()
    async with app_of(fake).run_test(size=SIZE) as pilot:
        await opened(pilot)
        await pilot.press("enter")
        await until_shown(pilot, "研判 甲红")
        assert IDS[1] not in text(pilot.app)  # type: ignore[arg-type]
        await pilot.press("f9")
        await until_shown(pilot, "去向 集中隔离点")
        await pilot.press(*"王芳", "f9")
        await until_shown(pilot, "已记：甲红 待转运")
        (confirm,) = fake.commands  # nothing was corrected
        assert isinstance(confirm, Confirm)
        assert (confirm.clause, confirm.officer_name, confirm.room) == ("3.9", "王芳", 1)
        placed = fake.snapshot.persons[1]
        assert (placed.stage, placed.site_id, placed.room) == ("transfer", confirm.site_id, 1)


async def test_a_room_that_holds_somebody_is_shared_only_with_a_reason() -> None:
    fake = desk()
    mother = replace(person(2, "乙母"), id=3, stage="site", site_id=1, room=9)
    fake.snapshot = fake.snapshot.applied(fake.snapshot.seq + 1, [mother])
    async with app_of(fake).run_test(size=SIZE) as pilot:
        await opened(pilot)
        await pilot.press("enter")
        await until_shown(pilot, "研判 甲红")
        await pilot.press("f9")
        await until_shown(pilot, "去向 集中隔离点")
        await pilot.press(*"王芳", "down", "end", *["backspace"] * 8, *"涟宾9", "f9")
        await until_shown(pilot, "号房已住乙母：换房，或写明同住缘由")
        await pilot.press("down", *"母子", "f9")
        await until_shown(pilot, "已记：甲红 待转运")
        (command,) = fake.commands
        assert isinstance(command, Confirm)
        assert (command.room, command.shared) == (9, "母子")


async def test_a_room_that_nobody_can_read_is_said_and_nothing_is_lost() -> None:
    fake = desk()
    async with app_of(fake).run_test(size=SIZE) as pilot:
        await opened(pilot)
        await pilot.press("enter")
        await until_shown(pilot, "研判 甲红")
        await pilot.press("f9")
        await until_shown(pilot, "去向 集中隔离点")
        await pilot.press(*"王芳", "down", "end", *"号房", "f9")
        await until_shown(pilot, "没有「")
        assert "王芳" in text(pilot.app)  # type: ignore[arg-type]
        assert fake.commands == []


async def test_a_phone_call_is_written_down_and_silence_stays_unknown() -> None:
    fake = desk()
    async with app_of(fake).run_test(size=SIZE) as pilot:
        await opened(pilot)
        await pilot.press("plus")
        await until_shown(pilot, "新增来（返）涟人员")
        beside = [
            "enter",
            "enter",
            "enter",
            *"深圳市南山区",
            "enter",
            *"6-5",
            "enter",
            *"0606 1430",
            "enter",
            "1",
            "f9",
        ]
        assert len(beside) < 40
        await pilot.press(*"丙来", *beside)
        await until(pilot, lambda: bool(fake.commands), "the command")
        (command,) = fake.commands
        assert isinstance(command, Register)
        facts = command.person.facts
        assert (command.person.name, command.person.id_no) == ("丙来", "")
        assert facts.arrival_at == at(14, 30).replace(day=6, tzinfo=None)
        assert facts.stays is not None
        assert (facts.stays[0].code, facts.stays[0].left_on) == ("440305", date(2021, 6, 5))
        assert (facts.health_code, facts.travel_card, facts.symptoms, facts.pcr) == ("green", None, None, None)
        await until_shown(pilot, "丙来")


async def test_an_answer_that_is_none_of_the_choices_is_refused_in_its_field() -> None:
    fake = desk()
    async with app_of(fake).run_test(size=SIZE) as pilot:
        await opened(pilot)
        await pilot.press("plus")
        await until_shown(pilot, "新增来（返）涟人员")
        await pilot.press(*"丁错", *["enter"] * 6, "9", "f9")
        await until_shown(pilot, "健康码: 请按数字键选择")
        assert fake.commands == []
        assert "丁错" in text(pilot.app)  # type: ignore[arg-type]
