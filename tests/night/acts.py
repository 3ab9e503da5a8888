"""The way of each row of the board, chosen by its words: the key or the form that an officer answers it with."""

import re
from collections.abc import Callable, Mapping

from tests.night.officer import Officer

FORM = "草稿保留"
"""The words of the keys of every form."""
Way = Callable[[Officer, str], None]


def tick(officer: Officer, _: str) -> None:
    """One key: everything was in order."""
    officer.press("enter")
    officer.settle()


def form(answers: Mapping[str, str]) -> Way:
    """Open the form with Enter, answer it, save, and sign where a PIN is asked."""

    def answer(officer: Officer, _: str) -> None:
        officer.press("enter")
        if not officer.opened():
            return
        officer.fill(answers)
        officer.sign()

    return answer


def either(answers: Mapping[str, str]) -> Way:
    """One key, or the form where the key opens one."""

    def answer(officer: Officer, row: str) -> None:
        officer.press("enter")
        officer.terminal.wait_until(lambda text: FORM in text or row.rstrip() not in text, "the row changed, or a form")
        if officer.in_form():
            officer.fill(answers)

    return answer


def temperatures(fever_room: int = 0) -> Way:
    """Type the temperature of each room; one of them has a fever, which is typed twice."""

    def answer(officer: Officer, row: str) -> None:
        counted = re.search(r"(\d+)/(\d+)", row)
        officer.press("enter")
        if not officer.opened():
            return
        seen = officer.screen
        if "逐室输入" not in seen or counted is None:
            officer.fill({"已测人数": "0", "应测人数": "0"})
            return
        left = int(counted[2]) - int(counted[1])
        for number in range(1, left + 1):
            officer.type("38.2".replace(".", "") * 2 if number == fever_room else "365")
        officer.press("f9")

    return answer


def leave_to(officer: Officer, _: str) -> None:
    """Somebody leaves for where he is bound."""
    officer.press("enter")
    if officer.opened():
        officer.fill({"车牌": "湘K20210", "司机": "谭师傅"})
