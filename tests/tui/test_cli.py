"""The command line as scripts and cron use it: exit codes, one line on stderr, the JSON that stays, quick starts."""

import json
import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any, get_args

import click
import pytest
from click.testing import CliRunner

from dutyboard.rules.records.obligation import Kind, State
from dutyboard.rules.records.pins import SHARED_PIN
from dutyboard.tui.cli import program
from dutyboard.tui.commands.framework import CommandFamily, global_options
from dutyboard.tui.commands.invocation import Invocation
from dutyboard.tui.terminal.cells import width
from dutyboard.tui.text import words as words_of
from tests.homes import begun, copied
from tests.tui.installed import PRACTICE, printed, refused, run

ZH, EN = words_of("zh").cli, words_of("en").cli


@pytest.fixture(scope="module")
def sample(home: Path) -> Path:
    folder = home / "desk"
    assert run("init", str(begun(folder)), "--sample", "--practice", PRACTICE).returncode == 0
    return folder


def test_board_json_has_the_keys_that_stay(sample: Path) -> None:
    board = printed("board", "--json", folder=sample)
    assert {"now", "day", "notice", "seats", "counts", "obligations"} <= set(board)
    assert board["now"].startswith("2021-06-07T19:4")
    assert board["now"].endswith("+08:00")
    assert (board["day"], board["notice"]) == ("2021-06-07", "lianyuan-2021-07")
    assert [(seat["seat"], seat["state"]) for seat in board["seats"]] == [
        ("leader", "now"),
        ("leader", "next"),
        ("officer", "now"),
        ("officer", "next"),
    ]
    assert all({"seat", "officer", "from", "to", "state"} <= set(seat) for seat in board["seats"])
    counts = ("late", "due_soon", "pending_screening", "in_quarantine", "rooms", "home", "unreported")
    assert set(counts) <= set(board["counts"])
    keys = [
        "id",
        "kind",
        "subject",
        "subject_id",
        "clause",
        "owed_by",
        "opens",
        "due",
        "closes",
        "state",
        "entry",
        "late_minutes",
    ]
    for owed in board["obligations"]:
        assert {*keys, "late_minutes"} <= set(owed)
        assert owed["kind"] in get_args(Kind)
        assert owed["state"] in get_args(State)
        assert len(owed["id"].split("/")) == 3
        assert datetime.fromisoformat(owed["due"]).utcoffset() is not None


def test_board_at_another_moment(sample: Path) -> None:
    board = printed("board", "--json", "--at", "2021-06-07T12:00", folder=sample)
    assert board["now"] == "2021-06-07T12:00:00+08:00"


def test_board_as_text_is_the_board(sample: Path) -> None:
    done = run("board", folder=sample)
    assert done.returncode == 0
    assert "24小时值班板 06-07 周一" in done.stdout.splitlines()[0]
    english = run("board", "--lang", "en", folder=sample)
    assert "Mon" in english.stdout.splitlines()[0]


def test_check_on_sites_of_a_sheet(empty: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "sites.csv"
    sheet.write_text(
        "名称,所在乡镇,房间数,状态,重点消毒区域,负责人,联系电话\n涟源宾馆隔离点,蓝田街道,62,启用,走廊,周涛,19900000001\n"
        "涟水酒店隔离点,蓝田街道,20,启用,走廊,杨敏,19900000002\n",
        encoding="utf-8",
    )
    assert printed("import", "sites", str(sheet), "--json", folder=empty)["accepted"] == 2
    said = printed("check", "涟源宾馆隔离点", "patrol-3", folder=empty)
    assert {"entry", "seq", "state"} <= set(said)
    assert said["state"] in ("done", "done_late")
    line = refused("check", "site-1", "patrol-3", folder=empty)
    assert "周涛" in line
    assert printed("check", "涟水", "patrol-3", folder=empty)["seq"] == said["seq"] + 1
    assert "涟源宾馆隔离点、涟水酒店隔离点" in refused("check", "涟", "patrol-3", folder=empty)
    assert "没有这个隔离点" in refused("check", "长沙", "patrol-3", folder=empty)
    assert "patrol-3 temperature-am" in refused("check", "涟水", "patrol-9", folder=empty)
    assert "send-report" in refused("check", "涟水", "report", folder=empty)
    morning = ("check", "涟水", "patrol-1", "--at", "08:10")
    assert "--reason" in refused(*morning, folder=empty)
    assert printed(*morning, "--reason", "登记前已巡查", folder=empty)["state"] == "done"
    shown = {each["id"]: each for each in printed("board", "--json", folder=empty)["obligations"]}
    told = next(each for key, each in shown.items() if key.startswith("patrol-1/site-2"))
    kept = next(each for key, each in shown.items() if key.startswith("patrol-1/site-1"))
    assert (told["state"], told["entered_late"], told["reason"]) == ("done", True, None)
    assert (kept["state"], kept["entered_late"], kept["reason"]) == ("waived", False, "before_registration")
    assert "figures" not in refused("check", "涟水", "staff-check", "--at", "07:00", folder=empty)
    refused("check", "涟水", "disinfection-pm", "--at", "23:59", folder=empty)
    refused("check", "涟水", "disinfection-pm", "--abnormal", folder=empty)
    done = printed("check", "涟水", "disinfection-pm", "--abnormal", "--note", "药水用完", folder=empty)
    entries = json.loads(run("export", "--json", "--reveal", "测试", folder=empty).stdout)["tables"]["entries"]
    written = entries[str(done["entry"])]
    assert (written["abnormal"], written["text"], written["obligation"]) == (
        True,
        "药水用完",
        "disinfection-pm/site-2/2021-06-07",
    )


def test_check_says_what_it_wrote_and_does_nothing_twice(sample: Path) -> None:
    board = printed("board", "--json", folder=sample)
    owed = next(o for o in board["obligations"] if o["kind"] == "patrol" and o["state"] in ("open", "due_soon", "late"))
    said = printed("check", owed["subject"], owed["slot"], "--abnormal", "--note", "门锁损坏", folder=sample)
    assert said["state"] in ("done", "done_late")
    assert owed["owed_by"] in refused("check", owed["subject_id"], owed["slot"], folder=sample)
    written = printed("export", "--json", "--reveal", "测试", folder=sample)["tables"]["entries"][str(said["entry"])]
    assert (written["abnormal"], written["text"], written["obligation"]) == (True, "门锁损坏", owed["id"])
    assert "没有这个隔离点" in refused("check", "长沙", "patrol-3", folder=sample)
    refused("check", owed["subject"], "patrol-9", folder=sample)
    refused("check", owed["subject"], "disinfection-pm", "--at", "23:59", folder=sample)


def test_a_temperature_round_states_its_figures(sample: Path) -> None:
    board = printed("board", "--json", folder=sample)
    owed = [o for o in board["obligations"] if o["kind"] == "temperature" and o["entry"] is None]
    assert owed
    subject, slot = owed[0]["subject"], owed[0]["slot"]
    refused("check", subject, slot, folder=sample)
    refused("check", subject, slot, "--set", "measured=x", folder=sample, code=2)
    figures = ["--set", f"of={owed[0]['total']}", "--set", f"measured={owed[0]['total']}", "--set", "highest=36.8"]
    assert printed("check", subject, slot, *figures, folder=sample)["state"] in ("done", "done_late")


def test_log_writes_when_it_happened(empty: Path) -> None:
    said = printed("log", "来电：核对名单", "--at", "19:05", folder=empty)
    assert said["state"] == "done"
    entries = json.loads(run("export", "--json", "--reveal", "测试", folder=empty).stdout)["tables"]["entries"]
    assert entries[str(said["entry"])]["happened_at"] == "2021-06-07T19:05:00+08:00"
    assert entries[str(said["entry"])]["entered_at"] >= "2021-06-07T19:40:00+08:00"
    refused("log", "明天的事", "--at", "2021-06-08T08:00", folder=empty)
    refused("log", "什么时候", "--at", "昨天", folder=empty, code=2)


def test_shift_plans_a_night_and_lists_it(empty: Path) -> None:
    name = printed("export", "--json", "--reveal", "测试", folder=empty)["tables"]["officers"]["1"]["name"]
    plan = ["shift", "officer", name, "2021-06-07T20:00", "2021-06-08T08:00", "--repeat", "2"]
    said = run(*plan, folder=empty).stdout
    assert said.splitlines() == [f"   {n} 坐班  06-0{6 + n} 20:00 - 06-0{7 + n} 08:00  {name}" for n in (1, 2)]
    listed = printed("shift", "list", "--json", folder=empty)
    assert [(row["seat"], row["from"], row["to"]) for row in listed] == [
        ("officer", "2021-06-07T20:00+08:00", "2021-06-08T08:00+08:00"),
        ("officer", "2021-06-08T20:00+08:00", "2021-06-09T08:00+08:00"),
    ]
    lines = run("shift", "list", folder=empty).stdout.splitlines()
    assert lines[0] == f"   1 坐班  06-07 20:00 - 06-08 08:00  {name}"
    assert lines[2] == "未来7夜缺 26 班"  # the rest of this day, too
    assert lines[3].startswith("!    带班  06-07 19:4") and lines[3].endswith(" - 20:00  缺岗")
    assert len(lines) == 3 + 26
    refused("shift", "officer", "无此人", "20:00", "08:00", folder=empty)
    refused("shift", "cook", name, "20:00", "08:00", folder=empty, code=2)


def test_shifts_are_changed_swapped_and_called_off_with_a_reason(empty: Path) -> None:
    night = printed("shift", "officer", "officer-1", "20:00", "24:00", "--json", folder=empty)
    (first,) = night["shifts"]
    (second,) = printed(
        *("shift", "leader", "officer-1", "2021-06-08T08:00", "2021-06-08T20:00"),
        *("--reason", "代班", "--json"),
        folder=empty,
    )["shifts"]
    assert "--reason" in refused("shift", "leader", "officer-1", "20:00", "22:00", folder=empty)
    refused("shift", "change", str(first), "--to", "2021-06-08T02:00", folder=empty)
    moved = ("shift", "change", str(first), "--to", "2021-06-08T02:00", "--reason", "接班人迟到")
    assert run(*moved, folder=empty).returncode == 0
    rows = {row["id"]: row for row in printed("shift", "list", "--json", folder=empty)}
    assert (rows[first]["from"], rows[first]["to"]) == ("2021-06-07T20:00+08:00", "2021-06-08T02:00+08:00")
    refused("shift", "swap", str(first), str(second), "--reason", "同一人", folder=empty)
    refused("shift", "swap", str(first), "--reason", "缺号", folder=empty, code=2)
    answer = printed("shift", "cancel", str(second), "--reason", "培训", "--json", folder=empty)
    assert answer["ok"]
    assert "已" in refused("shift", "cancel", f"shift-{second}", "--reason", "培训", folder=empty)
    assert [row["id"] for row in printed("shift", "list", "--json", folder=empty)] == [first]


def test_a_past_shift_is_told_afterwards_with_a_reason(empty: Path) -> None:
    past = ("shift", "leader", "officer-1", "2021-06-07T08:00", "2021-06-07T12:00")
    assert "补记" in refused(*past, folder=empty)
    told = printed(*past, "--reason", "未及时录入", "--json", folder=empty)
    assert (told["shifts"], len(told["told_afterwards"])) == ([], 1)
    (row,) = printed("shift", "list", "--json", folder=empty)
    assert (row["told_afterwards"], row["twice_at_once"]) == (True, False)
    assert "事后补记" in run("shift", "list", folder=empty).stdout


def test_verify_is_sound_and_tells_a_changed_line(empty: Path) -> None:
    report = printed("verify", "--json", folder=empty)
    assert {"ok", "lines", "head", "segments", "problems"} <= set(report)
    assert (report["ok"], report["problems"]) == (True, [])
    segment = next((empty / "journal").iterdir())
    segment.write_bytes(segment.read_bytes().replace(b'"admin"', b'"adm1n"'))
    done = run("verify", "--json", folder=empty)
    assert done.returncode == 1
    assert {"file", "line", "what"} <= set(json.loads(done.stdout)["problems"][0])
    assert "Traceback" not in done.stderr


def test_checkpoint_backup_and_restore_keep_every_line(empty: Path, tmp_path: Path) -> None:
    printed("log", "一", folder=empty)
    assert run("checkpoint", folder=empty).returncode == 0
    assert (empty / "db.json").exists()
    assert run("backup", str(tmp_path / "copy"), folder=empty).returncode == 0
    assert run("restore", str(tmp_path / "copy"), str(tmp_path / "again")).returncode == 0
    one, other = (
        printed("export", "--json", "--reveal", "测试", folder=each)["tables"] for each in (empty, tmp_path / "again")
    )
    assert one == other
    assert printed("verify", "--json", folder=tmp_path / "again")["ok"]
    refused("backup", str(tmp_path / "copy"), folder=empty)


def test_a_folder_without_a_desk_is_left_alone(tmp_path: Path) -> None:
    for words in (["board"], ["log", "x"], ["verify"], ["export", "--json", "--reveal", "测试"]):
        refused(*words, folder=tmp_path / "none")
    assert not (tmp_path / "none").exists()


def test_init_twice_is_refused(empty: Path) -> None:
    refused("init", str(empty))


def test_usage_errors_exit_2(empty: Path) -> None:
    for words in (["nonsense"], ["check"], ["board", "--nonsense"], ["import", "people", "x.csv"], ["export"]):
        refused(*words, folder=empty, code=2)
    refused("board", "--lang", "fr", folder=empty, code=2)


def test_global_options_stand_before_or_behind_the_command(empty: Path) -> None:
    before = run("--lang", "en", "--data", str(empty), "shift", "list")
    behind = run("shift", "list", "--lang", "en", "--data", str(empty))
    assert [each.stdout.splitlines()[0] for each in (before, behind)] == [EN.no_shifts] * 2


def test_a_language_of_the_environment_gives_way_and_an_unknown_one_is_refused(empty: Path) -> None:
    def said(language: str, *words: str) -> subprocess.CompletedProcess[str]:
        return run("shift", "list", *words, folder=empty, env={**os.environ, "DUTYBOARD_LANG": language})

    assert said("en").stdout.splitlines()[0] == EN.no_shifts
    assert said("en", "--lang", "zh").stdout.splitlines()[0] == ZH.no_shifts
    unknown = said("fr")
    assert unknown.returncode == 2
    assert "'fr'" in unknown.stderr
    helped = run("--help", env={**os.environ, "DUTYBOARD_LANG": "en"})
    assert EN.commands_title in helped.stdout


def test_only_the_administrator_acts_for_another(sample: Path) -> None:
    login = printed("export", "--json", "--reveal", "测试", folder=sample)["tables"]["officers"]
    other = next(held["login"] for held in login.values() if held.get("role") == "officer")
    said = printed("log", "代班", "--as", other, folder=sample)
    entries = json.loads(run("export", "--json", "--reveal", "测试", folder=sample).stdout)["tables"]["entries"]
    assert login[str(entries[str(said["entry"])]["entered_by"])]["login"] == other
    refused("log", "无名", "--as", "nobody-here", folder=sample)


def test_the_rules_are_listed_and_shown(empty: Path) -> None:
    assert "lianyuan-2021-07" in run("rules", "list", folder=empty).stdout
    assert "[notice]" in run("rules", "show", folder=empty).stdout
    same = run("rules", "diff", "lianyuan-2021-07", "lianyuan-2021-07", folder=empty)
    assert same.stdout == ZH.same_notice + "\n"
    refused("rules", "show", "no-such-notice", folder=empty)


def test_a_switch_of_notices_is_shown_before_it_is_confirmed(sample: Path, tmp_path: Path) -> None:
    old, new = "lianyuan-2021-07", "national-9-2022"
    texts = printed("rules", "diff", old, new, "--json", folder=tmp_path / "none")
    assert any(line.startswith("+look_back_days = 7") for line in texts["text"])
    desk = tmp_path / "desk"
    copied(sample, desk)
    shown = printed("rules", "diff", old, new, "--json", folder=desk)
    assert shown["changed"] == len(shown["people"]) > 0
    assert len(shown["loads"]) == 14
    assert any(day["rooms_after"] < day["rooms_before"] for day in shown["loads"])
    told = run("rules", "diff", old, new, folder=desk).stdout.splitlines()
    assert all(width(line) <= 80 for line in told)
    assert f"{shown['changed']} 人有变" in told[1]
    summary = shown["summary"]
    assert f"提前解除 {summary['freed_earlier']} 人，延后解除 {summary['held_longer']} 人" in told[2]
    (to_home,) = [each["people"] for each in summary["moves"] if (each["before"], each["after"]) == ("site", "home")]
    assert f"集中隔离点 -> 居家监测：{to_home} 人" in told
    assert sum(line.startswith("  ") and "房间" in line for line in told) == 14
    assert sum(line.startswith("person-") for line in told) == shown["changed"]
    assert run("rules", "switch", new, folder=desk).returncode == 2
    reason = ("--reason", "演练文件 1 号", "--everyone")
    early = run("rules", "switch", new, "--from", printed("board", "--json", folder=desk)["now"], *reason, folder=desk)
    assert (early.returncode, "2022-06-28" in early.stderr) == (1, True)
    switch = ("rules", "switch", new, "--from", "2022-06-28T00:00", *reason)
    assert "--leader" in refused(*switch, folder=desk)
    leader = next(o["name"] for o in stored_in(desk)["officers"].values() if o.get("role") == "leader")
    signed = (*switch, "--leader", leader, "--pin-stdin")
    assert run(*signed, folder=desk, input=f"{SHARED_PIN}\n").returncode == 0
    assert printed("board", "--json", "--at", "2022-06-28T08:00", folder=desk)["notice"] == new
    assert "[现行]" in next(line for line in run("rules", "list", folder=desk).stdout.splitlines() if old in line)
    refused(*switch, folder=desk)


@pytest.mark.parametrize(
    "words",
    [
        ["board"],
        ["board", "--json"],
        ["log", "x"],
        ["acts"],
        ["shift", "list"],
        ["verify"],
        ["export", "--json", "--reveal", "测试"],
        ["--help"],
    ],
    ids=" ".join,
)
def test_commands_that_do_not_draw_load_nothing_heavy(sample: Path, words: list[str]) -> None:
    script = (
        "import sys\n"
        "sys.argv = ['dutyboard', '--data', sys.argv[1], *sys.argv[2:]]\n"
        "from dutyboard.tui.cli import main\n"
        "try:\n    main()\nfinally:\n"
        "    heavy = {'textual', 'openpyxl', 'stdnum', 'rich.progress', 'jinja2'} & set(sys.modules)\n"
        "    print('heavy:', *sorted(heavy), file=sys.stderr)\n"
    )
    command = [sys.executable, "-c", script, str(sample), *words]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stderr.strip() == "heavy:"


def test_every_command_and_option_has_its_words() -> None:
    context = click.Context(program)
    commands = [command for name in program.list_commands(context) if (command := program.get_command(context, name))]
    for family in [command for command in commands if isinstance(command, CommandFamily)]:
        commands += [*family.commands.values(), *([family.otherwise] if family.otherwise else [])]
    assert {"finding open", "transfer divert", "sign-on bind"} <= {command.name for command in commands}
    for command in commands:
        for words in (ZH, EN):
            assert words.commands[str(command.name)]
            for option in [*command.params, *global_options()]:
                if isinstance(option, click.Option):
                    assert words.options.get(str(option.name)), (command.name, option.name)


def test_both_languages_fill_the_same_blanks() -> None:
    import string

    def blanks(text: str) -> set[str | None]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}

    for name in CliWordsFields:
        zh, en = getattr(ZH, name), getattr(EN, name)
        if isinstance(zh, str):
            assert blanks(zh) == blanks(en), name
        else:
            assert zh.keys() == en.keys(), name


CliWordsFields = tuple(ZH.__dataclass_fields__)


def test_a_person_shows_the_course_and_what_blocks_the_release(sample: Path) -> None:
    stored = json.loads(run("export", "--json", "--reveal", "测试", folder=sample).stdout)["tables"]["persons"]
    at_site = next(number for number, person in stored.items() if person.get("stage") == "site")
    waiting = next(number for number, person in stored.items() if "stage" not in person)
    shown = printed("person", f"person-{at_site}", "--json", folder=sample)
    assert shown["assessment"]["clause"] == shown["result"]["clause"]
    assert [stage["kind"] for stage in shown["plan"]["stages"]].count("site") == 1
    assert shown["gate"]["may_release"] is (not shown["gate"]["blockers"])
    assert printed("person", waiting, "--json", folder=sample)["gate"] is None
    refused("person", "person-99999", "--json", folder=sample)


def test_a_persons_page_is_printed_with_numbers_masked(sample: Path) -> None:
    stored = json.loads(run("export", "--json", "--reveal", "测试", folder=sample).stdout)["tables"]["persons"]
    number, person = next((n, p) for n, p in stored.items() if p.get("stage") == "site" and p.get("id_no"))
    page = run("person", number, folder=sample).stdout
    assert page.startswith(person["name"])
    assert person["id_no"] not in page
    assert person["id_no"][:4] + "**********" + person["id_no"][-4:] in page
    assert max(width(line) for line in page.splitlines()) <= 80


def test_a_report_is_written_whole_or_not_at_all(sample: Path, tmp_path: Path) -> None:
    for form in ("text", "json", "xlsx"):
        target = tmp_path / f"report.{form}"
        done = run("report", "screening", "--format", form, "-o", str(target), folder=sample)
        assert done.returncode == 0, done.stderr
        assert target.stat().st_size > 0
        missing = tmp_path / "nowhere" / f"report.{form}"
        line = refused("report", "screening", "--format", form, "-o", str(missing), folder=sample)
        assert str(missing) in line
        assert "No such file" in line
    assert sorted(path.name for path in tmp_path.iterdir()) == ["report.json", "report.text", "report.xlsx"]


def stored_in(desk: Path) -> Any:
    """Every record of a desk, table by table."""
    return json.loads(run("export", "--json", "--reveal", "测试", folder=desk).stdout)["tables"]


def test_a_record_is_handed_off_by_letter(sample: Path, tmp_path: Path) -> None:
    desk = tmp_path / "desk"
    copied(sample, desk)
    stored = stored_in(desk)
    at_site = next(number for number, person in stored["persons"].items() if person.get("stage") == "site")
    leader = next(o["name"] for o in stored["officers"].values() if o.get("role") == "leader")
    letter = ("handoff", at_site, "--leader", leader, "--letter", "疫防函 3 号")
    refused(*letter, folder=desk)  # nobody is named who takes over
    refused("handoff", "99999", "--leader", leader, "--letter", "x", "--died", folder=desk)
    refused("handoff", at_site, "--leader", "无此人", "--letter", "x", "--died", folder=desk)
    assert run(*letter, "--to", "娄底市指挥部", folder=desk).returncode == 0
    closed = printed("person", at_site, "--json", folder=desk)
    assert (closed["stage"], closed["history"][-1]["kind"], closed["earlier_release"]) == ("closed", "hand_off", None)
    page = run("person", at_site, folder=desk).stdout
    assert f"移交 隔离点 -> 娄底市指挥部 凭 疫防函 3 号 带班 {leader}" in page
    ill = next(number for number, person in stored["persons"].items() if person.get("stage") == "home")
    run("handoff", ill, "--leader", leader, "--letter", "死亡医学证明 7 号", "--died", folder=desk)
    assert f"死亡 居家 凭 死亡医学证明 7 号 带班 {leader}" in run("person", ill, folder=desk).stdout


@pytest.mark.parametrize(
    "at", ["0001-01-01T00:00", "2018-12-31T23:59", "2021-01-01T00:00", "2099-01-01T00:00", "9999-12-31T24:00"]
)
def test_no_board_is_of_years_that_the_desk_has_not_seen(at: str, sample: Path) -> None:
    line = refused("board", "--at", at, folder=sample, code=2 if at[:4] in ("0001", "9999") else 1)
    assert "程序" not in line and "\n" not in line


@pytest.mark.parametrize(
    ("words", "usage"),
    [
        (("site", "open"), "dutyboard site [OPTIONS] {open|close|standby} SITE"),
        (("sign-on", "王芳"), "dutyboard sign-on [OPTIONS] OFFICER"),
        (("site", "change"), "dutyboard site change [OPTIONS] SITE"),
    ],
)
def test_a_usage_line_names_each_word_once(words: tuple[str, ...], usage: str) -> None:
    told = CliRunner().invoke(program, [*words, "--help"], prog_name="dutyboard", obj=Invocation())
    assert told.stdout.splitlines()[0] == f"Usage: {usage}"
