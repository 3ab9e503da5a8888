"""The roster by hand on screen: role and site as the command line has them."""

from dataclasses import replace

import pytest
from textual.pilot import Pilot

from dutyboard.rules.people.stage import on_desk
from dutyboard.rules.records.commands.post import AddOfficer, ChangeOfficer
from dutyboard.rules.records.model import Officer, Person, Shift
from dutyboard.tui.screens.form import FormScreen
from tests.tui.night import FakeGateway, night
from tests.tui.on_board import SIZE, opened
from tests.tui.screen_text import app_of, until, until_shown


async def roster(pilot: Pilot[None], *keys: str) -> FormScreen:
    """The form of the roster that the keys choose."""
    await opened(pilot)
    await pilot.press("f9")
    await until_shown(pilot, "花名册")
    await pilot.press(*"离岗", "enter")
    await until_shown(pilot, "新增一人")
    await pilot.press(*keys)
    await until(pilot, lambda: isinstance(pilot.app.screen, FormScreen), "the form")
    form = pilot.app.screen
    assert isinstance(form, FormScreen)
    return form


def typed(form: FormScreen, **values: str) -> None:
    for name, value in values.items():
        form.inputs[name].value = value


async def test_a_new_officer_is_given_role_and_site() -> None:
    desk = FakeGateway(night())
    async with app_of(desk).run_test(size=SIZE) as pilot:
        form = await roster(pilot, "enter")
        await until_shown(pilot, "1查看 2隔离点 3乡镇 4值班员 5带班领导 6管理员")
        typed(form, name="何静", role="2")
        await pilot.press("f9")
        await until_shown(pilot, "「隔离点」必须填写")
        typed(form, site="不存在")
        await pilot.press("f9")
        await until_shown(pilot, "不存在")
        assert not desk.commands
        typed(form, site="涟宾")
        await pilot.press("f9")
        await until(pilot, lambda: bool(desk.commands), "the act")
    assert desk.commands == [AddOfficer(name="何静", role="site", site_id=1)]


async def test_a_role_is_changed_and_one_left_alone_is_no_change() -> None:
    """A leader may correct a row; giving a role is an administrator's."""
    desk = FakeGateway(night())
    async with app_of(desk).run_test(size=SIZE) as pilot:
        form = await roster(pilot, *"张强", "enter", "enter")
        assert form.inputs["role"].value == "4 值班员"
        typed(form, role="5", reason="带班")
        await pilot.press("f9")
        await until(pilot, lambda: bool(desk.commands), "the act")
    (said,) = desk.commands
    assert isinstance(said, ChangeOfficer)
    row = (said.name, said.title, said.phone, said.duty, said.note, said.director, said.full_time)
    assert row == ("张强", "", "", "", "", "no", "yes")
    assert (said.officer_id, said.role, said.site_id, said.reason) == (5, "leader", None, "带班")


async def test_a_leader_who_gives_no_role_may_correct_a_row() -> None:
    """Giving a role is an administrator's: what stands in the field unchanged gives none."""
    leader = [replace(each, login="lijg") if isinstance(each, Officer) and each.id == 2 else each for each in night()]
    desk = FakeGateway(leader, login="lijg")
    async with app_of(desk).run_test(size=SIZE) as pilot:
        form = await roster(pilot, *"张强", "enter", "enter")
        typed(form, title="科员", reason="补全")
        await pilot.press("f9")
        await until(pilot, lambda: bool(desk.commands), "the act")
    assert desk.snapshot.officers[5].title == "科员"


@pytest.mark.parametrize(("role", "code"), [("管理员", "admin"), ("３", "town")])
async def test_a_role_is_typed_as_digit_or_word(role: str, code: str) -> None:
    desk = FakeGateway(night())
    async with app_of(desk).run_test(size=SIZE) as pilot:
        form = await roster(pilot, *"张强", "enter", "enter")
        typed(form, role=role, reason="调整")
        await pilot.press("f9")
        await until(pilot, lambda: bool(desk.commands), "the act")
    assert desk.snapshot.officers[5].role == code


async def test_whoever_takes_an_officer_off_reads_whose_officer_he_is_and_agrees() -> None:
    records = [each for each in night() if not (isinstance(each, Shift) and each.officer_id == 5)]
    (one, *_) = [each for each in records if isinstance(each, Person) and on_desk(each)]
    desk = FakeGateway([replace(one, officer_id=5) if each is one else each for each in records])
    async with app_of(desk).run_test(size=SIZE) as pilot:
        await opened(pilot)
        await pilot.press("f9")
        await until_shown(pilot, "花名册")
        await pilot.press(*"离岗", "enter")
        await until_shown(pilot, "新增一人")
        await pilot.press(*"张强", "enter")
        await until_shown(pilot, "离岗")
        await pilot.press("down", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, FormScreen), "the form")
        form = pilot.app.screen
        assert isinstance(form, FormScreen)
        typed(form, reason="调离")
        await pilot.press("f9")
        await until_shown(pilot, "还是这些人的专人")
        assert desk.snapshot.officers[5].until is None
        await pilot.press("f9")
        await until(pilot, lambda: desk.snapshot.officers[5].until is not None, "his leaving")
