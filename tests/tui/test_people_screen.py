"""F5 worked from the keyboard: a closed-loop transfer, a sample with its result, and a release that the gate blocks."""

from dataclasses import replace
from datetime import date

from textual.pilot import Pilot

from dutyboard.rules.law.facts import Facts
from dutyboard.rules.law.facts import Test as Sample
from dutyboard.rules.records.codes import Stage
from dutyboard.rules.records.commands.person import RecordTest, Transfer
from dutyboard.rules.records.model import Assessment, Person
from dutyboard.tui.screens.openers import discharge
from tests.tui.night import FakeGateway, at, night
from tests.tui.screen_text import app_of, until_shown

SIZE = (80, 24)


def placed(number: int, name: str, stage: Stage, admitted_on: date | None) -> Person:
    arrived = at(9).replace(day=admitted_on.day if admitted_on else 7, tzinfo=None)
    return Person(
        id=number,
        name=name,
        registered_at=at(10),
        stage=stage,
        site_id=1,
        room=30 + number,
        admitted_on=admitted_on,
        officer_name="王芳",
        facts=Facts(
            arrival_at=arrived, border="none", stays=(), health_code="yellow", travel_card="green", symptoms="none"
        ),
        assessment=Assessment(
            notice="lianyuan-2021-07",
            decision="decide",
            clause="3.10",
            also=(),
            first_place="site",
            provisional=None,
            refer_reason=None,
            by=1,
            at=at(11),
        ),
    )


async def opened(pilot: Pilot[None], name: str) -> None:
    await until_shown(pilot, "现在要做的事")
    await pilot.press("f5")
    await until_shown(pilot, name)
    await pilot.press("slash", *name, "enter")
    await until_shown(pilot, f">{name}")
    await pilot.press("enter")
    await until_shown(pilot, "应办")
    await pilot.press("enter")


async def test_a_transfer_states_its_whole_way() -> None:
    fake = FakeGateway([*night(), placed(91, "甲转", "transfer", None)])
    async with app_of(fake).run_test(size=SIZE) as pilot:
        await opened(pilot, "甲转")
        await until_shown(pilot, "闭环转运 甲转")
        await pilot.press(*"1900", "enter", *"湘K1", "enter", *"李师傅", "enter", *"1930", "enter", "f9")
        await until_shown(pilot, "「接收人」必须填写")
        assert fake.commands == []
        await pilot.press(*"周涛", "f9")
        await until_shown(pilot, "已记：闭环转运 甲转 隔离点")
        await until_shown(pilot, "甲转 隔离点 涟宾")  # back on the page, which has moved with him
        told = fake.commands[-1]
        assert isinstance(told, Transfer)
        assert (told.left_at, told.arrived_at, told.received_by) == (at(19), at(19, 30), "周涛")
        assert (fake.snapshot.persons[91].stage, fake.snapshot.persons[91].admitted_on) == ("site", date(2021, 6, 7))


async def test_a_sample_is_written_with_its_result() -> None:
    fake = FakeGateway([*night(), placed(92, "乙检", "site", date(2021, 6, 6))])
    async with app_of(fake).run_test(size=SIZE) as pilot:
        await opened(pilot, "乙检")
        await until_shown(pilot, "检测登记 乙检")
        await pilot.press("1", "f9")
        await until_shown(pilot, "已记：检测登记 乙检")
        (told,) = fake.commands
        assert told == RecordTest(person_id=92, type="pcr", sampled_on=date(2021, 6, 7), result="negative")
        await until_shown(pilot, "P阴")  # on his drawn days, without a key
        await pilot.press("pagedown", "pagedown")
        await until_shown(pilot, "核酸 06-07 00:00-24:00 三（十） 建议日 已做 06-07 阴性")
        await pilot.press("f10")
        await until_shown(pilot, "06-13 核酸")


async def test_the_gate_stands_above_a_release_and_only_a_leader_may_sign_it() -> None:
    full = placed(93, "丙满", "site", date(2021, 6, 1))
    fake = FakeGateway([*night(), full])
    fake.clock = at(10).replace(day=9)
    async with app_of(fake).run_test(size=SIZE) as pilot:
        await until_shown(pilot, "现在要做的事")
        owed = next(o for o in pilot.app.session.board.obligations if o.id.startswith("release/person-93"))  # type: ignore[attr-defined]
        discharge(pilot.app.session, owed)  # type: ignore[attr-defined]
        await until_shown(pilot, "- 缺检测 核酸")
        await pilot.press(
            *"张强", "enter", *"镇干部", "enter", *"村干部", "enter", *"湘K1", "enter", *"是", "enter", *"急", "f9"
        )
        await until_shown(pilot, "只有带班领导可以这样做")
        assert fake.commands == []


async def test_the_form_asks_the_result_of_the_sample_that_is_out() -> None:
    """Taken on the 6th and still out: the day is filled in, and the form says to which planned test it belongs."""
    out = Sample(type="pcr", day=1, result="pending", sampled_on=date(2021, 6, 6), stage="site")
    inside = placed(92, "乙检", "site", date(2021, 6, 5))
    fake = FakeGateway([*night(), replace(inside, facts=replace(inside.facts, tests=(out,)))])
    async with app_of(fake).run_test(size=SIZE) as pilot:
        await opened(pilot, "乙检")
        await until_shown(pilot, "检测登记 乙检")
        await until_shown(pilot, "核酸  计划日 2021-06-06")
        await until_shown(pilot, "06-06")
        await pilot.press("5", "f9")
        await until_shown(pilot, "已记：检测登记 乙检")
        (told,) = fake.commands
        assert told == RecordTest(person_id=92, type="pcr", sampled_on=date(2021, 6, 6), result="invalid")
