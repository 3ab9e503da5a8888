"""Names by their initials: offered while one types, and put in where one alone fits."""

from dutyboard.rules.records.commands.person import Assign
from tests.tui.night import FakeGateway, night
from tests.tui.screen_text import app_of, text, until_shown
from tests.tui.test_bulk import chosen, on_list, ready

SIZE = (80, 24)


async def test_an_officer_is_named_by_the_initials_of_his_name() -> None:
    fake = FakeGateway([*night(), ready(101, "来一"), ready(102, "来二")])
    async with app_of(fake).run_test(size=SIZE) as pilot:
        await on_list(pilot, "f4", ">来一")
        await pilot.press("asterisk")
        await chosen(pilot, "2", "指派专人")
        await pilot.press("z")
        await until_shown(pilot, "可选：张强")
        await pilot.press("q", "enter")
        await until_shown(pilot, "专人          张强")
        await pilot.press(*"轮休", "f9")
        await until_shown(pilot, "将记 2 人，不记 0 人")
        await pilot.press("f9")
        await until_shown(pilot, "已记：2 人")
    assert [each.officer_name for each in fake.commands if isinstance(each, Assign)] == ["张强", "张强"]


async def test_f9_in_the_field_takes_the_name_and_a_name_in_chinese_signs_stays() -> None:
    fake = FakeGateway([*night(), ready(101, "来一"), ready(102, "来二")])
    async with app_of(fake).run_test(size=SIZE) as pilot:
        await on_list(pilot, "f4", ">来一")
        await pilot.press("space")
        await chosen(pilot, "2", "指派专人")
        await pilot.press("down", *"轮休", "up", *"lm", "f9")
        await until_shown(pilot, "刘敏")
        await pilot.press("escape")
        await until_shown(pilot, "看名单 ]")
        await pilot.press(*["backspace"] * 4, *"刘", "f9")
        await until_shown(pilot, "将记 1 人，不记 0 人")
        assert "刘敏" not in text(pilot.app)  # type: ignore[arg-type]
        await pilot.press("f9")
        await until_shown(pilot, "已记：1 人")
    assert [each.officer_name for each in fake.commands if isinstance(each, Assign)] == ["刘"]
