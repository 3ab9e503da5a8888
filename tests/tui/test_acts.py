"""Acts as JSON lines: strictly read, answered one by one, written each for itself or all as one."""

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, get_args
from zoneinfo import ZoneInfo

import pytest

from dutyboard.rules.records.model import DeskSettings, NoticeInForce, SettingChange, Site
from dutyboard.rules.records.transaction import Accepted
from dutyboard.tui.acts.answers import accepted_answer
from dutyboard.tui.acts.names import ACTS
from dutyboard.tui.acts.problems import ActError, ActProblem
from dutyboard.tui.acts.reading import read_line
from dutyboard.tui.acts.shapes import schema
from dutyboard.tui.acts.strict_json import LONGEST
from dutyboard.tui.text import LANGUAGES, words
from tests.tui.command_line import CommandLine
from tests.tui.random_acts import RandomActs

NUMBER = "431302199512309871"
AT = datetime(2021, 6, 7, 19, 40, tzinfo=ZoneInfo("Asia/Shanghai"))
ZHANG = {
    "act": "register",
    "name": "张三",
    "id_no": NUMBER,
    "phone": "19900000001",
    "address": "蓝田街道新塘村1组",
    "origin": "广东省深圳市南山区",
    "facts": {"health_code": "green", "contact": "none"},
    "travel_card": "green",
}


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    return CommandLine(tmp_path / "desk", "2021-06-07T19:40", monkeypatch)


def note(text: str, **more: Any) -> dict[str, Any]:
    return {"act": "log", "text": text, **more}


@pytest.mark.parametrize(
    ("line", "code", "field"),
    [
        ("{", "not_json", ""),
        ('{"act":"log"', "not_json", ""),
        ("[]", "not_an_object", ""),
        ('{"act":"log","text":"x","text":"y"}', "said_twice", "text"),
        ('{"act":"log","act":"undo","text":"x"}', "said_twice", "act"),
        ('{"act":"register","name":"x","facts":{"temp_c":36,"temp_c":39}}', "said_twice", "facts.temp_c"),
        ('{"act":"reading","person":1,"temp_c":1e400}', "number_too_large", "temp_c"),
        ('{"act":"reading","person":1,"temp_c":NaN}', "not_a_number", "temp_c"),
        ('{"act":"reading","person":' + "9" * 5000 + "}", "number_too_large", "person"),
        ('{"act":"log","text":"\\ud800"}', "not_text", "text"),
        ('{"act":"log","text":' + "[" * 100_000 + "}", "too_deep", ""),
        ('{"act":"log","text":' + "[" * 99 + "]" * 99 + "}", "too_deep", "text" + "[0]" * 32),
        ("7", "not_an_object", ""),
        ('{"text":"x"}', "missing_field", "act"),
        ('{"act":"dance"}', "unknown_act", "act"),
        ('{"act":"keys add","login":"a","fingerprint":"b"}', "own_command", "act"),
        ('{"act":"keys remove","login":"a","fingerprint":"b"}', "own_command", "act"),
        ('{"act":"log"}', "missing_field", "text"),
        ('{"act":"result","person":1,"result":"good"}', "not_allowed", "result"),
        ('{"act":"log","text":"x","pace":1}', "unknown_field", "pace"),
        ('{"act":"log","text":"x","at":"yesterday"}', "wrong_type", "at"),
        ('{"act":"log","text":"x","at":"9999-12-31T23:59"}', "wrong_type", "at"),
        ('{"act":"register","name":"x","arrival_at":"0001-01-01"}', "wrong_type", "arrival_at"),
        ('{"act":"undo","entry":100000000000000000000}', "number_too_large", "entry"),
        ('{"act":"undo","entry":"12"}', "wrong_type", "entry"),
        ('{"act":"undo","entry":true}', "wrong_type", "entry"),
        ('{"act":"register","name":"x","facts":{"pcr":{"result":"bad"}}}', "not_allowed", "facts.pcr.result"),
        ('{"act":"register","name":"x","sick":"yes"}', "unknown_field", "sick"),
        ('{"act":"import arrivals","persons":[{"name":"x","facts":{"pcr":3}}]}', "wrong_type", "persons[0].facts.pcr"),
        ('{"act":"register","facts":{}}', "missing_field", "name"),
        ('{"act":"log","text":"' + "x" * LONGEST + '"}', "too_long", ""),
    ],
)  # fmt: skip
def test_a_line_that_is_no_act_names_the_field(line: str, code: str, field: str) -> None:
    with pytest.raises(ActError) as raised:
        read_line(line.encode())
    assert (raised.value.code, raised.value.field) == (code, field)


def test_every_problem_of_a_line_has_its_words() -> None:
    for language in LANGUAGES:
        assert set(words(language).cli.act_problems) == set(get_args(ActProblem))


def test_each_line_is_answered_and_the_rest_go_on(desk: CommandLine) -> None:
    answers = desk.batch(note("一"), "", "nonsense", {"act": "undo", "entry": 999}, note("二", at="2021-06-07T19:05"))
    assert [each["ok"] for each in answers] == [True, False, False, True]
    assert answers[0] == {"ok": True, "entries": [2], "seq": 3, "created": {}, "state": "done"}
    assert answers[1] == {"ok": False, "code": "not_json", "field": None, "message": "不是 JSON"}
    assert (answers[2]["code"], answers[2]["field"]) == ("unknown_entry", "entry")
    assert answers[3]["seq"] == 4
    assert desk.tables()["entries"]["3"]["happened_at"] == "2021-06-07T19:05:00+08:00"


@pytest.mark.parametrize(
    ("told", "code", "field"),
    [
        ({"arrival_at": "2021-06-09T10:00"}, "fact_in_future", "arrival_at"),
        ({"last_exposure_on": "2021-06-09"}, "fact_in_future", "last_exposure_on"),
        ({"pcr": {"result": "negative", "sampled_at": "2021-06-09T10:00"}}, "fact_in_future", "pcr"),
        ({"arrival_pcr": {"sampled_on": "2021-06-09"}}, "fact_in_future", "arrival_pcr"),
        (
            {"arrival_pcr": {"sampled_on": "2021-06-07", "result_on": "2021-06-06"}},
            *("result_before_sample", "arrival_pcr"),
        ),
        ({"stays": [{"place": "x", "left_on": "2021-06-09"}]}, "fact_in_future", "stays"),
        (
            {"arrival_at": "2021-06-06", "stays": [{"place": "x", "left_on": "2021-06-07"}]},
            *("left_after_arrival", "stays"),
        ),
        ({"tests": [{"type": "pcr", "sampled_on": "2021-06-09"}]}, "fact_in_future", "tests"),
        ({"temp_c": 365}, "bad_figure", "temp_c"),
    ],
)
def test_a_fact_that_cannot_be_true_is_refused_by_its_field_on_every_door(
    desk: CommandLine, told: dict[str, Any], code: str, field: str
) -> None:
    asked = {"act": "register", "name": "李四", "travel_card": "orange"}
    (known,) = desk.batch(asked)
    who = known["created"]["person"]
    confirmed = desk.batch({"act": "confirm", "person": who, "clause": None, "officer": "王芳"})
    assert confirmed[0]["ok"]
    answers = desk.batch(
        {"act": "register", "name": "张三", **told},
        {"act": "correct", "person": who, "reason": "x", **told},
        {"act": "answer", "person": who, "decision": "x", "authority": "y", "facts": told},
    )
    assert [(each["code"], each["field"]) for each in answers] == [(code, field)] * 3
    assert [each["field"] for each in desk.batch({"act": "reading", "person": who, "temp_c": 365})] == ["temp_c"]
    assert [each["field"] for each in desk.batch({"act": "sample", "person": who})] == ["type"]


def test_a_line_that_is_too_long_is_passed_over(desk: CommandLine) -> None:
    answers = desk.batch("x" * (3 * LONGEST), note("x" * LONGEST), note("后"))
    assert [each.get("code") for each in answers] == ["too_long", "too_long", None]


def test_a_person_is_told_flat_or_with_his_facts_apart(desk: CommandLine) -> None:
    (answer,) = desk.batch(ZHANG)
    assert answer["created"] == {"person": 1}
    held = desk.printed("person", "1", "--json")
    assert (held["sex"], held["stage"], held["asked"]) == ("男", "pending", ["contact"])
    assert held["facts"]["stays"][0]["code"] == "440305"
    assert (held["facts"]["health_code"], held["facts"]["travel_card"]) == ("green", "green")
    assert "pcr" not in held["facts"]
    desk.batch(
        {"act": "correct", "person": 1, "pcr": None, "health_code": None, "phone": "19900000002", "name": "张山"}
    )
    held = desk.printed("person", "1", "--json", "--reveal", "测试")
    assert (held["name"], held["phone"], held["id_no"]) == ("张山", "19900000002", NUMBER)
    assert held["facts"]["pcr"] is None
    assert "health_code" not in held["facts"]
    assert held["facts"]["travel_card"] == "green"
    assert held["asked"] == ["contact"]


def test_a_local_resident_says_that_he_never_arrived(desk: CommandLine) -> None:
    desk.batch(
        {"act": "register", "name": "甲", "arrival_at": "none", "contact": "close", "border": "none", "stays": []}
    )
    held = desk.printed("person", "1", "--json")
    assert (held["facts"]["arrival_at"], held["result"]["clause"]) == ("none", "3.2a")
    desk.batch({"act": "correct", "person": 1, "arrival_at": "2021-06-06"})
    assert desk.printed("person", "1", "--json")["facts"]["arrival_at"] == "2021-06-06"
    desk.batch({"act": "correct", "person": 1, "arrival_at": None})
    assert "arrival_at" not in desk.printed("person", "1", "--json")["facts"]


def test_no_answer_repeats_what_was_told_of_a_person(desk: CommandLine) -> None:
    told = desk.call(
        "batch", "-", typed=json.dumps({**ZHANG, "sanfei": NUMBER}) + "\n" + json.dumps({**ZHANG, "unit": NUMBER})
    )
    assert told.exit_code == 1
    assert NUMBER not in told.output
    assert [json.loads(line)["field"] for line in told.stdout.splitlines()] == ["sanfei", "unit"]


def test_all_or_none(desk: CommandLine) -> None:
    before = desk.printed("verify", "--json")["lines"]
    correct = {"act": "correct", "person": 1, "phone": "19900000009"}
    answers = desk.batch(ZHANG, correct, {"act": "undo", "entry": 999}, note("后"), atomic=True)
    assert [each["code"] for each in answers] == ["not_written", "not_written", "unknown_entry", "not_written"]
    answers = desk.batch(ZHANG, "nonsense", atomic=True)
    assert [each["code"] for each in answers] == ["not_written", "not_json"]
    assert desk.printed("verify", "--json")["lines"] == before
    answers = desk.batch(ZHANG, correct, note("后"), atomic=True)
    assert [each["seq"] for each in answers] == [before + 1] * 3
    assert [each["entries"] for each in answers] == [[2], [3], [4]]
    assert answers[0]["created"] == {"person": 1}
    held = desk.tables()
    assert held["persons"]["1"]["phone"] == "19900000009"
    assert len(held["entries"]) == 4
    report = desk.printed("verify", "--json")
    assert (report["ok"], report["lines"], report["problems"]) == (True, before + 1, [])


def test_no_act_ends_a_batch_or_the_board(desk: CommandLine, ran: Callable[[str], None]) -> None:
    """Whatever the shapes let through is answered, and leaves a desk whose board can be told."""
    supply, number = RandomActs(20210607), 600
    site = {
        "name": "甲",
        "unit": "乙镇",
        "rooms": 5,
        "state": "active",
        "areas": [],
        "keeper": "周",
        "phone": "",
        "row": 1,
    }
    first = [{"act": "import sites", "sites": [site]}, {**ZHANG, "arrival_at": "2021-06-07T08:00"}]
    answers = desk.batch(*first, *(supply.act() for _ in range(number)))
    assert len(answers) == number + len(first)
    assert sum(answer["ok"] for answer in answers) > number // 50  # many more acts than before name what is not there
    assert len({answer["code"] for answer in answers if not answer["ok"]}) > 20
    assert desk.printed("board", "--json")["obligations"]
    assert desk.printed("verify", "--json")["ok"]
    ran(f"random acts: {number}")


def test_acts_prints_the_shape_of_each(desk: CommandLine) -> None:
    shapes = desk.printed("acts", "--json")
    assert shapes == json.loads(json.dumps(schema()))
    assert set(shapes["discriminator"]["mapping"]) == set(ACTS)
    assert shapes["$defs"]["release"]["required"] == ["act", "person", "leader"]
    assert [line.split(":")[0] for line in desk.done("acts").splitlines()] == list(ACTS)
    assert "seen" not in shapes["$defs"]["correct"]["properties"]


def test_the_answer_names_a_new_record_by_its_kind_and_not_by_its_class() -> None:
    new = (
        DeskSettings(opened_at=AT),
        NoticeInForce(id=1, notice="lianyuan-2021-07", effective_from=AT),
        SettingChange(id=2, name="fever_c", value="37.5", effective_from=AT, reason="", set_by=1, set_at=AT),
        Site(id=3, name="甲", label="甲", unit_id=1, rooms=1, state="active", registered_at=AT),
        Site(id=4, name="乙", label="乙", unit_id=1, rooms=1, state="active", registered_at=AT),
    )
    assert accepted_answer(Accepted(new, new), 7)["created"] == {
        "settings": 1,
        "notice": 1,
        "setting_change": 2,
        "site": [3, 4],
    }
