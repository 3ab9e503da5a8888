"""F4 and F5 at the speed of a hand: found while one types, cut into slices, the cursor where the next person is."""

from dataclasses import replace
from datetime import date, timedelta

from textual.pilot import Pilot

from dutyboard.rules.law.facts import Test as Sample
from dutyboard.rules.records.model import Officer, Person
from tests.tui.night import FakeGateway, at, night
from tests.tui.screen_text import app_of, shown, text, until, until_shown
from tests.tui.test_people_screen import placed
from tests.tui.test_screening_screen import person

SIZE = (80, 24)
TODAY = date(2021, 6, 7)


def in_town() -> list[object]:
    """The night with 王芳 of the first town."""
    return [replace(each, unit_id=1) if isinstance(each, Officer) and each.id == 1 else each for each in night()]


def people() -> list[Person]:
    """One whose result is out, one to be sampled, one whose days end, one who is well and waits."""
    out = placed(91, "甲等果", "site", date(2021, 6, 5))
    sample = Sample(type="pcr", day=1, result="pending", sampled_on=date(2021, 6, 6), stage="site")
    due = placed(92, "乙应采", "site", date(2021, 6, 6))
    ends = replace(placed(93, "丙期满", "site", TODAY), admitted_on=TODAY - timedelta(days=7))
    ends = replace(ends, facts=replace(ends.facts, arrival_at=at(9).replace(tzinfo=None) - timedelta(days=7)))
    return [
        replace(out, facts=replace(out.facts, tests=(sample,)), phone="13100009761", id_no="11010519491231002X"),
        replace(due, phone="13100009762", unit_id=1),
        replace(ends, assessment=replace(ends.assessment, clause="3.9"), officer_name="赵虎"),  # type: ignore[arg-type]
    ]


async def on_people(pilot: Pilot[None]) -> None:
    await until_shown(pilot, "现在要做的事")
    await pilot.press("f5")
    await until_shown(pilot, "乙应采")


def rows(pilot: Pilot[None]) -> list[str]:
    """The keys of the rows in their order."""
    return list(pilot.app.screen.table.keys)  # type: ignore[attr-defined]


async def test_a_person_is_found_by_the_end_of_his_phone_in_six_keys() -> None:
    async with app_of(FakeGateway([*night(), *people()])).run_test(size=SIZE) as pilot:
        await on_people(pilot)
        keys = ["slash", *"9761", "enter"]
        assert len(keys) == 6
        await pilot.press(*keys)
        await until_shown(pilot, "1/9 只看「9761」")
        await until_shown(pilot, ">甲等果")
        assert "13100009761" not in text(pilot.app)  # type: ignore[arg-type]


async def test_rows_pass_while_one_types_and_escape_puts_the_cursor_back() -> None:
    async with app_of(FakeGateway([*night(), *people()])).run_test(size=SIZE) as pilot:
        await on_people(pilot)
        await pilot.press("end", "up")
        before = pilot.app.screen.table.selected  # type: ignore[attr-defined]
        await pilot.press("slash", *"zhaoh"[:1], "h")
        await until(pilot, lambda: rows(pilot) == ["93"], "丙期满 by the initials of his officer, before Enter")
        await pilot.press("backspace", "backspace")
        await until(pilot, lambda: len(rows(pilot)) == 9, "everybody again")
        await pilot.press(*"02x")
        await until(pilot, lambda: rows(pilot) == ["91"], "甲等果 by the end of his ID")
        await pilot.press("escape")
        await until(pilot, lambda: len(rows(pilot)) == 9, "everybody again")
        assert pilot.app.screen.table.selected == before  # type: ignore[attr-defined]


async def test_f10_leaves_the_line_and_what_was_typed_into_it() -> None:
    async with app_of(FakeGateway([*night(), *people()])).run_test(size=SIZE) as pilot:
        await on_people(pilot)
        await pilot.press("slash", *"site1", "f10")
        await until(pilot, lambda: len(rows(pilot)) == 9, "everybody again")
        assert pilot.app.screen.screen_id == "people"  # type: ignore[attr-defined]


async def test_one_key_shows_the_next_slice_with_its_name_and_count() -> None:
    async with app_of(FakeGateway([*in_town(), *people()])).run_test(size=SIZE) as pilot:
        await on_people(pilot)
        assert "[全部]" in shown(pilot.app)[1]  # type: ignore[arg-type]
        assert "排序 阶段、房号" in shown(pilot.app)[1]  # type: ignore[arg-type]
        wanted = {
            "待结果": ["91"],
            "应采样": ["92", "93"],
            "明日期满": ["93"],
            "发热症状": [],
            "待答复": [],
            "本镇街": ["1", "2", "3", "4", "5", "6", "92"],
            "三（九）": ["93"],
            "三（十）": ["91", "92"],
        }
        for name, found in wanted.items():
            await pilot.press("right")
            await until_shown(pilot, f"{len(found)}/9 只看「{name}」")
            assert sorted(rows(pilot)) == sorted(found), name
            assert f"[{name}]" in shown(pilot.app)[1]  # type: ignore[arg-type]
        await pilot.press("right")
        await until_shown(pilot, "[全部]")
        await pilot.press("left")
        await until_shown(pilot, "2/9 只看「三（十）」")
        await pilot.press("slash", *"9762", "enter")
        await until_shown(pilot, "1/9 只看「三（十）」「9762」")
        await pilot.press("escape")
        await until(pilot, lambda: len(rows(pilot)) == 9, "everybody again")


async def test_a_slice_follows_a_colleague() -> None:
    fake = FakeGateway([*night(), *people()])
    async with app_of(fake).run_test(size=SIZE) as pilot:
        await on_people(pilot)
        await pilot.press("right")
        await until_shown(pilot, "1/9 只看「待结果」")
        from dutyboard.rules.records.commands.person import RecordTest

        fake.elsewhere(RecordTest(person_id=91, result="negative"), "liumin")
        await until_shown(pilot, "0/9 只看「待结果」")


async def test_the_queue_is_cut_too_and_its_order_is_named() -> None:
    red = replace(person(1, "甲红", health_code="red", travel_card="green", symptoms="none"), officer_name="王芳")
    asked = person(2, "乙问", health_code="green", travel_card=None, symptoms="present")
    async with app_of(FakeGateway([*in_town(), red, asked])).run_test(size=SIZE) as pilot:
        await until_shown(pilot, "现在要做的事")
        await pilot.press("f4")
        await until_shown(pilot, "排序 超时、去向、先到")
        for name, found in {"可确认": ["1"], "待答复": [], "本镇街": [], "发热症状": ["2"], "三（九）": ["1"]}.items():
            await pilot.press("right")
            await until_shown(pilot, f"{len(found)}/2 只看「{name}」")
            assert rows(pilot) == found, name


async def test_once_an_office_is_asked_the_cursor_stands_on_the_next_person() -> None:
    """It followed the record to the end of the list, and the next Enter opened the form of the one just done."""
    from dutyboard.rules.records.commands.person import Confirm

    asked = [replace(person(2, f"乙{number}"), id=number, registered_at=at(number)) for number in (1, 2, 3)]
    fake = FakeGateway([*night(), *(replace(each, officer_name="王芳") for each in asked)])
    async with app_of(fake).run_test(size=SIZE) as pilot:
        await until_shown(pilot, "现在要做的事")
        await pilot.press("f4")
        await until_shown(pilot, ">乙1")
        await pilot.press("enter")
        await until_shown(pilot, "研判 乙1")
        await pilot.press("f9")
        await until_shown(pilot, "确认 乙1 去向")
        await pilot.press("f9")
        await until(pilot, lambda: bool(fake.commands), "the question to an office")
        assert isinstance(fake.commands[0], Confirm)
        await until_shown(pilot, "待答复")
        await until(pilot, lambda: pilot.app.screen.table.selected != "1", "the next person")  # type: ignore[attr-defined]
        assert pilot.app.screen.table.selected == "2"  # type: ignore[attr-defined]
