"""Words and numbers that a notice lacks: what its reader refuses, and what it lets pass but nobody could use."""

import copy
import re
from collections.abc import Iterator, Mapping
from string import ascii_lowercase
from typing import Any

from dutyboard.rules.law.notice import Notice, Tree, completed, read_notice
from dutyboard.rules.law.proof.findings import NoticeFinding
from dutyboard.rules.law.toml_table import NoticeError

_HAN = re.compile(r"[\u4e00-\u9fff]")
_PLACEHOLDER = {"zh": "（未写）", "en": "(not written)"}
"""Stand-in for a missing text, so that the rest of the notice can be read and checked."""
_PHRASES = ("title", "sentence", "head")
_LACKING = ("missing_key", "not_text", "not_a_table")
_MOST = 100
_NO_CLAUSE = "ask"
"""Word of a question in place of a clause that is not there."""
_CALLS = "follow_up"
_ITEM = re.compile(r"(\w+)\[(\d+)\]\.(.+)")
_CLAUSE = re.compile(r"(?<![\d.:-])[1-9]\.[0-9]{1,2}(?=[a-z]?(?![\d.]))")
_NUMERALS = "一二三四五六七八九十"
_CHINESE_CLAUSE = re.compile(rf"([{_NUMERALS}])（([{_NUMERALS}]+)）")
_CHINESE_ITEMS = re.compile(rf"([{_NUMERALS}]+)至([{_NUMERALS}]+)款")


def read_leniently(
    tree: Tree, name: str, text: str, bases: Mapping[str, Tree]
) -> tuple[Notice | None, list[NoticeFinding]]:
    """Read a notice as far as it goes. Returns it, None where more than a text is missing, and what was refused."""
    found: list[NoticeFinding] = []
    try:
        whole = dict(copy.deepcopy(completed(tree, name, bases)))
    except NoticeError as error:
        return None, [_refused(error)]
    for _ in range(_MOST):
        try:
            return read_notice(whole, name, text), found
        except NoticeError as error:
            found.append(_refused(error))
            if not (_filled(whole, error.path) if error.code in _LACKING else _mended(whole, error)):
                return None, found
    return None, found


def _mended(whole: dict[str, Any], error: NoticeError) -> bool:
    """Take away a name of a clause that is not there, or count tests as their days do. Returns whether it could.

    Calls on days that cannot be are taken away.
    """
    if error.path.startswith(f"{_CALLS}."):
        del whole[_CALLS]  # nothing else of a notice rests on them
        return True
    node, key = _place(whole, error.path)
    if node is None:
        return False
    if error.code == "no_such_clause":
        known = {branch.get("clause") for branch in whole["branches"]}
        named = node[key]
        node[key] = [each for each in named if each in known] if isinstance(named, list) else _NO_CLAUSE
        return True
    if error.code == "count_differs":
        node[key] = sum(len(node.get(f"{key}_{days}", ())) for days in ("days", "proposed"))
        return True
    return False


def _place(node: Any, path: str) -> tuple[Any, str]:
    """Return the table in which a key path ends, and its last key. The table is None where there is no such path."""
    item = _ITEM.fullmatch(path)
    if item is not None:
        return _place(node[item[1]][int(item[2])], item[3])
    first, _, rest = path.partition(".")
    if not rest:
        return (node, first) if isinstance(node, dict) and first in node else (None, first)
    return _place(node.get(first), rest) if isinstance(node, dict) else (None, first)


def _refused(error: NoticeError) -> NoticeFinding:
    return NoticeFinding(kind="text", about=error.path, details=(error.code,))


def _filled(node: Any, path: str) -> bool:
    """Put a placeholder where a text in two languages is missing. Returns whether the path is that of one."""
    item = _ITEM.fullmatch(path)
    if item is not None:
        return _filled(node[item[1]][int(item[2])], item[3])
    if not isinstance(node, dict):
        return False
    if path in _PLACEHOLDER:
        node[path] = _PLACEHOLDER[path]
        return True
    if path in _PHRASES:
        node[path] = dict(_PLACEHOLDER)
        return True
    first, _, code = path.partition(".")
    if first == "reasons" and "." not in code and code not in node.get(first, {}):
        node[first] = {**node.get(first, {}), code: dict(_PLACEHOLDER)}
        return True
    return any(path.startswith(f"{key}.") and _filled(node[key], path.removeprefix(f"{key}.")) for key in node)


def unreadable(tree: Tree, notice: Notice) -> Iterator[NoticeFinding]:
    """Return the texts that are not translated, the clauses without a sentence, and reasons of another notice."""
    for path, phrase in _phrases(tree, ""):
        zh, en = phrase.get("zh"), phrase.get("en")
        if isinstance(zh, str) and not _HAN.search(zh):
            yield NoticeFinding(kind="text", about=f"{path}.zh", details=("no_chinese",))
        if isinstance(en, str) and (_HAN.search(en) or en == zh):
            yield NoticeFinding(kind="text", about=f"{path}.en", details=("untranslated",))
    for path, clause in _clauses(tree, ""):
        if notice.quote(clause) is None:
            yield NoticeFinding(kind="text", about=path, details=("no_sentence", clause))
    known = {branch.clause for branch in notice.section_three.branches} | set(notice.sentences)
    known.add(notice.section_three.home_clause)
    asked = [*notice.section_three.questions, *filter(None, [notice.section_three.unlisted])]
    reasons = {question.code: question.reason for question in asked}
    for code, reason in reasons.items():
        for clause in sorted(_named(reason.zh + " " + reason.en)):
            if not any(_within(each, clause) for each in known):
                yield NoticeFinding(kind="text", about=f"reasons.{code}", details=("clause_of_another", clause))


def _phrases(node: Any, path: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    if isinstance(node, dict):
        if node.keys() == _PLACEHOLDER.keys():
            yield path, node
            return
        for key, value in node.items():
            yield from _phrases(value, f"{path}.{key}" if path else key)
    elif isinstance(node, list):
        for number, value in enumerate(node):
            yield from _phrases(value, f"{path}[{number}]")


def _clauses(node: Any, path: str) -> Iterator[tuple[str, str]]:
    """Return every dotted clause on which a duty of the notice rests, with its path."""
    if isinstance(node, dict):
        for key, value in node.items():
            named = f"{path}.{key}" if path else key
            if isinstance(value, str) and (key == "clause" or key.endswith("_clause") or path == "clauses"):
                yield named, value
            else:
                yield from _clauses(value, named)
    elif isinstance(node, list):
        for number, value in enumerate(node):
            yield from _clauses(value, f"{path}[{number}]")


def _named(text: str) -> set[str]:
    """Return the clauses that a text names, dotted and without their letter."""
    found = set(_CLAUSE.findall(text))
    found |= {f"{_number(section)}.{_number(item)}" for section, item in _CHINESE_CLAUSE.findall(text)}
    section = _number("三")
    return found | {f"{section}.{_number(item)}" for items in _CHINESE_ITEMS.findall(text) for item in items}


def _number(numeral: str) -> int:
    """Return a Chinese numeral up to 19 as a number."""
    tens = len(_NUMERALS) if numeral.startswith("十") else 0
    rest = numeral.removeprefix("十")
    return tens + (_NUMERALS.index(rest) + 1 if rest else 0)


def _within(clause: str, named: str) -> bool:
    return clause == named or clause.rstrip(ascii_lowercase) == named
