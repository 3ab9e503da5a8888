"""Papers of one person: what stands on each, as it is looked at before it is printed."""

import re
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import get_args

import pytest
from click.testing import CliRunner

from dutyboard.rules.law.facts import Test as Sample
from dutyboard.rules.people.stage import awaits_answer, on_road
from dutyboard.rules.records.codes import PAPER_KINDS, EndKind, PaperKind
from dutyboard.rules.records.commands.post import OpenDesk
from dutyboard.rules.records.model import Ending, Entry, Officer, Person, subject_id
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.person import Arrived, Departed, Released
from dutyboard.tui.cli import program
from dutyboard.tui.commands.report import SENT
from dutyboard.tui.export.kinds import KINDS
from dutyboard.tui.export.page import Maker, NoPage, Page, PageAsked, PageKind
from dutyboard.tui.export.page_text import as_text
from dutyboard.tui.export.person import notices
from dutyboard.tui.export.person.paper import paper_page
from dutyboard.tui.link.picture import known_notices
from dutyboard.tui.sample import busy_desk
from dutyboard.tui.text import LANGUAGES, words
from tests.homes import begun
from tests.tui.goldens import assert_golden
from tests.tui.installed import printed, run

NOW = datetime.fromisoformat("2026-11-24T10:00:00+08:00")
ZH = words("zh")
MAKER = Maker("root", "0f3a")


@pytest.fixture(scope="module")
def desk() -> Snapshot:
    command = OpenDesk(desk="疫情防控", admin_name="", notice="lianyuan-2021-07")
    return Snapshot(notices_known=known_notices()).applied(7, busy_desk(command, NOW, "root", known_notices()))


def placed(desk: Snapshot) -> Person:
    return next(each for each in desk.persons.values() if each.stage == "site" and each.id_no and each.phone)


def paper(kind: PaperKind, desk: Snapshot, person: Person, language: str = "zh") -> Page | None:
    """The paper of a person who stands so on a desk; None: there is none."""
    asked = PageAsked(kind=kind, subject=subject_id(person), first=NOW.date(), last=NOW.date())
    try:
        return paper_page(asked, desk.applied(desk.seq, (person,)), NOW, MAKER, words(language))
    except NoPage as nothing:
        assert person.name in nothing.why
        return None


def whole(page: Page | None) -> str:
    assert page is not None
    return "\n".join(as_text(page))


def let_home(desk: Snapshot, **more: object) -> tuple[Snapshot, Person]:
    """A desk where somebody was let home two days ago, against two blockers, with samples before and after."""
    then = NOW - timedelta(days=2)
    samples = tuple(
        Sample(type="pcr", sampled_on=(NOW - timedelta(days=ago)).date(), result="negative") for ago in (3, 1)
    )
    person = placed(desk)
    facts = replace(person.facts, tests=samples)
    home: dict[str, object] = {"stage": "home", "site_id": None, "room": None, "home_from": then.date()}
    home |= {"town_cadre": "镇干部", "home_cadre": "村干部"}
    left = replace(person, facts=facts, **(home | more))  # type: ignore[arg-type]
    told = Released(
        from_="site",
        to="home",
        leader_id=1,
        home_cadre="村干部",
        town_cadre="镇干部",
        vehicle="湘K1",
        overridden=("day_not_full", "test_missing"),
    )
    number = max(desk.entries) + 1
    entry = Entry(
        id=number,
        happened_at=then,
        entered_at=then,
        entered_by=1,
        login="root",
        subject=subject_id(left),
        text="家中有急事",
        told=told,
    )
    return desk.applied(8, (left, entry)), left


def of_kind(kind: PaperKind, desk: Snapshot) -> tuple[Snapshot, Person]:
    """A desk and somebody of it who has a paper of a kind."""
    if kind in ("notice-release", "notice-home"):
        return let_home(desk)
    if kind == "transfer":
        return desk, next(each for each in desk.persons.values() if on_road(each) and each.id_no)
    return desk, placed(desk)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("kind", PAPER_KINDS)
def test_a_paper_reads_so(desk: Snapshot, kind: PaperKind, language: str) -> None:
    assert_golden(f"paper_{kind}_{language}", whole(paper(kind, *of_kind(kind, desk), language)).split("\n"))


@pytest.mark.parametrize("kind", PAPER_KINDS)
def test_a_paper_that_is_looked_at_is_a_preview_and_shows_no_number_of_a_person(
    desk: Snapshot, kind: PaperKind
) -> None:
    snapshot, person = of_kind(kind, desk)
    page = paper(kind, snapshot, person)
    told = whole(page)
    assert "预览，未编号" in told and person.name in told
    assert person.id_no and person.id_no not in told and person.phone not in told
    assert page is not None and page.json["preview"] is True and "None" not in told


@pytest.mark.parametrize("kind", PAPER_KINDS)
def test_every_paper_begins_as_every_report_does(desk: Snapshot, kind: PaperKind) -> None:
    page = paper(kind, *of_kind(kind, desk))
    assert page is not None
    today = NOW.date().isoformat()
    told = [page.json[key] for key in ("kind", "from", "to", "made_at", "made_by", "head")]
    assert told == [kind, today, today, NOW.isoformat(timespec="seconds"), "root", "0f3a"]
    parts = {part.rows for part in ZH.papers.tables[kind]}
    assert {row["part"] for row in page.json["rows"]} <= parts and page.json["totals"] == {}
    assert "____" not in str(page.json), "nobody has told: null for programs, a line to write on for people"


def test_an_order_gives_the_days_of_his_plan_and_the_sentence_of_the_notice(desk: Snapshot) -> None:
    person = placed(desk)
    page = paper("notice-isolation", desk, person)
    assert page is not None
    told = whole(page)
    assert f"涟源宾馆 {person.room}室" in told and "医学观察" in told
    (stage,) = [row for row in page.json["rows"] if row["part"] == "stages" and row["what"] == "隔离"]
    assert (page.json["first"], page.json["last"]) == (stage["first"], stage["last"])
    assert [row for row in page.json["rows"] if row["part"] == "due_tests"]


def test_a_paper_says_what_care_needs_and_masks_the_phone_of_the_contact(desk: Snapshot) -> None:
    known = replace(
        placed(desk), workplace="某厂", emergency_name="测妈", emergency_phone="13800000001", illness="高血压"
    )
    told = whole(paper("notice-isolation", desk, known))
    assert "紧急联系人：测妈  138****0001" in told and "工作单位：某厂" in told and "基础疾病：高血压" in told
    assert "紧急联系人" not in whole(paper("notice-isolation", desk, placed(desk)))


def test_what_nobody_knows_is_a_line_to_write_on(desk: Snapshot) -> None:
    nobody_knows = replace(placed(desk), sex="", id_no="", phone="")
    assert f"证件号：{ZH.papers.blank}" in whole(paper("notice-isolation", desk, nobody_knows))
    sheet = whole(paper("transfer", *of_kind("transfer", desk)))
    for label in ("交接时体温", "随车人员", "移交人", "接收人", "到达", "目的地指挥部告知时间、告知人"):
        assert f"{label}：{ZH.papers.blank}" in sheet, label


def test_who_is_on_the_road_is_told_where_he_is_to_stay(desk: Snapshot) -> None:
    person = next(each for each in desk.persons.values() if on_road(each))
    assert f"隔离地点：涟源宾馆 {person.room}室" in whole(paper("notice-isolation", desk, person))


def test_of_whom_an_office_is_asked_the_question_stands_on_the_paper(desk: Snapshot) -> None:
    person = next(each for each in desk.persons.values() if awaits_answer(each) and each.stage == "site")
    told = whole(paper("notice-isolation", desk, person))
    assert "须请示：橙卡通知未列" in told and "医学观察14天" in told


def test_who_is_not_assessed_has_a_record_alone(desk: Snapshot) -> None:
    pending = next(each for each in desk.persons.values() if each.stage == "pending")
    assert [kind for kind in PAPER_KINDS if paper(kind, desk, pending)] == ["record"]


def test_the_sheet_of_a_ride_holds_all_that_was_told_of_it(desk: Snapshot) -> None:
    """Phones are masked; what nobody told is a line to write on."""
    snapshot, person = of_kind("transfer", desk)
    (left,) = [
        each
        for each in snapshot.entries.values()
        if each.subject == subject_id(person) and isinstance(each.told, Departed)
    ]
    company = {"phone": "19900000009", "escort": "孙护士", "escort_phone": "19900000008", "handed_by": "刘敏"}
    told = replace(left.told, announced_at=NOW, announced_by="周主任", **company)  # type: ignore[arg-type]
    under_way = snapshot.applied(9, (replace(left, told=told),))
    sheet = whole(paper("transfer", under_way, person))
    assert "199****0009  随车人员：孙护士 199****0008" in sheet
    assert f"移交人：刘敏  接收人：{ZH.papers.blank}" in sheet
    assert "告知时间、告知人：2026-11-24 10:00 周主任" in sheet and f"交接时体温：{ZH.papers.blank}" in sheet
    arrived = Arrived(to="hospital", received_by="孙护士", left_at=left.happened_at, temp_c=36.4, announced_by="周涛")
    entry = replace(left, id=max(snapshot.entries) + 1, happened_at=NOW, told=arrived)
    there = paper("transfer", under_way.applied(10, (entry,)), replace(person, stage="hospital", road=None))
    assert "交接时体温：36.4 度" in whole(there)
    assert f"告知时间、告知人：{ZH.papers.blank} 周涛" in whole(there)
    assert there is not None and "36.4" not in str(there.json["last_temp"]), "that is the one before the hand-over"
    assert there.json["told_headquarters"] == "周涛"


@pytest.mark.parametrize("how", list(get_args(EndKind)))
def test_who_is_let_go_is_given_no_order_any_more(desk: Snapshot, how: EndKind) -> None:
    gone = replace(
        placed(desk), stage="closed", site_id=None, room=None, closed_at=NOW, end=Ending(how=how, at=NOW, entry=None)
    )
    assert [kind for kind in PAPER_KINDS if paper(kind, desk, gone)] == ["record"]


def test_at_home_both_cadres_stand_with_the_phones_of_the_roster_and_the_rules_in_the_words_of_the_notice(
    desk: Snapshot,
) -> None:
    snapshot, person = let_home(desk)
    number = max(snapshot.officers) + 1
    town = Officer(id=number, name="镇干部", phone="13900000001", unit_id=person.unit_id)
    told = whole(paper("notice-home", snapshot.applied(9, (town,)), person))
    assert "镇级包保干部：镇干部  电话：13900000001" in told
    assert f"村级包保干部：村干部  电话：{ZH.papers.blank}" in told
    assert "居家规定（三（十二））：进入居家健康监测环节的人员，不能外出，不得流动，由镇、村干部专人监管到位。" in told
    entry = snapshot.entries[max(snapshot.entries)]
    told_at_home = replace(entry, told=replace(entry.told, cadre_phone="13900000003"))  # type: ignore[type-var]
    known = whole(paper("notice-home", snapshot.applied(9, (told_at_home,)), person))
    assert "村级包保干部：村干部  电话：13900000003" in known, "nobody of the roster: as it was told"
    namesake = replace(town, id=number + 1, phone="13900000002")
    twice = whole(paper("notice-home", snapshot.applied(9, (town, namesake)), person))
    assert f"镇级包保干部：镇干部  电话：{ZH.papers.blank}" in twice, "of two of one name nobody knows which"


def test_a_letter_says_what_was_not_met_and_holds_the_samples_of_that_day(desk: Snapshot) -> None:
    page = paper("notice-release", *let_home(desk))
    told = whole(page)
    assert page is not None and len([row for row in page.json["rows"] if row["part"] == "tests"]) == 1
    assert "期限未满、缺检测" in told and "家中有急事" in told and "镇干部" in told


def test_a_letter_is_of_this_stay_alone(desk: Snapshot) -> None:
    """He came again, and was sent home without any release: the letter of the stay before is not his."""
    assert paper("notice-release", *let_home(desk, home_from=NOW.date())) is None


def test_a_letter_names_the_clause_of_its_day(desk: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[datetime] = []
    made = notices.fresh_course
    monkeypatch.setattr(notices, "fresh_course", lambda who, seen, at: asked.append(at) or made(who, seen, at))
    assert paper("notice-release", *let_home(desk)) is not None
    assert set(asked) == {NOW - timedelta(days=2)}


def test_a_record_names_the_entry_of_all_that_it_tells(desk: Snapshot) -> None:
    snapshot, person = let_home(desk)
    page = paper("record", snapshot, person)
    assert page is not None
    rows = [row for row in page.json["rows"] if row["part"] == "history"]
    entry = snapshot.entries[max(snapshot.entries)]
    assert (
        rows[-1]["entry"] == f"第 {entry.id} 条" and "强行解除" in rows[-1]["what"] and "家中有急事" in rows[-1]["what"]
    )
    assert [row["entry"] for row in page.json["rows"] if row["part"] == "releases"] == [f"第 {entry.id} 条"]


GIVEN = {
    "unit": "蓝田街道",
    "site": "涟源宾馆",
    "person": "1",
    "officer": "1",
    "date": "2026-11-24",
    "to": "2026-11-24",
}
OF_DAYS = {"none": (), "one": ("date",), "span": ("date", "from", "to")}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_help_page_names_every_kind_in_words(language: str) -> None:
    said = words(language).pages
    told = CliRunner().invoke(program, ["--lang", language, "report", "--help"]).stdout
    _, _, kinds = told.partition(f"{said.kinds_heading}:")
    named = dict(re.findall(r"^  ([a-z-]+) {2,}(\S.*)$", kinds, re.MULTILINE))
    assert named == {kind: said.kinds[kind] for kind in KINDS}


@pytest.mark.parametrize(("kind", "option"), [(kind, each) for kind in KINDS for each in GIVEN])
def test_an_option_that_says_nothing_about_a_kind_is_refused(tmp_path: Path, kind: PageKind, option: str) -> None:
    told = CliRunner().invoke(program, ["--data", str(tmp_path), "report", kind, f"--{option}", GIVEN[option]])
    refused = ZH.cli.option_of_another.format(option=f"--{option}", kind=kind)
    assert (refused in told.stderr) == (option not in (*KINDS[kind].about, *OF_DAYS[KINDS[kind].days])), told.stderr


@pytest.mark.parametrize(("kind", "option"), [(kind, each) for kind in SENT for each in ("unit", "site")])
def test_a_report_is_sent_of_its_own_subject_alone(tmp_path: Path, kind: str, option: str) -> None:
    words_typed = ["send-report", kind, "--reporter", "王芳", f"--{option}", GIVEN[option]]
    told = CliRunner().invoke(program, ["--data", str(tmp_path), *words_typed])
    refused = ZH.cli.option_of_another.format(option=f"--{option}", kind=kind)
    assert (refused in told.stderr) == (option not in SENT[kind]), told.stderr


def test_the_paper_is_a_line_of_the_view_log_about_him(tmp_path: object) -> None:
    folder = f"{tmp_path}/desk"
    assert run("init", str(begun(Path(folder))), "--sample").returncode == 0
    done = run("report", "notice-isolation", "--person", "1", folder=folder)
    assert done.returncode == 0, done.stderr
    (look,) = printed("views", "--person", "1", "--json", folder=folder)
    assert (look["act"], look["about"]) == ("report", "person-1")
    refused = run("report", "notice-release", "--person", "1", folder=folder)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert run("report", "notice-isolation", folder=folder).returncode == 2
