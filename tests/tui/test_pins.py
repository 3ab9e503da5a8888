"""PINs through the gateway and the command line: set, asked, tried wrong by two at once, and nowhere to be read."""

from pathlib import Path

import pytest

from dutyboard.rules.records.commands.post import AddOfficer, BindLogin, ResetPin, SetPin, WriteLog
from dutyboard.rules.records.model import Entry
from dutyboard.rules.records.refusals import Refusal
from dutyboard.rules.records.transaction import Accepted
from dutyboard.tui.commands import act_command
from dutyboard.tui.link import pins
from dutyboard.tui.link.gateway import Gateway
from dutyboard.tui.link.identity import Identity, own_identity
from dutyboard.tui.link.pins import Given, new_code, tried
from tests.tui.callers import SITES, sheet
from tests.tui.command_line import CommandLine

PIN, OTHER = "739154", "804271"


@pytest.fixture
def line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    return CommandLine(tmp_path / "desk", "2021-06-07T10:00", monkeypatch, own_pins=True)


def opened(line: CommandLine, login: str | None = None) -> Gateway:
    return Gateway.open(line.folder, Identity(login) if login else own_identity(), clock=lambda: line.now)


def with_colleague(line: CommandLine) -> int:
    """Add an officer who signs on as `sec_li` and has set a PIN."""
    line.done("pin", "set", "--pin-stdin", typed=f"{PIN}\n")
    gateway = opened(line)
    answer = gateway.submit(AddOfficer(name="李秀英", role="leader"))
    assert isinstance(answer, Accepted)
    (officer,) = [each for each in answer.created if not isinstance(each, Entry)]
    assert isinstance(gateway.submit(BindLogin(officer_id=officer.id, login="sec_li", reason="到岗")), Accepted)
    code = new_code()
    assert isinstance(gateway.submit(ResetPin(officer_id=officer.id, code=code)), Accepted)
    gateway.close()
    hers = opened(line, "sec_li")
    assert isinstance(hers.submit(SetPin(new=OTHER), given=[Given(text=code)]), Accepted)
    hers.close()
    return officer.id


def code_of(answer: Accepted | Refusal) -> str | None:
    return answer.code if isinstance(answer, Refusal) else None


def test_a_right_pin_stands_in_the_entry_as_the_officer_who_gave_it(line: CommandLine) -> None:
    number = with_colleague(line)
    gateway = opened(line)
    answer = gateway.submit(WriteLog(text="记"), given=[Given(text=OTHER, officer_id=number), Given(text=PIN)])
    assert isinstance(answer, Accepted)
    assert answer.entry.signed == (number, gateway.actor.officer_id)


def test_a_wrong_pin_writes_the_try_and_not_the_act(line: CommandLine) -> None:
    number = with_colleague(line)
    gateway = opened(line)
    before = set(gateway.snapshot.entries)
    assert code_of(gateway.submit(WriteLog(text="记"), given=[Given(text=PIN, officer_id=number)])) == "wrong_pin"
    (new,) = [each for key, each in gateway.snapshot.entries.items() if key not in before]
    assert (new.kind, new.subject, new.entered_by) == ("wrong_pin", f"officer-{number}", gateway.actor.officer_id)


def test_a_pin_that_is_not_set_is_refused_and_names_the_way(line: CommandLine) -> None:
    gateway = opened(line)
    entries = len(gateway.snapshot.entries)
    assert code_of(gateway.submit(WriteLog(text="记"), given=[Given(text=PIN)])) == "pin_not_set"
    assert len(gateway.snapshot.entries) == entries


def test_tries_are_counted_over_all_sessions(line: CommandLine) -> None:
    """Five tries are five, from however many terminals; the right one is refused then like any other."""
    number = with_colleague(line)
    terminals = [opened(line), opened(line), opened(line)]
    for turn in range(5):
        bad = Given(text=f"90218{turn}", officer_id=number)
        assert code_of(terminals[turn % 3].submit(WriteLog(text="记"), given=[bad])) == "wrong_pin"
        line.later(seconds=20)
    right = Given(text=OTHER, officer_id=number)
    for gateway in terminals:
        answer = gateway.submit(WriteLog(text="记"), given=[right])
        assert isinstance(answer, Refusal) and answer.code == "pin_locked"
        assert answer.fields["until"] > line.now
    line.later(minutes=15)
    assert isinstance(terminals[0].submit(WriteLog(text="记"), given=[right]), Accepted)
    assert isinstance(terminals[1].submit(WriteLog(text="记"), given=[right]), Accepted)


def test_a_colleague_s_wrong_tries_keep_nobody_from_signing_on_his_own_login(line: CommandLine) -> None:
    number = with_colleague(line)
    gateway = opened(line)
    for turn in range(6):
        gateway.submit(WriteLog(text="记"), given=[Given(text=f"90218{turn}", officer_id=number)])
        line.later(seconds=20)
    right = Given(text=OTHER, officer_id=number)
    assert code_of(gateway.submit(WriteLog(text="记"), given=[right])) == "pin_locked"
    assert isinstance(opened(line, "sec_li").submit(WriteLog(text="记"), given=[right]), Accepted)


def test_a_guess_that_was_compared_while_others_failed_counts_for_nothing(
    line: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two processes guess at once: a right guess, compared before the last wrong one was written, is not taken."""
    number = with_colleague(line)
    one, two = opened(line), opened(line)

    def meanwhile(*args: object) -> object:
        done = tried(*args)  # type: ignore[arg-type]
        monkeypatch.setattr(pins, "tried", tried)
        for turn in range(5):
            two.submit(WriteLog(text="记"), given=[Given(text=f"90218{turn}", officer_id=number)])
            line.later(seconds=20)
        return done

    monkeypatch.setattr(pins, "tried", meanwhile)
    assert code_of(one.submit(WriteLog(text="记"), given=[Given(text=OTHER, officer_id=number)])) == "pin_locked"


def test_a_guess_of_a_pin_that_was_changed_meanwhile_is_not_taken(
    line: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = with_colleague(line)
    one, hers = opened(line), opened(line, "sec_li")

    def meanwhile(*args: object) -> object:
        done = tried(*args)  # type: ignore[arg-type]
        monkeypatch.setattr(pins, "tried", tried)
        assert isinstance(hers.submit(SetPin(new="557013"), given=[Given(text=OTHER)]), Accepted)
        return done

    monkeypatch.setattr(pins, "tried", meanwhile)
    assert code_of(one.submit(WriteLog(text="记"), given=[Given(text=OTHER, officer_id=number)])) == "pin_needed"


def test_a_wait_between_tries_is_by_the_clock_of_the_desk(line: CommandLine) -> None:
    number = with_colleague(line)
    gateway = opened(line)
    bad = Given(text="902180", officer_id=number)
    assert code_of(gateway.submit(WriteLog(text="记"), given=[bad])) == "wrong_pin"
    assert code_of(gateway.submit(WriteLog(text="记"), given=[bad])) == "wrong_pin"
    assert code_of(gateway.submit(WriteLog(text="记"), given=[bad])) == "pin_locked"
    line.later(seconds=2)
    assert code_of(gateway.submit(WriteLog(text="记"), given=[bad])) == "wrong_pin"


def test_pin_set_proves_the_officer_by_his_old_pin(line: CommandLine) -> None:
    assert "本人已设" in line.done("pin", "set", "--pin-stdin", typed=f"{PIN}\n")
    told = line.call("pin", "set", "--pin-stdin", typed=f"{OTHER}\n{OTHER}\n")
    assert told.exit_code == 1 and "PIN 不对" in told.stderr
    line.done("pin", "set", "--pin-stdin", typed=f"{PIN}\n{OTHER}\n")


def test_a_code_of_the_administrator_is_printed_once_and_sets_a_pin_once(line: CommandLine) -> None:
    with_colleague(line)
    told = line.done("pin", "reset", "sec_li", "--reason", "忘记")
    code = next(word.partition("（")[0] for word in told.split("：") if len(word.partition("（")[0]) == 10)
    hers = opened(line, "sec_li")
    assert code_of(hers.submit(SetPin(new=PIN), given=[Given(text="x" * 10)])) == "wrong_code"
    assert isinstance(hers.submit(SetPin(new=PIN), given=[Given(text=code)]), Accepted)
    assert code_of(hers.submit(SetPin(new=OTHER), given=[Given(text=code)])) == "wrong_pin"


def test_a_code_is_too_old_after_a_day(line: CommandLine) -> None:
    with_colleague(line)
    gateway, code = opened(line), new_code()
    number = next(each.id for each in gateway.snapshot.officers.values() if each.login == "sec_li")
    assert isinstance(gateway.submit(ResetPin(officer_id=number, code=code)), Accepted)
    line.later(hours=24)
    hers = opened(line, "sec_li")
    assert code_of(hers.submit(SetPin(new=PIN), given=[Given(text=code)])) == "pin_not_set"


def test_acts_of_a_batch_carry_pins_that_no_answer_repeats(line: CommandLine) -> None:
    number = with_colleague(line)
    right = {"act": "log", "text": "记", "leader": number, "pin": OTHER}
    wrong = {"act": "log", "text": "记", "leader": number, "pin": "902180"}
    bad = {"act": "log", "text": "记", "pin": {"x": "902181"}}
    answers = line.batch(right, wrong, bad)
    assert [each["ok"] for each in answers] == [True, False, False]
    assert (answers[1]["code"], answers[1]["field"]) == ("wrong_pin", "pin")
    assert (answers[2]["code"], answers[2]["field"]) == ("wrong_type", "pin")
    assert line.tables()["entries"][str(answers[0]["entries"][0])]["signed"] == [number]
    assert "90218" not in str(answers)


def test_a_leader_is_named_on_the_command_line_and_his_pin_is_read(line: CommandLine) -> None:
    number = with_colleague(line)
    told = line.printed("log", "记", "--leader", "sec_li", "--pin-stdin", typed=f"{OTHER}\n")
    assert line.tables()["entries"][str(told["entry"])]["signed"] == [number]


def test_of_several_leaders_the_command_line_says_who_signs(line: CommandLine) -> None:
    number = with_colleague(line)
    line.done("officer", "add", "陈卫东", "--role", "leader")
    sheet(line, "sites", SITES)
    opens = ("site", "open", "涟水酒店", "--reason", "备用启用")
    assert "李秀英、陈卫东" in line.refused(*opens) and "--leader" in line.refused(*opens)
    (answer,) = line.batch({"act": "site", "site": 2, "state": "active", "reason": "备用启用", "pin": []})
    assert (answer["code"], answer["field"]) == ("leader_needed", "pin")
    told = line.printed(*opens, "--leader", "sec_li", "--pin-stdin", "--json", typed=f"{OTHER}\n")
    assert line.tables()["entries"][str(told["entries"][0])]["signed"] == [number]


def test_of_a_leader_without_a_pin_it_is_said_before_one_is_read(
    line: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    line.done("officer", "add", "陈卫东", "--role", "leader")
    sheet(line, "sites", SITES)
    monkeypatch.setattr(act_command, "asked_unseen", lambda prompt: pytest.fail(prompt))
    opens = ("site", "open", "涟水酒店", "--reason", "备用启用", "--leader", "陈卫东")
    assert "陈卫东还没有设 PIN" in line.refused(*opens)


def test_whoever_leads_is_asked_first_on_a_terminal_too(line: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    number = with_colleague(line)
    line.done("officer", "add", "陈卫东", "--role", "leader")
    line.done("shift", "leader", "sec_li", "2021-06-07T10:00", "2021-06-07T20:00")
    sheet(line, "sites", SITES)
    prompts: list[str] = []

    def typed(prompt: str) -> str:
        prompts.append(prompt)
        return OTHER

    monkeypatch.setattr(act_command, "asked_unseen", typed)
    told = line.printed("site", "open", "涟水酒店", "--reason", "备用启用", "--json")
    assert len(prompts) == 1 and "李秀英" in prompts[0]
    assert line.tables()["entries"][str(told["entries"][0])]["signed"] == [number]


def test_no_file_of_the_desk_and_no_output_holds_a_pin(line: CommandLine) -> None:
    number = with_colleague(line)
    said = line.done("export", "--json")
    gateway = opened(line)
    gateway.submit(WriteLog(text="记"), given=[Given(text="902187", officer_id=number)])
    gateway.submit(WriteLog(text="记"), given=[Given(text=OTHER, officer_id=number)])
    gateway.checkpoint()
    said += (
        str(gateway.snapshot.entries) + str(gateway.snapshot.secrets) + repr(Given(text=OTHER)) + repr(SetPin(new=PIN))
    )
    gateway.close()
    for file in line.folder.rglob("*"):
        said += file.read_bytes().decode("utf-8", "replace") if file.is_file() else ""
    assert "wrong_pin" in said
    for pin in (PIN, OTHER, "902187"):
        assert pin not in said


def test_no_export_holds_a_hash(line: CommandLine) -> None:
    with_colleague(line)
    assert "secrets" not in line.tables()
    assert "salt" not in line.done("export", "--json")


@pytest.mark.parametrize("words", [("pin", "set", PIN), ("pin", "set", "--pin", PIN), ("log", "记", "--pin", PIN)])
def test_a_pin_is_never_an_argument(line: CommandLine, words: tuple[str, ...]) -> None:
    assert line.call(*words).exit_code == 2
