"""Every condition of every notice can be said in both languages, and says what it asks."""

import pytest

from dutyboard.rules.law.notice import Notice
from dutyboard.tui.link.picture import known_notices
from dutyboard.tui.text import Words, words
from dutyboard.tui.views.person.conditions import condition_text

ZH, EN = words("zh"), words("en")


@pytest.mark.parametrize("words", [ZH, EN], ids=["zh", "en"])
@pytest.mark.parametrize("notice", known_notices().values(), ids=known_notices())
def test_every_condition_of_a_notice_is_worded(notice: Notice, words: Words) -> None:
    section = notice.section_three
    texts = {each.text for row in section.branches for part in (*row.when, *row.release_when) for each in part}
    said = {text: condition_text(text, words.conditions) for text in texts}
    assert texts
    assert len(set(said.values())) == len(texts)
    assert not [line for line in said.values() if "_" in line or "{" in line]


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        (
            "recent_stay is high, medium",
            "近期旅居地须为高风险或中风险",
            "recent stay: must be high risk or medium risk",
        ),
        ("not any_stay is high", "旅居地须不是高风险", "stay: must not be high risk"),
        ("lacks release_cert is yes", "放行证明须非是", "release paper: must not surely be yes"),
        ("border unknown", "入境须为不明", "entry: must be unknown"),
        ("certificate_hours at most 48", "核酸证明小时数须不超过48", "hours of the PCR: at most 48"),
    ],
)
def test_a_condition_says_what_it_asks(text: str, zh: str, en: str) -> None:
    assert condition_text(text, ZH.conditions) == zh
    assert condition_text(text, EN.conditions) == en
