"""The rota behind F9: fourteen days of both seats, gaps counted, and every act on a shift by its key."""

from datetime import timedelta

import pytest
from textual.pilot import Pilot

from dutyboard.rules.records.commands.post import CancelShift, ChangeShift, PlanShift, SwapShifts
from dutyboard.rules.records.model import Record, Shift
from dutyboard.tui.screens.rota.table import RotaScreen
from tests.tui.goldens import assert_golden
from tests.tui.night import FakeGateway, at, desk_at_night, night
from tests.tui.screen_text import app_of, shown, text, until, until_shown

SIZE = (80, 24)
NIGHT = {"starts": at(20), "ends": at(32)}


async def to_rota(pilot: Pilot[None]) -> RotaScreen:
    """The rota, the cursor on the leader's seat now."""
    await until_shown(pilot, "现在要做的事")
    await pilot.press("f9")
    await until_shown(pilot, "值班表：两周")
    await pilot.press("enter")
    await until_shown(pilot, "值班表 06-07 至 06-20")
    screen = pilot.app.screen
    assert isinstance(screen, RotaScreen)
    return screen


def a_week() -> list[Record]:
    """The night and what follows: planned to the last, but for the leader's seat on 06-09 by day."""
    more = [
        Shift(
            id=10 + 4 * day + place,
            seat="leader" if place < 2 else "officer",
            officer_id=(3, 2, 1, 5)[place],
            starts=at(8 + 12 * (place % 2)) + timedelta(days=day),
            ends=at(20 + 12 * (place % 2)) + timedelta(days=day),
        )
        for day in range(1, 14)
        for place in range(4)
    ]
    return [*night(), *(each for each in more if each.id != 18)]


@pytest.mark.parametrize("cells", [80, 120])
async def test_the_rota_as_it_is_painted(cells: int) -> None:
    async with app_of(FakeGateway(a_week())).run_test(size=(cells, 24 if cells == 80 else 40)) as pilot:
        await to_rota(pilot)
        assert_golden(f"rota_zh_{cells}", shown(pilot.app))  # type: ignore[arg-type]


async def test_the_rota_in_english() -> None:
    async with app_of(FakeGateway(a_week()), "en").run_test(size=SIZE) as pilot:
        await until_shown(pilot, "To do now")
        await pilot.press("f9")
        await until_shown(pilot, "The rota: two weeks")
        await pilot.press("enter")
        await until_shown(pilot, "Rota 06-07 to 06-20")
        assert_golden("rota_en_80", shown(pilot.app))  # type: ignore[arg-type]


async def test_a_gap_is_planned_from_its_cell_and_disappears() -> None:
    desk = FakeGateway(a_week())
    async with app_of(desk).run_test(size=SIZE) as pilot:
        await to_rota(pilot)
        await until_shown(pilot, "未来7夜缺 1 班")
        await pilot.press("down", "down", "enter")
        await until_shown(pilot, "06-09 08:00")
        await pilot.press("c", "w", "d", "f9")
        await until_shown(pilot, "未来7夜不缺班")
        starts = at(8) + timedelta(days=2)
        assert desk.commands == [
            PlanShift(seat="leader", officer_id=3, starts=starts, ends=starts + timedelta(hours=12))
        ]


async def test_a_pattern_is_shown_before_it_is_one_commit_and_one_key_takes_it_back() -> None:
    desk = desk_at_night()
    async with app_of(desk).run_test(size=SIZE) as pilot:
        await to_rota(pilot)
        await until_shown(pilot, "未来7夜缺 24 班")
        await pilot.press("down", "right", "right", "p")
        await until_shown(pilot, "轮流的人")
        await pilot.press(*"zq 刘敏", "f9")
        await until_shown(pilot, "将排 28 班，不排 0 班")
        await until_shown(pilot, "周二 坐班 张强 06-08 08:00-20:00")
        assert desk.commands == []
        await pilot.press("f9")
        await until_shown(pilot, "已排：28 班。z 撤回全部。")
        await until_shown(pilot, "未来7夜缺 12 班")
        assert {type(each) for each in desk.commands} == {PlanShift}
        planned = [each for each in desk.snapshot.shifts.values() if each.id > 6]
        assert [each.officer_id for each in planned[:4]] == [5, 4, 5, 4]
        told = [each.together for each in desk.snapshot.entries.values() if each.together is not None]
        assert (len(told), len(set(told))) == (28, 1)
        await pilot.press("z")
        await until_shown(pilot, "已撤回：一次记下的 28 条")
        await until_shown(pilot, "未来7夜缺 24 班")


async def test_a_pattern_names_each_conflict_and_leaves_it_out() -> None:
    desk = FakeGateway(a_week())
    async with app_of(desk).run_test(size=SIZE) as pilot:
        await to_rota(pilot)
        await pilot.press("down", "down", "p")
        await until_shown(pilot, "轮流的人")
        await pilot.press(*"陈卫东", *["down"] * 5, "backspace", "backspace", "1", "f9")
        await until_shown(pilot, "将排 1 班，不排 1 班")
        await until_shown(pilot, "! 周三 带班 陈卫东 06-09 20:00-08:00 不排：")
        await pilot.press("f9")
        await until_shown(pilot, "已排：1 班。z 撤回全部。另 1 班未排。")


async def test_who_is_named_in_a_pattern_must_be_of_the_roster() -> None:
    desk = desk_at_night()
    async with app_of(desk).run_test(size=SIZE) as pilot:
        await to_rota(pilot)
        await pilot.press("p")
        await until_shown(pilot, "轮流的人")
        await pilot.press(*"没有人", "f9")
        await until_shown(pilot, "「轮流的人」没有「没有人」")
        await pilot.press(*["backspace"] * 3, *"张强", *["down"] * 6, *"8", "f9")
        await until_shown(pilot, "「星期」没有「8」")


async def test_a_shift_is_covered_for_sickness_and_who_sits_elsewhere_is_named_first() -> None:
    desk = FakeGateway(a_week())
    async with app_of(desk).run_test(size=SIZE) as pilot:
        await to_rota(pilot)
        await pilot.press("right", "t")
        await until_shown(pilot, "替班：带班 李建国 06-07 20:00-08:00")
        await pilot.press(*"cwd", "enter", "f9")
        await until_shown(pilot, "「原因」必须填写")
        await pilot.press("2", "f9")
        await until_shown(pilot, "「说明」必须填写")
        await pilot.press("up", "backspace", "backspace", "1", "enter", *"发热", "f9")
        await until(pilot, lambda: bool(desk.commands), "the act")
        assert desk.commands == [ChangeShift(shift_id=3, officer_id=3, reason="病假 发热")]
        await until_shown(pilot, "[ 陈卫东        ]")
        await pilot.press("down", "left", "t")
        await until_shown(pilot, "替班：带班 陈卫东 06-08 08:00-20:00")
        await pilot.press(*"王芳", "enter", "1", "f9")
        await until_shown(pilot, "王芳同时在 坐班 王芳 06-08 08:00-20:00")
        assert len(desk.commands) == 1
        await pilot.press("f9")
        await until(pilot, lambda: len(desk.commands) == 2, "the second key")


async def test_two_shifts_change_places_by_the_same_key_on_both() -> None:
    desk = FakeGateway(a_week())
    async with app_of(desk).run_test(size=SIZE) as pilot:
        await to_rota(pilot)
        await pilot.press("right", "d")
        await until_shown(pilot, "对调 带班 李建国 06-07 20:00-08:00：移到另一班")
        await pilot.press("down", "left", "d")
        await until_shown(pilot, "带班 李建国 06-07 20:00-08:00  改由 陈卫东")
        await pilot.press(*"家中有事", "f9")
        await until(pilot, lambda: bool(desk.commands), "the act")
        assert desk.commands == [SwapShifts(shift_id=3, other_id=14, reason="家中有事")]
        await until_shown(pilot, "[ 李建国        ]  李建国")
        await pilot.press("d", "escape", "d")
        await until_shown(pilot, "移到另一班")


async def test_a_shift_is_called_off_and_gets_other_hours() -> None:
    desk = FakeGateway(a_week())
    async with app_of(desk).run_test(size=SIZE) as pilot:
        await to_rota(pilot)
        await pilot.press("right", "down", "x")
        await until_shown(pilot, "取消班次：带班 李建国 06-08 20:00-08:00")
        await pilot.press(*"培训", "f9")
        await until_shown(pilot, "未来7夜缺 2 班")
        await pilot.press("left", "g")
        await until_shown(pilot, "改时间：带班 陈卫东 06-08 08:00-20:00")
        await pilot.press("down", *"1800", "down", *"会议", "f9")
        await until_shown(pilot, "缺2时0分 陈卫~")
        assert desk.commands == [
            CancelShift(shift_id=15, reason="培训"),
            ChangeShift(shift_id=14, ends=at(42), reason="会议"),
        ]
        await pilot.press("right", "d")
        await until_shown(pilot, "这一格没有班次")


async def test_the_seats_open_the_rota_and_f10_goes_back() -> None:
    async with app_of(desk_at_night()).run_test(size=SIZE) as pilot:
        await until_shown(pilot, "现在要做的事")
        await pilot.press("s")
        await until_shown(pilot, "值班表：两周")
        await pilot.press(*"值班表", "enter")
        await until_shown(pilot, "值班表 06-07 至 06-20")
        await pilot.press("f10")
        await until_shown(pilot, "现在要做的事")
        assert "值班表" not in text(pilot.app)  # type: ignore[arg-type]
