"""The door of every text: what a terminal obeys is refused with its field, one form of Unicode, a bound."""

import sys
import unicodedata
from dataclasses import fields, replace
from datetime import date
from typing import Any, Final, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dutyboard.rules.records.commands import Command
from dutyboard.rules.records.commands.leaves import leaves
from dutyboard.rules.records.commands.person import PersonData, Register
from dutyboard.rules.records.commands.post import WriteLog
from dutyboard.rules.records.commands.sheets import AreaData, ImportAreas
from dutyboard.rules.records.refusals import Refusal
from dutyboard.rules.records.signs import MARKS_AT_MOST, cleaned, composed, unfit
from dutyboard.rules.records.texts import LONGEST, in_one_form
from tests.payloads import PAYLOADS
from tests.rules.desks import act, desk, t

DAY = date(2021, 6, 7)
HARMLESS = (
    "王芳",
    "A栋301",
    "37.5 °C",
    "12:30-13:00",
    "（备注）",
    "Ünal",
    "𠮷野家",
    "",
    "e" + "\u0301" * MARKS_AT_MOST,
)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_payload_is_refused_with_its_field_and_sign(payload):
    refused = in_one_form(WriteLog(text=f"王芳{payload}来电"))
    assert isinstance(refused, Refusal)
    assert (refused.code, refused.fields["name"]) == ("unfit_sign", "text")
    assert refused.fields["sign"].startswith("U+")


SEEN: Final = {*map(chr, range(0x600, 0x606)), *"\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd"} | {
    *map(chr, range(0x13430, 0x13440))
}
"""Signs of format that are drawn: of Arabic, Syriac, Kaithi and Egyptian numbers and names."""
DRAWN_AS_NOTHING: Final = (
    *"\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2065\u3164\uffa0",
    *map(chr, (*range(0xFE00, 0xFE10), *range(0xFFF0, 0xFFF9), *range(0xE0000, 0xE1000))),
)
"""What Unicode calls ignorable by default, and no sign of format is: fillers, joiners, variants."""


def test_no_sign_that_is_obeyed_or_not_seen_is_fit():
    every = {chr(code) for code in range(sys.maxunicode + 1)}
    unseen = {each for each in every if unicodedata.category(each) in ("Cc", "Cf", "Cs", "Zl", "Zp")} - SEEN
    assert [each for each in sorted({*unseen, *DRAWN_AS_NOTHING}) if unfit(each) is None] == []


@pytest.mark.parametrize("text", HARMLESS)
def test_what_officers_write_is_kept(text):
    assert in_one_form(WriteLog(text=text)) == WriteLog(text=composed(text))


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize("field", ["name", "phone", "address", "note", "officer_name"])
def test_no_text_inside_an_act_is_passed_over(payload, field):
    refused = in_one_form(Register(person=replace(PersonData(name="张三", unit_id=1), **{field: payload})))
    assert isinstance(refused, Refusal)
    assert refused.fields["name"] == field


@pytest.mark.parametrize("command", get_args(Command), ids=lambda each: each.__name__)
def test_every_field_of_every_act_is_looked_into(command: type[Any]) -> None:
    """Whatever its type says: as a text, among others, as the key and the value of a table, in a record."""
    sign = PAYLOADS[0]
    for name in (each.name for each in fields(command)):
        for told in (sign, ("a", sign), [("a", [sign])], {"a": sign}, {sign: "a"}, PersonData(name=sign)):
            said = object.__new__(command)
            for each in fields(command):
                object.__setattr__(said, each.name, told if each.name == name else None)
            refused = in_one_form(said)
            assert isinstance(refused, Refusal) and refused.code == "unfit_sign", (name, told)


def test_a_text_is_bounded():
    assert in_one_form(WriteLog(text="长" * LONGEST)) == WriteLog(text="长" * LONGEST)
    refused = in_one_form(WriteLog(text="长" * (LONGEST + 1)))
    assert isinstance(refused, Refusal) and refused.code == "text_too_long"


@given(st.text() | st.text(st.sampled_from("a\u0301\u0302\u200d\x1b\n")))
def test_a_cleaned_text_is_fit(text):
    assert unfit(cleaned(text)) is None
    assert unfit(text) is not None or cleaned(text) == text


@given(st.text().map(cleaned))
def test_one_name_has_one_form(text):
    told = in_one_form(WriteLog(text=unicodedata.normalize("NFD", text)))
    assert told == in_one_form(WriteLog(text=unicodedata.normalize("NFC", text)))
    assert composed(told.text) == told.text


def test_an_act_in_its_form_is_the_same_object():
    told = WriteLog(text="王芳")
    assert in_one_form(told) is told


def test_what_is_kept_has_one_form_whichever_way_it_was_typed():
    typed = unicodedata.normalize("NFD", "Ünal 来电 é")
    snapshot = act(desk(), WriteLog(text=typed), t("12:00"))
    assert max(snapshot.entries.values(), key=lambda each: each.id).text == unicodedata.normalize("NFC", typed)


def test_the_leaves_of_an_act_come_in_the_order_in_which_they_stand() -> None:
    told = {"first": ("甲", 1), "second": {"inner": [None, True]}}
    act = ImportAreas(
        areas=(AreaData(code="4401", name="测区", level="high", starts=DAY, ends=None, source="", row=3),)
    )
    assert list(leaves(told)) == [
        ("", "first"),
        ("first", "甲"),
        ("first", 1),
        ("", "second"),
        ("second", "inner"),
        ("inner", True),
    ]
    area = [("code", "4401"), ("name", "测区"), ("level", "high"), ("starts", DAY), ("source", ""), ("row", 3)]
    assert list(leaves(act)) == [*area, ("sheet", "")]
    assert [*leaves(act, closed=(AreaData,))] == []
