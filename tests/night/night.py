"""The night from 20:05 to the handover at eight, in the order in which it comes to the officer.

Whatever he is shown red or late he answers, row by row as the words say; what no key of this script answers is named.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from dutyboard.tui.link.care import verify
from tests.night.acts import temperatures, ways
from tests.night.desk import INCOMING, move_clock, night_desk, through_the_door
from tests.night.officer import Officer, title_of
from tests.night.said import Said, fixed, opening
from tests.pty.desks import board_of, entries
from tests.pty.terminal import Terminal

ARRIVALS: Final = 40
BY_PHONE: Final = 2
HOURS: Final = ("2021-06-07T22:30", "2021-06-08T01:00", "2021-06-08T06:10", "2021-06-08T07:35")
TRIES: Final = 3
"""Times that a row is answered before it counts as left: a list that sorts itself may slip under a key."""
CURSOR_BYTES, SCREEN_BYTES = 1200, 26_000
SURNAMES, NAMES = "赵钱孙李周吴郑王", ("大山", "小河", "国强", "玉梅", "建军")


class NotDone(AssertionError):
    """A row that the script was shown and that is still owed, or a number of the night that does not hold."""


class Night:
    """The night of one officer. `left` are rows that his acts did not end, with what the screen said."""

    def __init__(self, folder: Path, language: str, tell: Callable[[str], object] = print) -> None:
        self.folder = night_desk(folder)
        self.said = Said(language)
        self.words = self.said.words
        self.ways = ways(self.said)
        self.officer = Officer(self.folder, self.said)
        self.left: dict[str, str] = {}
        self._tried: list[str] = []
        self.tell = tell

    def work(self) -> None:
        """Work the night through, and judge it."""
        try:
            self._evening()
            for hour in HOURS:
                move_clock(self.folder, hour)
                self.officer.see(f"{hour[5:10]}", hour[11:13])
                self.answer_what_is_red_or_late()
                self.tell(f"{hour[5:].replace('T', ' ')}: {self.officer.keys} keys")
            self._budgets()
            self._hand_over()
            self._judge()
        finally:
            self.officer.terminal.__exit__()

    # Rows

    def answer_what_is_red_or_late(self) -> None:
        """Take the first row that is red or late, again and again, until none is left that a key can end."""
        officer = self.officer
        for _ in range(80):
            officer.board()
            row = next((each for each in officer.rows() if self._to_do(each)), None)
            if row is None:
                return
            title = title_of(row)
            officer.select(title)
            officer.see(title[:4])
            way = next(way for words, way in self.ways.items() if words in title)
            way(officer, officer.at() or row)
            officer.back()
            self._note_what_stays(title)
        raise NotDone(f"the board does not empty: {officer.rows()}")

    def _to_do(self, row: str) -> bool:
        title = title_of(row)
        return row[1:3].strip() in ("!!", "!") and title not in self.left and any(words in title for words in self.ways)

    def _note_what_stays(self, title: str) -> None:
        """Note a row that is as red or late as before: it is not taken twice."""
        self.officer.board()
        again = [row for row in self.officer.rows() if title_of(row) == title and row[1:3].strip() in ("!!", "!")]
        self._tried.append(title)
        if again and self._tried.count(title) == TRIES:
            self.left[title] = self.officer.status()

    # The evening

    def _evening(self) -> None:
        officer = self.officer
        self.answer_what_is_red_or_late()
        self._wrong_tick()
        self._fever()
        self._arrivals()
        self._confirm_who_is_ready()
        for name in self._in_quarantine(2):
            self._positive(name)
        self._swap()
        self._dropped_line()
        self.answer_what_is_red_or_late()
        self.tell(f"06-07 20:05: {officer.keys} keys")

    def _wrong_tick(self) -> None:
        """A wrong key is taken back, and the row is owed again."""
        officer = self.officer
        officer.board()
        assert officer.select(self.said.row("", "disinfection-pm").strip())
        row = title_of(officer.at())
        officer.press("enter")
        officer.see(fixed(self.words.screens.saved))
        officer.do("take_back")
        officer.see(fixed(self.words.screens.taken_back))
        assert any(title_of(each) == row and each[1:3].strip() == "o" for each in officer.rows()), row

    def _fever(self) -> None:
        """A fever is found in a round: it is typed twice."""
        officer = self.officer
        officer.board()
        assert officer.select(self.said.row("卫生院隔离点", "temperature-pm"))
        temperatures(fever_room=3)(officer, officer.at())
        officer.see(self.said.board)

    def _arrivals(self) -> None:
        """Two people ring up; a unit's sheet of the others is pasted."""
        officer = self.officer
        for number in range(BY_PHONE):
            officer.board()
            officer.do("new_person")
            officer.see(self.words.person.form_new)
            officer.type(f"电话{'甲乙丙'[number]}")
            officer.press("enter", "enter")
            officer.type(f"1990000002{number}")
            officer.press("f9")
            officer.see(self.said.board)
        head = "姓名\t联系电话\t来源地\t离开日期\t到涟时间\t健康码\t行程卡\t症状\t专人\t现住址\r"
        names = [surname + name for surname in SURNAMES for name in NAMES][: ARRIVALS - BY_PHONE]
        rows = [
            f"{name}\t138000010{n:02d}\t四川省成都市\t2021-06-05\t2021-06-07 15:00\t绿\t绿\t无\t王芳\t新塘村{n}组\r"
            for n, name in enumerate(names)
        ]
        intake = self.words.intake
        self._set_up(self.words.desk_acts.sheet)
        officer.see(self.words.desk_acts.sheet_title)
        officer.settle()
        officer.terminal.send(f"\x1b[200~{head}{''.join(rows)}\x1b[201~")
        officer.see(fixed(intake.pasted))
        officer.type("4")
        officer.press("f9")
        officer.see(f"{intake.counts.partition('{')[0]}{len(rows)} ")
        officer.press("f9")
        officer.see(fixed(intake.done))

    def _confirm_who_is_ready(self) -> None:
        """All who can be confirmed are marked, and confirmed by one preview."""
        officer, bulk = self.officer, self.words.bulk
        officer.board()
        officer.do("screening")
        officer.see(f"[{self.words.slices.everybody}]")
        officer.press("right")
        officer.see(f"[{self.words.slices.names['ready']}]")
        officer.do("mark_all")
        officer.see(fixed(bulk.marked))
        officer.do("act_on_marked")
        officer.see(fixed(bulk.title))
        officer.press("enter")
        officer.see(bulk.look)
        officer.press("f9")
        officer.see(fixed(bulk.counts))
        officer.press("f9")
        officer.see(fixed(bulk.done))

    def _in_quarantine(self, most: int) -> list[str]:
        """Names of people in quarantine, as the list shows them."""
        officer = self.officer
        officer.board()
        officer.do("people")
        officer.see(f"[{self.words.slices.everybody}]")
        at_site = f" {self.words.course.stages['site']} "
        shown = [line for line in officer.screen.splitlines() if at_site in line]
        return [line[1:].split()[0] for line in shown[3 : 3 + most]]

    def _positive(self, name: str) -> None:
        """A laboratory rings up: its result is positive, and what that brings is shown and carried out."""
        officer, people = self.officer, self.words.people
        officer.board()
        officer.do("people")
        officer.see(f"[{self.words.slices.everybody}]")
        officer.press("/")
        officer.type(name)
        officer.see("1/")
        officer.press("enter")
        officer.press("enter")
        officer.see(self.words.page.identity)
        officer.do("test")
        officer.see(self.said.form)
        answers = {people.test_kind: "1"} if people.test_kind in officer.screen else {}
        officer.fill({**answers, people.test_result: "2"})
        officer.see(fixed(people.positive_title))
        officer.press("f9")
        officer.see(self.said.board)
        officer.board()

    def _swap(self) -> None:
        """Two officers of nights to come change places in the rota, and each cell names the other one."""
        officer, said = self.officer, self.words.rota
        self._set_up(said.name)
        officer.see(opening(said.title))
        self._steps("right", "right", "down", "down")
        name, hours = self._sits()
        officer.do("swap")
        officer.see(opening(said.swap_first))
        below = next(n for n in range(1, 12) if self._below() not in ("", name))
        other, other_hours = self._sits()
        officer.do("swap")
        officer.see(self.said.form)
        officer.fill({self.words.desk_acts.reason: "家中有事"})
        officer.see(opening(said.title))
        assert self._sits() == (name, other_hours), officer.screen
        self._steps(*["up"] * below)
        assert self._sits() == (other, hours), officer.screen

    def _steps(self, *keys: str) -> None:
        """Move a cell in the rota with each key, and see its shift in words before the next one."""
        for key in keys:
            before = self._detail(self.officer.screen)
            self.officer.press(key)
            self.officer.terminal.wait_until(lambda text, was=before: self._detail(text) not in ("", was), "next cell")

    def _below(self) -> str:
        """Go a day down in the rota: who sits there."""
        self._steps("down")
        return self._sits()[0]

    def _detail(self, screen: str) -> str:
        """The cell under the cursor in words, above the shifts of each officer."""
        before, found, _ = screen.partition(fixed(self.words.rota.loads))
        return before.splitlines()[-2] if found else ""

    def _sits(self) -> tuple[str, str]:
        """Name and hours of the shift under the cursor of the rota, "" for both where nobody is planned."""
        told, numbered, _ = self._detail(self.officer.screen).partition(fixed(self.words.rota.number))
        _, name, hours = told.split(maxsplit=2) if numbered else ("", "", "")
        return name, hours

    def _set_up(self, sentence: str) -> None:
        """Open what F9 lists under a sentence, found by its first words."""
        self.officer.board()
        self.officer.press("f9")
        self.officer.see(sentence[:8])
        self.officer.type(sentence[:8])
        self.officer.see(f"> {sentence[:8]}")
        self.officer.press("enter")

    def _dropped_line(self) -> None:
        """The line drops while a note is typed: it is offered, and written once."""
        with board_of(self.folder, language=self.said.language) as other:
            other.send("n")
            other.wait_for(self.said.form)
            other.send("三楼电梯报修")
            other.wait_for("三楼电梯报修")
            other.hang_up()
            other.wait_exit()
        officer = self.officer
        officer.board()
        officer.do("note")
        officer.see(opening(self.words.forms.draft_offered), opening(self.words.forms.draft_back))
        if "三楼电梯报修" not in officer.screen.splitlines()[2]:
            officer.press("enter")
        officer.see("三楼电梯报修")
        officer.press("f9")
        officer.see(self.said.board)

    # The morning

    def _budgets(self) -> None:
        """The bytes of a cursor move and of a whole screen."""
        officer = self.officer
        officer.board()
        officer.settle()
        move = officer.terminal.cost("\x1b[B")
        whole = officer.terminal.cost("\x0c")
        self.tell(f"bytes: cursor {move}, whole screen {whole}")
        if move > CURSOR_BYTES or whole > SCREEN_BYTES:
            raise NotDone(f"bytes: cursor {move}, whole screen {whole}")

    def _hand_over(self) -> None:
        """The officer who comes signs on her own terminal, under her own login; the one who goes gives his PIN."""
        with Terminal(*through_the_door(self.folder, "--lang", self.said.language)) as terminal:
            terminal.wait_for(self.said.board)
            comes = Officer(self.folder, self.said, terminal)
            comes.do("handover")
            comes.see(opening(self.words.handover.by_name))
            for _ in range(120):
                seen = comes.screen
                if self.said.form in seen:
                    break
                comes.press("enter")
            comes.press("f9")
            signed = opening(self.words.handover.signed)
            while signed not in comes.see("PIN", signed):
                comes.sign()
            self.tell(f"handover by {INCOMING}: {comes.keys} keys")
            self.officer.keys += comes.keys
            self.officer.cut |= comes.cut

    def _judge(self) -> None:
        """Nothing that was shown red or late is still owed, but for what is named; the journal has every act."""
        report = verify(self.folder)
        told = entries(self.folder)
        kinds = [each["kind"] for each in told]
        wanted = {"check": 6, "positive": 2, "suspect": 2, "answer": 1, "import": 1, "register": 2, "handover": 1}
        wanted |= {"retract": 1, "trace": 1, "transfer": 2}
        missing = {kind: number for kind, number in wanted.items() if kinds.count(kind) < number}
        notes = [each.get("text") for each in told].count("三楼电梯报修")
        if not report["ok"] or missing or notes != 1:
            raise NotDone(f"journal: {report['problems']}, missing {missing}, the note stands {notes} times")
        if self.left:
            raise NotDone(f"left: {self.left}")
        if self.officer.cut:
            raise NotDone(f"cut: {sorted(self.officer.cut)}")
        self.tell(f"night: {self.officer.keys} keys, {len(self.officer.shown)} rows red or late, none left")


def night(folder: Path, language: str = "zh", tell: Callable[[str], object] = print) -> None:
    """Work the night on a desk of its own. Raises NotDone."""
    Night(folder, language, tell).work()
