"""Docstrings of the product are plain statements; tests/contracts/prose.py says what that is and prints the faults."""

import pytest

from tests.contracts.prose import faults, first_sentence, folders, problems, product, words


@pytest.mark.parametrize("folder", folders())
def test_the_docstrings_of_a_folder_are_plain_statements(folder: str) -> None:
    assert faults(product(folder)) == []


def test_there_are_docstrings_to_look_at() -> None:
    assert sum(len(product(folder)) for folder in folders()) > 1_500


@pytest.mark.parametrize(
    "text",
    [
        "True if this consequence is already done, or is now the queue's job.",
        "Check the time of an entry: inside its window, not in the future, not twice.",
        "An unhandled positive shows its consequences first.",
        "Return the rooms of a site by name.\n\nWhether one is free is asked of `free_rooms`.",
        "`db.json`: the view at one sequence number.",
        "居家健康监测: days at home after the site.",
        'The answer to "is he ill?", as typed.',
        "One two three four five six seven eight nine ten eleven twelve. More follows: " + "word " * 20,
        "Days by clause, e.g. `3.8b`, v. 2.1, as the notice has them.",
    ],
)
def test_a_plain_statement_passes(text: str) -> None:
    assert problems(text) == []


@pytest.mark.parametrize(
    ("text", "lack"),
    [
        ("Whether nothing of it is left to the act.", "begins with 'Whether'"),
        ("What a switch of notices would do.", "begins with 'What'"),
        ("Of somebody positive, all that it brings comes first.", "begins with 'Of'"),
        ("To another room.", "begins with 'To'"),
        ("Up to where the journal is whole.", "begins with 'Up'"),
        ("The duty of a site. Is it done?", "asks a question"),
        ("One two three four five: six seven eight nine ten; " * 3, "30 words before the first full stop"),
        ("word " * 21 + "\n\nAnother paragraph.", "21 words before the first full stop"),
        ("隔离" * 21 + "。", "21 words before the first full stop"),
    ],
)
def test_a_riddle_is_named(text: str, lack: str) -> None:
    assert problems(text) == [lack]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("one two-three 4.5", 3),
        ("a → b — c | d", 4),
        ("`a long piece of code(x, y)` and ``two``", 3),
        ("零报告", 2),
        ("the 集中隔离点 (site)", 5),
        ("", 0),
    ],
)
def test_a_word_is_what_holds_a_letter_a_digit_or_two_characters(text: str, count: int) -> None:
    assert words(text) == count


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("One: two; three. Four.", "One: two; three"),
        ("A file a.b.c of clause 3.8b. Next.", "A file a.b.c of clause 3.8b"),
        ("Code `x. y` here. Next.", "Code `x. y` here"),
        ("No stop\n\nNext.", "No stop"),
        ("通知的数字。下一句", "通知的数字"),
        ("Days, e.g. 14 of them. Next.", "Days, e.g. 14 of them"),
    ],
)
def test_a_sentence_ends_at_its_full_stop_or_at_a_blank_line(text: str, sentence: str) -> None:
    assert first_sentence(text) == sentence
