"""Sentences that an officer must act on stand whole at 80 cells, remedy included."""

from dataclasses import fields
from string import Formatter
from typing import Any

import pytest

from dutyboard.rules.records.refusals import Refusal
from dutyboard.tui.screens.board import BoardScreen
from dutyboard.tui.screens.forms.sheet import form as sheet_steps
from dutyboard.tui.screens.forms.sheet.form import SheetForm
from dutyboard.tui.screens.forms.sheet.preview import PreviewForm
from dutyboard.tui.session import Session
from dutyboard.tui.sheets.reader.intake_error import IntakeError
from dutyboard.tui.terminal.cells import width
from dutyboard.tui.text import LANGUAGES, words
from tests.tui.night import FakeGateway, night
from tests.tui.screen_text import shown, text, until
from tests.tui.test_sheet_screen import SITES, at, form, form_on, paste

NARROW = (80, 24)
NUMBERS = {"most": 200_000, "row": 4711}
FILE = "金石镇六月上旬返乡人员花名册（第三次核对，以此为准）.xlsx"


def filled(sentence: str) -> dict[str, Any]:
    """Something for each gap of a sentence: a long name of a file, numbers, words."""
    gaps = {gap for _, gap, _, _ in Formatter().parse(sentence) if gap}
    return {gap: NUMBERS.get(gap, FILE if gap == "file" else f"某某{gap}") for gap in gaps}


def folded(written: str) -> str:
    return "".join(written.split())


@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_reason_why_a_file_cannot_be_read_stands_whole_on_a_narrow_screen(
    language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = words(language).sheets
    async with form_on(FakeGateway(night()), NARROW, language) as pilot:
        form(pilot).inputs["kind"].value = "4"
        form(pilot).inputs["file"].value = "/a.xlsx"
        for code, usual in said.files.items():
            sentence = said.files_on_screen.get(code, usual)
            error = IntakeError(code, **filled(sentence))

            def refused(*_: object, error: IntakeError = error) -> None:
                raise error

            monkeypatch.setattr(sheet_steps, "opened", refused)
            await pilot.press("f9")
            whole = folded(sentence.format(**error.fields))
            await until(pilot, lambda whole=whole: whole in folded(text(pilot.app)), whole)  # type: ignore[arg-type,misc]
            rows = shown(pilot.app)  # type: ignore[arg-type]
            assert len(rows) == NARROW[1] and all(width(row) <= NARROW[0] for row in rows)
            assert rows[-1].strip() == words(language).intake.form_keys  # no key is pushed off, and none is cut


@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_refusal_and_trouble_stands_whole_in_the_steps_of_an_import(
    language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoken = words(language)
    sentences = [
        (each.name, getattr(section, each.name))
        for section in (spoken.refusals, spoken.troubles)
        for each in fields(section)
        if each.name != "other"
    ]
    async with form_on(FakeGateway(night()), NARROW, language) as pilot:
        await paste(pilot, SITES.replace(",", "\t"))
        await pilot.press("2", "f9")
        await at(pilot, PreviewForm)
        screen = pilot.app.screen
        assert isinstance(screen, PreviewForm)
        for code, sentence in sentences:
            said = sentence.format(**filled(sentence))
            monkeypatch.setattr(Session, "answer_sentence", lambda _, answer, said=said: said)  # noqa: ARG005
            whole = folded(said)
            screen.answered(Refusal(code))
            await until(pilot, lambda whole=whole: whole in folded(text(pilot.app)), f"{code} {whole}")  # type: ignore[arg-type,misc]
            assert shown(pilot.app)[-1].strip() == spoken.intake.preview_keys  # type: ignore[arg-type]


async def test_what_was_said_fits_the_screen_again_when_it_grows_narrower_and_goes_with_the_next_word() -> None:
    async with form_on(FakeGateway(night()), (120, 40)) as pilot:
        rest = "请改表头" * 12
        form(pilot).say(rest, "late")
        await pilot.resize_terminal(*NARROW)
        await until(pilot, lambda: rest in folded(text(pilot.app)), "the whole sentence")  # type: ignore[arg-type]
        form(pilot).say("好", "late")
        await until(pilot, lambda: len(form(pilot).status.lines) == 1, "one row")
        assert isinstance(form(pilot), SheetForm)


async def test_what_was_done_takes_one_row_of_the_board_and_a_refusal_what_it_needs() -> None:
    async with form_on(FakeGateway(night()), NARROW) as pilot:
        await pilot.press("escape")
        await at(pilot, BoardScreen)
        screen = pilot.app.screen
        assert isinstance(screen, BoardScreen)
        screen.say("已登记" * 50)
        assert len(screen.status.lines) == 1
        screen.say("请先补" * 50, "late")
        await until(pilot, lambda: "请先补" * 50 in folded(text(pilot.app)), "the whole refusal")  # type: ignore[arg-type]
        await pilot.press("down")
        await until(pilot, lambda: len(screen.status.lines) == 1, "one row again")
