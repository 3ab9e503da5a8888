"""The line for a PIN on screen: asked by the rules, shown as dots, open after a wrong one."""

from dataclasses import replace
from datetime import datetime

from dutyboard.rules.records.commands.person import Void
from dutyboard.rules.records.commands.post import SetPin
from dutyboard.rules.records.commands.site import SetSiteState
from dutyboard.rules.records.refusals import Refusal
from dutyboard.rules.records.secrets import Secret
from dutyboard.rules.records.transaction import Accepted
from dutyboard.tui.link.messages import Answer
from dutyboard.tui.link.pins import hashed
from dutyboard.tui.screens.forms.post.pin import PinScreen
from dutyboard.tui.text import words
from dutyboard.tui.views.entry.line import entry_text
from tests.tui.night import NIGHT, FakeGateway, at, night
from tests.tui.on_board import SIZE, opened
from tests.tui.screen_text import app_of, text, until, until_shown

OPENS = SetSiteState(site_id=2, state="active", reason="快满了")


def led_desk(clock: datetime, *officers: int) -> FakeGateway:
    """The night's desk with a site that a leader may open. 李建国 is 2, 陈卫东 3; those named here have a PIN."""
    desk = FakeGateway(night(), clock=clock)
    desk.asks_pins = True
    pins = [
        Secret(id=each, officer_id=each, use="pin", hashed=hashed(f"73915{each}"), set_at=NIGHT) for each in officers
    ]
    desk.snapshot = desk.snapshot.applied(2, [*pins, replace(desk.snapshot.sites[2], state="standby")])
    return desk


async def test_the_rules_ask_for_a_pin_and_the_same_act_is_sent_again() -> None:
    desk = FakeGateway(night())
    desk.asks_pins = True
    me = desk.actor.officer_id
    assert me is not None
    secret = Secret(id=1, officer_id=me, use="pin", hashed=hashed("739154"), set_at=NIGHT)
    desk.snapshot = desk.snapshot.applied(2, [secret])
    app, told = app_of(desk), list[Answer]()
    async with app.run_test(size=SIZE) as pilot:
        await opened(pilot)
        app.session.submit(SetPin(new="804271"), told.append, waits=True)
        await until_shown(pilot, "签名")
        await pilot.press(*"902183")
        assert "902183" not in text(app)
        await pilot.press("enter")
        await until_shown(pilot, "PIN 不对")
        await pilot.press(*"739154", "enter")
        await until(pilot, lambda: bool(told), "the answer")
    assert isinstance(told[0], Accepted) and told[0].entry.signed == (me,)
    assert desk.drafts == {}


async def test_a_signature_is_asked_for_by_the_rules_alone() -> None:
    desk = FakeGateway(night())
    desk.asks_pins = True
    me = desk.actor.officer_id
    assert me is not None
    secret = Secret(id=1, officer_id=me, use="pin", hashed=hashed("739154"), set_at=NIGHT)
    desk.snapshot = desk.snapshot.applied(2, [secret])
    app, told = app_of(desk), list[Answer]()
    person = min(desk.snapshot.persons)
    async with app.run_test(size=SIZE) as pilot:
        await opened(pilot)
        app.session.submit(Void(person_id=person, reason="重复"), told.append, waits=True)
        await until_shown(pilot, "签名")
        await pilot.press("escape")
        await until(pilot, lambda: bool(told), "the answer")
        assert isinstance(told[0], Refusal) and told[0].code == "pin_needed" and not desk.commands
        app.session.submit(Void(person_id=person, reason="重复"), told.append, waits=True)
        await until_shown(pilot, "签名")
        await pilot.press(*"739154", "enter")
        await until(pilot, lambda: len(told) == 2, "the answer")
    assert isinstance(told[1], Accepted) and told[1].entry.signed == (me,)


async def test_of_several_leaders_the_officer_picks_who_signs() -> None:
    """Nobody sits on the leader's seat: 08:00 to 10:00."""
    desk = led_desk(at(9), 2, 3)
    app, told = app_of(desk), list[Answer]()
    async with app.run_test(size=SIZE) as pilot:
        await opened(pilot)
        app.session.submit(OPENS, told.append, waits=True)
        await until_shown(pilot, "由哪位带班领导签名？")
        await until_shown(pilot, "1 李建国")
        await pilot.press("escape")
        await until(pilot, lambda: bool(told), "the answer")
        assert isinstance(told[0], Refusal) and told[0].code == "leader_needed" and not desk.commands
        for keys, name, pin in (("cwd", "陈卫东", "902183"), ("2", "陈卫东", "739153")):
            app.session.submit(OPENS, told.append, waits=True)
            await until_shown(pilot, "由哪位带班领导签名？")
            await pilot.press(*keys, "enter")
            await until_shown(pilot, f"须由{name}签名：请输入{name}的 PIN")
            assert "--pin-stdin" not in text(app)
            await pilot.press(*pin, "enter")
            if pin == "902183":
                await until_shown(pilot, "PIN 不对")
                await pilot.press("escape")
        await until(pilot, lambda: len(told) == 3, "the answer")
    assert isinstance(told[2], Accepted) and told[2].entry.signed == (3,)
    assert "[陈卫东 签]" in entry_text(told[2].entry, desk.snapshot, words("zh")), (
        "who signed is told beside who entered"
    )


async def test_another_leader_signs_while_the_one_on_the_seat_is_away() -> None:
    """陈卫东 leads from 10:00 to 20:00, by the rota."""
    desk = led_desk(NIGHT, 2, 3)
    app, told = app_of(desk), list[Answer]()
    async with app.run_test(size=SIZE) as pilot:
        await opened(pilot)
        app.session.submit(OPENS, told.append, waits=True)
        await until_shown(pilot, "> 1 陈卫东  正在带班")
        await pilot.press("down", "enter")
        await until_shown(pilot, "须由李建国签名：请输入李建国的 PIN")
        await pilot.press(*"739152", "enter")
        await until(pilot, lambda: bool(told), "the answer")
    assert isinstance(told[0], Accepted) and told[0].entry.signed == (2,)


async def test_of_a_leader_without_a_pin_it_is_said_before_one_is_typed() -> None:
    desk = led_desk(NIGHT, 2)
    app, told = app_of(desk), list[Answer]()
    async with app.run_test(size=SIZE) as pilot:
        await opened(pilot)
        app.session.submit(OPENS, told.append, waits=True)
        await until_shown(pilot, "陈卫东  没有设 PIN")
        await pilot.press(*"陈卫东", "enter")
        await until_shown(pilot, "陈卫东还没有设 PIN")
        await pilot.press("escape", *["backspace"] * 3, *"李建国", "enter")
        await until_shown(pilot, "请输入李建国的 PIN")
        await pilot.press(*"739152", "enter")
        await until(pilot, lambda: bool(told), "the answer")
    assert isinstance(told[0], Accepted) and told[0].entry.signed == (2,)


async def test_after_wrong_tries_nobody_is_asked_before_it_is_said() -> None:
    desk = led_desk(NIGHT, 2, 3)
    closed = replace(desk.snapshot.secrets[3], elsewhere=5, elsewhere_at=NIGHT)
    desk.snapshot = desk.snapshot.applied(3, [closed])
    app = app_of(desk)
    async with app.run_test(size=SIZE) as pilot:
        await opened(pilot)
        app.session.submit(OPENS, lambda _: None, waits=True)
        await until_shown(pilot, "> 1 陈卫东")
        await pilot.press("enter")
        await until_shown(pilot, "陈卫东的 PIN 因连续输错暂停使用")
        assert not isinstance(app.screen, PinScreen)
