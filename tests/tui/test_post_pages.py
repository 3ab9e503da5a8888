"""Pages of the command post, as they are printed: presence, calls, day book, handover, rota, rosters of all units."""

from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from typing import Final

import pytest

from dutyboard.rules.amending.ways import way_of
from dutyboard.rules.board import handover_items
from dutyboard.rules.records.commands.amending import Amend
from dutyboard.rules.records.commands.post import (
    CheckPresence,
    CloseMatter,
    Discharge,
    HandOver,
    TakeSeat,
    WriteLog,
)
from dutyboard.rules.records.model import Officer
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.post import Called
from dutyboard.tui.export.kinds import make_page
from dutyboard.tui.export.page import Maker, NoPage, Page, PageAsked, PageKind
from dutyboard.tui.export.page_text import as_text
from dutyboard.tui.terminal.masking import revealing
from dutyboard.tui.text import words
from tests.rules.desks import DAY, LI, LIU, OFFICERS, WANG, ZHANG, act, actor, desk, shift, site, t, unit
from tests.tui.goldens import assert_golden

NOW: Final = t("09:00", 8)
NEXT: Final = date(2021, 6, 8)
CALL: Final = Called(
    caller="杨某", unit="安平镇", phone="19900001542", matter="返乡是否隔离", handler="刘敏", instruction="从快"
)
ROTA: Final = (
    shift(1, "leader", LI, t("08:00"), t("20:00")),
    shift(2, "officer", ZHANG, t("08:00"), t("20:00")),
    shift(3, "leader", LI, t("20:00"), t("08:00", 8)),
    shift(4, "officer", LIU, t("20:00"), t("07:00", 8)),
)
PHONES: Final = tuple(
    Officer(id=key, name=name, role="leader" if key == LI else "officer", phone=f"1990000000{key}")
    for key, name in OFFICERS.items()
    if key > 1
)


@cache
def worked() -> Snapshot:
    """A day of the desk: calls, notes, checks of presence, a patrol, a correction, an entry taken back, a handover."""
    snapshot = desk(*PHONES, *ROTA, unit(), unit(2, name="石马山镇"), site())
    for command, at, who in (
        (TakeSeat(seat="officer"), t("07:10"), WANG),
        (Discharge(obligation="patrol-1/site-1/2021-06-07"), t("07:30"), WANG),
        (WriteLog(text="家属来电 19900001542，已答复"), t("09:00"), ZHANG),
        (WriteLog(text="来电询问", call=CALL), t("09:30"), ZHANG),
        (
            WriteLog(text="", call=Called(caller="茅塘镇", matter="要车", told="李局", outcome="已派车")),
            t("10:00"),
            ZHANG,
        ),
        (WriteLog(text="", call=Called(caller="某人", matter="打错")), t("10:10"), ZHANG),
        (CheckPresence(subject="unit-1", found="on_post", answered_by="刘勇"), t("11:00"), ZHANG),
        (CheckPresence(subject="site-1", found="off_post", whom="负责人1", text="无人接听"), t("11:05"), ZHANG),
        (
            CheckPresence(
                subject="post",
                seat="officer",
                found="stood_in",
                asked_by="娄底市指挥部",
                answered_by="王芳",
                stand_in="王芳",
                text="张强就餐",
            ),
            t("12:10"),
            ZHANG,
        ),
        (CloseMatter(matter_id=1, outcome="须隔离七天", told="杨某"), t("15:00"), ZHANG),
        (WriteLog(text="7室发热，20:25复测", for_handover=True), t("18:10"), ZHANG),
    ):
        snapshot = act(snapshot, command, at, actor(who))
    note = next(each for each in snapshot.entries.values() if each.text.startswith("家属"))
    again = replace(way_of(note, snapshot), text="家属来电 19900001542，已转镇里")  # type: ignore[type-var]
    snapshot = act(snapshot, Amend(entry_id=note.id, reason="记错", instead=again), t("18:20"), actor(ZHANG))
    wrong = next(each for each in snapshot.entries.values() if getattr(each.told, "matter", "") == "打错")
    snapshot = act(snapshot, Amend(entry_id=wrong.id, reason="误记", agreed=True), t("18:30"), actor(ZHANG))
    items = handover_items(snapshot, t("19:55"))
    said = HandOver(
        obligation="handover-2000/post/2021-06-07", incoming_id=LIU, items=items, head="0f3a9c", text="平稳"
    )
    return act(snapshot, said, t("19:55"), actor(ZHANG))


def made(kind: PageKind, day: date = DAY, last: date | None = None, language: str = "zh") -> Page:
    asked = PageAsked(kind=kind, first=day, last=last or day, said_days=True)
    return make_page(asked, worked(), NOW, Maker("zhang", "cd513c88c81b6d1b"), words(language))


@pytest.mark.parametrize(
    ("kind", "language"),
    [
        ("presence", "zh"),
        ("calls", "zh"),
        ("daybook", "zh"),
        ("handover", "zh"),
        ("daybook", "en"),
        ("presence", "en"),
    ],
)
def test_the_page_of_a_day_is_what_it_was(kind: PageKind, language: str) -> None:
    assert_golden(f"post_{kind}_{language}", as_text(made(kind, language=language)))


def test_the_coming_handover_is_a_draft_with_names_and_notes() -> None:
    assert_golden(
        "post_coming_zh",
        as_text(
            make_page(
                PageAsked(kind="handover", first=DAY, last=DAY),
                before_signing(),
                t("19:50"),
                Maker("zhang", "cd51"),
                words("zh"),
            )
        ),
    )


def before_signing() -> Snapshot:
    """The desk of that day without its handover."""
    whole = worked()
    signed = max(each.id for each in whole.entries.values() if each.kind == "handover")
    kept = {number: each for number, each in whole.entries.items() if number != signed}
    return replace(whole, entries=kept, done={key: each for key, each in whole.done.items() if each.id != signed})


def test_no_page_shows_a_number_and_a_reason_shows_it_whole() -> None:
    for kind in ("calls", "daybook", "rota"):
        page = made(kind)  # type: ignore[arg-type]
        assert "19900001542" not in "\n".join(as_text(page)) and "1990000000" not in "\n".join(as_text(page))
    with revealing():
        assert "19900001542" in "\n".join(as_text(made("calls")))
        assert f"1990000000{LI}" in "\n".join(as_text(made("rota")))


def test_rows_and_totals_stand_in_json_by_their_keys() -> None:
    calls = made("calls").json
    assert (calls["kind"], calls["from"], calls["totals"]) == ("calls", "2021-06-07", {"calls": 2, "open": 0})
    assert [row["remark"] for row in calls["rows"]] == [None, None, "已撤回"]
    checks = made("presence").json
    assert checks["totals"] == {"checks": 3, "on_post": 1, "off_post": 1, "stood_in": 1}
    book = made("daybook").json
    assert book["totals"] == {"matters": len(book["rows"]), "open": len(book["open"])}
    assert {"seats", "counts", "heads"} <= book.keys()


@pytest.mark.parametrize("kind", ["presence", "calls", "daybook", "handover"])
def test_a_day_without_anything_has_no_page_and_says_so(kind: PageKind) -> None:
    with pytest.raises(NoPage) as nothing:
        made(kind, date(2021, 6, 1))
    assert "2021-06-01" in nothing.value.why and "\n" not in nothing.value.why


def test_a_month_without_a_shift_is_no_rota() -> None:
    with pytest.raises(NoPage, match="没有排班"):
        made("rota", date(2021, 9, 1))


def test_the_rota_of_named_days_is_of_these_alone_and_of_one_day_that_of_its_month() -> None:
    assert_golden("post_rota_zh", as_text(made("rota", DAY - timedelta(days=1), NEXT)))
    month = made("rota").tables[0].rows
    assert len(month) == 60 and (str(month[0][0])[:5], str(month[-1][0])[:5]) == ("06-01", "06-30")


def test_the_rosters_of_all_units_are_a_workbook_with_a_sheet_each() -> None:
    page = made("roster")
    assert [each.name for each in (page, *page.more)] == ["乡镇1", "石马山镇"]
    assert page.json["totals"] == {"units": 2, "members": 0}


def test_what_falls_due_later_today_is_open_and_not_late() -> None:
    """The day book of a day that is not over is looked at as it stands now."""
    book = made("daybook", NEXT).json
    due = {row["due"]: row["state"] for row in book["open"] if row["due"]}
    later = {words("zh").duties.states["open"]}
    assert later == {state for at, state in due.items() if str(at) > f"{NOW:%m-%d %H:%M}"}
    assert not any("command_post" in str(row["owed_by"]) for row in book["open"])
