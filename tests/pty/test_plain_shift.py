"""A shift worked by numbered lines (`--plain`) in a real terminal, by a script that reads only what is said."""

import re
import signal
import subprocess
from pathlib import Path

import pytest

from dutyboard.rules.records import pins
from tests.homes import begun
from tests.pty.desks import entries, practice_desk, printed, run
from tests.pty.line_shift import LineShift
from tests.pty.terminal import DUTYBOARD, LIMIT, Terminal, arguments

EVENING = "2021-06-07T20:05"
PIN = pins.SHARED_PIN
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


@pytest.fixture(scope="module")
def desk(home: Path) -> Path:
    return practice_desk(home / "desk", EVENING)


def signs(shift: LineShift, *lines: str) -> str:
    """Answer what is asked, then sign; what was written is said."""
    said = shift.answers(*lines)
    assert "将写入：" in said, said
    written = shift.line()
    assert "已写入：" in written, written
    return written


def until(shift: LineShift, words: str, answer: str = "") -> str:
    """Answer the questions alike until something is said."""
    for _ in range(60):
        if words in shift.heard:
            return shift.heard
        shift.line(answer)
    raise AssertionError(f"never said: {words}\n{shift.spoken[-2000:]}")


def row(shift: LineShift, words: str) -> str:
    """Look for a row of the board, and give its number. What it says is heard."""
    shift.line("板")
    number = shift.row(words)
    return shift.line(number)


def _the_board_is_said_in_words_without_a_control_sign(shift: LineShift, _: Path) -> None:
    assert "逾期35分：涟源宾馆隔离点 晚餐巡查，责任 周涛，期限 19:30" in shift.spoken
    assert CONTROL.search(shift.spoken) is None
    assert not any(sign in shift.spoken for sign in "│─┌┐└┘|=")


def _a_round_is_done_by_its_number_and_taken_back(shift: LineShift, desk: Path) -> None:
    row(shift, "桥头河集中隔离点 晚餐巡查")
    assert "将写入：完成 桥头河集中隔离点 晚餐巡查" in shift.heard
    shift.line()
    assert "将写入：撤回 桥头河集中隔离点 晚餐巡查" in shift.line("撤")
    shift.line()
    assert "还剩" not in row(shift, "桥头河集中隔离点 晚餐巡查")
    shift.line("y")
    assert [each["kind"] for each in entries(desk)[-3:]] == ["check", "retract", "check"]


def _an_arrival_is_registered_assessed_and_confirmed(shift: LineShift, desk: Path) -> None:
    shift.line("登记 register")
    shift.answers("孙测试甲", "431382199001011234", "19900000001", "广州市越秀区", "6-5")
    refused = shift.line("昨天下午")  # no time can be read in it: it is asked again
    assert "到涟" in refused.splitlines()[-1]
    shift.answers("今1800", "2", "1", "1")
    assert "三（十）" in until(shift, "将写入：登记")
    assert "已写入：登记 孙测试甲" in shift.line()
    assert "专人，必填" in shift.heard.splitlines()[-1]
    said = shift.answers("王芳", "", "", "")
    assert "将写入：研判 孙测试甲 三（十）" in said
    assert "已写入：研判 孙测试甲" in shift.line()
    assert [each["kind"] for each in entries(desk)[-2:]] == ["register", "assess"]


def _told(shift: LineShift, *lines: str) -> None:
    """Answer the first questions, leave the others blank, and sign."""
    shift.answers(*lines)
    until(shift, "将写入：")
    assert "已写入：" in shift.line(), shift.heard


def _the_journey_of_the_new_one_is_told_in_two_acts(shift: LineShift, _: Path) -> None:
    row(shift, "孙测试甲 闭环转运")
    _told(shift, "湘K12345", "李师傅")
    row(shift, "孙测试甲 在途待到达")
    assert "李师傅" in shift.spoken
    _told(shift, "其他：周涛")


def _temperatures_of_a_site_are_typed_one_a_line(shift: LineShift, desk: Path) -> None:
    row(shift, "杨市卫生院隔离点 晚间测温")
    assert "再写一次" in shift.answers("365", "378")
    shift.answers("376", "不在", "咳嗽", "90")
    assert "不可能" in shift.heard
    shift.line("367")
    until(shift, "说明：", "366")
    signs(shift, "两人另报")
    last = entries(desk)[-1]["data"]
    assert list(last["readings"].values())[:4] == [36.5, 37.6, 36.7, 36.6]
    assert list(last["first"].values()) == [37.8]
    assert len(last["absent"]) == 1
    assert list(last["symptoms"].values()) == ["咳嗽"]


def _the_referral_is_answered_with_the_leaders_pin(shift: LineShift, desk: Path) -> None:
    row(shift, "请示待答复")
    said = shift.answers("集中隔离", "市指挥部", "", "", "", "")
    assert "将写入：答复 赵玉远" in said
    assert "带班领导" in shift.line()
    assert "PIN（陈卫东" in shift.line()
    assert not shift.echoes
    assert "已写入：答复" in shift.line(PIN)
    assert PIN not in shift.spoken.replace("246810）", "")
    assert "answer" in [each["kind"] for each in entries(desk)[-2:]]
    shift.line(".")


def _a_positive_shows_what_it_brings_before_it_is_signed(shift: LineShift, desk: Path) -> None:
    shift.line("人 孙测试甲")
    shift.line(shift.row("result  "))
    shift.answers("1", "今", "2")
    assert "牵动：" in until(shift, "将写入：")
    shift.line()
    assert "将写入：阳性处置 孙测试甲" in shift.heard
    assert "已写入：阳性处置" in shift.line()
    assert "新的紧急事项：" in shift.heard  # what it brings is red
    assert "positive" in [each["kind"] for each in entries(desk)[-3:]]


def _a_red_row_is_acknowledged_and_another_is_shelved(shift: LineShift, desk: Path) -> None:
    shift.line("板")
    assert "将写入：" in shift.line(f"{shift.row('黄波婷 复测体温')}a")
    assert "已写入：" in shift.line()
    shift.line("板")
    shift.line(f"{shift.row('居家监测核查') if '居家监测核查' in shift.heard else shift.row('晚间消毒')}s")
    shift.answers("2030", "等车")
    assert "已写入：" in shift.line(), shift.heard
    assert len({each["kind"] for each in entries(desk)[-2:]}) == 2


def _a_negative_is_three_lines(shift: LineShift, _: Path) -> None:
    said = row(shift, "核酸检测")
    if "结果" not in said.splitlines()[-1]:
        shift.line("1")
    shift.answers("1", "", "", "")
    assert "将写入：检测" in shift.heard
    assert "阴性" in shift.line()


def _somebody_is_released_by_the_leader(shift: LineShift, desk: Path) -> None:
    owed = [each for each in printed(desk, "board", "--json")["obligations"] if each["kind"] == "release"]
    name = next(each["subject"] for each in owed if each["state"] in ("open", "due_soon", "late"))
    shift.line(f"人 {name}")
    shift.line(shift.row("release  "))
    for _ in range(12):
        if "将写入：" in shift.heard:
            break
        asked = shift.heard.splitlines()[-1]
        answer = (
            "陈卫东" if "带班领导" in asked else "张三、李四" if "干部" in asked else "1" if "补采" in asked else ""
        )
        shift.line("材料齐全" if "强行" in asked else "湘K1" if "车牌" in asked else answer)
    shift.line()
    assert "已写入：" in shift.line(PIN), shift.heard
    assert entries(desk)[-1]["kind"] == "release"


def _a_note_and_a_call_are_written_and_read_in_the_log(shift: LineShift, _: Path) -> None:
    shift.line("登记 log")
    shift.line("夜间加派一人")
    until(shift, "将写入：")
    shift.line()
    assert "夜间加派一人" in shift.line("日志")
    assert "夜间加派一人" in shift.line("1")


def _a_refusal_names_the_field_and_keeps_the_answers(shift: LineShift, _: Path) -> None:
    shift.line("登记 assign")
    assert "没有这个人员：没有此人" in shift.line("没有此人")
    shift.line("孙测试甲")
    until(shift, "改第几项")
    assert "1 人员：孙测试甲" in shift.heard
    assert "留作草稿" in shift.line(".")
    assert "已取回" in shift.line("登记 assign") or "没有写完的" in shift.heard
    shift.line(".")


def _what_is_red_and_new_is_said_while_the_prompt_waits(shift: LineShift, desk: Path) -> None:
    shift.line("退")  # no such command: the prompt stands
    before = shift.written
    person = run(desk, "person", "梁敏", "--json").stdout
    assert '"id"' in person
    done = run(desk, "reading", "胡雨涵", "38.9")
    assert done.returncode == 0, done.stderr
    shift.wait_until(lambda _: b"\xe6\x96\xb0\xe7\x9a\x84\xe7\xb4\xa7\xe6\x80\xa5" in shift.raw(before), "a red line")


def _a_handover_that_is_not_open_yet_says_when(shift: LineShift, _: Path) -> None:
    shift.line("交接")
    assert "起可签" in shift.line(shift.row("交接"))


def test_a_shift_is_worked_by_numbered_lines(desk: Path) -> None:
    """One session from the first row to the word that leaves: each step stands on those before it."""
    with LineShift(desk) as shift:
        for step in STEPS:
            step(shift, desk)


def test_the_handover_is_read_out_and_signed_by_both(tmp_path: Path) -> None:
    desk = practice_desk(tmp_path / "desk", "2021-06-07T19:40")
    with LineShift(desk) as shift:
        shift.line("交接")
        shift.line(shift.row("交接"))
        assert "接班人，必填，空行即 张强" in shift.heard
        shift.line()
        assert "第 1 项，共" in shift.heard
        assert "停在第 1 项" in shift.line("等一下")
        shift.answers("登记 handover", "")
        until(shift, "内容：")
        assert "日志校验码" in shift.spoken
        assert "将写入：交接" in shift.line("夜里注意杨市")
        assert "PIN（王芳" in shift.line()
        wrong = shift.line("135790")
        assert "不对" in wrong
        assert "PIN（王芳" in wrong.splitlines()[-1]
        assert "PIN（张强" in shift.line(PIN)
        assert "已写入：交接" in shift.line(PIN)
    assert entries(desk)[-1]["kind"] == "handover"


def _the_other_views_answer(shift: LineShift, _: Path) -> None:
    for word, says in (
        ("点", "早餐巡查"),
        ("排查", "1. "),
        ("报告", "日报告"),
        ("帮助", "一行一事"),
        ("登记", "1. init"),
    ):
        assert says in shift.line(word), word
    shift.line("板")
    assert "四（一）" in shift.line(f"{shift.row('晚间消毒')}e")
    assert "没有「胡闹」这个命令" in shift.line("胡闹")
    assert '"id": 1,' in shift.line("person 1 --json")


def _quit_ends_it(shift: LineShift, _: Path) -> None:
    shift.send("退出\n")
    assert shift.wait_exit() == 0


def test_a_colleague_who_changed_the_person_meanwhile_is_told_before_it_is_written(tmp_path: Path) -> None:
    desk = practice_desk(tmp_path / "desk", EVENING)
    person = printed(desk, "person", "林子", "--json")["id"]
    with LineShift(desk) as shift:
        shift.line("登记 assign")
        shift.answers("林子", "张强")
        done = run(desk, "assign", str(person), "--officer", "刘敏", "--reason", "调班")
        assert done.returncode == 0, done.stderr
        until(shift, "将写入：", "顺路")
        assert "动过林子" in shift.line("y")
        assert "刘敏" in shift.heard and "将写入：" in shift.heard
        assert "已写入：" in shift.line("y")
    assert [each["kind"] for each in entries(desk)[-2:]] == ["assign", "assign"]


def test_a_dropped_line_ends_it_quietly_and_keeps_the_answers(desk: Path) -> None:
    with LineShift(desk) as first:
        first.answers("登记 log", "写到一半")
        first.hang_up()
        assert first.process.wait(LIMIT) in (0, -signal.SIGHUP)
    with LineShift(desk) as again:
        assert "写到一半" in again.answers("登记 log", "y") or "已取回：内容" in again.heard


def test_the_end_of_a_pipe_ends_it_quietly(desk: Path) -> None:
    done = run(desk, "--plain", typed="帮助\n")
    assert done.returncode == 0
    assert done.stderr == ""
    assert "一行一事" in done.stdout
    once = subprocess.run([DUTYBOARD, "--data", str(desk)], input="", capture_output=True, text=True, check=False)
    assert once.returncode == 0
    assert "命令或号" not in once.stdout  # without --plain a pipe gets the board, once


def test_no_shift_asks_for_a_seat_that_is_empty(tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    assert run(folder, "init", str(begun(folder))).returncode == 0
    done = run(folder, "--plain", typed="登记 take-seat\n2\n\n\n")
    assert "已写入：" in done.stdout, done.stdout
    assert printed(folder, "board", "--json")["seats"][-1]["seat"] == "officer"


def test_a_terminal_that_draws_nothing_gets_the_lines(desk: Path) -> None:
    with Terminal(*arguments(desk), env={"TERM": "dumb"}) as terminal:
        terminal.wait_for("命令或号>")
        terminal.send("退出\n")
        assert terminal.wait_exit() == 0
        assert CONTROL.search(terminal.raw().decode().replace("\r\n", "\n")) is None


STEPS = (
    _the_board_is_said_in_words_without_a_control_sign,
    _a_round_is_done_by_its_number_and_taken_back,
    _an_arrival_is_registered_assessed_and_confirmed,
    _the_journey_of_the_new_one_is_told_in_two_acts,
    _temperatures_of_a_site_are_typed_one_a_line,
    _the_referral_is_answered_with_the_leaders_pin,
    _a_positive_shows_what_it_brings_before_it_is_signed,
    _a_red_row_is_acknowledged_and_another_is_shelved,
    _a_negative_is_three_lines,
    _somebody_is_released_by_the_leader,
    _a_note_and_a_call_are_written_and_read_in_the_log,
    _a_refusal_names_the_field_and_keeps_the_answers,
    _what_is_red_and_new_is_said_while_the_prompt_waits,
    _a_handover_that_is_not_open_yet_says_when,
    _the_other_views_answer,
    _quit_ends_it,
)
