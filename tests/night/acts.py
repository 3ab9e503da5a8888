"""The way of each row of the board, chosen by its words: the key or the form that an officer answers it with."""

import re
from collections.abc import Callable, Mapping

from tests.night.officer import Officer
from tests.night.said import Said, opening

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
        form = officer.said.form
        officer.terminal.wait_until(lambda text: form in text or row.rstrip() not in text, "the row changed, or a form")
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
        seen, forms = officer.screen, officer.said.words.forms
        if opening(forms.grid_hint) not in seen or counted is None:
            officer.fill({forms.measured: "0", forms.of: "0"})
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
        people = officer.said.words.people
        officer.fill({people.transfer_vehicle: "湘K20210", people.transfer_driver: "谭师傅"})


def ways(said: Said) -> Mapping[str, Way]:
    """Return the rows that the script answers, by their words; a longer one stands before a shorter that it holds."""
    forms, people, referral = said.words.forms, said.words.people, said.words.referral
    outcome = forms.outcome
    by_code: Mapping[str, Way] = {
        "suspected": form({people.suspect_told: "李主任"}),
        "suspected-pcr": form({people.test_result: "4"}),
        "retake": form({people.reading_temp: "379"}),
        "trace": form({people.trace_contacts: "3", people.trace_told: "市疾控"}),
        "referral": form({referral.authority: "市人民医院", referral.decision: "送发热门诊留观"}),
        "transfer": leave_to,
        "arrival": form({people.transfer_received: "张强"}),
        "patrol": tick,
        "staff_check": either({forms.checked: "4", forms.abnormal_count: "0"}),
        "temperature": temperatures(),
        "disinfection": either({forms.disinfection_fields["area"]: "走廊"}),
        "home_check": tick,
        "advice": tick,
        "call": form({outcome: "已答复"}),
        "finding": form({outcome: "已派人到场"}),
    }
    named = {name: way for code, way in by_code.items() for name in said.names(code)}
    return {name: named[name] for name in sorted(named, key=len, reverse=True)}
