"""What a notice says stands in its file alone: no clause number and no number of its sentences in the program.

A number or a clause in Python would go on being said of a second notice that has another one.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from dutyboard.tui.link.picture import known_notices

ROOT = Path(__file__).parents[2]
CLAUSE = re.compile(r"(?<![\d.:-])[1-9]\.[0-9]{1,2}[a-z]?(?![\d.])")
"""A dotted clause: `4.1a`, `2.7`, `3.12`."""
NUMBER = re.compile(
    r"第[0-9、]+天|[0-9]+(?:天|名|次|小时|月[0-9]+日)|[0-9]+[:：][0-9]{2}"
    r"|[0-9]+ (?:days?|PCR|serum|hours?|cadres|June|May)\b|days [0-9, ]+"
)
"""A number in a sentence, with what it counts."""
SAID_ELSEWHERE = {
    ("24小时", "tui/text/zh/frame.py"): "the name of the board",
    ("24小时", "tui/text/zh/cli.py"): "the name of the board",
    ("24小时", "tui/text/zh/actions.py"): "the name of the board",
    ("24 hours", "tui/text/en/actions.py"): "the name of the board",
    ("24小时", "tui/text/zh/pages/account.py"): "a figure of a standard, beside those of the desk",
    ("1次", "tui/text/zh/pages/account.py"): "a figure of a standard, beside those of the desk",
    ("7天", "tui/text/zh/person_form.py"): "the fact `home7_done_elsewhere` is of seven days by its definition",
    ("14天", "tui/text/zh/person_form.py"): "the fact `foreign_14d` is of 14 days by its definition",
    ("14 days", "tui/text/en/person_form.py"): "the fact `foreign_14d` is of 14 days by its definition",
}
"""Numbers that happen to stand in a sentence too, and what they are."""


def texts(path: Path) -> Iterator[tuple[int, str]]:
    """Every text of a module with its line, docstrings left out."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node.lineno, node.value


def product() -> Iterator[tuple[str, int, str]]:
    for room in ("rules", "tui"):
        for path in sorted((ROOT / room).rglob("*.py")):
            for line, text in texts(path):
                yield str(path.relative_to(ROOT)), line, text


def quoted() -> set[str]:
    """Every number in a sentence of any notice, in both languages."""
    found: set[str] = set()
    for notice in known_notices().values():
        section = notice.section_three
        phrases = [*notice.sentences.values(), *(row.sentence for row in section.branches), section.home_sentence]
        phrases += [question.reason for question in section.questions]
        for phrase in phrases:
            found |= {*NUMBER.findall(phrase.zh), *NUMBER.findall(phrase.en)}
    return found


def test_the_numbers_of_the_sentences_are_found() -> None:
    assert quoted() >= {"14天", "21：30", "第1、4、7天", "5名", "24小时", "6月7日", "5:00", "14 days", "5 cadres"}


def test_no_clause_number_stands_in_the_program() -> None:
    assert [(file, line, text) for file, line, text in product() if CLAUSE.search(text)] == []


def test_no_number_of_a_sentence_stands_in_the_program() -> None:
    known = quoted()
    found = {
        (number, file)
        for file, _, text in product()
        for number in known
        if number in text or number in re.sub(r"\s", "", text)
    }
    assert found == set(SAID_ELSEWHERE)


def test_what_the_contract_looks_for_would_be_found() -> None:
    """Written as it stood before: a clause as a constant, a sentence in the words of the screen."""
    assert CLAUSE.search("4.1a") and CLAUSE.search("2.7") and CLAUSE.search("suspected: 3.1 names only")
    assert not CLAUSE.search("36.5") and not CLAUSE.search("2021-06-07T19:40") and not CLAUSE.search("0.5 s")
    known = quoted()
    assert any(number in "要保持24小时应急状态" for number in known)
