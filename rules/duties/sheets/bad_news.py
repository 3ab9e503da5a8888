"""Bad news in rows of sheets: a fever, a symptom, a positive, an absence. It stays where its row is rejected."""

from datetime import date
from typing import Final

from dutyboard.frozen import frozen
from dutyboard.rules.law.facts import Facts, PcrCert
from dutyboard.rules.people.contacts import SICK, is_positive
from dutyboard.rules.records.codes import MatterCause
from dutyboard.rules.records.commands.person import PersonData
from dutyboard.rules.records.commands.sheets import ReadingRow, ResultData, RoundRow, UntakenRow
from dutyboard.rules.records.texts import LONGEST

_LAST_DIGITS: Final = 4
"""Digits of a number by which somebody without a name is told."""
MAY_BE_POSITIVE: Final = ("positive", "indeterminate")
_UNCLEAR: Final = "可疑"
_SERUM: Final = "血清"
"""The test for antibodies as a row writes it: what is kept of a row is in its own language."""


@frozen(kw_only=False)
class BadNews:
    """News of a row that somebody must see to: the cause, and the words of the row."""

    cause: MatterCause
    words: str


def of_reading(row: ReadingRow, fever_c: float) -> BadNews | None:
    """Return the fever, symptom or absence that a row tells of one person. None: it tells none."""
    hot = any(each is not None and each >= fever_c for each in (row.first, row.temp_c))
    if not (row.symptom or hot or row.absent):
        return None
    return BadNews("sheet_fever" if row.symptom or hot else "sheet_absent", reading_words(row))


def reading_words(row: ReadingRow) -> str:
    """Return what a row tells of one person in a temperature round."""
    whose = (row.room, row.name or _numbered(row.id_no))
    return _words(*whose, row.first, row.temp_c, row.symptom, row.absent)


def of_round(row: RoundRow, fever_c: float) -> BadNews | None:
    """Return what a row tells of a round that was not as it should be. None: all was well."""
    highest = row.figures.get("highest", 0)
    cause: MatterCause | None = None
    if highest >= fever_c:
        cause = "sheet_fever"
    elif row.absent:
        cause = "sheet_absent"
    elif row.abnormal:
        cause = "sheet_abnormal"
    return BadNews(cause, round_words(row)) if cause is not None else None


def round_words(row: RoundRow) -> str:
    """Return what a row tells of a round: its words, who was not there, the highest reading."""
    away = (f"{name} ({words})" if words else name for name, words in row.absent)
    return _words(row.text, "、".join(away), *row.figures.values())


def of_result(row: ResultData) -> BadNews | None:
    """Return the positive result that a row tells, or one that may be positive. None: it tells another one."""
    if row.result not in MAY_BE_POSITIVE:
        return None
    whom = row.whom
    whose = (whom.name or _numbered(whom.id_no) or _numbered(whom.phone), whom.site, whom.room, row.sample_code)
    unclear = "" if row.result == "positive" else _UNCLEAR
    words = _words(*whose, _SERUM if row.type == "serum" else "", unclear, _day(row.sampled_on), row.text)
    return BadNews("sheet_positive" if row.result == "positive" else "sheet_unclear", words)


def of_person(row: PersonData, fever_c: float) -> BadNews | None:
    """Return what a row tells of somebody who is positive, ill or a contact. None: he is none of these."""
    facts = row.facts
    unclear = isinstance(facts.pcr, PcrCert) and facts.pcr.result == "indeterminate"
    cause: MatterCause | None = None
    if is_positive(facts) or facts.case_status in SICK:
        cause = "sheet_positive"
    elif facts.case_status == "suspected":
        cause = "sheet_suspected"
    elif unclear:
        cause = "sheet_unclear"
    elif facts.symptoms == "present" or _feverish(facts, fever_c):
        cause = "sheet_fever"
    elif facts.contact in ("close", "secondary"):
        cause = "sheet_contact"
    if cause is None:
        return None
    whose = row.name or _numbered(row.id_no) or _numbered(row.phone)
    temp = facts.temp_c if _feverish(facts, fever_c) else None
    said = _UNCLEAR if unclear and not is_positive(facts) else ""
    return BadNews(cause, _words(whose, row.address, _day(facts.arrival_on), said, temp))


def of_untaken(row: UntakenRow, fever_c: float) -> BadNews | None:
    """Return the bad news of a row that could not be read. None: its reading is no fever."""
    if row.temp_c is not None and row.temp_c < fever_c:
        return None
    return BadNews(row.cause, _words(row.text))


def _feverish(facts: Facts, fever_c: float) -> bool:
    return isinstance(facts.temp_c, int | float) and facts.temp_c >= fever_c


def _day(day: date | None) -> str:
    return day.isoformat() if day is not None else ""


def _numbered(number: str) -> str:
    return f"…{number[-_LAST_DIGITS:]}" if number else ""


def _words(*parts: object) -> str:
    return " ".join(str(each) for each in parts if each not in ("", None))[:LONGEST]
