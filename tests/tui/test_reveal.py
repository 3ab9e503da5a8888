"""Numbers of people on screen: masked until a reason stands in the view log, and masked again at once."""

from dataclasses import replace
from typing import Any

from textual.pilot import Pilot

from dutyboard.rules.records.commands.amending import Amend
from dutyboard.rules.records.commands.post import WriteLog
from dutyboard.rules.records.model import Person
from dutyboard.tui.link.trouble import StoreTrouble
from dutyboard.tui.screens.form import FormScreen
from dutyboard.tui.screens.forms.person.facts import correct_form
from dutyboard.tui.screens.forms.person.form import PersonFormScreen
from dutyboard.tui.screens.person import PersonScreen
from dutyboard.tui.text import words
from tests.tui.night import FakeGateway, desk_at_night, night
from tests.tui.on_board import SIZE
from tests.tui.screen_text import app_of, text, until, until_shown

PHONE, MASKED = "13877770001", "138****0001"
ASKS = "显示完整号码：请写理由"
NOTE = f"来电 {PHONE}"


def desk() -> FakeGateway:
    """The night's desk, where the first person has a phone and a note with it."""
    records = night()
    at = next(n for n, each in enumerate(records) if isinstance(each, Person))
    person = records[at]
    assert isinstance(person, Person)
    records[at] = replace(person, phone=PHONE, note=NOTE)
    return FakeGateway(records)


async def page(pilot: Pilot[Any], fake: FakeGateway) -> None:
    """The page of the first person, whose opening is in the view log."""
    await until_shown(pilot, "现在要做的事")
    session = pilot.app.session  # type: ignore[attr-defined]
    session.open(PersonScreen(session, min(fake.snapshot.persons)))
    await until_shown(pilot, MASKED)
    await until(pilot, lambda: bool(fake.looked), "the look")
    fake.looked.clear()


async def entry_form(pilot: Pilot[Any], fake: FakeGateway) -> FormScreen:
    """The correction of a note that holds a phone."""
    fake.submit(WriteLog(text=NOTE))
    fake.commands.clear()
    await until_shown(pilot, "现在要做的事")
    await pilot.press("f6")
    await until_shown(pilot, MASKED)
    await pilot.press("a")
    await until_shown(pilot, f"来电 {MASKED}（不填则不变）")
    assert isinstance(pilot.app.screen, FormScreen)
    return pilot.app.screen


async def test_m_asks_why_and_shows_numbers_once_the_view_log_holds_it() -> None:
    fake = desk()
    async with app_of(fake).run_test(size=SIZE) as pilot:
        await page(pilot, fake)
        await pilot.press("m")
        await until_shown(pilot, ASKS)
        await pilot.press("f9")
        await until_shown(pilot, "「理由」必须填写")
        assert fake.looked == []
        await pilot.press(*"核对密接", "enter", "enter")
        await until_shown(pilot, PHONE)
        await until_shown(pilot, words("zh").looks.written)
        subject = f"person-{min(fake.snapshot.persons)}"
        assert fake.looked == [("reveal", subject, "核对密接", True)]
        await pilot.press("m")
        await until(pilot, lambda: PHONE not in text(pilot.app), "the mask")  # type: ignore[arg-type]
        assert isinstance(pilot.app.screen, PersonScreen)
        await pilot.press("m")
        await until_shown(pilot, ASKS)
        await pilot.press("escape")
        await until_shown(pilot, MASKED)
        assert PHONE not in text(pilot.app)  # type: ignore[arg-type]
        assert len(fake.looked) == 1


async def test_a_list_is_named_by_its_screen() -> None:
    fake = desk()
    async with app_of(fake).run_test(size=SIZE) as pilot:
        await until_shown(pilot, "现在要做的事")
        await pilot.press("f5")
        await until_shown(pilot, MASKED)
        await pilot.press("m", *"核对", "f9")
        await until_shown(pilot, PHONE)
        assert fake.looked == [("reveal", "people", "核对", True)]


async def test_where_the_view_log_takes_no_line_numbers_stay_masked_and_a_line_says_why() -> None:
    fake = desk()
    async with app_of(fake).run_test(size=SIZE) as pilot:
        await page(pilot, fake)
        fake.view_trouble = StoreTrouble("not_viewed", {"why": "disk_full"})
        await pilot.press("m", *"核对密接", "f9")
        await until_shown(pilot, words("zh").troubles.not_viewed[:10])
        await pilot.press("f10")
        await until_shown(pilot, MASKED)
        assert PHONE not in text(pilot.app)  # type: ignore[arg-type]
        assert fake.looked == []


async def test_a_form_masks_an_old_note_which_stays_if_nothing_is_typed() -> None:
    fake = desk_at_night()
    async with app_of(fake).run_test(size=SIZE) as pilot:
        form = await entry_form(pilot, fake)
        assert PHONE not in text(pilot.app)  # type: ignore[arg-type]
        assert not form.dirty
        await pilot.press(*"错记", "f10")
        await until(pilot, lambda: bool(fake.drafts), "the draft")
        assert PHONE not in str(fake.drafts)
        await pilot.press("a")
        await until_shown(pilot, "错记")
        assert PHONE not in text(pilot.app)  # type: ignore[arg-type]
        await pilot.press("f9")
        await until_shown(pilot, "再按 F9")  # nothing is told anew: the note as it was is no change
        assert fake.commands == []


async def test_ctrl_u_of_a_form_asks_why_and_the_note_can_be_changed() -> None:
    fake = desk_at_night()
    async with app_of(fake).run_test(size=SIZE) as pilot:
        form = await entry_form(pilot, fake)
        await pilot.press("ctrl+u")
        await until_shown(pilot, ASKS)
        await pilot.press(*"核对", "f9")
        await until_shown(pilot, NOTE)
        assert [each[:1] + each[2:] for each in fake.looked] == [("reveal", "核对", True)]
        await pilot.press("ctrl+u")
        await until(pilot, lambda: NOTE not in text(pilot.app), "the mask")  # type: ignore[arg-type]
        assert pilot.app.screen is form
        form.inputs["text"].focus()
        await pilot.press(*"错号")
        form.inputs["why"].focus()
        await pilot.press(*"错记", "f9")
        await until(pilot, lambda: bool(fake.commands), "the command")
        (command,) = fake.commands
        assert isinstance(command, Amend) and isinstance(command.instead, WriteLog)
        assert command.instead.text == "错号"


async def test_the_form_of_a_person_masks_his_note_too() -> None:
    fake = desk()
    async with app_of(fake).run_test(size=SIZE) as pilot:
        await page(pilot, fake)
        session = pilot.app.session  # type: ignore[attr-defined]
        correct_form(session, fake.snapshot.persons[min(fake.snapshot.persons)])
        await until(pilot, lambda: isinstance(pilot.app.screen, PersonFormScreen), "the form")
        form = pilot.app.screen
        assert isinstance(form, PersonFormScreen)
        await until(pilot, lambda: form.line.has_focus, "the line")
        await pilot.pause()
        form._go("note")
        await until_shown(pilot, f"来电 {MASKED}（不填则不变）")
        assert PHONE not in text(pilot.app)  # type: ignore[arg-type]
        await pilot.press("ctrl+u", *"核对", "f9")
        await until(pilot, lambda: form.line.value == NOTE, "the note")
        await pilot.press("ctrl+u")
        await until(pilot, lambda: PHONE not in text(pilot.app), "the mask")  # type: ignore[arg-type]
        assert len(fake.looked) == 1 and not form.dirty
