"""The verdict on each person and each fact of a drawn sheet: right, named, or wrong without a word."""

import json
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from dutyboard.rules.records.signs import cleaned
from tests.tui.command_line import CommandLine
from tests.tui.drawn_sheets import words
from tests.tui.drawn_sheets.layouts import DrawnSheet
from tests.tui.drawn_sheets.paper import Cell, as_text
from tests.tui.drawn_sheets.people import Someone
from tests.tui.drawn_sheets.words import UNSAID
from tests.tui.intake_checks import Imported

TEXTS: Final = ("travel", "note", "officer_name", "address", *words.EXTRA, *words.RISKY)
PLAIN: Final = ("health_code", "travel_card", "symptoms", "contact", "case_status")
NOBODY: Final = ("unknown", None, "")
"""What the record says where nobody knows."""


@dataclass
class Verdicts:
    """Counts over sheets, and a line for everything that is wrong without a word."""

    counts: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        told = ("sheets", "refused", "people", "right", "named", "wrong", "invented", "merged", "lost", "turned away")
        return ", ".join(f"{self.counts[each]} {each}" for each in told)

    def fault(self, kind: str, line: str) -> None:
        self.counts[kind] += 1
        self.wrong.append(f"{kind}: {line}")


def judge(desk: CommandLine, sheet: DrawnSheet, file: Path, verdicts: Verdicts) -> None:
    """Import a drawn sheet on a desk, and add what came of it."""
    file.write_bytes(sheet.raw)
    seen = Imported(desk, "arrivals", file)
    verdicts.counts["sheets"] += 1
    if not seen.told:
        _judge_refusal(seen, sheet, verdicts)
        return
    found: dict[str, list[dict[str, Any]]] = {}
    for each in seen.persons.values():
        found.setdefault(each["name"], []).append(each)
    lost = [one for one in sheet.people if one.lost]
    for one in lost:
        if not _row_noted(seen, one):
            verdicts.fault("lost", f"{one.name} of line {one.lines}, whose name cannot be read")
    true = Counter(one.name for one in sheet.people if not one.lost)
    for name, records in found.items():
        if len(records) > true[name]:
            verdicts.fault("invented", f"{name} ({len(records)} for {true[name]})")
    for name, many in true.items():
        if len(found.get(name, ())) < many:
            rejected = [one for one in sheet.people if one.name == name and _row_rejected(seen, one)]
            kind = "merged" if name in found else "lost"
            if len(rejected) < many - len(found.get(name, ())):
                verdicts.fault(kind, f"{name} ({len(found.get(name, ()))} for {many})")
    for one in sheet.people:
        verdicts.counts["people"] += 1
        records = found.get(one.name, [])
        if one.lost or len(records) != 1 or true[one.name] != 1:
            continue
        _Facts(seen, sheet, one, records[0], verdicts).judge()


def _judge_refusal(seen: Imported, sheet: DrawnSheet, verdicts: Verdicts) -> None:
    """A sheet may be refused for a heading that nobody may pass over, and it is named."""
    named = [each for each in words.RISKY if each in sheet.columns and each in seen.said]
    if seen.answer.exit_code == 1 and named:
        verdicts.counts["refused"] += 1
    else:
        verdicts.fault("lost", f"the sheet: {seen.answer.stderr.strip()[:300]}")


def _row_noted(seen: Imported, one: Someone) -> bool:
    return any(note["row"] in one.lines for note in seen.told["rows"])


def _row_rejected(seen: Imported, one: Someone) -> bool:
    return any(note["row"] in one.lines and note["level"] == "error" for note in seen.told["rows"])


def plain(text: Any) -> str:
    """Return a text without what tells no reader anything: blanks, width, signs that are not shown."""
    return re.sub(r"\s|_x000D_", "", unicodedata.normalize("NFKC", cleaned(str(text))))


class _Facts:
    """The facts of one person on the desk beside his cells."""

    def __init__(
        self, seen: Imported, sheet: DrawnSheet, one: Someone, record: dict[str, Any], verdicts: Verdicts
    ) -> None:
        self.seen = seen
        self.sheet = sheet
        self.one = one
        self.record = record
        self.facts = record.get("facts", {})
        self.verdicts = verdicts
        self.kept = plain(json.dumps(record.get("as_written", ()), ensure_ascii=False))
        self.whole = plain(json.dumps(record, ensure_ascii=False))

    def judge(self) -> None:
        one = self.one
        for column in self.sheet.columns:
            fact = self.sheet.asked[column][1] if column in self.sheet.asked else column
            if column in ("id_no", "phone", "sex"):
                self.judge_value(column, self.record.get(column, ""), one.truth.get(column))
            elif column == "kind":
                case = one.truth.get("case_status")
                self.judge_value(column, self.facts.get("case_status", "none"), case or "none")
                if case is None:
                    self.judge_value(column, self.facts.get("contact", "none"), one.truth.get("contact", "none"))
            elif fact in PLAIN:
                usual = "none" if fact in ("contact", "case_status") else None
                self.judge_value(column, self.facts.get(fact, usual), one.truth.get(fact, usual))
                if fact == "symptoms":
                    self.judge_value(column, self.facts.get("temp_c"), one.truth.get("temp_c"))
            elif column == "pcr":
                held = self.facts.get("pcr", {})
                said = "none" if held is None else held.get("result")
                self.judge_value(column, said, one.truth.get("pcr"))
            elif column in ("arrival_at", "left_on", "sampled_at"):
                self.judge_day(column)
            elif column == "origin":
                self.judge_origin()
            elif column in TEXTS:
                self.judge_text(column)
        if "address" in self.sheet.columns:
            self.judge_unit()

    def judge_value(self, column: str, found: Any, true: Any) -> None:
        if (found or None) == (true or None):
            self.verdicts.counts["right"] += 1
        elif found in NOBODY or (column == "id_no" and true == UNSAID):
            self.named(column, found, true)
        else:
            self.fault(column, found, true)

    def judge_day(self, column: str) -> None:
        true = self.one.truth.get(column)
        if column == "arrival_at":
            found = self.facts.get(column)
        elif column == "left_on":
            stays = self.facts.get("stays") or ()
            found = stays[-1].get("left_on") if stays else None
        else:
            held = self.facts.get("pcr")
            found = held.get("sampled_at") if isinstance(held, dict) else None
        if true and true != UNSAID and found and column == "left_on":
            true = true[:10]
        if found and true and true != UNSAID and found[: len(true)] == true:
            self.verdicts.counts["right"] += 1
        else:
            self.judge_value(column, found, true)

    def judge_origin(self) -> None:
        true = self.one.truth.get("origin")
        stays = self.facts.get("stays") or ()
        codes = [stay.get("code") or "" for stay in stays]
        if true is None:
            self.judge_value("origin", codes, None)
        elif true == UNSAID or not all(codes):
            self.named("origin", codes, true)
        elif all(any(code.startswith(each) for code in codes) for each in true) and all(
            any(code.startswith(each) for each in true) for code in codes
        ):
            self.verdicts.counts["right"] += 1
        else:
            self.fault("origin", codes, true)

    def judge_text(self, column: str) -> None:
        true = self.one.truth.get(column)
        if true is None:
            return
        written = plain(self.cell(column))
        if true != UNSAID and plain(true) in self.whole:
            self.verdicts.counts["right"] += 1
        elif written in self.kept:
            self.verdicts.counts["named"] += 1
        else:
            self.fault(column, "nowhere", true)

    def judge_unit(self) -> None:
        units = self.seen.tables["units"]
        found = units.get(str(self.record.get("unit_id")), {}).get("name")
        true = self.one.truth.get("unit")
        if found == true:
            self.verdicts.counts["right"] += 1
        elif found is None and self.noted("address"):
            self.verdicts.counts["named"] += 1
        else:
            self.fault("unit", found, true)

    def cell(self, column: str) -> Cell:
        written = self.one.cells.get(column)
        return written if self.sheet.suffix == "xlsx" else as_text(written)

    def noted(self, column: str) -> bool:
        """Return True if the report leads to the cell, by its column or its text, or to its heading."""
        headings = {table[column] for table in self.sheet.headings}
        written = plain(self.cell(column))
        for note in self.seen.told["rows"]:
            own = any(plain(each) in plain(note["column"]) for each in headings)
            if note["row"] in self.one.lines and (own or (written and written in plain(note.get("text", "")))):
                return True
        return any(written and written in plain(each["text"]) for each in self.seen.told["unread"])

    def named(self, column: str, found: Any, true: Any) -> None:
        """Count a fact that the desk does not know, if the report says so and the person keeps the cell."""
        written = self.cell(column)
        number = isinstance(self.one.cells.get(column), float)
        said = str(true)[: len("2021-06-07")] in self.kept if column == "left_on" else False
        if self.noted(column) and (number or said or plain(written) in self.kept):
            self.verdicts.counts["named"] += 1
        else:
            self.fault(column, found, true)

    def fault(self, column: str, found: Any, true: Any) -> None:
        where = f"line {self.one.lines} {self.one.name} {column}"
        how = f"noted {self.noted(column)}, kept {plain(self.cell(column)) in self.kept}" if column != "unit" else ""
        cell = self.cell("address" if column == "unit" else column)
        self.verdicts.fault("wrong", f"{where} {cell!r}: {found!r} for {true!r}; {how}")
