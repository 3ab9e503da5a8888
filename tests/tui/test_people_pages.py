"""Printed lists of people and a site's day: every column, masked numbers, and no bad record that stops the rest."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dutyboard.rules.duties.sheets.arrivals import decide_import_arrivals
from dutyboard.rules.law.daily import FollowUp
from dutyboard.rules.law.facts import Facts, Stay
from dutyboard.rules.law.facts import Test as Sample
from dutyboard.rules.people.rooms import residents
from dutyboard.rules.records.commands.person import TakeReading
from dutyboard.rules.records.commands.post import Discharge, OpenMatter, SendReport
from dutyboard.rules.records.ids import Subject
from dutyboard.rules.records.model import Ending, Entry, Person, Site
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.staff import OffDuty, StaffMember, StaffSample
from dutyboard.tui.export.kinds import KINDS, make_page
from dutyboard.tui.export.page import Maker, NoPage, Page, PageAsked, rows_of
from dutyboard.tui.export.page_text import as_text
from dutyboard.tui.export.site.residents import COLUMNS, FROM_DESK, columns
from dutyboard.tui.export.workbook import write_workbook
from dutyboard.tui.sheets.headings import own_headings
from dutyboard.tui.sheets.reader import child, files
from dutyboard.tui.sheets.reader.grids import Grid
from dutyboard.tui.sheets.sheet_command import read_sheet
from dutyboard.tui.sheets.word_lists import word_list
from dutyboard.tui.terminal.masking import masked, revealing
from dutyboard.tui.text import LANGUAGES, words
from dutyboard.tui.text.pages.frame import PageKind
from tests.rules.desks import ADMIN, DAY, act, desk, notice, person, site, t, unit
from tests.rules.duties.test_daily_figures import assessed
from tests.tui.drawn_sheets.people import sound_number
from tests.tui.monkey import NOW as SAMPLE_NOW
from tests.tui.poison import poisoned_desk

NOW = t("19:00")
ZH = words("zh")
MAKER = Maker("zhang", "cd513c88c81b6d1b" + "0" * 48)
LISTS: tuple[PageKind, ...] = ("residents", "staff", "tests", "home-checks", "follow-ups")
NUMBER = sound_number("43138219900101123")


def page(
    kind: PageKind,
    snapshot: Snapshot,
    subject: Subject | None = None,
    day: date = DAY,
    now: datetime = NOW,
    lang: str = "zh",
) -> Page:
    asked = PageAsked(kind=kind, subject=subject, first=day - timedelta(days=KINDS[kind].back), last=day)
    return make_page(asked, snapshot, now, MAKER, words(lang))


def cells(made: Page) -> list[Mapping[str, Any]]:
    return rows_of(made.tables)


def whole() -> Person:
    """A resident of whom everything is known."""
    facts = Facts(
        arrival_at=datetime(2021, 6, 4, 14, 30),  # noqa: DTZ001  wall-clock time, as facts are
        contact="close",
        last_exposure_on=date(2021, 6, 3),
        symptoms="none",
        border="none",
        tests=(Sample(type="pcr", sampled_on=date(2021, 6, 5), result="negative", stage="site"),),
    )
    told = {
        "sex": "男",
        "id_no": NUMBER,
        "phone": "13800001542",
        "address": "蓝田街道新塘村1组",
        "workplace": "测试厂",
        "emergency_name": "王测",
        "emergency_phone": "13900001542",
        "nation": "汉族",
        "origin": "广东省深圳市南山区",
        "travel": "高铁",
        "vehicle": "G6142",
        "seat_no": "05车12F",
        "illness": "高血压",
        "medicine": "降压药",
        "special_need": "老人",
        "companions": "王小亮",
        "note": "怕冷",
        "found_by": "grid",
        "officer_name": "李小红",
    }
    lives: dict[str, Any] = {"stage": "site", "site_id": 1, "room": 8206, "admitted_on": date(2021, 6, 4)}
    return person(1, facts=facts, assessment=assessed("3.2a"), unit_id=1, **told, **lives)


# ---------------------------------------------------------------- residents


def test_the_list_of_residents_has_every_column_of_the_form() -> None:
    with revealing():
        (row,) = cells(page("residents", desk(unit(), site(rooms=("8206",)), whole()), Subject("site", 1)))
    assert tuple(row) == COLUMNS
    assert None not in row.values()
    told = {
        name: row[name] for name in ("room", "age", "born", "class", "clause", "planned_end", "samples", "arrival_at")
    }
    assert told == {
        "room": "8206",
        "age": 31,
        "born": "1990-01-01",
        "class": "密接",
        "clause": "三（二）",
        "planned_end": "2021-06-18",
        "samples": "06-05 核酸 阴性",
        "arrival_at": "2021-06-04 14:30",
    }


def test_numbers_are_masked_and_so_is_the_birth_that_is_a_part_of_one() -> None:
    made = page("residents", desk(unit(), site(), whole()))
    (row,) = cells(made)
    assert (row["id_no"], row["phone"], row["born"], row["age"]) == (masked(NUMBER), masked("13800001542"), None, 31)
    assert row["emergency_phone"] == masked("13900001542")
    text = "\n".join(as_text(made)) + str(made.json)
    assert not any(number in text for number in (NUMBER, "13800001542", "13900001542", "19900101", "1990-01-01"))


def test_who_is_held_on_a_referral_or_is_to_move_in_stands_on_the_list_in_the_order_of_the_rooms() -> None:
    held = person(1, stage="site", site_id=1, room=10)
    coming = person(2, stage="transfer", site_id=1, room=2)
    inside = person(3, stage="site", site_id=1, room=9, assessment=assessed("3.9"))
    elsewhere = person(4, stage="site", site_id=2, room=1)
    snapshot = desk(site(), site(2), held, coming, inside, elsewhere)
    rows = cells(page("residents", snapshot, Subject("site", 1)))
    assert [(row["room"], row["name"], row["clause"]) for row in rows] == [
        ("9", "人员3", "三（九）"),
        ("10", "人员1", "未定条款"),
        ("2", "人员2", "未定条款"),
    ]
    assert "将入住" in str(rows[2]["site"])
    assert [row["number"] for row in cells(page("residents", snapshot))] == [1, 2, 3, 4]


def test_an_empty_site_has_no_list() -> None:
    with pytest.raises(NoPage, match="没有可打印的内容"):
        page("residents", desk(site()), Subject("site", 1))


# ---------------------------------------------------------------- the list comes in again


@pytest.fixture(autouse=True, scope="module")
def in_this_process() -> Any:
    """Read files here: a child process costs more than a sheet."""

    def read(raw: bytes, _name: str) -> tuple[Grid, ...]:
        return child.grids_of(raw)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(files, "read_apart", read)
        yield


def test_the_columns_that_the_desk_makes_are_left_out_of_a_register_and_the_others_are_its_own() -> None:
    own = word_list("headings")["own_lists"]
    heads = {language: {each.key: each.head for each in columns(words(language))} for language in LANGUAGES}
    assert set(own["left_out"]) == {heads[language][key] for language in LANGUAGES for key in FROM_DESK}
    known = own_headings("arrivals")
    assert all(head == known[key] for told in heads.values() for key, head in told.items() if key not in FROM_DESK)
    assert set(own["titles"]) == {words(each).people_pages.titles["residents"] for each in LANGUAGES}


TEXTS = st.sampled_from(
    ["", "无", "高血压、糖尿病", "=1+1", "'引", "-1", "05车12F", "老人；忌口", "a,b", "2021-06-05", "36.5"]
)
PEOPLE = st.fixed_dictionaries(
    {
        "sex": st.sampled_from(["", "男", "女"]),
        "phone": st.sampled_from(["", "13800001542", "0738-4463255"]),
        "emergency_name": st.sampled_from(["", "王测", "欧阳文"]),
        "emergency_phone": st.sampled_from(["", "13900001542"]),
        **dict.fromkeys(("illness", "medicine", "special_need", "travel", "vehicle", "seat_no", "note"), TEXTS),
        "workplace": TEXTS,
        "companions": st.sampled_from(["", "无", "王测、李文"]),
        "nation": st.sampled_from(["", "汉族"]),
        "origin": st.sampled_from(["", "广东省深圳市南山区", "广州；佛山"]),
        "address": st.sampled_from(["", "蓝田街道新塘村1组"]),
        "arrival": st.sampled_from([None, datetime(2021, 6, 4, 14, 30), datetime(2021, 6, 4)]),  # noqa: DTZ001
        "numbered": st.booleans(),
        "stays": st.booleans(),
        "assessed": st.booleans(),
    }
)


def drawn(number: int, told: dict[str, Any]) -> Person:
    fields = {name: value for name, value in told.items() if name not in ("arrival", "numbered", "stays", "assessed")}
    stays = (Stay(place="云南省昆明市安宁市", code="530181", left_on=date(2021, 6, 2)),) if told["stays"] else None
    facts = Facts(arrival_at=told["arrival"], arrival_hour_unknown=told["arrival"] == datetime(2021, 6, 4), stays=stays)  # noqa: DTZ001
    fields["id_no"] = sound_number(f"4313821990010112{number}") if told["numbered"] else ""
    if told["numbered"]:
        fields["sex"] = "男" if int(fields["id_no"][16]) % 2 else "女"
    held = assessed("3.9") if told["assessed"] else None
    lives = {"stage": "site", "site_id": 1, "room": number, "admitted_on": date(2021, 6, 4)}
    if not (fields["phone"] or fields["id_no"]):
        fields["origin"] = ""  # without any number he is known by his place of origin, which the list leaves out
    fields |= {"name": f"测{'甲乙丙丁'[number - 1]}", "unit_id": 1}
    return person(number, **fields, facts=facts, assessment=held, **lives)


@pytest.mark.parametrize("shown", [False, True], ids=["masked", "revealed"])
@pytest.mark.parametrize("language", LANGUAGES)
@given(told=st.lists(PEOPLE, min_size=1, max_size=4))
@settings(max_examples=20, deadline=None)
def test_a_list_of_residents_comes_in_again_as_arrivals_and_changes_nothing(
    tmp_path_factory: pytest.TempPathFactory, language: str, shown: bool, told: list[dict[str, Any]]
) -> None:
    people = [drawn(number, each) for number, each in enumerate(told, start=1)]
    snapshot = desk(unit(name="蓝田街道", kind="street"), site(), *people)
    path = tmp_path_factory.mktemp("residents") / "list.xlsx"
    with revealing(shown):
        made = BytesIO()
        write_workbook(page("residents", snapshot, lang=language), made)
    path.write_bytes(made.getvalue())
    intake, command = read_sheet("arrivals", path, None)
    assert not [note for note in intake.notes if note.level == "error"], intake.notes
    answer = decide_import_arrivals(command, snapshot, NOW, ADMIN)  # type: ignore[arg-type]
    changed = [each for each in answer.changes if not isinstance(each, Entry)]
    assert not changed, (changed, people)
    outcome: Any = answer.outcome
    assert (outcome.accepted, outcome.updated, outcome.duplicates) == (0, 0, len(people))


# ---------------------------------------------------------------- staff, samples, home, calls


def test_the_sheet_of_the_staff_shows_halves_samples_and_who_is_off() -> None:
    off = (OffDuty(since=t("10:00"), cause="told", why="轮休"),)
    members = (
        StaffMember(id=1, site_id=1, name="何静", post="护士", phone="13800001542", registered_at=t("00:00")),
        StaffMember(id=2, site_id=1, name="谭勇", registered_at=t("00:00"), off=off, samples=(StaffSample(on=DAY),)),
    )
    snapshot = desk(site(), *members)
    check = Discharge(obligation=f"staff-check/site-1/{DAY}", seen=(1,), readings={"staff-1": 36.6})
    first, second = cells(page("staff", act(snapshot, check, t("09:00")), Subject("site", 1)))
    assert (first["am_temp"], first["am_symptom"], first["pm_temp"], first["off"]) == (36.6, "无", None, "在岗")
    assert first["phone"] == masked("13800001542")
    assert (second["am_temp"], second["samples"], second["off"]) == (None, "06-07 待出", "自 06-07 10:00 离岗：轮休")


def test_the_list_for_the_sampling_team_has_a_place_for_the_tube_and_is_of_a_site_or_a_unit() -> None:
    snapshot = desk(unit(), site(rooms=("8206",)), whole(), person(2, unit_id=1, stage="home", home_from=DAY))
    (row,) = cells(page("tests", snapshot, Subject("site", 1), date(2021, 6, 8)))
    assert (row["place"], row["type"], row["state"], row["code"]) == ("8206", "核酸", "应采", None)
    assert (row["id_no"], row["phone"]) == (masked(NUMBER), masked("13800001542"))
    with pytest.raises(NoPage):
        page("tests", snapshot, Subject("unit", 1), date(2021, 6, 8))


def test_the_checks_at_home_leave_blank_what_nobody_told() -> None:
    people = [person(n, unit_id=1, stage="home", home_from=DAY, watched_since=t("00:00")) for n in (1, 2)]
    snapshot = desk(unit(), *people)
    snapshot = act(
        snapshot,
        Discharge(obligation=f"home-check/unit-1/{DAY}", absent=(1,), text="不在", details={"how": "door"}),
        t("09:00"),
    )
    snapshot = act(snapshot, TakeReading(person_id=2, temp_c=36.8), t("15:00"))
    first, second = cells(page("home-checks", snapshot, Subject("unit", 1)))
    assert (first["at_home"], first["at"], first["am_temp"]) == ("未见到", "06-07 09:00", None)
    assert first["how"] == "上门"
    assert (second["at_home"], second["pm_temp"], second["how"]) == (None, 36.8, None)


def test_the_calls_after_a_release_are_listed_answered_or_not() -> None:
    end = Ending(how="released", at=t("10:00", 5), leader=5)
    gone = person(1, unit_id=1, phone="13800001542", stage="closed", closed_at=t("10:00", 5), end=end)
    snapshot = desk(unit(), replace(gone, registered_at=t("01:00", 1)), opened=t("00:00", 1))
    daily = replace(notice().daily, follow_up=FollowUp(days=(1, 2), clause="3.12"))
    snapshot = replace(snapshot, notices_known={notice().id: replace(notice(), daily=daily)})
    answered = Discharge(obligation="follow-up/person-1/2021-06-06", seen=(1,), remarks={"person-1": "一切正常"})
    first, second = cells(page("follow-ups", act(snapshot, answered, t("10:00"))))
    assert (first["call"], first["answer"], first["remark"]) == (1, "良好", "一切正常")
    assert (second["call"], second["due"], second["answer"]) == (2, "2021-06-07", None)
    assert first["phone"] == masked("13800001542")


# ---------------------------------------------------------------- a site's day


def test_a_sites_day_shows_what_was_stated_beside_what_the_desk_counts() -> None:
    snapshot = desk(unit(), site(rooms=("8206",)), whole())
    alone = page("site", snapshot, Subject("site", 1))
    assert [each.key for each in alone.tables[0].columns] == ["figure", "counted"]
    stated = {"rooms": 1, "occupied": 2}
    sent = SendReport(kind="site", subject=Subject("site", 1), day=DAY, figures=stated, zero=False, reporter="周涛")
    snapshot = act(act(snapshot, sent, t("16:00")), OpenMatter(subject="person-1", text="情绪激动"), t("17:00"))
    made = page("site", snapshot, Subject("site", 1))
    by_name = {row["figure"]: (row["stated"], row["counted"]) for row in rows_of(made.tables[:1])}
    assert (by_name["房间"], by_name["在隔离"], by_name["今日发热"]) == ((1, 1), (2, 1), (None, None))
    assert made.json["figures"] == stated and made.json["counted"]["occupied"] == 1
    assert (made.json["clauses"], made.json["days"]) == ({"3.2a": 1}, [{"day": 3, "people": 1}])
    assert [each["what"] for each in made.json["incidents"]] == ["情绪激动"]
    assert len(made.json["ahead"]) == 3
    assert page("site", snapshot, Subject("site", 1), now=t("19:00", 8)).json["ahead"] is None


# ---------------------------------------------------------------- one bad record, both languages


@pytest.mark.parametrize("kind", ("site", *LISTS[:4]))
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_record_that_cannot_be_computed_is_a_row_in_words(kind: PageKind, language: str) -> None:
    from tests.rules.fact_sets import notices

    snapshot = Snapshot(notices_known=notices()).applied(1, poisoned_desk(1))
    first = next(each.id for each in poisoned_desk(1) if isinstance(each, Site))
    subject = Subject("site", first) if kind in ("site", "residents") else None
    made = page(kind, snapshot, subject, SAMPLE_NOW.date(), SAMPLE_NOW, language)
    if kind == "residents":
        said = words(language).people_pages.not_computed
        inside = residents(snapshot, first)
        rows = [row for row in cells(made) if row["room"] is not None]
        assert {each.name for each in inside} <= {row["name"] for row in rows}
        assert any(said in row.values() for row in rows) and not all(said in row.values() for row in rows)
    if kind == "tests":
        assert {row["state"] for row in cells(made)} >= {words(language).people_pages.sample_states["unknown"]}
    assert all(
        cell is None or isinstance(cell, str | int | float)
        for table in made.tables
        for row in table.rows
        for cell in row
    )


def test_every_kind_of_page_has_a_name_in_both_languages() -> None:
    for language in LANGUAGES:
        assert set(words(language).pages.kinds) >= set(get_args(PageKind)) == set(KINDS)


def test_a_page_is_written_as_a_workbook(tmp_path: Path) -> None:
    snapshot = desk(unit(), site(rooms=("8206",)), whole())
    for kind in ("site", "residents"):
        with (tmp_path / f"{kind}.xlsx").open("wb") as file:
            write_workbook(page(kind, snapshot, Subject("site", 1)), file)  # type: ignore[arg-type]
        assert (tmp_path / f"{kind}.xlsx").stat().st_size
