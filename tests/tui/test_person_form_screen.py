"""A person's form worked from the keyboard: the panel at every key, the keys that a phone call costs, what is typed
ahead, numbers that stay masked, and a colleague who changed the same person meanwhile."""

from dataclasses import replace
from datetime import date

import pytest
from textual.pilot import Pilot

from dutyboard.rules.law.facts import Facts, Stay
from dutyboard.rules.records.commands.person import Confirm, Correct, Register
from dutyboard.rules.records.model import Area, Assessment, Person
from dutyboard.tui.screens.forms.person.form import PersonFormScreen
from dutyboard.tui.terminal.cells import width
from tests.tui.goldens import assert_golden
from tests.tui.night import FakeGateway, at, night
from tests.tui.screen_text import app_of, shown, text, until, until_shown

SIZE = (80, 24)
ID = "431302199512309871"
PHONE = "13100009761"
PLACE = "广东省广州市荔湾区白鹤洞街道"
LISTED = Area(id=1, code="440103", name="广州市荔湾区白鹤洞街道", level="high", starts=date(2021, 5, 29))
CALL = ["enter", *"荔湾区白鹤洞街", "enter", *"0606", "enter", *"t1430", "enter"]
"""From where, when left, when arrived; after name, ID and phone."""


def desk(*people: Person) -> FakeGateway:
    return FakeGateway([*night(), LISTED, *people])


def assessed(number: int, name: str) -> Person:
    """Somebody at a site under 3.6, for a stay at a medium-risk place."""
    stay = Stay(place="广东省深圳市南山区", code="440305", category="medium", left_on=date(2021, 6, 6))
    return Person(
        id=number,
        name=name,
        id_no=ID,
        phone=PHONE,
        origin=stay.place,
        registered_at=at(10),
        stage="site",
        site_id=1,
        room=20,
        admitted_on=date(2021, 6, 7),
        officer_name="王芳",
        facts=Facts(
            arrival_at=at(9).replace(tzinfo=None),
            border="none",
            stays=(stay,),
            health_code="yellow",
            travel_card="green",
            symptoms="none",
        ),
        assessment=Assessment(
            notice="lianyuan-2021-07",
            decision="decide",
            clause="3.6",
            also=(),
            first_place="site",
            provisional=None,
            refer_reason=None,
            by=1,
            at=at(11),
        ),
    )


def form(pilot: Pilot[None]) -> PersonFormScreen:
    screen = pilot.app.screen
    assert isinstance(screen, PersonFormScreen)
    return screen


async def new(pilot: Pilot[None], wanted: str = "现在要做的事") -> None:
    """The board, then an empty arrival."""
    await until_shown(pilot, wanted)
    await pilot.press("plus")
    await until(pilot, lambda: isinstance(pilot.app.screen, PersonFormScreen), "the form")
    await until(pilot, lambda: form(pilot).line.has_focus, "the line")


async def opened(pilot: Pilot[None], person: Person) -> None:
    """The form of somebody on record."""
    await until_shown(pilot, "现在要做的事")
    from dutyboard.tui.screens.forms.person.facts import assess_form

    assess_form(pilot.app.session, person)  # type: ignore[attr-defined]
    await until_shown(pilot, f"研判 {person.name}")
    await until(pilot, lambda: form(pilot).line.has_focus, "the line")


@pytest.mark.parametrize(
    ("name", "size", "language"),
    [("form_zh_80", (80, 24), "zh"), ("form_zh_120", (120, 40), "zh"), ("form_en_80", (80, 24), "en")],
)
async def test_the_form_and_its_panel_are_as_they_were(name: str, size: tuple[int, int], language: str) -> None:
    async with app_of(desk(), language).run_test(size=size) as pilot:
        await new(pilot, "现在要做的事" if language == "zh" else "To do now")
        await pilot.press(*"邓小北", "enter", *ID, "enter", *PHONE, *CALL, "1", "1")
        await until(pilot, lambda: form(pilot).current == "pcr", "the next field")
        await pilot.pause()
        rows = shown(pilot.app)  # type: ignore[arg-type]
        assert_golden(name, rows)
        assert len(rows) == size[1]
        assert all(width(row) <= size[0] for row in rows)


async def test_the_panel_says_the_clause_and_what_to_ask_at_every_key() -> None:
    async with app_of(desk()).run_test(size=SIZE) as pilot:
        await new(pilot)
        await until_shown(pilot, "先问：几时到涟")
        await pilot.press(*"邓小北", "enter", "enter", *CALL)
        await until_shown(pilot, "三（五） 按条款  去向 集中隔离点")  # the street alone decides it
        await until_shown(pilot, "隔离 06-08 至 06-21 14天")
        await until_shown(pilot, "问清会变：健康码颜色、行程卡颜色、有无症状")
        assert "?健康码" in text(pilot.app)  # type: ignore[arg-type]
        await pilot.press("3")
        await until_shown(pilot, "并 三（九）")
        assert "?健康码" not in text(pilot.app)  # type: ignore[arg-type]
        await pilot.press("1", "down", "1", "up", "up")
        assert "06-29 零时起可解除" in text(pilot.app)  # type: ignore[arg-type]


async def test_an_arrival_takes_under_36_keys_beside_name_id_and_phone() -> None:
    """To the person placed: codes, certificate, symptoms, town and 专人, and the room that is proposed."""
    fake = desk()
    async with app_of(fake).run_test(size=SIZE) as pilot:
        await new(pilot)
        beside = ["enter", "enter", *CALL, "1", "1", "5", "2", "1", "end", *"lt", "f9"]
        await pilot.press(*"邓小北", beside[0], *ID, beside[1], *PHONE, *beside[2:])
        await until_shown(pilot, "确认 邓小北 去向")
        confirm = [*"wf", "f9"]
        assert len(beside) + len(confirm) < 36, "the Enters behind name and ID are counted too"
        await pilot.press(*confirm)
        await until_shown(pilot, "已记：邓小北 待转运")
        registered, confirmed = fake.commands
        assert isinstance(registered, Register)
        assert isinstance(confirmed, Confirm)
        person, facts = registered.person, registered.person.facts
        assert (person.name, person.id_no, person.phone, person.sex) == ("邓小北", ID, PHONE, "男")
        assert (facts.health_code, facts.travel_card, facts.pcr) == ("green", "green", "none")
        assert (facts.release_cert, facts.symptoms, facts.border) == ("no", "none", "none")
        assert (confirmed.clause, confirmed.officer_name) == ("3.5", "王芳")
        assert (person.address, fake.snapshot.persons[registered_id(fake)].unit_id) == ("蓝田街道", 1)


def registered_id(fake: FakeGateway) -> int:
    """The number of the newest record."""
    return max(fake.snapshot.persons)


async def test_an_id_fills_sex_birth_date_and_county() -> None:
    async with app_of(desk()).run_test(size=SIZE) as pilot:
        await new(pilot)
        await pilot.press("down", "up", "enter", *ID)
        await until_shown(pilot, "1995-12-30 生，湖南省娄底市")
        await until_shown(pilot, "男 1995-12-30")
        await pilot.press("backspace", "2")
        await until_shown(pilot, "证件号校验位不符")
        await pilot.press("enter")
        await until_shown(pilot, "!证件号   4313****9872")
        assert "男 1995" not in text(pilot.app)  # type: ignore[arg-type]


async def test_what_is_typed_ahead_falls_into_its_own_fields() -> None:
    """A slow link delivers a burst: every key is in the queue before the first one has been painted."""
    fake = desk()
    async with app_of(fake).run_test(size=SIZE) as pilot:
        await new(pilot)
        from textual.events import Key

        line = form(pilot).line
        for key in [*"邓小北", "enter", *ID, "enter", *PHONE, *CALL, "1", "2", "tab", "f9"]:
            if key == "f9":
                form(pilot).action_save()
            else:
                line.post_message(Key(key, key if len(key) == 1 else None))
        await until(pilot, lambda: bool(fake.commands), "the command")
        (command,) = fake.commands
        assert isinstance(command, Register)
        data = command.person
        assert (data.name, data.id_no, data.phone, data.origin) == ("邓小北", ID, PHONE, "荔湾区白鹤洞街")
        assert (data.facts.health_code, data.facts.travel_card, data.facts.pcr) == ("green", "yellow", None)


async def test_a_yellow_card_asks_for_stays_abroad_and_no_papers_for_sanfei() -> None:
    fake = desk()
    async with app_of(fake).run_test(size=SIZE) as pilot:
        await new(pilot)
        await pilot.press(*"邓小北", "enter", "enter", *CALL, "1", "2", "5", "2", "1")
        await until_shown(pilot, "?三非")
        await until_shown(pilot, "?外国旅居")
        await until_shown(pilot, "是否三非")
        form(pilot)._go("sanfei")
        await pilot.press("2")
        assert "?三非" not in text(pilot.app)  # type: ignore[arg-type]
        form(pilot)._go("foreign_14d")
        await pilot.press("1")
        await until_shown(pilot, "先问：是否境外来")  # he was abroad: from where decides
        await pilot.press("f9")
        await until_shown(pilot, "已登记：邓小北")
        assert fake.snapshot.persons[max(fake.snapshot.persons)].asked == ("sanfei",)


async def test_who_is_on_record_already_is_named_and_nothing_typed_is_lost() -> None:
    fake = desk(assessed(95, "戊在"))
    async with app_of(fake).run_test(size=SIZE) as pilot:
        await new(pilot)
        await pilot.press(*"邓小北", "enter", *ID, "f9")
        await until_shown(pilot, "此人已登记：戊在")
        assert fake.commands == []
        assert form(pilot).values["name"] == "邓小北"


async def test_a_close_contact_is_linked_by_name_and_an_unknown_one_is_said() -> None:
    fake = desk(replace(assessed(95, "戊接"), id_no="", phone=""))
    async with app_of(fake).run_test(size=SIZE) as pilot:
        await new(pilot)
        await pilot.press(*"邓小北", "enter", "enter", *CALL)
        form(pilot)._go("contact")
        await pilot.press("3")
        form(pilot)._go("linked")
        await pilot.press(*"戊接")
        await until_shown(pilot, "戊接=person-95")
        await pilot.press("space", *"路人")
        await until_shown(pilot, "路人：本台没有")
        await pilot.press("f9")
        await until(pilot, lambda: bool(fake.commands), "the command")
        (command,) = fake.commands
        assert isinstance(command, Register)
        assert [link.id for link in command.person.facts.linked or ()] == ["person-95", "路人"]


async def test_numbers_on_record_are_masked_and_stay_unless_typed_anew() -> None:
    fake = desk(replace(assessed(91, "甲密"), assessment=None, stage="pending", site_id=None, room=None))
    async with app_of(fake).run_test(size=SIZE) as pilot:
        await opened(pilot, fake.snapshot.persons[91])
        await pilot.press("up", "up", "up", "up", "up", "up", "up", "up", "up", "up", "up", "up")
        await until(pilot, lambda: form(pilot).current == "name", "the name")
        await pilot.press("enter")
        await until_shown(pilot, "4313**********9871（不填则不变）")
        assert ID not in text(pilot.app)  # type: ignore[arg-type]
        await pilot.press("ctrl+u", *"核对证件", "f9")
        await until_shown(pilot, ID)
        assert fake.looked == [("reveal", "person-91", "核对证件", True)]
        await until_shown(pilot, "电话     13100009761")
        await pilot.press("ctrl+u", "enter", *"13900000002", "f9")
        await until(pilot, lambda: bool(fake.commands), "the command")
        (command,) = fake.commands
        assert isinstance(command, Correct)
        assert (command.person.id_no, command.person.phone) == (ID, "13900000002")


async def test_a_correction_after_the_assessment_shows_the_dates_before_and_after_and_asks_why() -> None:
    fake = desk(assessed(92, "乙改"))
    async with app_of(fake).run_test(size=SIZE) as pilot:
        await opened(pilot, fake.snapshot.persons[92])
        form(pilot)._go("health_code")
        await pilot.press("3")
        await until_shown(pilot, "原为  三（六）")
        await until_shown(pilot, "改为  三（九）")
        await pilot.press("f9")
        await until_shown(pilot, "更正 乙改：请写理由")
        await until_shown(pilot, "隔离 06-08 至 06-21 14天")
        await pilot.press("f9")
        await until_shown(pilot, "「理由」必须填写")
        assert fake.commands == []
        await pilot.press(*"来电更正", "f9")
        await until_shown(pilot, "确认 乙改 去向")  # another clause: he is to be placed anew
        (command,) = fake.commands
        assert isinstance(command, Correct)
        assert (command.reason, command.person.facts.health_code) == ("来电更正", "red")


async def test_a_colleague_who_changed_the_same_field_is_seen_before_she_is_overwritten() -> None:
    person = replace(assessed(93, "丙撞"), assessment=None, stage="pending", site_id=None, room=None)
    fake = desk(person)
    async with app_of(fake).run_test(size=SIZE) as pilot:
        await opened(pilot, person)
        await until(pilot, fake.watched.is_set, "the watch")
        form(pilot)._go("travel_card")
        await pilot.press("2")
        form(pilot)._go("note")
        await pilot.press(*"独居")
        from dutyboard.rules.records.commands.person import PersonData

        theirs = PersonData(
            name="丙撞",
            id_no=ID,
            phone=PHONE,
            origin=person.origin,
            address="蓝田街道",
            officer_name="王芳",
            facts=replace(person.facts, travel_card="red"),
        )
        fake.elsewhere(Correct(person_id=93, person=theirs), "liumin")
        await until(pilot, lambda: form(pilot).person.address == "蓝田街道", "her change")  # type: ignore[union-attr]
        await pilot.press("f9")
        await until_shown(pilot, "刘敏于 06-07 19:42 动过丙撞")
        await until_shown(pilot, "行程卡 刚被同事改过")
        assert fake.commands == []
        await pilot.press("f9")
        await until(pilot, lambda: bool(fake.commands), "the command")
        (command,) = fake.commands
        assert isinstance(command, Correct)
        mine = command.person
        assert (mine.facts.travel_card, mine.note, mine.address) == ("yellow", "独居", "蓝田街道")


async def test_a_draft_comes_back_and_can_be_cleared_for_the_next_caller() -> None:
    fake = desk()
    async with app_of(fake).run_test(size=SIZE) as pilot:
        await new(pilot)
        await pilot.press(*"邓小北", "f10")
        await until_shown(pilot, "现在要做的事")
        assert list(fake.drafts.values()) == [{"name": "邓小北", "_at": "2021-06-07T19:42+08:00"}]
        await new(pilot)
        await until_shown(pilot, "有未登记的草稿：邓小北")
        await pilot.press("enter")
        await until_shown(pilot, "邓小北")
        await pilot.press("f12", "f12")
        await until_shown(pilot, "已清空")
        await until(pilot, lambda: not fake.drafts, "the draft dropped")
        assert not form(pilot).dirty


async def test_nothing_is_saved_without_a_name_or_with_what_cannot_be_read() -> None:
    fake = desk()
    async with app_of(fake).run_test(size=SIZE) as pilot:
        await new(pilot)
        await pilot.press("f9")
        await until_shown(pilot, "「姓名」必须填写")
        await pilot.press(*"丁错", *["enter"] * 4, *"6-31", "f9")
        await until_shown(pilot, "离开: 日期读不懂")
        assert fake.commands == []
        assert form(pilot).current == "left_on"
        await pilot.press(*"6-6", "f9")  # typed over what could not be read
        await until_shown(pilot, "已登记：丁错")


async def test_what_care_needs_is_one_key_away_and_pushes_nothing_out_of_sight() -> None:
    fake = desk(assessed(91, "赵六"))
    async with app_of(fake).run_test(size=SIZE) as pilot:
        await new(pilot)
        await pilot.press(*"邓小北", "enter")
        await until_shown(pilot, "PgDn 另有： 紧急联系")
        assert ">紧急联系" not in text(pilot.app) and "健康码" in text(pilot.app)  # type: ignore[arg-type]
        await pilot.press("pagedown")
        await until_shown(pilot, "PgUp 前面各项：邓小北")
        assert "健康码   -" not in text(pilot.app)  # type: ignore[arg-type]
        await pilot.press(*"王 五", "enter", *"13800000001", "enter", *"赵六", "comma", *"孙八")
        await until_shown(pilot, "赵六（person-91 隔离点）")
        await until_shown(pilot, "138****0001")
        told = ["G6078", "05车12F", "某厂", "高血压", "降压药", "行动不便", "苗族"]
        for each in told:
            await pilot.press("enter", *each)
        await pilot.press("pageup")
        await until(pilot, lambda: form(pilot).current == "name", "the first field")
        await pilot.press("f9")
        await until(pilot, lambda: bool(fake.commands), "the command")
        (command,) = fake.commands
        assert isinstance(command, Register)
        data = command.person
        assert (data.emergency_name, data.emergency_phone, data.companions) == ("王五", "13800000001", "赵六,孙八")
        cared = (data.illness, data.medicine, data.special_need, data.nation)
        assert [data.vehicle, data.seat_no, data.workplace, *cared] == told


async def test_a_high_screen_shows_all_fields_and_the_key_goes_to_the_first_of_care() -> None:
    async with app_of(desk()).run_test(size=(120, 40)) as pilot:
        await new(pilot)
        await until_shown(pilot, "紧急联系 -")
        assert "PgDn" not in text(pilot.app)  # type: ignore[arg-type]
        await pilot.press("pagedown")
        await until(pilot, lambda: form(pilot).current == "emergency_name", "the field")
        await pilot.press("pagedown", "pageup")
        await until(pilot, lambda: form(pilot).current == "name", "the field")
