"""A laboratory's list: whose sample a row tells of, what it changes, and that nobody is guessed behind a result."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dutyboard.rules.decide import decide
from dutyboard.rules.duties.person.positive import consequences
from dutyboard.rules.records.commands.amending import Amend
from dutyboard.rules.records.commands.person import RecordTest, Settle
from dutyboard.rules.records.commands.sheets import ImportResults, ResultData, RowPerson
from dutyboard.rules.records.model import AsWritten, Entry, Matter, Person
from dutyboard.rules.records.outcome import ImportTally
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.person import SampleRecorded
from dutyboard.rules.records.told.post import Imported
from dutyboard.rules.records.transaction import Accepted
from dutyboard.rules.records.unlike import contradictions_of
from tests.rules.desks import ADMIN, LIU, act, actor, owed, refused, t
from tests.rules.duties.test_care import LEADER, sample
from tests.rules.duties.test_positive import into_room, secondary
from tests.rules.duties.test_queue import facts_of, someone, the_desk
from tests.shares import SHARES

CLOSE_ID, MATE_ID, OTHER_ID = "11010519491231002X", "110105194912310038", "431302199003038014"
DAY8 = date(2021, 6, 8)
NOW = t("15:00", 8)


def lab_desk() -> Snapshot:
    """A close contact (1, room 1) with his room-mate (2), his secondary contact in room 3, one known by phone (4)."""
    close = someone(1, "none", name="赵测甲", id_no=CLOSE_ID, facts=facts_of("none", contact="close"))
    mate = someone(2, "3.5", name="钱测乙", id_no=MATE_ID)
    second = replace(secondary(3, "person-1"), name="孙测丙", phone="19900000003")
    known = someone(4, "3.5", name="李测丁", phone="19900000004")
    namesake = someone(5, "3.5", name="李测丁", phone="19900000005")
    snapshot = the_desk(close, mate, second, known, namesake, LEADER)
    snapshot = into_room(snapshot, 1, "3.2a", 1)
    snapshot = into_room(snapshot, 2, "3.5", 1, shared="母子同住")
    return into_room(snapshot, 3, "3.2b", 3)


DESK = lab_desk()
SITE = DESK.sites[1].name


def row(whom: RowPerson, result: str = "negative", number: int = 2, **more: Any) -> ResultData:
    given_: dict[str, Any] = {"type": "pcr", "sampled_on": DAY8, "row": number} | more
    return ResultData(whom=whom, result=result, **given_)  # type: ignore[arg-type]


CLOSE = RowPerson(name="赵测甲", id_no=CLOSE_ID)
MATE = RowPerson(name="钱测乙", id_no=MATE_ID)


def importing(desk: Snapshot, *rows: ResultData, now: datetime = NOW) -> tuple[Accepted, Snapshot]:
    answer = decide(ImportResults(results=rows), desk, now, ADMIN)
    assert isinstance(answer, Accepted), answer
    return answer, desk.applied(desk.seq + 1, answer.changes)


def tally(answer: Accepted) -> ImportTally:
    assert isinstance(answer.outcome, ImportTally)
    return answer.outcome


def counts(answer: Accepted) -> tuple[int, int, int, int]:
    told = tally(answer)
    return told.accepted, told.updated, told.duplicates, told.rejected


def codes(answer: Accepted) -> list[tuple[str, str, str]]:
    return [(each.column, each.code, each.level) for each in tally(answer).rows]


def results_of(person: Person) -> list[tuple[str, date | None, str | None]]:
    return [(each.type, each.sampled_on, each.result) for each in person.facts.tests]


def told_of(desk: Snapshot, number: int) -> list[Entry]:
    return [
        each
        for each in desk.entries.values()
        if each.subject == f"person-{number}" and isinstance(each.told, SampleRecorded)
    ]


# ---------------------------------------------------------------- whom a row names


@pytest.mark.parametrize(
    ("whom", "number", "doubts"),
    [
        (CLOSE, 1, []),
        (RowPerson(id_no=CLOSE_ID), 1, []),
        (RowPerson(name="赵 测·甲", id_no=CLOSE_ID), 1, []),
        (RowPerson(name="孙测丙", phone="19900000003"), 3, [("name", "same_by_traits", "warning")]),
        (RowPerson(name="李测丁", phone="19900000005"), 5, [("name", "same_by_traits", "warning")]),
        # a number of somebody whose own the desk has not: his phone tells, weakly
        (
            RowPerson(name="孙测丙", id_no=OTHER_ID, phone="19900000003"),
            3,
            [("name", "same_by_traits", "warning")],
        ),
        (RowPerson(site=SITE, room="3"), 3, []),
        (RowPerson(site=f"{SITE}（一号楼）核酸检测结果", room="3室"), 3, []),
        (RowPerson(name="钱测乙", site=SITE, room="1"), 2, []),
        (RowPerson(name="赵测甲", id_no=CLOSE_ID, site=SITE, room="3"), 1, [("room", "room_differs", "warning")]),
        (RowPerson(name="赵测甲", id_no=CLOSE_ID, sex="女"), 1, [("sex", "sex_differs", "warning")]),
    ],
)
def test_evidence_names_a_person(whom: RowPerson, number: int, doubts: list[tuple[str, str, str]]) -> None:
    desk = DESK.applied(DESK.seq + 1, [replace(DESK.persons[1], sex="男")])
    answer, after = importing(desk, row(whom))
    assert (counts(answer), codes(answer)) == ((1, 0, 0, 0), doubts)
    (told,) = told_of(after, number)
    assert told.told.result == "negative" and told.part_of is not None  # type: ignore[union-attr]
    assert {each.id for each in after.persons.values() if each != desk.persons[each.id]} == {number}


@pytest.mark.parametrize(
    ("whom", "said"),
    [
        (RowPerson(), ("name", "nobody_fits")),
        (RowPerson(name="周测戊"), ("name", "nobody_fits")),
        (RowPerson(name="赵测甲"), ("name", "name_alone")),
        (RowPerson(name="李测丁"), ("name", "name_alone")),
        (RowPerson(phone="19900000004"), ("name", "nobody_fits")),
        (RowPerson(name="赵测甲", id_no=OTHER_ID), ("id_no", "nobody_fits")),
        (RowPerson(name="钱测乙", id_no=CLOSE_ID), ("name", "contradicts")),
        (RowPerson(name="李测丁", id_no=CLOSE_ID, phone="19900000005"), ("name", "contradicts")),
        (RowPerson(name="赵测佳", id_no=CLOSE_ID), ("name", "contradicts")),
        (RowPerson(name="赵测甲", id_no="11010519491231", warnings=("id_length",)), ("name", "nobody_fits")),
        (RowPerson(site=SITE, room="1"), ("room", "several_fit")),
        (RowPerson(site=SITE, room="2"), ("room", "nobody_fits")),
        (RowPerson(name="孙测丙", site=SITE, room="1"), ("name", "contradicts")),
        (RowPerson(site="别处宾馆", room="3"), ("name", "nobody_fits")),
        (RowPerson(room="3"), ("name", "nobody_fits")),
    ],
)
def test_a_row_that_names_nobody_two_people_or_a_contradiction_is_rejected(
    whom: RowPerson, said: tuple[str, str]
) -> None:
    answer, _ = importing(DESK, row(whom, "positive"))
    assert (counts(answer), codes(answer)) == ((0, 0, 0, 1), [(*said, "error")])
    assert [each.cause for each in tally(answer).left_to_see] == ["sheet_positive"]
    assert {type(each) for each in answer.changes} == {Entry, Matter}


def test_a_room_tells_only_of_the_days_that_he_has_lived_in_it() -> None:
    bare = RowPerson(site=SITE, room="3")
    before = row(bare, sampled_on=date(2021, 6, 6))
    assert codes(importing(DESK, before)[0]) == [("room", "nobody_fits", "error")]
    named = importing(DESK, replace(before, whom=replace(bare, name="孙测丙")))[0]
    assert codes(named) == [("sampled_at", "sample_before_arrival", "error")]  # it is he


def test_a_code_names_whose_sample_it_is_and_of_which_day() -> None:
    sent = [
        row(CLOSE, "pending", 2, sample_code="TJ001"),
        row(MATE, "pending", 3, sample_code="TJ002"),
    ]
    _, desk = importing(DESK, *sent)
    back = [
        row(RowPerson(), "positive", 2, sample_code="TJ001", sampled_on=None),
        row(RowPerson(name="钱测乙"), "negative", 3, sample_code="TJ002", sampled_on=None),
    ]
    answer, after = importing(desk, *back, now=t("20:00", 8))
    assert counts(answer) == (0, 2, 0, 0)
    assert results_of(after.persons[1]) == [("pcr", DAY8, "positive")]
    assert results_of(after.persons[2]) == [("pcr", DAY8, "negative")]
    assert importing(after, *sent, *back, now=t("20:30", 8))[0].changes == ()
    for wrong, code in (
        (row(MATE, sample_code="TJ001"), "contradicts"),
        (row(RowPerson(name="钱测乙"), sample_code="TJ001"), "contradicts"),
        (row(RowPerson(), sample_code="TJ009"), "nobody_fits"),
        (row(RowPerson(), sample_code="TJ001", sampled_on=date(2021, 6, 7)), "nobody_fits"),
    ):
        assert [each[1] for each in codes(importing(after, wrong)[0])] == [code]


def test_a_code_of_several_people_or_days_names_none_without_a_name_or_a_day() -> None:
    pool = [row(CLOSE, "pending", 2, sample_code="H1"), row(MATE, "pending", 3, sample_code="H1")]
    _, desk = importing(DESK, *pool)
    bare = row(RowPerson(), sample_code="H1", sampled_on=None)
    assert codes(importing(desk, bare)[0]) == [("sample_code", "several_fit", "error")]
    named = replace(bare, whom=RowPerson(name="钱测乙"))
    assert results_of(importing(desk, named)[1].persons[2]) == [("pcr", DAY8, "negative")]
    _, desk = importing(desk, row(CLOSE, "pending", sample_code="H1", sampled_on=date(2021, 6, 9)), now=t("09:00", 9))
    twice = replace(bare, whom=CLOSE)
    assert codes(importing(desk, twice, now=t("09:00", 9))[0]) == [("sample_code", "several_fit", "error")]


def test_a_code_told_on_the_sample_command_is_known_to_the_list() -> None:
    desk = act(DESK, RecordTest(person_id=1, type="pcr", result="pending", sample_code=" TJ7 "), NOW)
    answer, after = importing(desk, row(RowPerson(), sample_code="TJ7", sampled_on=None), now=t("20:00", 8))
    assert counts(answer) == (0, 1, 0, 0) and results_of(after.persons[1]) == [("pcr", DAY8, "negative")]


# ---------------------------------------------------------------- what a row changes


def test_a_row_is_put_to_the_test_that_one_result_is_put_to() -> None:
    one = act(DESK, RecordTest(person_id=1, type="pcr", sampled_on=DAY8, result="negative"), NOW)
    _, listed = importing(DESK, row(CLOSE))
    assert listed.persons[1] == one.persons[1]
    (own,), (part,) = told_of(one, 1), told_of(listed, 1)
    assert (own.told, own.obligation, own.abnormal) == (part.told, part.obligation, part.abnormal)
    assert part.obligation == "test-pcr/person-1/2021-06-08"


def test_a_batch_is_one_act_and_the_same_again_changes_nothing() -> None:
    rows = [row(CLOSE, number=2), row(MATE, number=3), row(RowPerson(name="孙测丙", phone="19900000003"), number=4)]
    answer, desk = importing(DESK, *rows)
    own, *parts = answer.entries
    assert own.told == Imported(sheet="results", accepted=3, updated=0, duplicates=0, rejected=0)
    assert {each.part_of for each in parts} == {own.id} and len(parts) == 3
    again, _ = importing(desk, *rows)
    assert (counts(again), again.changes) == ((0, 0, 3, 0), ())


@pytest.mark.parametrize("first", ["pending", "invalid", "indeterminate"])
def test_a_result_follows_what_was_out(first: str) -> None:
    desk = act(DESK, sample(8, result=first), t("09:00", 8))
    undated = {"sampled_on": None, "result_at": t("14:00", 8)} if first == "pending" else {}
    answer, after = importing(desk, row(CLOSE, **undated))
    assert counts(answer) == (0, 1, 0, 0)
    assert results_of(after.persons[1]) == [("pcr", DAY8, "negative")]


def test_a_row_without_the_day_of_its_sample_tells_of_one_sample_only() -> None:
    """The same list comes again when the next sample is out: its negative is not that one's."""
    undated = row(CLOSE, sampled_on=None, result_at=t("14:00", 8))
    _, desk = importing(act(DESK, sample(8, result="pending"), t("09:00", 8)), undated)
    desk = act(desk, sample(10, result="pending"), t("09:00", 10))
    assert importing(desk, undated, now=t("10:00", 10))[0].changes == ()
    bare = replace(undated, result_at=None)
    assert codes(importing(desk, bare, now=t("10:00", 10))[0]) == [("sampled_at", "sample_day_missing", "error")]


@pytest.mark.parametrize(
    ("known", "told", "said"),
    [
        ("positive", "negative", ("result", "result_lower", "warning")),
        ("positive", "indeterminate", ("result", "result_lower", "warning")),
        ("negative", "invalid", ("result", "result_lower", "warning")),
        ("negative", "positive", ("result", "result_raised", "warning")),
        ("negative", "indeterminate", ("result", "result_raised", "warning")),
    ],
)
def test_a_list_never_lowers_a_result_and_raises_it_aloud(known: str, told: str, said: tuple[str, str, str]) -> None:
    desk = act(DESK, sample(8, result=known), t("09:00", 8))
    answer, after = importing(desk, row(CLOSE, told))
    assert said in codes(answer)
    stands = known if said[1] == "result_lower" else told
    assert results_of(after.persons[1]) == [("pcr", DAY8, stands)]
    assert importing(after, row(CLOSE, told))[0].changes == ()


def unlike(desk: Snapshot) -> list[tuple[str, Any]]:
    return [(each.field, each.other) for each in contradictions_of(desk.persons[1], desk)]


def test_a_milder_result_is_owed_to_an_officer_with_both_values_and_its_row() -> None:
    desk = act(DESK, sample(8, result="positive"), t("09:00", 8))
    answer, after = importing(desk, row(CLOSE, "negative"))
    (told,) = answer.outcome.contradictions  # type: ignore[union-attr]
    assert (told.about, told.field, told.stands, told.other) == (
        "person-1",
        "sample:pcr:2021-06-08",
        "positive",
        "negative",
    )
    (item,) = after.contradictions.values()
    assert (item.person_id, item.row, item.entry) == (1, told.row, answer.entry.id)
    owed_then = owed(after, t("16:00", 8))["contradiction/person-1/2021-06-08"]
    assert owed_then.unlike == ("sample:pcr:2021-06-08",)
    again, _ = importing(after, row(CLOSE, "negative"))
    assert again.changes == () and ("result", "told_before", "warning") in codes(again)
    stays = act(after, Settle(person_id=1, field=told.field, reason="复核为阳"), t("16:00", 8))
    assert unlike(stays) == [] and results_of(stays.persons[1]) == [("pcr", DAY8, "positive")]
    assert importing(stays, row(CLOSE, "negative"))[0].changes == ()


def test_the_milder_result_is_taken_as_a_correction_of_the_sample() -> None:
    desk = act(DESK, sample(8, result="positive"), t("09:00", 8))
    (was,) = told_of(desk, 1)
    _, after = importing(desk, row(CLOSE, "negative"))
    settle = Settle(person_id=1, field="sample:pcr:2021-06-08", reason="标本弄混", other=True, agreed=True)
    assert refused(after, replace(settle, reason=" "), t("16:00", 8)).code == "reason_needed"
    taken = act(after, settle, t("16:00", 8))
    assert results_of(taken.persons[1]) == [("pcr", DAY8, "negative")] and unlike(taken) == []
    newest = taken.entries[taken.amended[was.id]]
    assert (newest.amends, newest.reason) == (was.id, "标本弄混")
    assert importing(taken, row(CLOSE, "negative"))[0].changes == ()
    back = act(taken, Amend(entry_id=newest.id, reason="未核", agreed=True), t("16:10", 8))
    assert unlike(back) == [("sample:pcr:2021-06-08", "negative")]


def test_what_an_officer_took_back_is_not_told_again_by_the_same_list() -> None:
    desk = act(DESK, sample(8, result="positive", number=2), t("15:10", 8))
    (other,) = told_of(desk, 2)
    desk = act(desk, Amend(entry_id=other.id, reason="化验单拿错", agreed=True), t("16:00", 8))
    answer, after = importing(desk, row(MATE, "positive"))
    assert codes(answer) == [("result", "corrected_by_officer", "warning")]
    assert answer.changes == () and results_of(after.persons[2]) == []


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"sampled_on": date(2021, 6, 9)}, ("sampled_at", "future_date")),
        ({"result_at": t("16:00", 8)}, ("result_at", "future_date")),
        ({"result_at": t("10:00", 7)}, ("result_at", "result_before_sample")),
        ({"sampled_on": None}, ("sampled_at", "sample_day_missing")),
        ({"sampled_on": None, "result": "pending"}, ("sampled_at", "sample_day_missing")),
        ({"sampled_on": date(2021, 5, 1)}, ("sampled_at", "sample_before_arrival")),
    ],
)
def test_a_row_is_refused_where_one_result_is(changed: dict[str, Any], said: tuple[str, str]) -> None:
    answer, _ = importing(DESK, row(MATE, **changed))
    assert (codes(answer), answer.changes) == ([(*said, "error")], ())


def test_a_result_from_before_the_desk_is_kept_with_its_day() -> None:
    early = row(CLOSE, sampled_on=date(2021, 6, 7), result_at=t("23:00", 6))
    assert codes(importing(DESK, early)[0]) == [("result_at", "result_before_sample", "error")]
    answer, after = importing(DESK, replace(early, result_at=t("23:00", 7)))
    assert answer.entries[1].happened_at == t("23:00", 7)
    assert after.persons[1].facts.tests[0].result_on == date(2021, 6, 7)


def test_a_positive_shows_what_one_positive_shows_and_moves_nobody() -> None:
    answer, after = importing(DESK, row(CLOSE, "positive"), row(MATE, number=3))
    (found,) = tally(answer).positives
    assert (found.row, found.person_id, found.sampled_on) == (2, 1, DAY8)
    before = consequences(DESK, DESK.persons[1], NOW, found.sampled_on)
    assert {each.id for each in before} == {
        "transfer_to_hospital/person-1",
        "trace_contacts/person-1",
        "convert/person-3",
        "stop_releases/person-2",
    }
    assert consequences(after, after.persons[1], NOW, found.sampled_on) == before
    assert after.persons[1].stage == "site"
    assert importing(after, row(CLOSE, "positive"))[0].outcome.positives == ()  # type: ignore[union-attr]


def test_a_positive_after_the_end_of_a_record_opens_it() -> None:
    closed = replace(
        someone(6, "3.5", name="周测戊", id_no=OTHER_ID), stage="closed", closed_at=t("20:00", 7), site_id=None
    )
    desk = DESK.applied(DESK.seq + 1, [closed])
    whom = RowPerson(name="周测戊", id_no=OTHER_ID)
    answer, after = importing(desk, row(whom, "positive"))
    assert ("", "reopened", "warning") in codes(answer)
    assert after.persons[6].stage == "pending"
    assert importing(after, row(whom, "positive"))[0].changes == ()
    assert codes(importing(desk, row(whom, "pending"))[0]) == [("", "not_tested_now", "error")]
    quiet, still = importing(desk, row(whom))
    assert counts(quiet) == (1, 0, 0, 0) and still.persons[6].stage == "closed"


def test_serology_is_put_down_like_pcr() -> None:
    answer, after = importing(DESK, row(CLOSE, "positive", type="serum"), row(CLOSE, "negative"))
    assert counts(answer) == (2, 0, 0, 0) and tally(answer).positives == ()
    assert sorted(results_of(after.persons[1])) == [("pcr", DAY8, "negative"), ("serum", DAY8, "positive")]


def test_what_nobody_understood_stays_with_the_person_once() -> None:
    cell = AsWritten(sheet="1", row=2, heading="送检批次", text="第三批")
    beside = row(CLOSE, text="N基因Ct值 32.1", as_written=(cell,))
    answer, after = importing(DESK, beside)
    assert after.persons[1].as_written == (cell,)
    assert answer.entries[1].text == "N基因Ct值 32.1"
    assert importing(after, beside)[0].changes == ()


def test_a_town_takes_no_list_of_results_in() -> None:
    desk = DESK.applied(DESK.seq + 1, [replace(DESK.officers[LIU], role="town", unit_id=1)])
    assert refused(desk, ImportResults(results=(row(CLOSE),)), NOW, actor(LIU)).code == "not_permitted"


# ---------------------------------------------------------------- any list

WHOM = st.sampled_from(
    [
        CLOSE,
        MATE,
        RowPerson(name="孙测丙", phone="19900000003"),
        RowPerson(name="赵测佳", id_no=CLOSE_ID),
        RowPerson(name="李测丁"),
        RowPerson(site=SITE, room="3"),
        RowPerson(site=SITE, room="1"),
        RowPerson(),
    ]
)
ROWS = st.builds(
    lambda whom, result, on, code, kind, number: row(whom, result, number, sampled_on=on, sample_code=code, type=kind),
    WHOM,
    st.sampled_from(["negative", "positive", "indeterminate", "pending", "invalid"]),
    st.sampled_from([DAY8, date(2021, 6, 7), None]),
    st.sampled_from(["", "TJ1", "TJ2"]),
    st.sampled_from(["pcr", "pcr", "serum"]),
    st.integers(2, 9),
)


def test_a_code_that_two_people_share_in_one_list_says_nothing_new_when_the_list_comes_again() -> None:
    """The second tube of somebody's sample bears the code of another's: whose it is, an officer says once."""
    whose = RowPerson(name="赵测甲", id_no="11010519491231002X")
    other = RowPerson(name="孙测丙", phone="19900000003")
    day = date(2021, 6, 8)
    rows = [
        row(whose, "negative", 2, sampled_on=day, sample_code="TJ2", type="pcr"),
        row(other, "positive", 3, sampled_on=day, sample_code="TJ1", type="serum"),
        row(other, "positive", 4, sampled_on=day, sample_code="TJ2", type="serum"),
    ]
    first, desk = importing(DESK, *rows)
    again, _ = importing(desk, *rows)
    assert (counts(first), counts(again)) == ((2, 0, 0, 1), (0, 0, 2, 1)), "looked at by an officer, the first time too"
    assert again.changes == ()


_A, _B = RowPerson(name="赵测甲", id_no="11010519491231002X"), RowPerson(name="钱测乙", id_no="110105194912310038")
_ROOM = RowPerson(site="隔离点1", room="1")
"""A room that both share."""


@pytest.mark.parametrize(
    "rows",
    [
        # A row whose code turns out to be another's says all the same whose it is: nobody is guessed the second time.
        [(_A, "negative", "TJ1"), (_A, "positive", ""), (_B, "positive", "TJ1"), (_ROOM, "negative", "TJ1")],
        [(_A, "positive", ""), (_A, "indeterminate", "TJ1"), (_B, "negative", "TJ1")],
    ],
)
def test_a_list_that_comes_again_is_read_as_the_first_time(rows: list[tuple[RowPerson, Any, str]]) -> None:
    told = [
        row(whom, result, number, sampled_on=DAY8, sample_code=code)
        for number, (whom, result, code) in enumerate(rows, start=2)
    ]
    first, desk = importing(DESK, *told)
    again, _ = importing(desk, *told)
    assert again.changes == ()
    assert counts(again)[3] == counts(first)[3], "turned away both times, or neither"


def test_the_day_of_a_code_is_known_by_whoever_the_code_names() -> None:
    told = [
        row(_A, "negative", 2, sampled_on=DAY8, sample_code="TJ1", type="serum"),
        row(_A, "positive", 3, sampled_on=None, sample_code="TJ1"),
        row(_ROOM, "negative", 4, sampled_on=DAY8, sample_code="TJ1"),
    ]
    _, desk = importing(DESK, *told)
    assert ("pcr", DAY8, "positive") in results_of(desk.persons[1]), "of one sample the worst word stands"
    assert importing(desk, *told)[0].changes == ()


@settings(max_examples=SHARES["rules"]["importing"]["examples"] // 8, deadline=None)
@given(st.lists(ROWS, max_size=6), st.randoms(use_true_random=False))
def test_any_list_in_any_order_twice_is_one_and_every_row_is_counted(rows: list[ResultData], chance: Any) -> None:
    rows = [replace(each, row=number) for number, each in enumerate(rows, start=2)]
    first, desk = importing(DESK, *rows)
    assert sum(counts(first)) == len(rows)
    again, _ = importing(desk, *rows)
    assert sum(counts(again)) == len(rows)
    assert again.changes == ()
    mixed = [*rows]
    chance.shuffle(mixed)
    mixed = [replace(each, row=number) for number, each in enumerate(mixed, start=2)]
    other, shuffled = importing(DESK, *mixed)
    assert counts(other) == counts(first)
    assert {key: sorted(map(str, results_of(each))) for key, each in shuffled.persons.items()} == {
        key: sorted(map(str, results_of(each))) for key, each in desk.persons.items()
    }
