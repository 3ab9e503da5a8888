"""The door of every text: what a terminal obeys is refused with its field, one form of Unicode, a bound."""

import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dutyboard.rules.records.commands.person import PersonData, Register
from dutyboard.rules.records.commands.post import WriteLog
from dutyboard.rules.records.signs import MARKS_AT_MOST, cleaned, composed, unfit
from dutyboard.rules.records.texts import LONGEST, in_one_form, unfit_text
from tests.payloads import PAYLOADS
from tests.rules.desks import act, desk, t

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
    refused = unfit_text(WriteLog(text=f"王芳{payload}来电"))
    assert refused is not None
    assert (refused.code, refused.fields["name"]) == ("unfit_sign", "text")
    assert refused.fields["sign"].startswith("U+")


@pytest.mark.parametrize("text", HARMLESS)
def test_what_officers_write_is_kept(text):
    assert unfit_text(WriteLog(text=text)) is None


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize("field", ["name", "phone", "address", "note", "officer_name"])
def test_no_text_inside_an_act_is_passed_over(payload, field):
    refused = unfit_text(Register(person=replace(PersonData(name="张三", unit_id=1), **{field: payload})))
    assert refused is not None
    assert refused.fields["name"] == field


def test_a_text_is_bounded():
    assert unfit_text(WriteLog(text="长" * LONGEST)) is None
    refused = unfit_text(WriteLog(text="长" * (LONGEST + 1)))
    assert refused is not None and refused.code == "text_too_long"


@given(st.text() | st.text(st.sampled_from("a\u0301\u0302\u200d\x1b\n")))
def test_a_cleaned_text_is_fit(text):
    assert unfit(cleaned(text)) is None
    assert unfit(text) is not None or cleaned(text) == text


@given(st.text())
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
