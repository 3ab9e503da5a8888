"""The lists behind F4, worked from the keyboard: tonight's calls about a risk area, and certificates that run out."""

from dataclasses import replace
from datetime import date

from textual.pilot import Pilot

from dutyboard.rules.law.facts import Facts, PcrCert, Stay
from dutyboard.rules.records.commands.post import CallTouched
from dutyboard.rules.records.model import Area, Person
from tests.tui.goldens import assert_golden
from tests.tui.night import FakeGateway, at, night
from tests.tui.screen_text import app_of, shown, text, until_shown

SIZE = (80, 24)
AREA = Area(
    id=1, code="440103", name="广东省广州市荔湾区白鹤洞街道", level="high", starts=date(2021, 5, 29), listed_at=at(18)
)


def traveller(number: int, name: str, place: str, **facts: object) -> Person:
    return Person(
        id=number,
        name=name,
        phone=f"1310000976{number % 10}",
        registered_at=at(12),
        facts=Facts(
            arrival_at=at(9).replace(tzinfo=None),
            stays=(Stay(place=place, code="440103", left_on=date(2021, 6, 5)),),
            symptoms="none",
            **facts,  # type: ignore[arg-type]
        ),
    )


def desk() -> FakeGateway:
    inside = traveller(91, "甲内", "广东省广州市荔湾区白鹤洞街道")
    beside = traveller(92, "乙旁", "广东省广州市荔湾区")
    return FakeGateway([*night(), AREA, inside, beside])


async def on_list(pilot: Pilot[None], key: str, wanted: str) -> None:
    await until_shown(pilot, "现在要做的事")
    await pilot.press("f4")
    await until_shown(pilot, "已等")
    await pilot.press(key)
    await until_shown(pilot, wanted)


async def test_a_call_is_written_down_and_the_progress_moves() -> None:
    fake = desk()
    async with app_of(fake).run_test(size=SIZE) as pilot:
        await on_list(pilot, "l", "风险区回访 0/2")
        assert_golden("calls_zh_80", shown(pilot.app)[1:])  # type: ignore[arg-type]
        assert "13100009761" not in text(pilot.app)  # type: ignore[arg-type]
        await pilot.press("m", *"打电话", "f9")
        await until_shown(pilot, "13100009761")
        await pilot.press("enter")
        await until_shown(pilot, "回访 甲内")
        await pilot.press("5", "f9")
        await until_shown(pilot, "「答复」必须填写")  # 5 is no answer, and does not stand there
        await pilot.press("2", "f9")
        await until_shown(pilot, "「说明」必须填写")
        assert fake.commands == []
        await pilot.press(*"5日住店", "f9")
        await until_shown(pilot, "甲内 到过：请在此页按 f 改旅居情况")
        assert fake.commands == [CallTouched(person_id=91, area_id=1, answer="was_there", text="5日住店")]
        await pilot.press("f10")
        await until_shown(pilot, "风险区回访 1/2")
        await pilot.press("down", "enter", "4", "f9")
        await until_shown(pilot, "已访 1/2")  # nobody took it: still to be called
        await pilot.press("f10")
        await until_shown(pilot, "已等")


async def test_a_call_is_found_by_the_end_of_the_phone_and_by_its_area() -> None:
    async with app_of(desk()).run_test(size=SIZE) as pilot:
        await on_list(pilot, "l", "风险区回访 0/2")
        await pilot.press("slash", *"9762", "enter")
        await until_shown(pilot, "1/2 只看「9762」")
        await until_shown(pilot, ">乙旁")
        await pilot.press("slash", *"白鹤洞", "enter")
        await until_shown(pilot, "只看「白鹤洞」")


async def test_the_board_row_of_a_list_opens_it() -> None:
    async with app_of(desk()).run_test(size=SIZE) as pilot:
        await until_shown(pilot, "现在要做的事")
        await pilot.press("slash", *"回访", "enter")
        await until_shown(pilot, "只看「回访」")
        await pilot.press("enter")
        await until_shown(pilot, "风险区回访 0/2")


async def test_a_certificate_that_runs_out_leads_to_the_form() -> None:
    soon = at(20).replace(day=5, tzinfo=None)
    carried = traveller(
        93,
        "丙证",
        "广东省广州市荔湾区",
        release_cert="yes",
        border="none",
        pcr=PcrCert(result="negative", sampled_at=soon),
    )
    listed = replace(AREA, listed_at=None)
    async with app_of(FakeGateway([*night(), listed, carried])).run_test(size=SIZE) as pilot:
        await on_list(pilot, "v", "核酸证明将到期 1 份")
        await until_shown(pilot, "三（七）   06-07 20:00 18分")
        await until_shown(pilot, "到涟时有效，已定")
        await pilot.press("enter")
        await until_shown(pilot, "研判 丙证")


async def test_empty_lists_say_what_would_stand_there() -> None:
    async with app_of(FakeGateway(night())).run_test(size=SIZE) as pilot:
        await on_list(pilot, "l", "没有要回访的人")
        await pilot.press("enter", "f10", "v")
        await until_shown(pilot, "没有将到期的核酸证明")
        await pilot.press("enter", "f2")
        await until_shown(pilot, "现在要做的事")
        await pilot.press("f4")
        await until_shown(pilot, "没有待研判人员")
