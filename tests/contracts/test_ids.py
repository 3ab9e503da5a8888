"""Names of records and duties are glued and cut in `rules/records/ids.py` and nowhere else: the form of a name may
change there alone, and a cut of a text that is no name never raises."""

import ast
import pickle
import re
from collections.abc import Iterator
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dutyboard import rules, tui
from dutyboard.rules.records.ids import (
    POST,
    CallId,
    ConsequenceId,
    DutyId,
    Subject,
    SubjectKind,
    number_typed,
    slot_of,
    with_names,
)
from dutyboard.rules.records.model import TABLES

ROOMS = {room.__name__.rpartition(".")[2]: Path(room.__path__[0]) for room in (rules, tui)}
HOME = ROOMS["rules"] / "records" / "ids.py"
MODULES = [module for room in ROOMS.values() for module in sorted(room.rglob("*.py")) if module != HOME]
KINDS = get_args(SubjectKind)
CUTS = {"partition", "rpartition", "split", "rsplit", "removeprefix", "removesuffix", "startswith", "endswith"}
PREFIX = re.compile(rf"(?:^|[/\s(])(?:{'|'.join(KINDS)})-$")
"""The end of a text behind which a record's number is glued."""
PARTS = re.compile(r"(^|_)(id|ids|slot|subject|subject_id|day|kind|obligation|person|site|area)$")
"""Last words of a value that a name is made of; between two of them a slash makes one."""


def found(source: str) -> Iterator[str]:
    """Every place in a module that cuts or glues a name, as `line: code`."""
    for node in ast.walk(ast.parse(source)):
        if (isinstance(node, ast.Call) and _cuts(node)) or (isinstance(node, ast.JoinedStr) and _glues(node)):
            yield f"{node.lineno}: {ast.unparse(node)}"


def _cuts(node: ast.Call) -> bool:
    if not isinstance(node.func, ast.Attribute) or node.func.attr not in CUTS:
        return False
    for told in node.args[:1]:
        if isinstance(told, ast.JoinedStr):
            return re.match(r"f'(/|\{kind\}-)", ast.unparse(told)) is not None
        if isinstance(told, ast.Constant) and isinstance(told.value, str):
            whole = node.func.attr in ("partition", "rpartition", "split", "rsplit") and told.value in ("/", "-")
            return whole or PREFIX.search(told.value) is not None
    return False


def _glues(node: ast.JoinedStr) -> bool:
    for at, part in enumerate(node.values[:-1]):
        if not isinstance(part, ast.Constant) or not isinstance(node.values[at + 1], ast.FormattedValue):
            continue
        if PREFIX.search(part.value) or (part.value == "-" and at > 0 and "kind" in ast.unparse(node.values[at - 1])):
            return True
        if part.value == "/" and at > 0 and _is_part(node.values[at - 1]) and _is_part(node.values[at + 1]):
            return True
    return False


def _is_part(value: ast.expr) -> bool:
    code = ast.unparse(value.value) if isinstance(value, ast.FormattedValue) else ""
    return PARTS.search(re.sub(r"\(.*\)$", "", code)) is not None


@pytest.mark.parametrize("module", MODULES, ids=lambda module: str(module.relative_to(module.parents[2])))
def test_no_other_module_cuts_or_glues_a_name(module: Path) -> None:
    assert list(found(module.read_text("utf-8"))) == []


def test_the_search_sees_a_cut_and_a_glue() -> None:
    """Each of these stood in the program once."""
    for code in (
        'kind, _, number = owed.subject_id.partition("-")',
        'int(owed.subject_id.removeprefix("unit-"))',
        'day = date.fromisoformat(owed.id.rpartition("/")[2])',
        'owed.id.endswith(f"/{day}")',
        'subject.startswith("person-")',
        'f"person-{number}"',
        'f"{kind}-{record.id}"',
        'typed.removeprefix(f"{kind}-")',
        'f"{slot}/site-{found.id}/{day}"',
        'f"{SLOT}/{subject}/{day}"'.replace("SLOT", "slot"),
        'f"{slot}/{subject_id(person)}/{day}"',
        'f"convert/person-{self.person_id}"',
    ):
        assert list(found(code)), code
    for code in ('f"{done}/{total}"', 'f"seat-{seat}"', 'name.split(" ")', 'key.startswith("ctrl+")'):
        assert not list(found(code)), code


subjects = st.one_of(
    st.just(POST),
    st.builds(Subject, st.sampled_from([kind for kind in KINDS if kind != "post"]), st.integers(1, 10**17)),
)
slots = st.from_regex(r"[^/\s]{1,12}", fullmatch=True)
numbers = st.integers(1, 10**17)
days = st.dates(date(2000, 1, 1), date(2999, 12, 31))
duties = st.builds(DutyId, slots, subjects, days)
calls = st.builds(CallId, slots, numbers, numbers)
brought = st.builds(ConsequenceId, slots, numbers)


@given(subjects | duties | calls | brought)
def test_a_name_is_read_back_from_its_text(name: Subject | DutyId | CallId | ConsequenceId) -> None:
    read = type(name).parse(str(name))
    assert (read, type(read)) == (name, type(name))
    assert deepcopy(name) == pickle.loads(pickle.dumps(name)) == name


@given(slots, subjects, days)
def test_a_duty_keeps_its_parts(slot: str, subject: Subject, day: date) -> None:
    named = DutyId(slot, subject, day)
    assert (named.slot, named.subject, named.day, slot_of(named)) == (slot, subject, day, slot)
    assert type(named.subject) is Subject


@given(st.sampled_from([kind for kind in KINDS if kind != "post"]), numbers)
def test_a_subject_keeps_its_parts(kind: SubjectKind, number: int) -> None:
    named = Subject(kind, number)
    table, found_number = named.record
    assert (named.kind, named.number, found_number) == (kind, number, number)
    assert table in TABLES


def test_the_command_post_is_its_own_settings() -> None:
    assert (POST, POST.kind, POST.number, POST.record) == ("post", "post", 0, ("settings", 1))


@given(st.text() | st.text("abcdeghnoprst0123456789-/ ", max_size=24))
def test_junk_is_refused_and_raises_nothing(text: str) -> None:
    for kind in (Subject, DutyId, CallId, ConsequenceId):
        read = kind.parse(text)
        assert read is None or str(read) == text


@pytest.mark.parametrize(
    "text",
    ["", "person", "person-", "person-0", "person-07", "person-x", "person-１", "post-1", "dog-3", "person-1 ", "-1"],
)
def test_what_is_no_subject(text: str) -> None:
    assert Subject.parse(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "patrol-1/site-1",
        "patrol-1/site-1/2021-02-30",
        "patrol-1/site-1/20210607",
        "patrol-1/site-1/0001-01-01",
        "patrol-1/site-1/9999-12-31",
        "patrol-1/site-1/2021-W23-1",
        "/site-1/2021-06-07",
        "patrol-1/dog-1/2021-06-07",
        "patrol-1/site-1/2021-06-07/",
        "rescreen/person-1/area-2",
    ],
)
def test_what_is_no_duty(text: str) -> None:
    assert DutyId.parse(text) is None


def test_a_number_is_typed_alone_or_with_its_kind() -> None:
    assert [number_typed("person", typed) for typed in ("12", "person-12", " 12 ", "012")] == [12] * 4
    wrong = ("", "x", "site-12", "１２", "-1", "1" * 5000, "person-person-1")
    assert [number_typed("person", typed) for typed in wrong] == [None] * len(wrong)


def test_names_in_a_text_are_said() -> None:
    said = with_names("stopped by person-3, person-12 and site-1", lambda person: f"<{person.number}>")
    assert said == "stopped by <3>, <12> and site-1"


def test_the_records_of_every_table_have_a_name() -> None:
    kinds = [kind for kind in get_args(SubjectKind) if kind != "post"]
    assert {Subject(kind, 1).record[0] for kind in kinds} == set(TABLES)
