"""The shift in numbers, who was urged on the phone, and who sits by the plan alone."""

from dataclasses import replace

from dutyboard.rules.board import board
from dutyboard.rules.duties.post.handover import not_signed_in
from dutyboard.rules.duties.post.shift_totals import shift_totals
from dutyboard.rules.duties.post.urging import times_urged
from dutyboard.rules.records.commands.amending import Amend
from dutyboard.rules.records.commands.post import Discharge, HandOver, WriteLog
from dutyboard.rules.records.told.post import Called
from tests.tui.night import FakeGateway, at, desk_at_night

PATROL = "patrol-3/site-2/2021-06-07"


def test_the_shift_is_told_in_what_was_done_late_missed_and_corrected() -> None:
    desk = desk_at_night()
    begun = at(8)

    def totals(since: object = begun) -> tuple[int, ...]:
        rows = board(desk.snapshot, desk.clock).obligations
        found = shift_totals(rows, desk.snapshot, since, desk.clock)  # type: ignore[arg-type]
        assert found.shelved == 0
        return found.done, found.late, found.missed, found.corrected

    before = totals()
    assert before[0] == 8  # four slots of two sites since 08:00
    desk.submit(Discharge(obligation=PATROL))
    assert totals() == (9, 1, before[2], before[3])  # 19:42 is behind 19:30
    tick = desk.snapshot.done[PATROL]
    desk.submit(Amend(entry_id=tick.id, reason="点错了"))
    assert totals() == (8, 0, before[2], before[3] + 1)
    assert totals(at(19, 41))[0] == 0  # what was done before a shift is not of it


def test_who_was_told_on_the_phone_is_counted_from_the_hour_on_at_which_he_could_act() -> None:
    desk = desk_at_night()
    patrol = next(each for each in board(desk.snapshot, desk.clock).obligations if each.id == PATROL)
    assert (patrol.owed_by, times_urged(patrol, desk.snapshot)) == ("杨敏", 0)
    for told, hour in (("杨敏", 12), ("杨敏", 19), ("杨敏", 19), ("周涛", 19)):
        call = Called(caller="王芳", matter="催晚餐巡查", told=told, answer_needed=False)
        desk.submit(WriteLog(text="", call=call, happened_at=at(hour)))
    assert times_urged(patrol, desk.snapshot) == 2
    assert times_urged(replace(patrol, owed_by=""), desk.snapshot) == 0


def test_whoever_the_rota_has_on_the_seat_is_not_signed_in_until_the_handover_is_signed() -> None:
    desk: FakeGateway = desk_at_night()
    assert not_signed_in(desk.snapshot, desk.clock) is None
    desk.clock = at(20, 5)
    sits = not_signed_in(desk.snapshot, desk.clock)
    assert sits is not None and sits.officer_id == 5
    found = next(each for each in board(desk.snapshot, desk.clock).obligations if each.kind == "handover")
    rows = board(desk.snapshot, desk.clock).obligations
    from dutyboard.rules.duties.post.handover_rows import goes_over

    signed = desk.submit(HandOver(obligation=found.id, incoming_id=5, items=goes_over(rows), text="", head=""))
    assert signed.entry.kind == "handover"  # type: ignore[union-attr]
    assert not_signed_in(desk.snapshot, at(20, 6)) is None
