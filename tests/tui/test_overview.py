"""Several desks in one table: folders, files and standard input; what is not read is blank, and nobody is named."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from dutyboard.rules.records.commands.post import OpenDesk
from dutyboard.rules.records.model import Person
from dutyboard.tui.cli import program
from dutyboard.tui.commands.desk import NOTICE
from dutyboard.tui.commands.invocation import Invocation
from dutyboard.tui.export.overview import OverviewRow, overview_page
from dutyboard.tui.export.page_text import as_text
from dutyboard.tui.export.summary import FORM, OtherForm, read_summary
from dutyboard.tui.link.clock import real_clock
from dutyboard.tui.link.gateway import Gateway
from dutyboard.tui.link.identity import own_identity
from dutyboard.tui.sample import busy_desk
from dutyboard.tui.terminal.cells import width
from dutyboard.tui.text import words
from tests.homes import begun, copied
from tests.tui.installed import PRACTICE

COUNTIES = ("涟源", "新化", "双峰", "冷江", "娄星")


def call(*typed: str, typed_in: bytes = b"", folder: Path | None = None) -> Result:
    data = ("--data", str(folder)) if folder else ()
    told = CliRunner().invoke(program, [*data, *typed], obj=Invocation(), input=typed_in)
    assert told.exception is None or isinstance(told.exception, SystemExit), told.exception
    return told


def printed(*typed: str, **more: Any) -> Any:
    told = call(*typed, **more)
    assert told.exit_code == 0, told.output
    return json.loads(told.stdout)


@pytest.fixture(scope="module")
def made(home: Path) -> Path:
    """Five counties: a desk, an export of three hours, a damaged desk, one for standard input, and one that is gone."""
    top = home
    starts = datetime.fromisoformat(f"{PRACTICE}+08:00")
    opening = OpenDesk(
        desk="疫情防控", admin_name="管", notice=NOTICE, practice_starts=starts, practice_since=real_clock()
    )
    records: tuple[Any, ...] = ()
    for at, county in enumerate(COUNTIES[:4]):
        gateway = Gateway.open(begun(top / county), own_identity(), create=True, pace=None)
        records = records or busy_desk(opening, starts, gateway.actor.login, gateway.snapshot.notices_known)
        people = [each.id for each in records if isinstance(each, Person)][-at:] if at else []
        gateway.seed(each for each in records if not (isinstance(each, Person) and each.id in people))
        gateway.close()
    damaged = max((top / "双峰" / "journal").glob("*.jsonl"))
    raw = damaged.read_bytes()
    damaged.write_bytes(raw[: len(raw) // 2] + b"#" + raw[len(raw) // 2 + 1 :])
    told = printed("overview", "--summary", folder=top / "新化")
    told["made_at"] = (datetime.fromisoformat(told["made_at"]) - timedelta(hours=3, seconds=5)).isoformat()
    (top / "新化.json").write_text(json.dumps(told, indent=2))
    return top


@pytest.fixture(scope="module")
def piped(made: Path) -> bytes:
    return call("overview", "--summary", folder=made / "冷江").stdout.encode()


@pytest.fixture
def five(made: Path, piped: bytes, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    monkeypatch.chdir(made)
    yield printed("overview", "涟源", "新化.json", "双峰", "-", "娄星", "--json", typed_in=piped)


def test_five_desks_of_which_two_are_down(five: Any) -> None:
    assert [each["name"] for each in five["rows"]] == ["涟源", "新化", "双峰", "涟源市", "娄星"]
    assert [each["read"] for each in five["rows"]] == [True, True, False, True, False]
    assert (five["desks"], five["read"]) == (5, 3)
    assert [each["age_minutes"] for each in five["rows"]] == [0, 180, None, 0, None]
    down, gone = five["rows"][2], five["rows"][4]
    assert (down["code"], gone["code"]) == ("corrupt", "not_there")
    assert down["why"] and gone["why"] == words("zh").overview.not_there
    assert down["summary"] is gone["summary"] is None


def test_a_summary_is_the_board_and_the_city_sheet(made: Path) -> None:
    for county in ("涟源", "新化", "冷江"):
        told = printed("overview", "--summary", folder=made / county)
        board = printed("board", "--json", folder=made / county)
        assert (told["counts"], told["seats"], told["day"]) == (board["counts"], board["seats"], board["day"])
        for state in ("late", "due_soon", "missed"):
            kinds = [each["kind"] for each in board["obligations"] if each["state"] == state]
            assert told["owed"][state] == {kind: kinds.count(kind) for kind in kinds}
        city = printed("report", "city", "--format", "json", folder=made / county)["totals"]
        assert {name: n for name, n in told["figures"].items() if n is not None} == city["figures"]
        assert told["stated_by"] == city["stated_by"]
        reports = told["reports"]
        assert (reports["reported"], reports["owing"]) == (city["reported"], city["owing"])
        assert reports["missing"] == len(city["missing"])
        assert sum(told["figures"][name] is not None for name in told["figures"]) > 10
        head = json.loads(call("verify", "--json", folder=made / county).stdout)["head"]
        assert told["head"] == head


def test_the_sums_are_of_the_desks_that_were_read(five: Any) -> None:
    parts = [each["summary"] for each in five["rows"] if each["read"]]
    for name, n in five["totals"]["counts"].items():
        assert n == sum(each["counts"][name] for each in parts)
    for name, n in five["totals"]["figures"].items():
        stated = [each["figures"][name] for each in parts if each["figures"][name] is not None]
        assert n == (sum(stated) if stated else None)
        assert five["totals"]["figures_stated_by"][name] == len(stated)
    for state, n in five["totals"]["owed"].items():
        assert n == sum(sum(each["owed"][state].values()) for each in parts)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_text_has_a_row_a_desk_blanks_for_the_unread_and_fits_a_terminal(
    language: str, made: Path, piped: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(made)
    named = ("涟源", "新化.json", "双峰", "-", "娄星")
    lines = call("--lang", language, "overview", *named, typed_in=piped).stdout.splitlines()
    own = words(language).overview
    assert lines[1] == own.read.format(n=3, m=5)
    first = lines.index(next(each for each in lines if each.startswith(own.desk)))
    table = lines[first : first + 7]
    post = lines[first + 8 : first + 15]
    assert max(map(width, (*table, *post))) <= 80
    assert [each.split()[0] for each in table[1:6]] == ["涟源", "新化", "双峰", "涟源市", "娄星"]
    assert own.ago.format(span=words(language).frame.hours_minutes.format(h=3, m=0)) in table[2]
    for down in (table[3], table[5]):
        assert not any(each.isdigit() for each in down)
        assert own.unread in down
    assert table[6].startswith(own.sum.format(n=3, m=5))
    assert own.open.format(name="涟源", folder="涟源") in lines


def test_nobody_is_named_in_any_output(five: Any, made: Path, piped: bytes) -> None:
    gateway = Gateway.open(made / "涟源", own_identity())
    people, officers = gateway.snapshot.persons.values(), {each.name for each in gateway.snapshot.officers.values()}
    gateway.close()
    text = call("overview", "涟源", "新化.json", "双峰", "-", "娄星", typed_in=piped).stdout
    outputs = [json.dumps(five, ensure_ascii=False), text, piped.decode()]
    told = {str(word) for each in people for word in (each.name, each.id_no, each.phone) if word} - officers
    assert len(told) > 500
    assert [word for word in told for output in outputs if word in output] == []


def test_a_workbook_and_a_page_of_paper_have_the_same_rows(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(made)
    assert call("overview", "涟源", "娄星", "--format", "xlsx", "-o", "总览.xlsx").exit_code == 0
    cells = list(load_workbook("总览.xlsx").worksheets[0].iter_rows(values_only=True))
    own = words("zh").overview
    row = next(each for each in cells if each[0] == "涟源")
    sums = next(each for each in cells if each[0] == own.sum.format(n=1, m=2))
    assert row[2] == sums[2] == printed("board", "--json", folder=made / "涟源")["counts"]["late"]
    assert next(each for each in cells if each[0] == "娄星")[2:] == (None,) * len(row[2:])
    written = call("overview", "涟源", "--format", "pdf", "-o", "-")
    assert written.stdout_bytes.startswith(b"%PDF") or words("zh").papers.no_font in written.stderr


def test_several_summaries_one_a_line_are_several_rows(made: Path, piped: bytes) -> None:
    other = call("overview", "--summary", folder=made / "涟源").stdout.encode()
    broken = b'{"overview": 1}\n'
    told = printed("overview", "-", "--json", typed_in=piped + broken + other + b"not JSON\n")
    assert [each["given"] for each in told["rows"]] == ["-:1", "-:2", "-:3", "-:4"]
    assert [each["code"] for each in told["rows"]] == [None, "no_summary", None, "no_summary"]
    assert (told["desks"], told["read"]) == (4, 2)


def test_a_desk_that_is_named_twice_is_said_and_counted_once(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(made)
    copy = copied(Path("涟源"), tmp_path / "另存")
    told = printed("overview", "涟源", str(copy), "./涟源", "新化.json", "--json")
    assert [each["same_as"] for each in told["rows"]] == [None, "涟源", "涟源", None]
    assert (told["desks"], told["read"]) == (2, 2)
    alone = printed("overview", "涟源", "新化.json", "--json")
    assert told["totals"] == alone["totals"]
    text = call("overview", "涟源", str(copy)).stdout
    assert words("zh").overview.twice.format(name="涟源") in text


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"\n\n", "empty"),
        (b"Permission denied (publickey).\n", "no_summary"),
        (b"[]", "no_summary"),
        (b'{"overview": true}', "no_summary"),
        (b'{"overview": 2}', "other_form"),
        (b'{"kind": "city", "totals": {}}', "no_summary"),
        (b"\xff\xfe\x00", "no_summary"),
    ],
)
def test_a_file_that_is_no_summary_says_so(content: bytes, code: str, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(content)
    told = printed("overview", str(tmp_path / "a.json"), "--json")
    (row,) = told["rows"]
    assert (row["name"], row["code"], row["summary"]) == ("a", code, None)
    assert row["why"]
    assert (told["desks"], told["read"]) == (1, 0)
    assert set(told["totals"]["counts"].values()) == {None}


def test_a_cut_summary_and_one_with_a_number_that_cannot_be_are_not_read(piped: bytes) -> None:
    told = json.loads(piped)
    assert read_summary(told).counts.late == told["counts"]["late"]
    for wrong in (
        {**told, "counts": {**told["counts"], "late": -1}},
        {**told, "counts": {**told["counts"], "late": None}},
        {**told, "counts": {**told["counts"], "late": "3"}},
        {**told, "figures": {"new": -1}},
        {**told, "rooms": {"of": 1, "used": 1}},
        {**told, "made_at": "2021-06-07T19:40:00"},
        {**told, "place": "涟源\n新化"},
        {each: told[each] for each in told if each != "day"},
    ):
        with pytest.raises(ValueError, match=r"overview|counts"):
            read_summary(wrong)
    with pytest.raises(OtherForm):
        read_summary({**told, "overview": FORM + 1})


def test_an_address_and_a_usage_that_says_nothing_are_refused(made: Path) -> None:
    told = call("overview", "mysql://x/y", "--json")
    assert (told.exit_code, told.stdout, len(told.stderr.splitlines())) == (1, "", 1)
    for typed in ((), ("--summary", "a"), ("--summary", "--json"), ("a", "--json", "--format", "text")):
        assert call("overview", *typed, folder=made / "涟源").exit_code == 2
    assert call("overview", "--summary", folder=made / "双峰").stdout == ""
    assert call("overview", "--summary", folder=made / "双峰").exit_code == 1


def test_each_look_at_a_folder_is_in_its_view_log(made: Path) -> None:
    before = len(printed("views", "--json", folder=made / "冷江"))
    printed("overview", str(made / "冷江"), "--json")
    looks = printed("views", "--json", folder=made / "冷江")
    assert len(looks) == before + 1
    assert (looks[-1]["act"], looks[-1]["about"]) == ("report", "overview")


# ---------------------------------------------------------------- sums, of made up summaries

COUNT = st.integers(0, 50)
NOW = datetime.fromisoformat("2021-06-07T20:00:00+08:00")


@st.composite
def rows(draw: st.DrawFn, base: Any) -> list[OverviewRow]:
    made = []
    for number in range(draw(st.integers(1, 5))):
        row = OverviewRow(given=str(number), name=f"d{number}")
        if draw(st.booleans()):
            stated = {name: draw(st.none() | COUNT) for name in ("new", "total")}
            summary = replace(
                base,
                origin=str(number),
                practice=draw(st.booleans()),
                day=draw(st.sampled_from([date(2021, 6, 6), date(2021, 6, 7)])),
                counts=replace(base.counts, late=draw(COUNT), positives=draw(COUNT)),
                figures=stated,
            )
            row = replace(row, summary=summary)
        made.append(row)
    return made


@given(st.data())
def test_a_sum_is_of_the_known_parts_and_says_of_how_many(piped: bytes, data: st.DataObject) -> None:
    drawn = data.draw(rows(read_summary(json.loads(piped))))
    page = overview_page(drawn, NOW, "wang", words("zh"))
    read = [each.summary for each in drawn if each.summary is not None]
    counted = [each for each in read if not each.practice] or read
    totals = page.json["totals"]
    assert (page.json["desks"], page.json["read"]) == (len(drawn), len(counted))
    for name in ("late", "positives"):
        assert totals["counts"][name] == (sum(getattr(each.counts, name) for each in counted) if counted else None)
    newest = max((each.day for each in counted), default=None)
    for name in ("new", "total") if counted else ():
        stated = [n for each in counted if each.day == newest and (n := each.figures[name]) is not None]
        assert totals["figures"][name] == (sum(stated) if stated else None)
        assert totals["figures_stated_by"][name] == len(stated)
    assert [each["counted"] for each in page.json["rows"]] == [each.summary in counted for each in drawn]
    text = as_text(page)
    assert all(any(line.startswith(each.name) for line in text) for each in drawn)


def test_what_another_clock_and_another_day_make_of_a_desk_is_said(piped: bytes) -> None:
    own, base = words("zh").overview, read_summary(json.loads(piped))
    real = replace(base, practice=False, made_at=NOW, origin="a", left_out=2)
    ahead = replace(real, made_at=NOW + timedelta(minutes=7), origin="b", left_out=0)
    yesterday = replace(ahead, made_at=NOW - timedelta(days=3, hours=2), day=base.day - timedelta(days=3), origin="c")
    drawn = [
        OverviewRow(given=name, name=name, summary=each)
        for name, each in (("a", real), ("b", ahead), ("c", yesterday), ("d", base))
    ]
    text = as_text(overview_page(drawn, NOW, "wang", words("zh")))
    assert f"a：{own.left_out.format(n=2)}" in text
    assert f"b：{own.ahead.format(span='7分')}" in text
    assert f"c：{own.another_day.format(day=yesterday.day)}" in text
    assert f"d：{own.practice}" in text
    assert any(each.startswith("c ") and own.ago.format(span="3天2时") in each for each in text)
