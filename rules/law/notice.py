"""A notice as dated data: loads the text of `notices/*.toml` into a typed record, or says what is wrong with it."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dutyboard.rules.law.daily import Daily, read_daily
from dutyboard.rules.law.section_three import SectionThree, read_section_three
from dutyboard.rules.law.toml_table import NoticeError, Table

__all__ = ["Notice", "NoticeError", "load_notice", "read_notice"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Notice:
    """One version of the rules. `effective_to` None: no end is written.

    `text` is the file as it was handed in, so that a changed notice can be told from the one that decided.
    """

    id: str
    title: str
    title_en: str
    effective_from: datetime
    effective_to: datetime | None
    daily: Daily
    section_three: SectionThree
    text: str


def load_notice(text: str, name: str) -> Notice:
    """Read the text of a notice file. `name` is the file's name, for the refusal.

    Raises NoticeError with file, key path and code.
    """
    try:
        parsed = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise NoticeError("not_toml", name, str(error)) from None
    return read_notice(parsed, name, text)


def read_notice(parsed: Mapping[str, Any], name: str, text: str) -> Notice:
    """Read a notice file that is parsed already. Raises NoticeError with file, key path and code."""
    file = Table(parsed, name, "")
    head = file.table("notice")
    daily = read_daily(file)
    notice = Notice(
        id=head.text("id"),
        title=head.text("title"),
        title_en=head.text("title_en"),
        effective_from=head.moment("effective_from"),
        effective_to=head.moment("effective_to") if head.has("effective_to") else None,
        daily=daily,
        section_three=read_section_three(file, daily.thresholds.fever_c),
        text=text,
    )
    head.done()
    file.done()
    return notice
