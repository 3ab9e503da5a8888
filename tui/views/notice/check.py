"""Findings of a check of a notice, in words and as JSON, each with its example person."""

import json
from collections.abc import Mapping
from typing import Any, cast

from dutyboard.rules.law.check_notice import NoticeCheck
from dutyboard.rules.law.facts import Facts, facts_json
from dutyboard.rules.law.proof.cells import base_person
from dutyboard.rules.law.proof.findings import NoticeFinding, TextFault
from dutyboard.rules.law.proof.weaker import LessenedPart
from dutyboard.tui.terminal.cells import width, wrap
from dutyboard.tui.text import Words
from dutyboard.tui.views.fact_text import fact_label, fact_text

_INDENT = "  "
ABSENT = "absent"
"""Stands where the JSON of a fact would be, if nobody asked for it."""


def check_lines(check: NoticeCheck, words: Words, cells: int) -> list[str]:
    """Return the findings that a reading explains, then the others with their person, `cells` cells wide at most.

    A person stands there in words and as JSON; what an example does not name is the base person's, told last.
    """
    explained = dict.fromkeys(finding_line(each, words) for each in check.findings if each.reading)
    lines = [row for line in explained for row in _indented(line, cells)]
    open_ = [finding for finding in check.findings if not finding.reading]
    for finding in open_:
        lines += _indented(finding_line(finding, words), cells)
        if finding.person is not None and check.notice is not None:
            alone = unlike(base_person(check.notice), finding.person, finding.differs)
            lines += _example(alone, words.conditions.check.person, words, cells)
        if finding.raised is not None and finding.person is not None:
            more = unlike(finding.person, finding.raised, finding.differs)
            lines += _example(more, words.conditions.check.raised, words, cells)
    if check.notice is not None and any(finding.person for finding in open_):
        lines += _indented(words.conditions.check.base_person, cells)
        lines += _json_lines(_slim(facts_json(base_person(check.notice))), cells)
    return lines


def _example(told: Mapping[str, Any], sentence: str, words: Words, cells: int) -> list[str]:
    return [*_indented(sentence.format(facts=_facts_text(told, words)), cells), *_json_lines(told, cells)]


def finding_line(finding: NoticeFinding, words: Words) -> str:
    """Return one finding as a sentence, behind the reading that explains it."""
    said = words.conditions.check
    accepted = said.accepted.format(reading=finding.reading) if finding.reading else ""
    return f"{accepted}{said.kinds[finding.kind]}  {_sentence(finding, words)}"


def _sentence(finding: NoticeFinding, words: Words) -> str:
    said, details = words.conditions.check, finding.details
    match finding.kind:
        case "uncovered":
            subject = words.conditions.subjects.get(finding.about, finding.about)
            word = words.conditions.answers.get(details[0], details[0])
            return said.uncovered.format(subject=subject, word=word)
        case "weaker":
            now = said.nothing_left if details[0] == "none" else details[0]
            parts = words.marks.comma.join(said.parts[cast(LessenedPart, each)] for each in details[1:])
            return said.weaker.format(clause=finding.about, now=now, parts=parts)
        case "never":
            form = said.never_way if len(details) > 1 else said.never
            return form.format(clause=finding.about, name=details[0], way=details[-1])
        case "test_day":
            return said.test_day.format(clause=finding.about, stage=said.stages[details[0]], day=details[1])
        case "text":
            fault = said.text_faults[cast(TextFault, details[0])]
            return said.text.format(path=finding.about, fault=" ".join([fault, *details[1:]]))


def unlike(one: Facts, other: Facts, keys: tuple[str, ...]) -> dict[str, Any]:
    """Return the facts of the other in which he is not like the one, as JSON.

    A fact that is not asked is `absent`. An item has no key that says nothing.
    """
    before, after = facts_json(one), facts_json(other)
    changed = [key for key in keys if before.get(key, ABSENT) != after.get(key, ABSENT)]
    return {key: _slim(after[key]) if key in after else ABSENT for key in changed}


def _slim(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _slim(each) for key, each in value.items() if each not in ("", False)}
    return [_slim(each) for each in value] if isinstance(value, list) else value


def _facts_text(told: Mapping[str, Any], words: Words) -> str:
    return words.marks.semicolon.join(f"{fact_label(key, words)} {_fact(key, told[key], words)}" for key in told)


def _fact(key: str, value: Any, words: Words) -> str:
    if value == ABSENT:
        return words.conditions.check.not_asked
    if key == "linked":
        return words.marks.comma.join(words.page.links[each["state"]] for each in value)
    return fact_text(key, value, words)


def _indented(text: str, cells: int) -> list[str]:
    first, *rest = wrap(text, cells)
    return [first, *(_INDENT * 2 + row for line in rest for row in wrap(line, cells - 2 * len(_INDENT)))]


def _json_lines(told: Mapping[str, Any], cells: int) -> list[str]:
    """Return one JSON object on one line, or broken between its facts where it is too long."""
    items = [f"{json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}" for key, value in told.items()]
    rows: list[str] = []
    row = _INDENT + "{"
    for number, item in enumerate(items):
        item += "}" if number == len(items) - 1 else ", "
        if width(row + item.rstrip()) > cells and row.strip() != "{":
            rows.append(row.rstrip())
            row = _INDENT * 2
        row += item
    return [each for line in (*rows, row) for each in _fitting(line, cells)]


def _fitting(line: str, cells: int) -> list[str]:
    if width(line) <= cells:
        return [line]
    return [_INDENT * 2 + row for row in wrap(line.strip(), cells - 2 * len(_INDENT))]


def check_json(check: NoticeCheck, name: str, words: Words) -> dict[str, Any]:
    """Return a check as JSON.

    `facts` are whole, as `assess` reads them. `differs` is what is not the base person's, `raises` the risk more.
    """
    base = base_person(check.notice) if check.notice is not None else None
    return {
        "notice": check.notice.id if check.notice is not None else name,
        "ok": check.ok,
        "base": facts_json(base) if base is not None else None,
        "findings": [
            {
                "kind": each.kind,
                "about": each.about,
                "details": list(each.details),
                "sentence": finding_line(each, words),
                "reading": each.reading or None,
                "facts": facts_json(each.person) if each.person is not None else None,
                "differs": unlike(base, each.person, each.differs) if base and each.person else {},
                "raised": facts_json(each.raised) if each.raised is not None else None,
                "raises": unlike(each.person, each.raised, each.differs) if each.person and each.raised else {},
            }
            for each in check.findings
        ],
    }
