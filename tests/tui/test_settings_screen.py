"""The settings in a list behind F9, whose they are and what is planned; Enter opens the form of one of them."""

from textual.pilot import Pilot

from dutyboard.rules.records.commands.post import ChangeSetting
from dutyboard.rules.records.model import SettingChange
from tests.tui.goldens import assert_golden
from tests.tui.night import FakeGateway, at, night
from tests.tui.screen_text import app_of, shown, text, until_shown

SIZE = (80, 24)
REASON = "指挥部电话"


async def to_settings(pilot: Pilot[None]) -> None:
    await pilot.press("f9")
    await until_shown(pilot, "指挥部口径")
    await pilot.press(*["down"] * 5, "enter")
    await until_shown(pilot, "本台设置与指挥部开关")


async def test_a_threshold_is_set_for_tomorrow_from_the_list() -> None:
    fake = FakeGateway(night())
    async with app_of(fake).run_test(size=SIZE) as pilot:
        await until_shown(pilot, "现在要做的事")
        await to_settings(pilot)
        assert_golden("settings_zh_80", shown(pilot.app)[1:])  # type: ignore[arg-type]
        await pilot.press("slash", *"发热界限", "enter")
        await until_shown(pilot, "只看「发热界限」")
        await pilot.press("enter")
        await until_shown(pilot, "发热界限 度: 37.3")
        await pilot.press(*"375", "enter", *"06-08 00:00", "enter", "f9")
        await until_shown(pilot, "「理由」必须填写")
        await pilot.press(*REASON, "f9")
        await until_shown(pilot, "已记：设置 发热界限 度：37.3 -> 37.5，06-08 00:00 起")
        assert fake.commands == [ChangeSetting(name="fever_c", value="37.5", reason=REASON, effective_from=at(24))]
        await until_shown(pilot, "[将改]")
        await until_shown(pilot, f"06-08 00:00 起改为 37.5（王芳：{REASON}）")
        await pilot.press("f10")
        await until_shown(pilot, "现在要做的事")


async def test_a_value_that_is_refused_stays_in_the_form_with_its_reason() -> None:
    fake = FakeGateway(night())
    async with app_of(fake).run_test(size=SIZE) as pilot:
        await until_shown(pilot, "现在要做的事")
        await to_settings(pilot)
        await pilot.press("down", "enter")
        await until_shown(pilot, "澳门疫情反弹: 关")
        await pilot.press(*"开", "enter", "enter", *REASON, "f9")
        await until_shown(pilot, "可由带班领导办理。")
        assert REASON in text(pilot.app)  # type: ignore[arg-type]
        assert fake.commands == []


async def test_the_frame_follows_the_command_post() -> None:
    ended = SettingChange(
        id=1, name="emergency", value="off", effective_from=at(18), reason="令", set_by=2, set_at=at(17)
    )
    async with app_of(FakeGateway([*night(), ended])).run_test(size=SIZE) as pilot:
        await until_shown(pilot, "平常状态 06-07 起")
        await to_settings(pilot)
        await until_shown(pilot, "06-07 18:00 起 李建国 令")
