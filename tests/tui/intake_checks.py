"""Checks of one imported sheet: what stands on the desk, in the report, and with the people as it was written.

A check is its name with arguments, as tests/data/intake/expected.toml writes them. `who` is the name of a person, `row`
a line of the sheet, `what` a regular expression.
"""

import json
import re
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import openpyxl
from click.testing import Result

from dutyboard.rules.records.signs import unfit
from tests.tui.command_line import CommandLine

COUNTED: Final = ("accepted", "updated", "duplicates", "rejected")
UNKNOWN: Final = ("unknown", "unspecified")


class Imported:
    """What one import left behind: its answer, the desk's records, and the page of a person when it is asked for."""

    def __init__(self, desk: CommandLine, kind: str, file: Path) -> None:
        before = desk.tables()
        self.desk = desk
        self.answer: Result = desk.call("import", kind, str(file), "--json")
        self.told = json.loads(self.answer.stdout) if self.answer.stdout.startswith("{") else {}
        # The file's own name may say 「password」: it never answers for the program.
        self.said = (self.answer.stdout + self.answer.stderr).replace(file.name, "FILE")
        self.tables = desk.tables()
        self.persons: dict[str, dict[str, Any]] = self.tables.get("persons", {})
        self.wrote = any(len(table) > len(before.get(name, ())) for name, table in self.tables.items())
        self.people: dict[str, dict[str, Any]] = {
            each["name"]: {"id": int(number), **each} for number, each in self.persons.items()
        }
        self._pages: dict[str, dict[str, Any]] = {}

    @cached_property
    def whole(self) -> str:
        """Every record of the desk as JSON."""
        return _json(self.tables)

    def fails(self, check: list[Any]) -> str:
        """Return what a check misses; "": it holds."""
        name, *arguments = check
        test: Callable[..., Any] = getattr(self, name)
        seen = test(*arguments)
        return "" if seen is True else f"{check}: {seen}"

    def page(self, who: str) -> dict[str, Any]:
        if who not in self._pages:
            number = str(self.people[who]["id"])
            self._pages[who] = self.desk.printed("person", number, "--json", "--reveal", "测试")
        return self._pages[who]

    def _fact(self, who: str, path: str) -> Any:
        """Return a fact of a person; "unknown" where the desk does not know it, "none" of contact and case."""
        if who not in self.people:
            return "nobody"
        facts = self.people[who]["facts"]
        if path == "pcr":
            held = facts.get("pcr", {})
            return "none" if held is None else held.get("result") or "unknown"
        return facts.get(path) or ("none" if path in ("contact", "case_status") else "unknown")

    def _codes(self, who: str) -> list[str]:
        return [stay.get("code") or "" for stay in self.people.get(who, {}).get("facts", {}).get("stays") or ()]

    # Checks by name.

    def named(self, names: list[str]) -> Any:
        """Return True: the desk holds these people and no others."""
        found = sorted(each["name"] for each in self.persons.values())
        return found == sorted(names) or found

    def count(self, people: int) -> Any:
        return len(self.persons) == people or len(self.persons)

    def nobody_named(self, what: str) -> Any:
        names = [each["name"] for table in ("persons", "officers") for each in self.tables.get(table, {}).values()]
        return not any(re.search(what, name) for name in names) or names

    def fact(self, who: str, path: str, values: list[Any]) -> Any:
        found = self._fact(who, path)
        return found in values or found

    def begins(self, who: str, path: str, text: str) -> Any:
        found = self._fact(who, path)
        return str(found).startswith(text) or found

    def word(self, who: str, row: int, column: str, path: str, values: list[str], word: str) -> Any:
        """Return True: the fact is one of the values, or it is unknown, the row noted and the word kept."""
        found = self._fact(who, path)
        if found in values or any(each.endswith("*") and str(found).startswith(each[:-1]) for each in values):
            return True
        noted = self.noted(row, f"{column}|{re.escape(word)}") is True
        return (found in UNKNOWN and noted and self.kept(who, word) is True) or (found, noted)

    def noted(self, row: int, what: str) -> Any:
        notes = [_json(each) for each in self.told.get("rows", ()) if each["row"] == row]
        return any(re.search(what, note) for note in notes) or notes

    def told_of(self, what: str) -> Any:
        return bool(re.search(what, self.said)) or self.said[:400]

    def kept(self, who: str, text: str) -> Any:
        return text.lower() in _json([self.people.get(who), self.page(who)]).lower()

    def told_or_kept(self, who: str, text: str) -> Any:
        return text in self.said or self.kept(who, text)

    def kept_by_somebody(self, text: str) -> Any:
        return text in _json(self.persons)

    def codes(self, who: str, prefixes: list[str]) -> Any:
        """Return True: each prefix begins the code of some place where the person stayed."""
        found = self._codes(who)
        return all(any(code.startswith(prefix) for code in found) for prefix in prefixes) or found

    def stays(self, who: str, number: int) -> Any:
        return len(self._codes(who)) == number or self._codes(who)

    def place(self, who: str, row: int, code: str, written: str) -> Any:
        """Return True: the place is known by its code, or it is noted and kept as it was written."""
        found = self._codes(who)
        if any(each.startswith(code) for each in found):
            return True
        noted = self.noted(row, "来源地|place") is True
        return (not any(found) and noted and self.kept(who, written) is True) or (found, noted)

    def clause(self, who: str, clauses: list[str]) -> Any:
        found = self.page(who).get("result") or {}
        return found.get("clause") in clauses or found

    def not_free(self, who: str) -> Any:
        found = self.page(who).get("result") or {}
        clause = found.get("clause")
        return found.get("decision") == "refer" or clause not in (None, "none", "3.8a", "3.8b") or found

    def unit(self, who: str, *names: str) -> Any:
        """Return True: the person's unit is one of these; "-": none."""
        unit = self.tables["units"].get(str(self.people[who].get("unit_id")), {}).get("name", "-")
        return unit in names or unit

    def equal(self, who: str, field: str, value: str) -> Any:
        return self.people[who].get(field) == value or self.people[who].get(field)

    def blank_of(self, who: str, field: str, what: str) -> Any:
        return not re.search(what, self.people[who].get(field) or "")

    def unwarned(self, who: str, codes: list[str]) -> Any:
        return not set(self.people[who].get("warnings") or ()) & set(codes)

    def records(self, table: str, fields: dict[str, Any], number: int) -> Any:
        units = {key: each["name"] for key, each in self.tables["units"].items()}
        rows = [{**each, "unit": units.get(str(each.get("unit_id")))} for each in self.tables[table].values()]
        found = sum(all((row.get(key) or False) == value for key, value in fields.items()) for row in rows)
        return found == number or found

    def units(self, number: int) -> Any:
        return len(self.tables["units"]) == number or [each["name"] for each in self.tables["units"].values()]

    def refused(self) -> Any:
        return (self.answer.exit_code == 1 and not self.wrote) or (self.answer.exit_code, self.wrote)

    def absent(self, what: str) -> Any:
        found = re.search(what, self.whole)
        return not found or found[0]

    def row_led_to(self, row: int) -> Any:
        """Return True: a note leads to a line of the file, whatever the record it lies in."""
        return any(each["row"] == row for each in self.told["rows"]) or [each["row"] for each in self.told["rows"]]

    def clean_out(self) -> Any:
        """Return True: no page of the desk sends a sign that a terminal obeys, and the workbook is written."""
        number = next(iter(self.persons))
        for words in (("person", number), ("board",), ("report", "handover")):
            unclean = [line for line in self.desk.done(*words).split("\n") if unfit(line)]
            if unclean:
                return words, unclean
        file = self.desk.folder.parent / "handover.xlsx"
        self.desk.done("report", "handover", "--format", "xlsx", "-o", str(file))
        return openpyxl.load_workbook(file).sheetnames != []


def _json(record: Any) -> str:
    return json.dumps(record, ensure_ascii=False)
