"""The first sign-on by a one-time code: on the command line, on screen, and nowhere to be read afterwards."""

import json
from pathlib import Path

import pytest

from dutyboard.rules.records.commands.post import GiveSignOnCode, SignOn
from dutyboard.rules.records.refusals import Refusal
from dutyboard.rules.records.transaction import Accepted
from dutyboard.tui.commands import act_command
from dutyboard.tui.link import pins
from dutyboard.tui.link.gateway import Gateway
from dutyboard.tui.link.identity import Identity
from dutyboard.tui.link.pins import Given, with_hash
from tests.tui.command_line import CommandLine
from tests.tui.night import FakeGateway, night
from tests.tui.on_board import SIZE, opened
from tests.tui.screen_text import app_of, text, until, until_shown


@pytest.fixture
def line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    line = CommandLine(tmp_path / "desk", "2021-06-07T10:00", monkeypatch, own_pins=True)
    line.done("officer", "add", "李秀英", "--role", "leader")
    return line


def code_for(line: CommandLine, name: str = "李秀英") -> str:
    return line.done("sign-on", "code", name).split("一次性代码：")[1].partition("（")[0]


def hers(line: CommandLine, login: str = "sec_li") -> Gateway:
    return Gateway.open(line.folder, Identity(login), clock=lambda: line.now)


def refusal(answer: Accepted | Refusal) -> str:
    return answer.code if isinstance(answer, Refusal) else ""


def test_a_code_is_printed_once_and_no_file_of_the_desk_holds_it(line: CommandLine) -> None:
    code = code_for(line)
    assert len(code) == 10
    gateway = hers(line)
    number = next(each.id for each in gateway.snapshot.officers.values() if each.name == "李秀英")
    wrong = gateway.submit(SignOn(officer_id=number), given=[Given(text="y" * 10, officer_id=number)])
    assert refusal(wrong) == "wrong_code"
    assert isinstance(gateway.submit(SignOn(officer_id=number), given=[Given(text=code)]), Accepted)
    gateway.checkpoint()
    kept = str(gateway.snapshot.entries) + repr(GiveSignOnCode(officer_id=1, code=code)) + line.done("export", "--json")
    gateway.close()
    for file in line.folder.rglob("*"):
        kept += file.read_bytes().decode("utf-8", "replace") if file.is_file() else ""
    assert "code_until" in kept and code not in kept and "y" * 10 not in kept


def test_wrong_tries_are_counted_entered_and_slow_down(line: CommandLine) -> None:
    code, gateway = code_for(line), hers(line, "thief")
    number = next(each.id for each in gateway.snapshot.officers.values() if each.name == "李秀英")
    tries = [gateway.submit(SignOn(officer_id=number), given=[Given(text="x" * 10)]) for _ in range(3)]
    assert [refusal(each) for each in tries] == ["wrong_code", "wrong_code", "code_locked"]
    assert refusal(gateway.submit(SignOn(officer_id=number), given=[Given(text=code)])) == "code_locked"
    assert not gateway.snapshot.entries, "who has not signed on reads nothing"
    entered = json.loads(line.done("export", "--json"))["tables"]["entries"].values()
    wrong = [each for each in entered if each["kind"] == "wrong_pin"]
    assert [(each["login"], each["subject"]) for each in wrong] == [("thief", f"officer-{number}")] * 2
    line.later(seconds=3)
    assert isinstance(gateway.submit(SignOn(officer_id=number), given=[Given(text=code)]), Accepted)


def test_a_code_in_whose_place_another_came_meanwhile_is_asked_for_anew(
    line: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, gateway, compared = code_for(line), hers(line), pins.tried
    number = next(each.id for each in gateway.snapshot.officers.values() if each.name == "李秀英")

    def meanwhile(*args: object) -> object:
        found = compared(*args)  # type: ignore[arg-type]
        code_for(line)
        return found

    monkeypatch.setattr(pins, "tried", meanwhile)
    assert refusal(gateway.submit(SignOn(officer_id=number), given=[Given(text=code)])) == "code_needed"
    gateway.close()


def test_the_command_line_reads_the_code_or_asks_for_it(line: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    code = code_for(line)
    line.as_login("sec_li")
    assert "一次性代码" in line.refused("sign-on", "李秀英")
    asked: list[str] = []

    def typed(prompt: str) -> str:
        asked.append(prompt)
        return "z" * 10

    monkeypatch.setattr(act_command, "asked_unseen", typed)
    said = line.refused("sign-on", "李秀英")
    assert "不是给李秀英的一次性代码" in said and "PIN" not in said
    assert len(asked) == 1 and "一次性代码" in asked[0]
    assert "凭" in line.done("sign-on", "李秀英", "--pin-stdin", typed=f"{code}\n")


@pytest.mark.parametrize("words", [("sign-on", "李秀英", "abcdefghjk"), ("sign-on", "李秀英", "--code", "abcdefghjk")])
def test_a_code_is_never_an_argument(line: CommandLine, words: tuple[str, ...]) -> None:
    assert line.call(*words).exit_code == 2


def test_a_line_of_a_batch_carries_the_code_and_no_answer_repeats_it(line: CommandLine) -> None:
    code = code_for(line)
    number = next(int(key) for key, each in line.tables()["officers"].items() if each["name"] == "李秀英")
    line.as_login("sec_li")
    (unasked,) = line.batch({"act": "sign-on", "officer": number})
    assert (unasked["code"], unasked["officer"]) == ("code_needed", number)
    wrong, right = line.batch(*({"act": "sign-on", "officer": number, "pin": each} for each in ("x" * 10, code)))
    assert "officer" not in wrong, "nobody else is asked for"
    assert (wrong["code"], right["ok"]) == ("wrong_code", True)
    assert code not in str((wrong, right)) and "x" * 10 not in str(wrong)


async def test_on_screen_an_unbound_login_picks_his_name_and_is_asked_for_the_code() -> None:
    desk = FakeGateway(night(), login="lijg")
    desk.asks_pins = True
    desk.commands.clear()
    given = with_hash(GiveSignOnCode(officer_id=2, code="abcdefghjk"))
    desk.elsewhere(given, "wangfang")
    app = app_of(desk)
    async with app.run_test(size=SIZE) as pilot:
        await until_shown(pilot, "您是哪一位？")
        await pilot.press("l", "j", "g", "enter")
        await until_shown(pilot, "请输入管理员给李建国的一次性代码")
        await pilot.press(*"zzzzzzzzzz")
        assert "zzzz" not in text(app)
        await pilot.press("enter")
        await until_shown(pilot, "不是给李建国的一次性代码")
        await pilot.press(*"abcdefghjk", "enter")
        await until_shown(pilot, "已签到：李建国")
    assert desk.snapshot.officers[2].login == "lijg"
    assert desk.drafts == {}


async def test_on_screen_an_administrator_gives_a_code() -> None:
    desk = FakeGateway(night())
    app = app_of(desk)
    async with app.run_test(size=SIZE) as pilot:
        await opened(pilot)
        await pilot.press("f9")
        await until_shown(pilot, "花名册")
        await pilot.press(*"离岗", "enter")
        await until_shown(pilot, "新增一人")
        await pilot.press(*"李建国", "enter")
        await until_shown(pilot, "一次性签到代码")
        await pilot.press(*"一次性签到", "enter")
        await until_shown(pilot, "李建国的签到代码：")
        await until(pilot, lambda: bool(desk.commands), "the act")
        (command,) = desk.commands
        assert isinstance(command, GiveSignOnCode) and command.code in text(app)
