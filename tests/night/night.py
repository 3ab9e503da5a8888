"""The night from 20:05 to the handover at eight, in the order in which it comes to the officer.

Whatever he is shown red or late he answers, row by row as the words say; what no key of this script answers is named.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from dutyboard.tui.link.care import verify
from tests.night.acts import Way, either, form, leave_to, temperatures, tick
from tests.night.desk import INCOMING, move_clock, night_desk, through_the_door
from tests.night.officer import Officer, title_of
from tests.pty.desks import board_of, entries, printed, run
from tests.pty.terminal import Terminal

ARRIVALS: Final = 40
BY_PHONE: Final = 2
HOURS: Final = ("2021-06-07T22:30", "2021-06-08T01:00", "2021-06-08T06:10", "2021-06-08T07:35")
TRIES: Final = 3
"""Times that a row is answered before it counts as left: a list that sorts itself may slip under a key."""
CURSOR_BYTES, SCREEN_BYTES = 1200, 26_000
_REFERRED = {"答复人": "市人民医院", "答复内容": "送发热门诊留观"}
WAYS: Final[Mapping[str, Way]] = {
    "疑似处置": form({"已报办公室": "李主任"}),
    "疑似加测核酸": form({"结果": "4"}),
    "复测体温": form({"体温": "379"}),
    "密接追踪移交": form({"密接人数": "3", "移交何人": "市疾控"}),
    "请示待答复": form(_REFERRED),
    "闭环转运": leave_to,
    "在途待到达": form({"接收人": "周涛"}),
    "巡查": tick,
    "人员症状检测": either({"检查人数": "4", "异常人数": "0"}),
    "测温": temperatures(),
    "消毒": either({"区域": "走廊"}),
    "居家监测核查": tick,
    "嘱自我健康监测": tick,
    "来电待答复": form({"办理结果": "已答复"}),
    "发现待处置": form({"办理结果": "已派人到场"}),
}
"""The rows that the script answers, by their words; a longer one stands before a shorter one that it holds."""
SURNAMES, NAMES = "赵钱孙李周吴郑王", ("大山", "小河", "国强", "玉梅", "建军")


class NotDone(AssertionError):
    """A row that the script was shown and that is still owed, or a number of the night that does not hold."""


class Night:
    """The night of one officer. `left` are rows that his acts did not end, with what the screen said."""

    def __init__(self, folder: Path, tell: Callable[[str], object] = print) -> None:
        self.folder = night_desk(folder)
        self.officer = Officer(self.folder)
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
            officer.select(row[4:40].strip()[:14])
            officer.see(title[:4])
            way = next(way for words, way in WAYS.items() if words in title)
            way(officer, officer.at() or row)
            officer.back()
            self._note_what_stays(title)
        raise NotDone(f"the board does not empty: {officer.rows()}")

    def _to_do(self, row: str) -> bool:
        title = title_of(row)
        return row[1:3].strip() in ("!!", "!") and title not in self.left and any(words in title for words in WAYS)

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
        assert officer.select("晚间消毒")
        row = title_of(officer.at())
        officer.press("enter")
        officer.see("已记")
        officer.do("take_back")
        officer.see("已撤回")
        assert any(title_of(each)[:9] == row[:9] and each[1:3].strip() == "o" for each in officer.rows()), row

    def _fever(self) -> None:
        """A fever is found in a round: it is typed twice."""
        officer = self.officer
        officer.board()
        assert officer.select("卫生院隔离点 晚间测温")
        temperatures(fever_room=3)(officer, officer.at())
        officer.see("24小时值班板")

    def _arrivals(self) -> None:
        """Two people ring up; a unit's sheet of the others is pasted."""
        officer = self.officer
        for number in range(BY_PHONE):
            officer.board()
            officer.do("new_person")
            officer.see("新增来")
            officer.type(f"电话{'甲乙丙'[number]}")
            officer.press("enter", "enter")
            officer.type(f"1990000002{number}")
            officer.press("f9")
            officer.see("24小时值班板")
        head = "姓名\t联系电话\t来源地\t离开日期\t到涟时间\t健康码\t行程卡\t症状\t专人\t现住址\r"
        names = [surname + name for surname in SURNAMES for name in NAMES][: ARRIVALS - BY_PHONE]
        rows = [
            f"{name}\t138000010{n:02d}\t四川省成都市\t2021-06-05\t2021-06-07 15:00\t绿\t绿\t无\t王芳\t新塘村{n}组\r"
            for n, name in enumerate(names)
        ]
        officer.board()
        officer.press("f9")
        officer.see("导入：")
        officer.type("导入：")
        officer.see("只看", "导入：花名册")
        officer.press("enter")
        officer.see("导入表格")
        officer.settle()
        officer.terminal.send(f"\x1b[200~{head}{''.join(rows)}\x1b[201~")
        officer.see("粘贴的")
        officer.type("4")
        officer.press("f9")
        officer.see(f"新增 {len(rows)} ")
        officer.press("f9")
        officer.see("已写入，日志第")

    def _confirm_who_is_ready(self) -> None:
        """All who can be confirmed are marked, and confirmed by one preview."""
        officer = self.officer
        officer.board()
        officer.do("screening")
        officer.see("[全部]")
        officer.press("right")
        officer.see("[可确认]")
        officer.do("mark_all")
        officer.see("已标")
        officer.do("act_on_marked")
        officer.see("对已标的")
        officer.press("enter")
        officer.see("看名单")
        officer.press("f9")
        officer.see("按 F9 才记")
        officer.press("f9")
        officer.see("已记：")

    def _in_quarantine(self, most: int) -> list[str]:
        """Names of people in quarantine, as the list shows them."""
        officer = self.officer
        officer.board()
        officer.do("people")
        officer.see("[全部]")
        shown = [line for line in officer.screen.splitlines() if " 隔离点 " in line]
        return [line[1:].split()[0] for line in shown[3 : 3 + most]]

    def _positive(self, name: str) -> None:
        """A laboratory rings up: its result is positive, and what that brings is shown and carried out."""
        officer = self.officer
        officer.board()
        officer.do("people")
        officer.see("[全部]")
        officer.press("/")
        officer.type(name)
        officer.see("1/")
        officer.press("enter")
        officer.press("enter")
        officer.see("身份")
        officer.do("test")
        officer.see("草稿保留")
        officer.fill({"种类": "1", "结果": "2"} if "种类" in officer.screen else {"结果": "2"})
        officer.see("阳性处置")
        officer.press("f9")
        officer.see("24小时值班板", "已执行")
        officer.board()

    def _swap(self) -> None:
        """Two coming shifts of the officer's seat are swapped by the command line."""
        coming = [each for each in printed(self.folder, "shift", "list", "--json") if each["seat"] == "officer"]
        later = [each for each in coming if each["from"] > "2021-06-08T12"][:3]
        first = later[0]
        other = next(each for each in later[1:] if each["officer"] != first["officer"])
        number = [str(each.get("id", each.get("shift"))) for each in (first, other)]
        done = run(self.folder, "shift", "swap", *number, "--reason", "家中有事")
        assert done.returncode == 0, done.stderr

    def _dropped_line(self) -> None:
        """The line drops while a note is typed: it is offered, and written once."""
        with board_of(self.folder) as other:
            other.send("n")
            other.wait_for("草稿保留")
            other.send("三楼电梯报修")
            other.wait_for("三楼电梯报修")
            other.hang_up()
            other.wait_exit()
        officer = self.officer
        officer.board()
        officer.do("note")
        officer.see("草稿")
        if "三楼电梯报修" not in officer.screen.splitlines()[2]:
            officer.press("enter")
        officer.see("三楼电梯报修")
        officer.press("f9")
        officer.see("24小时值班板")

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
        with Terminal(*through_the_door(self.folder)) as terminal:
            terminal.wait_for("24小时值班板")
            comes = Officer(self.folder, terminal)
            comes.do("handover")
            comes.see("交接班")
            for _ in range(120):
                seen = comes.screen
                if "草稿保留" in seen:
                    break
                comes.press("enter")
            comes.press("f9")
            while "交接完成" not in comes.see("PIN", "交接完成"):
                comes.sign()
            self.tell(f"handover by {INCOMING}: {comes.keys} keys")
            self.officer.keys += comes.keys

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
        self.tell(f"night: {self.officer.keys} keys, {len(self.officer.shown)} rows red or late, none left")


def night(folder: Path, tell: Callable[[str], object] = print) -> None:
    """Work the night on a desk of its own. Raises NotDone."""
    Night(folder, tell).work()
