"""F4 and F5 as text, at 80 and at 120 cells, in both languages: every row in its width, and what each says."""

from dataclasses import replace
from datetime import date

import pytest

from dutyboard.rules.duties.person.queue import queue
from dutyboard.rules.law.facts import Facts
from dutyboard.rules.records.codes import Stage
from dutyboard.rules.records.referral import Referral
from dutyboard.rules.records.stays import Road
from dutyboard.tui.terminal.cells import Line, fit, plain
from dutyboard.tui.terminal.masking import revealing
from dutyboard.tui.text import Words, words
from dutyboard.tui.views.initials import Query
from dutyboard.tui.views.people import (
    everybody,
    people_header,
    people_row,
    people_under_control,
    person_detail,
)
from dutyboard.tui.views.person.find_texts import person_findable
from dutyboard.tui.views.screening import queue_detail, queue_header, queue_row
from tests.tui.goldens import assert_golden
from tests.tui.night import NIGHT, at, desk_at_night
from tests.tui.test_list_screens import traveller
from tests.tui.test_person_page import CLOSE, MATE, SECOND, STAY, assessment, person

ZH, EN = words("zh"), words("en")

WIDTHS = [("zh_80", 80, ZH), ("zh_120", 120, ZH), ("en_80", 80, EN)]


def kept(name: str, lines: list[Line], cells: int) -> None:
    """As the table paints them: a row too long is cut with a mark."""
    assert_golden(name, [plain(fit(line, cells)) for line in lines])


@pytest.mark.parametrize(("name", "cells", "words"), WIDTHS)
def test_the_queue_is_as_it_was(name: str, cells: int, words: Words) -> None:
    people = [
        traveller(91, "甲等", "广东省广州市荔湾区白鹤洞街道"),
        replace(traveller(92, "欧阳乙乙长名", "湖北省武汉市武昌区"), registered_at=at(16), officer_name="王芳"),
        replace(traveller(93, "丙病", "湖北省武汉市武昌区"), facts=Facts(arrival_at=None)),
    ]
    ill = replace(people[1], id=94, name="丁热", facts=replace(people[1].facts, symptoms="present"))
    snapshot = desk_at_night().snapshot.applied(99, [*people, ill])
    waiting = queue(snapshot, NIGHT)
    lines = [queue_header(words, cells, len(waiting)), *(queue_row(each, NIGHT, words, cells) for each in waiting)]
    lines += [line for each in waiting for line in queue_detail(each, snapshot, words, cells)]
    kept(f"queue_{name}", lines, cells)


def test_a_row_tells_who_awaits_an_answer_and_whose_facts_have_changed() -> None:
    awaiting = replace(
        traveller(91, "甲等", "湖北省武汉市武昌区"),
        stage="referred",
        assessment=assessment("3.5", at(13)),
        referral=Referral(since=at(13), reasons=()),
    )
    placed = person(97, "庚变", "3.6", stays=(STAY,))
    snapshot = desk_at_night().snapshot.applied(99, [awaiting, placed])
    rows = {each.person.id: plain(queue_row(each, NIGHT, ZH, 120)) for each in queue(snapshot, NIGHT)}
    assert "待答复" in rows[91]
    assert "!已安置，情况有变" in rows[97]


@pytest.mark.parametrize(("spoken", "room"), [(ZH, "8201"), (EN, "814")])
def test_the_room_that_somebody_is_on_the_way_to_is_not_cut(spoken: Words, room: str) -> None:
    site = replace(desk_at_night().snapshot.sites[1], label="涟源宾馆")
    road = Road(left_at=at(19), to="site", vehicle="湘K3271", driver="谢师傅")
    away = replace(CLOSE, name="欧阳甲密", room=room, road=road)
    snapshot = desk_at_night().snapshot.applied(99, [site, away])
    row = plain(fit(people_row(away, snapshot, at(24 + 9), spoken, 80), 80))
    assert f">涟源宾馆 {spoken.people.room.format(room=room)} " in row and "~" not in row, row


def test_what_is_late_is_marked_and_not_only_coloured() -> None:
    waiting_long = replace(traveller(98, "甲等", "湖北省武汉市武昌区"), registered_at=at(17))
    snapshot = desk_at_night().snapshot.applied(99, [waiting_long, CLOSE])
    (row,) = (plain(queue_row(each, NIGHT, ZH, 80)) for each in queue(snapshot, NIGHT))
    assert "!2时42分" in row
    tomorrow = at(24 + 9)
    assert "!06-07 核酸" in plain(people_row(CLOSE, snapshot, tomorrow, ZH, 80))
    assert "!" not in plain(people_row(CLOSE, snapshot, NIGHT, ZH, 80))


@pytest.mark.parametrize(("name", "cells", "words"), WIDTHS)
def test_the_people_are_as_they_were(name: str, cells: int, words: Words) -> None:
    at_home = replace(
        MATE, id=94, name="丁家", stage="home", site_id=None, room=None, home_from=date(2021, 6, 7), unit_id=1
    )
    stopped = replace(MATE, stopped_by="person-91")
    free = replace(SECOND, id=95, name="戊解", stage="closed", site_id=None, room=None, released_early=True)
    snapshot = desk_at_night().snapshot.applied(99, [CLOSE, SECOND, stopped, at_home, free])
    rows = [person for person in everybody(snapshot) if person.id > 90]
    lines = [people_header(words, cells, len(rows))]
    lines += [people_row(person, snapshot, NIGHT, words, cells) for person in rows]
    lines += person_detail(CLOSE, snapshot, words, cells)
    with revealing():
        lines += person_detail(CLOSE, snapshot, words, cells)
        kept(f"people_{name}", lines, cells)


def test_who_is_released_is_found_by_name_only() -> None:
    free = replace(SECOND, stage="closed", site_id=None, room=None)
    snapshot = desk_at_night().snapshot.applied(99, [CLOSE, free])
    stages: list[Stage] = [person.stage for person in people_under_control(snapshot)]
    assert "closed" not in stages
    assert free in everybody(snapshot)
    assert len(everybody(snapshot)) == len(stages) + 1


@pytest.mark.parametrize("typed", ["001X", "0001", "甲密", "1室", "涟源", "06-27", "三（二）", "隔离"])
def test_a_person_is_found_by_whatever_an_officer_knows_of_him(typed: str) -> None:
    """The name alone found nobody by the last digits of a phone or an ID, by a room or by the day he is free."""
    someone = replace(CLOSE, id_no="11010519491231001X", phone="19900000001", room=1)
    snapshot = desk_at_night().snapshot.applied(99, [someone])
    text = person_findable(someone, snapshot, NIGHT, ZH)
    assert Query(typed).finds(text)
    assert not Query(f"{typed}9").finds(text)


def test_a_number_is_found_by_what_its_mask_shows_and_never_tried_digit_by_digit() -> None:
    someone = replace(CLOSE, id_no="11010519491231001X", phone="19912345678", room=1)
    text = person_findable(someone, desk_at_night().snapshot.applied(99, [someone]), NIGHT, ZH)

    def found(*typed: str) -> list[str]:
        return [each for each in typed if Query(each).finds(text)]

    whole = ("19912345678", "11010519491231001x", "11010519491231001X")
    inside = ("45678", "9912345678", "1991234567", "1234", "31001x", "194912", "991", "78")
    assert found(*whole, "678", "5678", "01X", "001x", *inside) == [*whole, "678", "5678", "01X", "001x"]
    with revealing():
        assert found("45678", "31001x", "1234") == ["45678", "31001x"]
