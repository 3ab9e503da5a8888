"""The idle lock: the board stays, nothing acts, and the officer's PIN opens it again."""

from dataclasses import replace
from datetime import timedelta

import pytest
from textual.pilot import Pilot

from dutyboard.rules.records.commands.post import ChangeSetting, SignOn, WriteLog
from dutyboard.rules.records.model import Person, Record, SettingChange
from dutyboard.rules.records.secrets import Secret
from dutyboard.rules.records.told.post import WrongPin
from dutyboard.tui.actions import ACTIONS
from dutyboard.tui.idle import IdleLock
from dutyboard.tui.link.messages import Answer, Trouble
from dutyboard.tui.link.pins import hashed
from dutyboard.tui.screens.form import FormScreen
from dutyboard.tui.screens.forms.post.pin import PinScreen
from dutyboard.tui.screens.person import PersonScreen
from tests.rules.desks import notice
from tests.tui.night import MIDNIGHT, NIGHT, FakeGateway, night
from tests.tui.on_board import SIZE, opened
from tests.tui.screen_text import app_of, text, until, until_shown

PIN, PHONE, MASKED = "739154", "13877770001", "138****0001"
HASHED = hashed(PIN)
ASKS = "已锁：请输入王芳的 PIN"


def guarded(minutes: int = 5, *, with_pin: bool = True) -> FakeGateway:
    """The night's desk, whose screens lock after some minutes. 王芳 has a PIN, and a person has a phone."""
    records: list[Record] = [
        replace(each, phone=PHONE) if isinstance(each, Person) and each.id == 1 else each for each in night()
    ]
    records.append(
        SettingChange(
            id=1,
            name="lock_after_minutes",
            value=f"{minutes}",
            effective_from=MIDNIGHT,
            reason="共用终端",
            set_by=1,
            set_at=MIDNIGHT,
        )
    )
    if with_pin:
        records.append(Secret(id=1, officer_id=1, use="pin", hashed=HASHED, set_at=MIDNIGHT))
    return FakeGateway(records)


async def left(pilot: Pilot[None], desk: FakeGateway, **span: int) -> None:
    """The officer goes away for so long."""
    await opened(pilot)
    await pilot.press("down")
    desk.clock += timedelta(**(span or {"minutes": 5}))


async def test_without_the_setting_no_screen_ever_locks() -> None:
    desk = FakeGateway(night())
    async with app_of(desk).run_test(size=SIZE) as pilot:
        await left(pilot, desk, hours=3)
        await pilot.press("n")
        await until_shown(pilot, "须谁跟进")


async def test_a_screen_locks_at_its_minute_and_not_before() -> None:
    desk = guarded()
    app = app_of(desk)
    async with app.run_test(size=SIZE) as pilot:
        await left(pilot, desk, minutes=4, seconds=59)
        await pilot.press("down")
        desk.clock += timedelta(minutes=4, seconds=59)
        app._minute()
        assert "已锁" not in text(app)
        desk.clock += timedelta(seconds=1)
        app._minute()
        await until_shown(pilot, "已锁 王芳")
        assert "现在要做的事" in text(app) and "已锁：可以看" in text(app)


async def test_a_key_asks_for_the_pin_and_the_right_one_lets_acts_through() -> None:
    desk = guarded()
    app = app_of(desk)
    async with app.run_test(size=SIZE) as pilot:
        await left(pilot, desk)
        await pilot.press("n")
        await until_shown(pilot, ASKS)
        await pilot.press(*PIN)
        assert PIN not in text(app)
        await pilot.press("enter")
        await until_shown(pilot, "已解锁")
        assert "已锁" not in text(app) and not desk.commands[1:]
        await pilot.press("n")
        await until_shown(pilot, "须谁跟进")


async def test_a_wrong_pin_is_an_entry_and_leaves_it_locked() -> None:
    desk = guarded()
    async with app_of(desk).run_test(size=SIZE) as pilot:
        await left(pilot, desk)
        await pilot.press("n")
        await until_shown(pilot, ASKS)
        await pilot.press(*"902183", "enter")
        await until_shown(pilot, "PIN 不对")
        entry = max(desk.snapshot.entries.values(), key=lambda each: each.id)
        assert entry.told == WrongPin(officer_id=1, use="pin", tries=1)
        await pilot.press("escape", "n")
        await until_shown(pilot, ASKS)
        assert not desk.commands


KEYS = sorted({each.keys[-1] for each in ACTIONS} | {"delete", "space", "tab", "9"})
LEAVES = {"f10", "ctrl+d"}


@pytest.mark.parametrize("screen", ["f2", "f5", "f6"])
async def test_no_key_of_any_action_writes_reveals_or_opens_anything(screen: str) -> None:
    """Undo, taking back, correcting, revealing, a page that the view log would hold: all ask for the PIN first."""
    desk = guarded()
    desk.submit(WriteLog(text=f"来电 {PHONE}"))
    desk.commands.clear()
    app = app_of(desk)
    async with app.run_test(size=SIZE) as pilot:
        await opened(pilot)
        await pilot.press(screen, "down")
        mode = app.current_mode
        entries, drafts = len(desk.snapshot.entries), dict(desk.drafts)
        desk.clock += timedelta(minutes=5)
        asked = set()
        for key in KEYS:
            if app.current_mode != mode:
                await pilot.press(screen)
            await pilot.press(*{key} - LEAVES)
            if isinstance(app.screen, PinScreen):
                asked.add(key)
                await pilot.press("escape")
            assert app.session.idle.locked and not isinstance(app.screen, FormScreen | PersonScreen), key
            assert (desk.commands, desk.looked) == ([], []), key
        assert {key for each in ACTIONS if each.writes or each.id == "unmask" for key in each.keys[-1:]} <= asked
        assert len(desk.snapshot.entries) == entries and desk.drafts == drafts and PHONE not in text(app)


async def test_looking_goes_on_while_it_is_locked() -> None:
    desk = guarded(with_pin=False)
    async with app_of(desk).run_test(size=SIZE) as pilot:
        await left(pilot, desk)
        for key, wanted in (("f5", "旅客1"), ("f3", "早巡查"), ("2", "现在要做的事")):
            await pilot.press(key, "down", "up")
            await until_shown(pilot, wanted)
        desk.elsewhere(WriteLog(text="同事记的"), "liumin")
        await pilot.press("f6")
        await until_shown(pilot, "同事记的")
        await until_shown(pilot, "已锁 王芳")


async def test_who_has_no_pin_is_told_how_he_gets_one_and_then_unlocks() -> None:
    desk = guarded(with_pin=False)
    async with app_of(desk).run_test(size=SIZE) as pilot:
        await left(pilot, desk)
        await pilot.press("n")
        await until_shown(pilot, "王芳没有设 PIN，不能解锁")
        await until_shown(pilot, "dutyboard pin set")
        assert not desk.commands
        secret = Secret(id=1, officer_id=1, use="pin", hashed=HASHED, set_at=NIGHT)
        desk.snapshot = desk.snapshot.applied(desk.snapshot.seq + 1, [secret])
        desk.elsewhere(WriteLog(text="同事"), "liumin")
        await pilot.pause()
        await pilot.press("n")
        await until_shown(pilot, ASKS)
        await pilot.press(*PIN, "enter")
        await until_shown(pilot, "已解锁")


async def test_what_was_typed_stays_and_is_saved_once_unlocked() -> None:
    desk = guarded()
    async with app_of(desk).run_test(size=SIZE) as pilot:
        await opened(pilot)
        await pilot.press("n")
        await until_shown(pilot, "须谁跟进")
        await pilot.press(*"断电")
        desk.clock += timedelta(minutes=5)
        await pilot.press("f9")
        await until_shown(pilot, ASKS)
        await pilot.press("escape")
        await until_shown(pilot, "断电")
        await pilot.press("x")
        await until_shown(pilot, ASKS)
        assert not desk.commands
        await pilot.press(*PIN, "enter")
        await until_shown(pilot, "断电")
        await pilot.press("f9")
        await until(pilot, lambda: len(desk.commands) == 2, "the note")
        signed_on, note = desk.commands
        assert signed_on == SignOn(officer_id=1)
        assert isinstance(note, WriteLog) and note.text == "断电"


async def test_numbers_that_were_revealed_are_masked_as_it_locks() -> None:
    desk = guarded()
    app = app_of(desk)
    async with app.run_test(size=SIZE) as pilot:
        await opened(pilot)
        await pilot.press("f5")
        await until_shown(pilot, MASKED)
        await pilot.press("m", *"核对", "f9")
        await until_shown(pilot, PHONE)
        await pilot.press("f2")
        desk.clock += timedelta(minutes=5)
        app._minute()
        await pilot.press("f5")
        await until_shown(pilot, MASKED)
        assert PHONE not in text(app)


async def test_no_way_round_the_keys_writes_or_reveals() -> None:
    desk, told = guarded(), list[Answer]()
    app = app_of(desk)
    async with app.run_test(size=SIZE) as pilot:
        await left(pilot, desk)
        app._minute()
        app.session.submit(WriteLog(text="记"), told.append)
        assert told == [Trouble("screen_locked", {})] and not desk.commands
        app.session.reveal("people", lambda: told.append(Trouble("shown", {})))
        await until_shown(pilot, "屏幕已锁")
        assert len(told) == 1


def test_the_setting_is_an_act_of_the_desk() -> None:
    desk = FakeGateway(night())
    desk.submit(ChangeSetting(name="lock_after_minutes", value="10", reason="共用终端"))
    assert desk.snapshot.daily_at(desk.clock).duty.lock_after == timedelta(minutes=10)
    assert [each.kind for each in desk.snapshot.entries.values()] == ["setting"]


def test_a_clock_that_was_put_back_locks_too() -> None:
    off = notice().daily.duty
    five, idle = replace(off, lock_after=timedelta(minutes=5)), IdleLock()
    assert not idle.locks(NIGHT, five)
    assert not idle.locks(NIGHT - timedelta(minutes=4), five)
    assert not idle.locks(NIGHT + timedelta(days=1), off)
    assert idle.locks(NIGHT - timedelta(minutes=5), five) and idle.locked
    idle.keyed(NIGHT)
    assert idle.locked
    idle.unlock(NIGHT)
    assert not idle.locks(NIGHT, five)
