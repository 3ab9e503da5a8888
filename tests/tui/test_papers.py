"""Papers of one person: the order that he is given when he is assessed, and the letter of his last release."""

from dataclasses import replace
from datetime import datetime

import pytest

from dutyboard.rules.records.commands.post import OpenDesk
from dutyboard.rules.records.model import Person
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.tui.export.papers import order_page, release_page
from dutyboard.tui.export.report import Page
from dutyboard.tui.link.picture import known_notices
from dutyboard.tui.sample import busy_desk
from dutyboard.tui.text import words
from tests.tui.installed import printed, run

NOW = datetime.fromisoformat("2026-11-24T10:00:00+08:00")
ZH = words("zh")


@pytest.fixture(scope="module")
def desk() -> Snapshot:
    command = OpenDesk(desk="疫情防控", admin_name="", notice="lianyuan-2021-07")
    return Snapshot(notices_known=known_notices()).applied(7, busy_desk(command, NOW, "root", known_notices()))


def placed(desk: Snapshot) -> Person:
    return next(each for each in desk.persons.values() if each.stage == "site" and each.id_no and each.phone)


def whole(page: Page | None) -> str:
    assert page is not None
    return "\n".join([page.title, *page.above, *("  ".join(row) for row in page.table)])


def test_an_order_says_who_where_until_when_and_by_which_sentence(desk: Snapshot) -> None:
    person = placed(desk)
    page = order_page(desk, person, NOW, ZH)
    assert page is not None
    told = whole(page)
    assert person.name in told and f"涟源宾馆 {person.room}室" in told
    assert person.id_no not in told and person.phone not in told
    kinds = [row[0] for row in page.table]
    (_, first, last) = page.table[kinds.index("隔离")]
    stage = next(each for each in page.json["plan"]["stages"] if each["kind"] == "site")
    assert (first, last) == (stage["first"], stage["last"])
    demanded = [each for each in page.json["plan"]["tests"] if each["demanded"]]
    assert demanded and sum(row[0].startswith(("核酸", "血清")) for row in page.table) == len(demanded)
    assert any("医学观察" in line for line in page.above), "the sentence of the notice"


def test_who_is_not_assessed_has_no_order_and_who_was_not_released_no_letter(desk: Snapshot) -> None:
    pending = next(each for each in desk.persons.values() if each.stage == "pending")
    assert order_page(desk, pending, NOW, ZH) is None
    assert release_page(desk, placed(desk), NOW, ZH) is None


def test_a_day_that_is_not_known_is_a_place_to_fill_in(desk: Snapshot) -> None:
    person = placed(desk)
    nobody_knows = replace(person, sex="", id_no="", phone="", facts=replace(person.facts, arrival_at=None))
    page = order_page(desk.applied(desk.seq + 1, (nobody_knows,)), nobody_knows, NOW, ZH)
    assert f"证件号：{ZH.papers.blank}" in whole(page) and "None" not in whole(page)


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
