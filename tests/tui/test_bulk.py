"""Marks in F4 and F5, and one previewed commit for all who are marked: counted keys, nobody skipped in silence."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from textual.pilot import Pilot

from dutyboard.rules.law.facts import Test as Sample
from dutyboard.rules.records.commands.person import Assign, Confirm, Move, RecordTest
from dutyboard.rules.records.commands.post import Discharge
from dutyboard.rules.records.model import Person, Record, Site
from tests.tui.night import Broken, FakeGateway, night
from tests.tui.screen_text import app_of, shown, text, until, until_shown
from tests.tui.test_people_screen import placed
from tests.tui.test_screening_screen import person

SIZE = (80, 24)


def wide_night(rooms: int = 200) -> Iterator[Record]:
    """The night with sites of many rooms."""
    return (replace(each, rooms=rooms) if isinstance(each, Site) else each for each in night())


def sampled(number: int, name: str) -> Person:
    """Somebody in a room whose sample of yesterday is out."""
    out = Sample(type="pcr", day=1, result="pending", sampled_on=date(2021, 6, 6), stage="site")
    inside = replace(placed(number, name, "site", date(2021, 6, 5)), room=number)
    return replace(inside, facts=replace(inside.facts, tests=(out,)))


def ready(number: int, name: str, **more: object) -> Person:
    """Somebody who can be confirmed."""
    known = person(1, name, health_code="red", travel_card="green", symptoms="none")
    return replace(known, id=number, officer_name="王芳", **more)  # type: ignore[arg-type]


async def on_list(pilot: Pilot[None], key: str, wanted: str) -> None:
    await until_shown(pilot, "现在要做的事")
    await pilot.press(key)
    await until_shown(pilot, wanted)


async def chosen(pilot: Pilot[None], digit: str, title: str) -> None:
    """Open the acts for the marked and choose one."""
    await pilot.press("b")
    await until_shown(pilot, "对已标的")
    await pilot.press(digit, "enter")
    await until_shown(pilot, title)


async def test_forty_negatives_take_eight_keys_and_one_preview() -> None:
    fake = FakeGateway([*wide_night(), *(sampled(number, f"检{number}") for number in range(50, 90))])
    keys = 0

    async def press(*typed: str) -> None:
        nonlocal keys
        keys += len(typed)
        await pilot.press(*typed)

    async with app_of(fake).run_test(size=SIZE) as pilot:
        await until_shown(pilot, "现在要做的事")
        await press("f5", "right")
        await until_shown(pilot, "40/46 只看「待结果」")
        await press("asterisk", "b")
        await until_shown(pilot, "对已标的 40 人")
        await press("1", "enter")
        await until_shown(pilot, "核酸结果阴性：40 人")
        await press("f9")
        await until_shown(pilot, "将记 40 人，不记 0 人")
        await until_shown(pilot, "检测 检50 核酸")
        assert fake.commands == []
        await press("f9")
        await until_shown(pilot, "已记：40 人")
        assert len(fake.commands) == 40
        assert {type(each) for each in fake.commands} == {RecordTest}
        results = [fake.snapshot.persons[number].facts.tests[0] for number in range(50, 90)]
        assert {(each.result, each.sampled_on) for each in results} == {("negative", date(2021, 6, 6))}
        assert keys < 15
        await until_shown(pilot, "0/46 只看「待结果」")
        await pilot.press("z")  # one act: all of it, by one key
        await until_shown(pilot, "已撤回：一次记下的 40 条")
        results = [fake.snapshot.persons[number].facts.tests[0] for number in range(50, 90)]
        assert {each.result for each in results} == {"pending"}


async def test_a_hundred_ready_arrivals_go_to_their_rooms_in_eight_keys_and_one_preview() -> None:
    fake = FakeGateway([*wide_night(), *(ready(number, f"来{number}") for number in range(100, 200))])
    keys = 0

    async def press(*typed: str) -> None:
        nonlocal keys
        keys += len(typed)
        await pilot.press(*typed)

    async with app_of(fake).run_test(size=SIZE) as pilot:
        await until_shown(pilot, "现在要做的事")
        await press("f4", "right")
        await until_shown(pilot, "100/100 只看「可确认」")
        await press("asterisk", "b")
        await until_shown(pilot, "对已标的 100 人")
        await press("1", "enter")
        await until_shown(pilot, "确认去向，按所荐房间：100 人")
        await press("f9")
        await until_shown(pilot, "将记 100 人，不记 0 人")
        await until_shown(pilot, "研判 来100 三（九） 待转运 桥头 3室")
        await press("f9")
        await until_shown(pilot, "已记：100 人")
        assert keys < 20
        told = [each for each in fake.commands if isinstance(each, Confirm)]
        assert len(told) == 100
        assert len({(each.site_id, each.room) for each in told}) == 100  # a room of his own for each
        assert {fake.snapshot.persons[number].stage for number in range(100, 200)} == {"transfer"}


async def test_marks_are_signs_and_outlive_a_filter_and_a_colleague_until_the_row_leaves() -> None:
    fake = FakeGateway([*night(), *(ready(number, f"来{number}") for number in (101, 102, 103))])
    async with app_of(fake).run_test(size=SIZE) as pilot:
        await on_list(pilot, "f4", ">来101")
        await pilot.press("space", "ctrl+x")
        await until_shown(pilot, "已标 2 人")
        await until_shown(pilot, "已标2")
        signs = [row[:3] for row in shown(pilot.app)[3:6]]  # type: ignore[arg-type]
        assert signs == [" +来", " +来", "> 来"]
        await pilot.press("slash", *"来103", "enter")
        await until_shown(pilot, "1/3 只看「来103」 已标2")
        await pilot.press("asterisk")
        await until_shown(pilot, "已标 3 人")
        await pilot.press("asterisk")  # all that are shown are marked: their marks go
        await until_shown(pilot, "已标 2 人")
        await pilot.press("escape")
        await until_shown(pilot, " +来102")
        fake.elsewhere(Assign(person_id=102, officer_name="张强", reason="换人"), "liumin")
        fake.elsewhere(Confirm(person_id=101, clause="3.9", officer_name="王芳", site_id=1, room=20), "liumin")
        await until_shown(pilot, "来101已不在此表，标记已消。")
        await until_shown(pilot, "已标1")
        await pilot.press("up", "up", "space", "b")
        await until(pilot, lambda: "标 0" not in text(pilot.app), "no mark")  # type: ignore[arg-type]


async def test_nobody_marked_is_said() -> None:
    fake = FakeGateway([*night(), ready(101, "来101")])
    async with app_of(fake).run_test(size=SIZE) as pilot:
        await on_list(pilot, "f4", ">来101")
        await pilot.press("b")
        await until_shown(pilot, "还没有标记")
        await pilot.press("space", "space")
        await until(pilot, lambda: "已标" not in text(pilot.app), "no mark")  # type: ignore[arg-type]


async def test_who_cannot_be_done_is_named_with_why_and_keeps_his_mark() -> None:
    """Nobody is skipped in silence, and the rest is written all the same."""
    asked = replace(person(2, "乙问", health_code="green", travel_card=None, symptoms="none"), id=102)
    fake = FakeGateway([*night(), ready(101, "甲齐"), replace(asked, officer_name="王芳")])
    async with app_of(fake).run_test(size=SIZE) as pilot:
        await on_list(pilot, "f4", "甲齐")
        await pilot.press("asterisk")
        await chosen(pilot, "1", "确认去向")
        await pilot.press("f9")
        await until_shown(pilot, "将记 1 人，不记 1 人")
        await until_shown(pilot, "! 乙问 不记：乙问还有情况要问，或须请示")
        await pilot.press("f9")
        await until_shown(pilot, "已记：1 人")
        await until_shown(pilot, "另 1 人未记，标记还在")
        assert [each.person_id for each in fake.commands if isinstance(each, Confirm)] == [101]
        await until_shown(pilot, "+乙问")


async def test_a_colleague_between_preview_and_key_leaves_nothing_half_written() -> None:
    people = [sampled(50, "甲检"), sampled(51, "乙检")]
    fake = FakeGateway([*wide_night(), *people])
    async with app_of(fake).run_test(size=SIZE) as pilot:
        await on_list(pilot, "f5", "甲检")
        await pilot.press("right", "asterisk")
        await chosen(pilot, "1", "核酸结果阴性")
        await pilot.press("f9")
        await until_shown(pilot, "将记 2 人，不记 0 人")
        fake.elsewhere(RecordTest(person_id=51, result="positive"), "liumin")
        await pilot.press("f9")
        await until_shown(pilot, "没有记下：")
        await until_shown(pilot, "刘敏")
        await until_shown(pilot, "将记 1 人，不记 1 人")
        await until_shown(pilot, "! 乙检 不记")
        assert fake.commands == []
        assert fake.snapshot.persons[50].facts.tests[0].result == "pending"
        await pilot.press("f9")
        await until_shown(pilot, "已记：1 人")
        assert [each.person_id for each in fake.commands if isinstance(each, RecordTest)] == [50]
        assert fake.snapshot.persons[51].facts.tests[0].result == "positive"


async def test_escape_leaves_the_preview_and_the_form_and_the_marks_stay() -> None:
    fake = FakeGateway([*wide_night(), sampled(50, "甲检")])
    async with app_of(fake).run_test(size=SIZE) as pilot:
        await on_list(pilot, "f5", "甲检")
        await pilot.press("right", "asterisk")
        await chosen(pilot, "1", "核酸结果阴性")
        await pilot.press("f9")
        await until_shown(pilot, "将记 1 人")
        await pilot.press("escape")
        await until_shown(pilot, "采样日期")
        await pilot.press("f10")
        await until_shown(pilot, "+甲检")
        assert fake.commands == []


async def test_a_store_that_cannot_save_keeps_the_preview() -> None:
    fake = FakeGateway([*wide_night(), sampled(50, "甲检")])
    async with app_of(fake).run_test(size=SIZE) as pilot:
        await on_list(pilot, "f5", "甲检")
        await pilot.press("right", "asterisk")
        await chosen(pilot, "1", "核酸结果阴性")
        await pilot.press("f9")
        await until_shown(pilot, "将记 1 人")
        fake.trouble = Broken("disk_full")
        await pilot.press("f9")
        await until_shown(pilot, "未保存")
        fake.trouble = None
        await pilot.press("f9")
        await until_shown(pilot, "已记：1 人")


@pytest.mark.parametrize(
    ("digit", "typed", "sentence"),
    [
        ("2", ["f9"], "检测 乙采 核酸检测 06-07 待出"),
        ("4", [*"张强", "enter", *"轮休", "f9"], "张强"),
        ("5", [*"桥头", "enter", *"腾房", "f9"], "桥头"),
    ],
)
async def test_samples_officers_and_rooms_of_the_marked(digit: str, typed: list[str], sentence: str) -> None:
    people = [
        replace(placed(number, name, "site", date(2021, 6, 6)), room=number)
        for number, name in [(50, "乙采"), (51, "丙采")]
    ]
    fake = FakeGateway([*wide_night(), *people])
    async with app_of(fake).run_test(size=SIZE) as pilot:
        await on_list(pilot, "f5", "乙采")
        await pilot.press("slash", *"采", "enter", "asterisk")
        await until_shown(pilot, "已标 2 人")
        await chosen(pilot, digit, "2 人")
        await pilot.press(*typed)
        await until_shown(pilot, "将记 2 人，不记 0 人")
        await until_shown(pilot, sentence)
        await pilot.press("f9")
        await until_shown(pilot, "已记：2 人")
    kinds = {"2": RecordTest, "4": Assign, "5": Move}
    assert [type(each) for each in fake.commands] == [kinds[digit]] * 2
    if digit == "5":
        assert {(each.site_id, each.room) for each in fake.commands if isinstance(each, Move)} == {(2, 3), (2, 4)}


async def test_those_seen_at_home_are_one_check_a_town_and_others_are_named() -> None:
    home = [
        replace(
            placed(number, name, "home", date(2021, 6, 1)),
            site_id=None,
            room=None,
            unit_id=1,
            home_from=date(2021, 6, 7),
            home_cadre="村干部",
            town_cadre="镇干部",
        )
        for number, name in [(91, "甲家"), (92, "乙家")]
    ]
    fake = FakeGateway([*wide_night(), *home])
    async with app_of(fake).run_test(size=SIZE) as pilot:
        await on_list(pilot, "f5", "甲家")
        await pilot.press("slash", *"家", "enter", "asterisk", "escape", "home", "space")
        await until_shown(pilot, "已标 3 人")
        await pilot.press("b")
        await until_shown(pilot, "对已标的 3 人")
        await pilot.press("3", "enter")
        await until_shown(pilot, "将记 2 人，不记 1 人")
        await until_shown(pilot, "现在不在任何待做的居家核查名单里")
        await pilot.press("f9")
        await until_shown(pilot, "已记：2 人")
        (told,) = fake.commands
        assert isinstance(told, Discharge)
        assert told.seen == (91, 92)
