"""The turn of the shift on screen: who has not signed stands in strip and head; F8 says who was urged, and numbers."""

import subprocess
from pathlib import Path

from dutyboard.rules.records.commands.post import WriteLog
from dutyboard.rules.records.told.post import Called
from tests.tui.installed import DUTYBOARD, printed, run
from tests.tui.night import at, desk_at_night
from tests.tui.screen_text import app_of, shown, until, until_shown


async def test_the_rota_s_officer_stands_as_not_signed_in_until_somebody_signs() -> None:
    desk = desk_at_night()
    desk.clock = at(20, 5)
    async with app_of(desk).run_test(size=(80, 24)) as pilot:
        await until_shown(pilot, "现在要做的事")
        rows = shown(pilot.app)  # type: ignore[arg-type]
        assert "张强未签到" in rows[1]
        seat = next(row for row in rows if row.startswith("坐班"))
        assert "!张强未签到!" in seat
        assert "未签到" not in next(row for row in rows[2:] if row.startswith("带班"))
        desk.clock = at(19, 42)
        pilot.app.session.look_at_clock()  # type: ignore[attr-defined]
        await until(pilot, lambda: "未签到" not in shown(pilot.app)[1], "the shift before")  # type: ignore[arg-type]


async def test_the_handover_says_who_was_urged_and_the_shift_in_numbers() -> None:
    desk = desk_at_night()
    for _ in range(2):
        call = Called(caller="王芳", matter="催晚餐巡查", told="杨敏", answer_needed=False)
        desk.submit(WriteLog(text="", call=call, happened_at=at(19, 35)))
    async with app_of(desk).run_test(size=(80, 24)) as pilot:
        await until_shown(pilot, "现在要做的事")
        await pilot.press("f8")
        await until_shown(pilot, "本班 完成8 其中迟0  错过")
        row = next(row for row in shown(pilot.app) if "桥头河集中隔离点 晚餐巡查" in row)  # type: ignore[arg-type]
        assert row.endswith("已催2次")
        other = next(row for row in shown(pilot.app) if "涟源宾馆隔离点 晚餐巡查" in row)  # type: ignore[arg-type]
        assert "已催" not in other


def test_the_trail_of_a_practice_desk_is_told_by_its_own_clock(empty: Path) -> None:
    (first, *_) = printed("trail", "settings-1", "--json", folder=empty)
    assert first["at"].startswith("2021-06-07T19:4")


def test_a_full_disk_behind_the_output_is_one_clear_line(empty: Path) -> None:
    for words in (("board",), ("board", "--json"), ("export", "--json")):
        with Path("/dev/full").open("w") as full:
            done = subprocess.run(
                [DUTYBOARD, "--data", str(empty), *words], stdout=full, stderr=subprocess.PIPE, text=True, check=False
            )
        assert done.returncode == 1
        assert done.stderr.splitlines() == ["输出没有写完：那里的磁盘已满。腾出空间后再试；值班台本身没有受影响。"]
    assert run("board", folder=empty).returncode == 0
