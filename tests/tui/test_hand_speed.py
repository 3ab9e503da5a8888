"""Keys counted, of the work that a night repeats most. Other counts stand beside the screens they belong to."""

from dataclasses import replace

from dutyboard.rules.board import board
from dutyboard.rules.law.facts import Facts
from dutyboard.rules.records.commands.amending import TakeBack
from dutyboard.rules.records.commands.post import Discharge
from dutyboard.rules.records.model import DeskSettings, NoticeInForce, Person, Record, Site
from dutyboard.rules.records.transaction import Accepted
from tests.tui.night import NIGHT, FakeGateway, at, desk_at_night, night
from tests.tui.on_board import PATROL, SIZE, opened, select
from tests.tui.screen_text import app_of, until, until_shown

DAY = (
    ("patrol-1", at(7, 45)),
    ("temperature-am", at(8, 30)),
    ("disinfection-am", at(9, 30)),
    ("patrol-2", at(12, 30)),
    ("patrol-3", at(18, 30)),
    ("temperature-pm", at(19, 30)),
    ("disinfection-pm", at(20, 30)),
)
STATED = Discharge(
    obligation="disinfection-pm/site-1/2021-06-06",
    figures={"mg_l": 500, "minutes": 30},
    details={"agent": "84", "area": "走廊、电梯"},
)
"""The last disinfection of the site; one that nobody has stated yet needs its form once."""


async def test_the_seven_slots_of_a_site_take_seven_keys_beside_the_temperatures() -> None:
    desk = FakeGateway([_since_yesterday(each) for each in night()], at(-3))
    assert isinstance(desk.submit(STATED), Accepted)
    desk.commands.clear()
    keys = 0
    for slot, when in DAY:
        desk.clock = when
        row, done = f"{slot}/site-1/2021-06-07", len(desk.commands)
        async with app_of(desk).run_test(size=SIZE) as pilot:
            screen = await opened(pilot)
            await select(pilot, screen, row)
            await pilot.press("enter")
            keys += 1
            if slot.startswith("temperature"):
                await until_shown(pilot, "测温登记")
                await pilot.press(*"365" * 4, "f9")
            await until(pilot, lambda done=done: len(desk.commands) == done + 1, slot)  # type: ignore[misc]
    assert keys == len(DAY) == 7
    owed = [
        each
        for each in board(desk.snapshot, at(21)).obligations
        if each.subject_id == "site-1" and each.slot in dict(DAY)
    ]
    assert {each.slot for each in owed if each.entry is not None} == set(dict(DAY))


def _since_yesterday(record: Record) -> Record:
    """The desk and its sites a day older, so that there was a disinfection before today's."""
    if isinstance(record, DeskSettings):
        return replace(record, opened_at=at(-24))
    if isinstance(record, NoticeInForce):
        return replace(record, effective_from=at(-24))
    return replace(record, registered_at=at(-24)) if isinstance(record, Site) else record


async def test_thirty_temperatures_take_ninety_keys() -> None:
    rooms: list[Record] = [
        Person(
            id=100 + number,
            name=f"旅客{number}",
            facts=Facts(),
            registered_at=at(1),
            stage="site",
            site_id=1,
            room=str(number),
        )
        for number in range(1, 31)
    ]
    desk = FakeGateway([*(each for each in night() if not isinstance(each, Person)), *rooms], NIGHT)
    typed = [*"365" * 30]
    async with app_of(desk).run_test(size=SIZE) as pilot:
        screen = await opened(pilot)
        await select(pilot, screen, "temperature-pm/site-1/2021-06-07")
        await pilot.press("enter")
        await until_shown(pilot, "测温登记")
        await pilot.press(*typed, "f9")
        await until(pilot, lambda: len(desk.commands) == 1, "the round")
    (told,) = desk.commands
    assert isinstance(told, Discharge)
    assert len(typed) == 90
    assert told.readings == {f"person-{100 + number}": 36.5 for number in range(1, 31)}


async def test_a_wrong_tick_is_taken_back_with_one_key_and_its_row_is_under_the_cursor() -> None:
    desk = desk_at_night()
    async with app_of(desk).run_test(size=SIZE) as pilot:
        screen = await opened(pilot)
        await select(pilot, screen, PATROL)
        await pilot.press("enter")
        await until(pilot, lambda: len(desk.commands) == 1, "the tick")
        await pilot.press("z")
        await until(pilot, lambda: len(desk.commands) == 2, "taken back")
        assert isinstance(desk.commands[1], TakeBack)
        await until(pilot, lambda: screen.table.selected == PATROL, "the row")
