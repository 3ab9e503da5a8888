"""The bell of the red lane on a screen: once, without names, and not for who wants it quiet."""

import pytest

from dutyboard.rules.records.commands.person import TakeReading
from dutyboard.rules.records.commands.post import Acknowledge, WriteLog
from dutyboard.tui.app import DutyApp
from dutyboard.tui.terminal.signal import BELL, signal
from tests.tui.night import FakeGateway, at, desk_at_night
from tests.tui.on_board import SIZE, opened
from tests.tui.screen_text import app_of, text, until, until_shown
from tests.tui.test_alarms_on_board import FEVER, feverish


@pytest.fixture
def bells(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    heard: list[str] = []
    monkeypatch.setattr(DutyApp, "ring", lambda _, said: heard.append(said))
    return heard


async def test_it_rings_once_as_one_comes_in_and_once_for_each_alarm_after_that(bells: list[str]) -> None:
    desk = feverish(1, 2, 3)
    async with app_of(desk).run_test(size=SIZE) as pilot:
        await opened(pilot)
        await until(pilot, lambda: bells == ["值班板：3 项红色事项待看"], "one bell for three")
        desk.elsewhere(TakeReading(person_id=4, temp_c=38.4), "liumin")
        await until(pilot, lambda: bells[1:] == ["值班板：1 项红色事项待看"], "the bell of the fourth")
        desk.elsewhere(WriteLog(text="外面有车"), "liumin")
        await until_shown(pilot, "发热4")
        desk.clock = at(19, 43)
        pilot.app.screen.session.look_at_clock()  # type: ignore[attr-defined]
        await until_shown(pilot, "19:43")
        assert len(bells) == 2
        assert not any(person.name in said for said in bells for person in desk.snapshot.persons.values())


async def test_what_nobody_has_seen_rings_again_and_what_a_colleague_has_seen_does_not(bells: list[str]) -> None:
    desk = feverish()
    async with app_of(desk).run_test(size=SIZE) as pilot:
        board = await opened(pilot)
        await until(pilot, lambda: len(bells) == 1, "the first bell")
        desk.clock = at(19, 52)
        board.session.look_at_clock()
        await until(pilot, lambda: len(bells) == 2, "the bell again")
        assert "未看10分" in text(pilot.app)  # type: ignore[arg-type]
        desk.elsewhere(Acknowledge(obligations=(FEVER,)), "liumin")
        await until_shown(pilot, "刘敏已看")
        desk.clock = at(20, 5)
        board.session.look_at_clock()
        await until_shown(pilot, "20:05")
        assert len(bells) == 2


async def test_the_choice_of_a_quiet_screen_is_kept_for_the_officer(bells: list[str]) -> None:
    desk = feverish()
    async with app_of(desk).run_test(size=SIZE) as pilot:
        await opened(pilot)
        await until(pilot, lambda: len(bells) == 1, "the first bell")
        await pilot.press("f9")
        await until_shown(pilot, "提示音：我的屏幕")
        pilot.app.screen.table.select("提示音：我的屏幕")  # type: ignore[attr-defined]
        await pilot.press("enter")
        await until_shown(pilot, "静音：不响")
        await pilot.press("down", "enter")
        await until(pilot, lambda: desk.drafts.get("bell") == {"bell": "quiet"}, "the choice kept")
        desk.elsewhere(TakeReading(person_id=2, temp_c=38.4), "liumin")
        await until_shown(pilot, "发热2")
    later = FakeGateway(list(desk_at_night().snapshot.persons.values()))
    later.snapshot, later.drafts = desk.snapshot, desk.drafts
    async with app_of(later).run_test(size=SIZE) as pilot:
        board = await opened(pilot)
        await until(pilot, lambda: board.session.quiet is True, "the choice read")
        later.elsewhere(TakeReading(person_id=3, temp_c=38.4), "liumin")
        await until_shown(pilot, "发热3")
    assert len(bells) == 1


async def test_nobody_hears_it_who_may_not_acknowledge(bells: list[str]) -> None:
    """Nobody has signed on here, so that the alarms are nobody's."""
    desk = feverish()
    desk.login = "zhangqiang"
    async with app_of(desk).run_test(size=SIZE) as pilot:
        await until_shown(pilot, "您是哪一位")
        session = pilot.app.session  # type: ignore[attr-defined]
        await until(pilot, lambda: session.quiet is False, "the choice read")
        assert bells == []
        desk.elsewhere(TakeReading(person_id=2, temp_c=38.4), "liumin")
        await until(pilot, lambda: len(session.snapshot.entries) == len(desk.snapshot.entries), "the news")
        await pilot.pause()
        assert bells == []


def test_the_signal_holds_no_sign_that_a_terminal_obeys_and_no_text_where_it_would_be_shown() -> None:
    said = signal("3 项\x1b]0;x\a\n\x9b1m待看", "xterm-256color")
    assert said.startswith(f"{BELL}\x1b]9;3 项]0;x1m待看") and said.endswith("\x1b\\")
    inside = said.removeprefix(f"{BELL}\x1b]9;").removesuffix("\x1b\\")
    assert inside.isprintable()
    assert [signal("3 项", name) for name in ("linux", "dumb", "")] == [BELL] * 3
