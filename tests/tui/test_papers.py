"""Papers of one person: the order that he is given when he is assessed, and the letter of his last release."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from dutyboard.rules.law.facts import Test as Sample
from dutyboard.rules.people.stage import awaits_answer, on_road
from dutyboard.rules.records.codes import EndKind
from dutyboard.rules.records.commands.post import OpenDesk
from dutyboard.rules.records.model import Ending, Entry, Person, subject_id
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.person import Released
from dutyboard.tui.cli import program
from dutyboard.tui.commands.report import SENT
from dutyboard.tui.export.kinds import KINDS
from dutyboard.tui.export.page import Maker, NoPage, Page, PageAsked, PageKind
from dutyboard.tui.export.person import papers
from dutyboard.tui.link.picture import known_notices
from dutyboard.tui.sample import busy_desk
from dutyboard.tui.text import words
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


def asked(kind: PageKind, person: Person) -> PageAsked:
    return PageAsked(kind=kind, subject=subject_id(person), first=NOW.date(), last=NOW.date())


def order_page(desk: Snapshot, person: Person) -> Page | None:
    seen = desk.applied(desk.seq, (person,))
    try:
        return papers.order_page(asked("order", person), seen, NOW, MAKER, ZH)
    except NoPage:
        return None


def release_page(desk: Snapshot, person: Person) -> Page | None:
    try:
        return papers.release_page(asked("release", person), desk, NOW, MAKER, ZH)
    except NoPage:
        return None


def whole(page: Page | None) -> str:
    assert page is not None
    return "\n".join([page.title, *page.above, *("  ".join(map(str, row)) for row in page.tables[0].rows)])


def test_an_order_says_who_where_until_when_and_by_which_sentence(desk: Snapshot) -> None:
    person = placed(desk)
    page = order_page(desk, person)
    assert page is not None
    told = whole(page)
    assert person.name in told and f"涟源宾馆 {person.room}室" in told
    assert person.id_no not in told and person.phone not in told
    kinds = [row[0] for row in page.tables[0].rows]
    (_, first, last) = page.tables[0].rows[kinds.index("隔离")]
    stage = next(each for each in page.json["plan"]["stages"] if each["kind"] == "site")
    assert (first, last) == (stage["first"], stage["last"])
    demanded = [each for each in page.json["plan"]["tests"] if each["demanded"]]
    assert demanded and sum(str(row[0]).startswith(("核酸", "血清")) for row in page.tables[0].rows) == len(demanded)
    assert any("医学观察" in line for line in page.above), "the sentence of the notice"


def test_an_order_says_what_care_needs_and_masks_the_phone_of_the_contact(desk: Snapshot) -> None:
    person = replace(
        placed(desk),
        workplace="某厂",
        emergency_name="测妈",
        emergency_phone="13800000001",
        illness="高血压",
        seat_no="1A",
    )
    assert "紧急联系 测妈  紧急电话 138****0001  工作单位 某厂  基础疾病 高血压" in whole(order_page(desk, person))
    assert "1A" not in whole(order_page(desk, person)), "by what he came is no matter of the order"
    assert "紧急联系" not in whole(order_page(desk, placed(desk)))


def test_who_is_not_assessed_has_no_order_and_who_was_not_released_no_letter(desk: Snapshot) -> None:
    pending = next(each for each in desk.persons.values() if each.stage == "pending")
    assert order_page(desk, pending) is None
    assert release_page(desk, placed(desk)) is None


def test_a_day_that_is_not_known_is_a_place_to_fill_in(desk: Snapshot) -> None:
    person = placed(desk)
    nobody_knows = replace(person, sex="", id_no="", phone="", facts=replace(person.facts, arrival_at=None))
    page = order_page(desk.applied(desk.seq + 1, (nobody_knows,)), nobody_knows)
    assert f"证件号：{ZH.papers.blank}" in whole(page) and "None" not in whole(page)


def test_who_is_on_the_road_is_told_where_he_is_to_stay(desk: Snapshot) -> None:
    person = next(each for each in desk.persons.values() if on_road(each))
    assert f"管控地点：涟源宾馆 {person.room}室" in whole(order_page(desk, person))


def test_who_waits_for_a_result_waits_at_his_address(desk: Snapshot) -> None:
    person = replace(placed(desk), stage="waiting", site_id=None, room=None, address="某街 3 号", unit_id=None)
    assert "管控地点：某街 3 号" in whole(order_page(desk.applied(8, (person,)), person))


def test_of_whom_an_office_is_asked_the_question_stands_on_the_paper(desk: Snapshot) -> None:
    person = next(each for each in desk.persons.values() if awaits_answer(each) and each.stage == "site")
    told = whole(order_page(desk, person))
    assert "须请示：橙卡通知未列" in told and "医学观察14天" in told


@pytest.mark.parametrize("how", ["released", "overridden", "died", "handed_over", "voided", "merged", "free"])
def test_who_is_let_go_is_given_no_order_any_more(desk: Snapshot, how: EndKind) -> None:
    gone = replace(
        placed(desk), stage="closed", site_id=None, room=None, closed_at=NOW, end=Ending(how=how, at=NOW, entry=None)
    )
    seen = desk.applied(8, (gone,))
    assert order_page(seen, gone) is None and release_page(seen, gone) is None


def let_home(desk: Snapshot, **more: object) -> tuple[Snapshot, Person]:
    """A desk where somebody was let home two days ago, against two blockers, with samples before and after."""
    then = NOW - timedelta(days=2)
    samples = tuple(
        Sample(type="pcr", sampled_on=(NOW - timedelta(days=ago)).date(), result="negative") for ago in (3, 1)
    )
    person = placed(desk)
    facts = replace(person.facts, tests=samples)
    home: dict[str, object] = {"stage": "home", "site_id": None, "room": None, "home_from": then.date()}
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


def test_a_letter_says_what_was_not_met_and_holds_the_samples_of_that_day(desk: Snapshot) -> None:
    page = release_page(*let_home(desk))
    told = whole(page)
    assert page is not None and len(page.tables[0].rows) == 1 and len(page.json["rows"]) == 1
    assert "期限未满、缺检测" in told and "家中有急事" in told and "镇干部" in told
    assert page.json["overridden"] == ["day_not_full", "test_missing"]


def test_a_letter_is_of_this_stay_alone(desk: Snapshot) -> None:
    """He came again, and was sent home without any release: the letter of the stay before is not his."""
    assert release_page(*let_home(desk, home_from=NOW.date())) is None


def test_a_letter_names_the_clause_of_its_day(desk: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[datetime] = []
    made = papers.fresh_course
    monkeypatch.setattr(papers, "fresh_course", lambda who, seen, at: asked.append(at) or made(who, seen, at))
    assert release_page(*let_home(desk)) is not None
    assert asked == [NOW - timedelta(days=2)]


def test_both_papers_begin_as_every_report_does(desk: Snapshot) -> None:
    for page in (order_page(desk, placed(desk)), release_page(*let_home(desk))):
        assert page is not None
        today = NOW.date().isoformat()
        told = [page.json[key] for key in ("from", "to", "made_at", "made_by", "seq", "head")]
        assert told[:4] == [today, today, NOW.isoformat(timespec="seconds"), "root"] and told[5] == "0f3a"
        assert page.json["rows"] and page.json["totals"] == {}


GIVEN = {
    "unit": "蓝田街道",
    "site": "涟源宾馆",
    "person": "1",
    "officer": "1",
    "date": "2026-11-24",
    "to": "2026-11-24",
}
OF_DAYS = {"none": (), "one": ("date",), "span": ("date", "from", "to")}


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
    assert run("init", folder, "--sample").returncode == 0
    done = run("report", "order", "--person", "1", folder=folder)
    assert done.returncode == 0, done.stderr
    (look,) = printed("views", "--person", "1", "--json", folder=folder)
    assert (look["act"], look["about"]) == ("report", "person-1")
    refused = run("report", "release", "--person", "1", folder=folder)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert run("report", "order", folder=folder).returncode == 2
