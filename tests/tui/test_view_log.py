"""Numbers of people leave the program masked on every door; a reason shows them, and is a line of the view log."""

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from dutyboard.tui.app import DutyApp
from dutyboard.tui.link.gateway import Gateway
from dutyboard.tui.link.identity import Identity
from dutyboard.tui.link.trouble import StoreTrouble
from dutyboard.tui.screens.person import PersonScreen
from dutyboard.tui.text import words
from tests.homes import begun
from tests.tui import limited_desk
from tests.tui.installed import printed, run
from tests.tui.night import desk_at_night
from tests.tui.screen_text import app_of, text, until, until_shown

MARKED = ("13877770001", "0738-8777002", "43130219771207777X", "431302 19771207 7003", "E77700041", "138-7777-0005")
MARKED += ("+86 138 7777 0006", "H77700071", "7770008123456789012")


@pytest.fixture(scope="module")
def marked(home: Path) -> Path:
    """A desk whose numbers are all marked: in their fields, in names of contacts, in notes and in the log."""
    folder = home / "desk"
    assert run("init", str(begun(folder)), "--sample").returncode == 0
    note = "、".join(MARKED)
    person = {"name": "赵七", "phone": MARKED[0], "id_no": MARKED[2], "address": "新塘村1组", "note": note}
    file = folder.parent / "person.json"
    file.write_text(json.dumps({**person, "unit": "蓝田街道", "officer": f"陈 {MARKED[5]}"}), encoding="utf-8")
    done = run("register", str(file), folder=folder)
    assert done.returncode == 0, done.stderr
    assert run("log", f"来电 {note}", "--caller", f"李 {MARKED[0]}", "--matter", note, folder=folder).returncode == 0
    acts = [{"act": "log", "text": note}, {"act": "log", "text": note, "at": f"2031-01-01T00:00 {MARKED[0]}"}]
    (folder.parent / "acts.jsonl").write_text("\n".join(map(json.dumps, acts)), encoding="utf-8")
    return folder


def number_of(folder: Path) -> str:
    people = printed("export", "--json", folder=folder)["tables"]["persons"]
    return next(number for number, person in people.items() if person["name"] == "赵七")


COMMANDS = [
    ("board",),
    ("board", "--json"),
    ("person", "PERSON"),
    ("person", "PERSON", "--json"),
    ("trail", "person-PERSON"),
    ("trail", "person-PERSON", "--json"),
    ("export", "--json"),
    ("handover", "--json"),
    ("report", "handover"),
    ("report", "handover", "--format", "json"),
    ("report", "ledger"),
    ("report", "roster", "--unit", "蓝田街道"),
    ("report", "roster", "--unit", "蓝田街道", "--format", "json"),
    ("report", "screening", "--format", "json"),
    ("report", "villages", "--unit", "蓝田街道"),
    ("batch", "ACTS"),
    ("register", "FILE"),
    ("amend", "1", f"text={MARKED[0]}", "--reason", MARKED[5]),
    ("person", MARKED[0]),
    ("staff", "list"),
    ("rescreen",),
    ("views",),
    ("views", "--json"),
]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_no_marked_number_leaves_by_any_command(marked: Path, command: tuple[str, ...]) -> None:
    stand = {"ACTS": str(marked.parent / "acts.jsonl"), "FILE": str(marked.parent / "person.json")}
    number = number_of(marked)
    done = run(*(stand.get(word, word.replace("PERSON", number)) for word in command), folder=marked)
    said = done.stdout + done.stderr
    assert [each for each in MARKED if each in said] == []


def test_files_are_masked_too(marked: Path, tmp_path: Path) -> None:
    for form in ("text", "json", "xlsx"):
        out = tmp_path / f"roster.{form}"
        told = run("report", "roster", "--unit", "蓝田街道", "--format", form, "-o", str(out), folder=marked)
        assert told.returncode == 0, told.stderr
    cells = [str(cell.value) for row in load_workbook(tmp_path / "roster.xlsx").active for cell in row]  # type: ignore[union-attr]
    texts = [(tmp_path / "roster.text").read_text("utf-8"), (tmp_path / "roster.json").read_text("utf-8"), *cells]
    assert any("199****" in text for text in cells)
    assert not any("1990000" in text for text in texts)


def test_a_reason_shows_numbers_and_is_a_line_of_the_view_log(marked: Path) -> None:
    number = number_of(marked)
    before = len(printed("views", "--json", folder=marked))
    shown = printed("person", number, "--json", "--reveal", "核对密接", folder=marked)
    assert shown["phone"] == MARKED[0]
    assert MARKED[3] in shown["note"]
    looks = printed("views", "--json", folder=marked)[before:]
    assert [(each["act"], each["reason"], each["revealed"]) for each in looks] == [
        ("reveal", "核对密接", True),
        ("person", "核对密接", True),
    ]
    of_him = printed("views", "--person", number, "--json", folder=marked)
    assert {each["about"] for each in of_him} == {f"person-{number}"}
    assert of_him[-1]["login"] and of_him[-1]["officer"]
    assert run("person", number, "--reveal", " ", folder=marked).returncode == 2


def test_what_is_seen_is_written_down(marked: Path) -> None:
    before = len(printed("views", "--json", folder=marked))
    assert run("person", "1", folder=marked).returncode == 0
    assert run("report", "roster", "--unit", "蓝田街道", folder=marked).returncode == 0
    assert run("export", "--json", folder=marked).returncode == 0
    assert run("backup", str(marked.parent / "copy"), folder=marked).returncode == 0
    looks = printed("views", "--json", folder=marked)[before:]
    assert [each["act"] for each in looks] == ["person", "report", "export", "backup"]
    assert not any(each["revealed"] for each in looks)


def test_without_the_view_log_nothing_is_revealed_or_exported_and_a_page_is_masked(tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    assert run("init", str(begun(folder)), "--sample").returncode == 0
    assert run("person", "1", folder=folder).returncode == 0
    segment = folder / "views" / "journal" / "000000000001.jsonl"
    segment.write_bytes(segment.read_bytes().replace(b"person-1", b"person-2"))
    assert run("verify", folder=folder).returncode == 1
    said = words("zh").troubles.not_viewed.partition("{")[0]
    for command in (("export", "--json"), ("person", "1", "--reveal", "核对"), ("board", "--reveal", "核对")):
        done = run(*command, folder=folder)
        assert (done.returncode, done.stdout) == (1, "")
        assert said in done.stderr
    page = run("person", "1", folder=folder)
    assert page.returncode == 0
    assert said in page.stderr
    assert "****" in page.stdout
    assert run("salvage", "--reason", "查阅记录被改", folder=folder).returncode == 0
    assert run("person", "1", "--reveal", "核对", folder=folder).returncode == 0
    assert run("verify", folder=folder).returncode == 0


async def test_an_open_page_is_a_line_of_the_view_log_and_says_where_it_could_not_be() -> None:
    fake = desk_at_night()
    person = min(fake.snapshot.persons)
    async with app_of(fake).run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: pilot.app.session.loaded, "the desk")  # type: ignore[attr-defined]
        pilot.app.session.open(PersonScreen(pilot.app.session, person))  # type: ignore[attr-defined]
        await until(pilot, lambda: fake.looked == [("person", f"person-{person}", "", False)], "the look")
        fake.view_trouble = StoreTrouble("not_viewed", {"why": "disk_full"})
        pilot.app.session.open(PersonScreen(pilot.app.session, person))  # type: ignore[attr-defined]
        await until_shown(pilot, words("zh").troubles.not_viewed[:10])


def looks_shown(screen: str) -> list[str]:
    """The rows below the heading of the page's last part."""
    rows = [row.strip() for row in screen.splitlines()]
    first = next(n for n, row in enumerate(rows) if row.startswith(words("zh").page.looked))
    last = next(n for n, row in enumerate(rows) if row.startswith("全部"))
    return rows[first + 1 : last]


async def test_the_page_says_who_looked_last_to_whoever_may_read_the_view_log(tmp_path: Path) -> None:
    desk = limited_desk.make(tmp_path / "desk")
    person = next(each.id for each in limited_desk.whole().persons.values() if each.unit_id == 3)
    for number in range(12):
        gateway = Gateway.open(desk, Identity(limited_desk.OFFICER), clock=lambda: limited_desk.NOW)
        gateway.look("reveal", f"person-{person}", f"核对 {number:02d} {MARKED[0]}", revealed=True)
        gateway.look("reveal", f"person-{person}0", "别人")
        gateway.close()
    for login, may in (("admin", True), (limited_desk.OFFICER, False), ("town", False)):

        def opener(login: str = login) -> Gateway:
            return Gateway.open(desk, Identity(login), clock=lambda: limited_desk.NOW)

        app = DutyApp(opener, words("zh"))
        async with app.run_test(size=(80, 160)) as pilot:
            await until(pilot, lambda app=app: app.session.loaded, "the desk")
            app.session.open(PersonScreen(app.session, person))
            await until_shown(pilot, words("zh").page.history)
            if may:
                await until_shown(pilot, words("zh").page.looked)
                rows = looks_shown(text(app))
                assert len(rows) == 10 and words("zh").looks.acts["person"] in rows[0]
                assert all("全看 (officer)" in row and MARKED[0] not in row for row in rows[1:])
                assert all(
                    f"核对 {number:02d} 138****0001" in row
                    for row, number in zip(rows[1:], range(11, 2, -1), strict=True)
                )
            else:
                done: list[object] = []
                app.session.fetch(lambda _: None, done.append)  # behind the look, in the one worker thread
                await until(pilot, lambda done=done: bool(done), "what the page fetched")
                assert words("zh").page.looked not in text(app)
