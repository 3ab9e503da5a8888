"""Every field of a notice is read by the program: one that is parsed and read by nobody promises what never comes.

The fields are watched while the program works: the board and its pages, the reports, the worked cases of section three.
"""

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields, is_dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from click.testing import CliRunner
from hypothesis import is_hypothesis_test

from dutyboard.rules.account.marks import marks
from dutyboard.rules.board import board
from dutyboard.rules.law import daily, four_duties, notice, section_three, subjects
from dutyboard.rules.law.assess import assess
from dutyboard.rules.law.facts import read_facts
from dutyboard.rules.law.gate import Arranged, gate
from dutyboard.rules.law.notice import Notice
from dutyboard.rules.law.plan import plan
from dutyboard.rules.law.proof.cells import Cells
from dutyboard.rules.law.proof.reach import Reach
from dutyboard.rules.records.commands.post import OpenDesk
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.tui.cli import program
from dutyboard.tui.commands.invocation import Invocation
from dutyboard.tui.export.account.ledger import ledger_page
from dutyboard.tui.export.page import Maker, PageAsked
from dutyboard.tui.export.result_json import result_json
from dutyboard.tui.idle import IdleLock
from dutyboard.tui.link.picture import known_notices
from dutyboard.tui.sample import busy_desk
from dutyboard.tui.screens.forms.site.temperature import grid_limits
from dutyboard.tui.text import LANGUAGES, words
from dutyboard.tui.views.explain import explain_lines
from dutyboard.tui.views.person.page import page_lines
from dutyboard.tui.views.rounds.matrix import columns_shown, matrix, matrix_header
from tests.rules.duties import (
    test_alarms,
    test_area_calls,
    test_care,
    test_follow_up,
    test_positive,
    test_readings,
    test_road,
    test_rounds,
)
from tests.rules.law.test_mutation import calls_of
from tests.rules.people import test_certificates
from tests.rules.records import test_timely

PARSERS = (daily, four_duties, notice, section_three, subjects)
NO_READERS = {"dutyboard.rules.law.toml_table", "dutyboard.rules.records.settings", "dutyboard.rules.records.timeline"}
"""Modules that read every field of a table, whatever it is for."""
CASES = Path(__file__).parents[1] / "rules" / "data" / "cases.json"


def records() -> list[type]:
    """Every record that a notice is read into."""
    own = {module.__name__ for module in PARSERS}
    found = {each for module in PARSERS for each in vars(module).values() if isinstance(each, type)}
    return [each for each in found if is_dataclass(each) and each.__module__ in own and "Subject" not in each.__name__]


@contextmanager
def watched(seen: set[tuple[str, str]]) -> Iterator[None]:
    """Note which fields are read, but for what the functions of the parsing modules read while they parse."""
    parsing = {module.__name__ for module in PARSERS} - {subjects.__name__}
    originals = {each: each.__getattribute__ for each in records()}

    def watching(record: type) -> Callable[[Any, str], Any]:
        names = {field.name for field in fields(record)}
        original = originals[record]

        def read(self: Any, name: str) -> Any:
            if name in names and (record.__name__, name) not in seen:
                frame = sys._getframe(1)
                module, function = frame.f_globals["__name__"], frame.f_code.co_qualname
                parses = module in parsing and ("." not in function or "__" in function)
                if module.startswith("dutyboard.") and not parses and module not in NO_READERS:
                    seen.add((record.__name__, name))
            return original(self, name)

        return read

    for record in originals:
        record.__getattribute__ = watching(record)  # type: ignore[method-assign]
    try:
        yield
    finally:
        for record in originals:
            del record.__getattribute__


def work(known: Mapping[str, Notice], folder: Path) -> None:
    """Let the program do what it does with a notice."""
    assert list(Reach(Cells(known["lianyuan-2021-07"])).uncovered())
    now = datetime.fromisoformat("2021-06-07T19:40:00+08:00")
    command = OpenDesk(desk="疫情防控", admin_name="", notice="lianyuan-2021-07")
    snapshot = Snapshot(notices_known=known).applied(1, busy_desk(command, now, "root", known))
    shown = board(snapshot, now)
    for language in LANGUAGES:
        own = words(language)
        for owed in shown.obligations:
            explain_lines(owed, snapshot, now, own, 80)
        for person in list(snapshot.persons.values())[:40]:
            page_lines(person, (), snapshot, now, own, 80)
        today = PageAsked(kind="ledger", first=now.date(), last=now.date())
        ledger_page(today, snapshot, now, Maker("root", ""), own)
        marks(snapshot, now.date(), now.date(), now)
        slots = matrix(snapshot, shown.obligations, shown.day)
        matrix_header(slots, columns_shown(slots, 0, 80), own)
    assert not IdleLock().locks(now, snapshot.daily_at(now).duty)
    grid_limits(snapshot.daily_at(now).thresholds)
    for case in json.loads(CASES.read_text(encoding="utf-8"))["cases"]:
        result = assess(read_facts({**case["facts"], "temp_c": 38}), known["lianyuan-2021-07"])
        result_json(result, words("zh"))
        gate(result, plan(result), "site", now.date(), Arranged(home_cadres=False, vehicle=False))
    for act in ("list", "show"):
        CliRunner().invoke(program, ["rules", act], obj=Invocation(data=folder), catch_exceptions=False)
    for module in (
        test_alarms,
        test_area_calls,
        test_follow_up,
        test_road,
        test_care,
        test_timely,
        test_certificates,
        test_positive,
        test_readings,
        test_rounds,
    ):
        for name, test in vars(module).items():
            if name.startswith("test_") and callable(test) and not is_hypothesis_test(test):  # drawn ones read no more
                for call in calls_of(test):
                    call()


def test_every_field_of_a_notice_is_read(tmp_path: Path) -> None:
    seen: set[tuple[str, str]] = set()
    with watched(seen):
        work(known_notices(), tmp_path)
    every = {(record.__name__, field.name) for record in records() for field in fields(record)}
    assert len(every) > 80
    assert sorted(every - seen) == []
