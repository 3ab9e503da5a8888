"""A notice as dated data: the text of `notices/*.toml` read into a typed record, or refused by key path.

A notice may name a `base` in its table `[notice]` and state only what differs. A table is joined with the base's table
of the same name, key by key. Anything else (a number, a text, a list, a list of tables) replaces the base's value
whole. The table `[notice]` is never inherited.
"""

from collections.abc import Mapping
from datetime import datetime
from string import ascii_lowercase
from types import MappingProxyType
from typing import Any, Literal, get_args

from dutyboard.frozen import frozen
from dutyboard.rules.law.conditions import AnyOfAll
from dutyboard.rules.law.daily import Daily, read_daily
from dutyboard.rules.law.phrase import Phrase
from dutyboard.rules.law.section_three import SectionThree, read_section_three, read_when
from dutyboard.rules.law.toml_table import NoticeError, TomlTable

__all__ = ["Notice", "NoticeError", "load_notice", "parsed_notice", "read_notice", "read_notices"]

Tree = Mapping[str, Any]
"""A notice file as TOML gives it."""
NO_BASES: Mapping[str, Tree] = MappingProxyType({})
_DEEPEST = 16
"""Levels of tables and lists; the shipped notices have five."""


FindingKind = Literal["uncovered", "weaker", "never", "test_day", "text"]
"""Kinds of findings of a check. Nothing covers it; more risk gets less; it never applies; a test day; a text."""


@frozen
class Acceptance:
    """One finding of a check of this notice that a reading explains, as `check_notice` tells it.

    With `when` only for the people who meet it.
    """

    finding: str
    about: str
    details: tuple[str, ...]
    reading: str
    when: AnyOfAll


@frozen(eq=False)
class Notice:
    """One version of the rules, in force until another begins.

    `accepted` are the findings of its check (rules/law/check_notice.py) that a reading explains. `sentences` quotes
    sections one, two, four and five by dotted clause; section three quotes itself. `text` is the file as it was handed
    in, so that a changed notice can be told from the one that decided.
    """

    id: str
    title: Phrase
    effective_from: datetime
    daily: Daily
    section_three: SectionThree
    sentences: Mapping[str, Phrase]
    accepted: tuple[Acceptance, ...]
    text: str

    def quote(self, clause: str) -> Phrase | None:
        """Return the sentence of a dotted clause, else of the item or section it lies in; None: none is known."""
        section = self.section_three
        known = {branch.clause: branch.sentence for branch in reversed(section.branches)} | {
            section.home_clause: section.home_sentence
        }
        for key in (clause, clause.rstrip(ascii_lowercase), clause.partition(".")[0]):
            found = self.sentences.get(key) or known.get(key)
            if found is not None:
                return found
        return None


def read_notices(texts: Mapping[str, str]) -> dict[str, Notice]:
    """Read notice files, given as file name -> text, which may be bases of each other. Returns the notices by id.

    Raises NoticeError with file, key path and code.
    """
    trees = {name: parsed_notice(text, name) for name, text in texts.items()}
    bases: dict[str, Tree] = {}
    for name, tree in trees.items():
        notice_id = str(_head(tree).get("id"))
        if notice_id in bases:
            raise NoticeError("counted_twice", name, "notice.id")
        bases[notice_id] = tree
    notices = (read_notice(tree, name, texts[name], bases) for name, tree in trees.items())
    return {notice.id: notice for notice in notices}


def load_notice(text: str, name: str, bases: Mapping[str, Tree] = NO_BASES) -> Notice:
    """Read the text of a notice file. `name` is the file's name, for the refusal; `bases` are files by notice id.

    Raises NoticeError with file, key path and code.
    """
    return read_notice(parsed_notice(text, name), name, text, bases)


def read_notice(parsed: Tree, name: str, text: str, bases: Mapping[str, Tree] = NO_BASES) -> Notice:
    """Read a notice file that is parsed already. Raises NoticeError with file, key path and code."""
    file = TomlTable(completed(parsed, name, bases), name, "")
    head = file.table("notice")
    daily = read_daily(file)
    notice = Notice(
        id=head.text("id"),
        title=head.phrase("title"),
        effective_from=head.moment("effective_from"),
        daily=daily,
        section_three=read_section_three(file, daily.thresholds.fever_c),
        sentences=MappingProxyType(file.table("sentences").phrases()),
        accepted=file.tables("accepted", _accepted) if file.has("accepted") else (),
        text=text,
    )
    head.done()
    file.done()
    return notice


def _accepted(table: TomlTable) -> Acceptance:
    accepted = Acceptance(
        finding=table.word("finding", get_args(FindingKind)),
        about=table.text("about"),
        details=table.texts("details"),
        reading=table.text("reading"),
        when=read_when(table)[0] if table.has("when") else (),
    )
    table.done()
    return accepted


def parsed_notice(text: str, name: str) -> Tree:
    """Return the tables of a notice file. Raises NoticeError(`not_toml`), for tables without a bottom too."""
    import tomllib  # by need: one note reads no notice

    try:
        tree = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise NoticeError("not_toml", name, str(error)) from None
    except (ValueError, RecursionError):  # a number of thousands of digits, thousands of brackets
        raise NoticeError("not_toml", name, name) from None
    level: list[Any] = [tree]
    for _ in range(_DEEPEST):
        inner = [each.values() if isinstance(each, dict) else each for each in level]
        level = [each for values in inner for each in values if isinstance(each, dict | list)]
    if level:
        raise NoticeError("not_toml", name, name)
    return tree


def _head(tree: Tree) -> Tree:
    head = tree.get("notice")
    return head if isinstance(head, dict) else {}


def completed(tree: Tree, name: str, bases: Mapping[str, Tree]) -> Tree:
    """Return the tree with everything it leaves to its base, and to the base of that."""
    whole, seen = dict(tree), [_head(tree).get("id")]
    base = _head(tree).get("base")
    while base is not None:
        if base in seen:
            raise NoticeError("bases_in_circle", name, "notice.base")
        if not isinstance(base, str) or base not in bases:
            raise NoticeError("no_such_base", name, "notice.base")
        seen.append(base)
        whole = _joined(bases[base], whole)
        base = _head(bases[base]).get("base")
    if len(seen) > 1:
        whole["notice"] = {key: value for key, value in _head(tree).items() if key != "base"}
    return whole


def _joined(base: Tree, own: Tree) -> dict[str, Any]:
    """Return the base with what `own` states: tables key by key, all else whole."""
    both = dict(base)
    for key, value in own.items():
        old = both.get(key)
        both[key] = _joined(old, value) if isinstance(old, dict) and isinstance(value, dict) else value
    return both
