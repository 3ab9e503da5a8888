"""The same night by numbered lines (`--plain`), worked by a script that reads only what is said."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from dutyboard.rules.records import pins
from dutyboard.tui.link.care import verify
from tests.night.desk import INCOMING, move_clock, night_desk, through_the_door
from tests.night.night import ARRIVALS, BY_PHONE, HOURS, NAMES, SURNAMES, NotDone
from tests.pty.desks import entries, printed
from tests.pty.line_shift import LineShift

KINDS: Final = (
    *("疑似处置", "疑似加测核酸", "复测体温", "密接追踪移交", "请示待答复", "闭环转运", "在途待到达", "巡查"),
    *("人员症状检测", "测温", "消毒", "居家监测核查", "嘱自我健康监测", "来电待答复", "发现待处置"),
)
"""The rows that the script answers, by their words."""
ANSWERS: Final[Mapping[str, str]] = {
    "体温（如": "365",
    "体温": "379",
    "告知何人": "市疾控",
    "密接人数": "3",
    "谁答复": "市人民医院",
    "答复": "送发热门诊留观",
    "车牌": "湘K20210",
    "司机": "谭师傅",
    "接收人": "张强",
    "检查人数": "4",
    "异常人数": "0",
    "已测人数": "0",
    "应测人数": "0",
    "区域": "走廊",
    "结果，必填，1": "4",
    "结果": "已办",
    "专人": "王芳",
    "监管干部": "张三、李四",
}
"""The answer to each question, by its first words; any other one gets an empty line."""


class LineNight:
    """The night of one officer at the prompt. `left` are rows that his answers did not end."""

    def __init__(self, folder: Path, tell: Callable[[str], object]) -> None:
        self.folder = night_desk(folder)
        self.tell = tell
        self.shift = LineShift(self.folder)
        self.left: dict[str, str] = {}
        self.shown: set[str] = set()

    def work(self) -> None:
        """Work the night through, and judge it."""
        with self.shift:
            self._evening()
            for hour in HOURS:
                move_clock(self.folder, hour)
                self._answer_what_is_red_or_late()
                self.tell(f"{hour[5:].replace('T', ' ')}: {self.shift.typed_signs} keys")
            self._hand_over()
            self._judge()

    def _answer_what_is_red_or_late(self) -> None:
        for _ in range(120):
            self.shift.line("板")
            found = next(((number, text) for number, text in self.shift.rows() if self._to_do(text)), None)
            if found is None:
                return
            self.shift.line(found[0])
            if not self._answered():
                self.left[_title(found[1])] = self.shift.heard[-200:]
        raise NotDone(f"the board does not empty: {self.shift.rows()}")

    def _to_do(self, text: str) -> bool:
        if not text.startswith(("紧急", "逾期")):
            return False
        self.shown.add(_title(text))
        return _title(text) not in self.left and any(words in text for words in KINDS)

    def _answered(self) -> bool:
        """Answer question after question until the prompt stands again. False: it was put aside."""
        shift = self.shift
        for _ in range(120):
            asked = shift.heard.rpartition("\n")[2]
            if asked.startswith("命令或号"):
                return "已写入" in shift.spoken[-3000:]
            if asked.startswith("改第几项"):
                shift.line(".")
                return False
            if "PIN" in asked:
                shift.line(pins.SHARED_PIN)
                continue
            said = next((text for words, text in ANSWERS.items() if asked.startswith(words)), "")
            if "体温（如" in asked:
                said = "365"
            shift.line("" if "空行即" in asked or asked.startswith("空行") else said)
        raise NotDone(shift.heard)

    def _evening(self) -> None:
        shift = self.shift
        self._answer_what_is_red_or_late()
        shift.line("板")
        shift.line(shift.row("晚间消毒"))
        shift.answers("", "撤", "")
        shift.line("登记 register")
        shift.answers("电话甲", "", "19900000020", "四川省成都市", "6-5", "今1500", "1", "1", "1")
        self._answered()
        self._import()
        self._confirm_all()
        for name in self._in_quarantine():
            shift.line("登记 result")
            shift.answers(name, "1", "今", "2")
            self._answered()
        first, other = self._coming()
        assert "对调" in shift.line(f"shift swap {first} {other} --reason 家中有事"), shift.heard
        with LineShift(self.folder) as dropped:
            dropped.answers("登记 log", "三楼电梯报修")
            dropped.hang_up()
            dropped.wait_exit()
        shift.line("登记 log")
        shift.line("y")
        self._answered()
        self._answer_what_is_red_or_late()
        self.tell(f"06-07 20:05: {shift.typed_signs} keys")

    def _import(self) -> None:
        """A unit's sheet of the others is taken in."""
        names = [surname + name for surname in SURNAMES for name in NAMES][: ARRIVALS - BY_PHONE]
        sheet = self.folder.parent / "名单.csv"
        head = "姓名,联系电话,来源地,离开日期,到涟时间,健康码,行程卡,症状,专人,现住址\n"
        rows = [
            f"{name},138000010{n:02d},四川省成都市,2021-06-05,2021-06-07 15:00,绿,绿,无,王芳,蓝田街道新塘村{n}组\n"
            for n, name in enumerate(names)
        ]
        sheet.write_text(head + "".join(rows), encoding="utf-8")
        self.shift.line("登记 import arrivals")
        assert "导入？" in self.shift.line(str(sheet))
        assert "已导入" in self.shift.line("y"), self.shift.heard

    def _confirm_all(self) -> None:
        for _ in range(ARRIVALS + 20):
            self.shift.line("排查")
            ready = next(
                (number for number, text in self.shift.rows() if "可确认" in text and text not in self.left), None
            )
            if ready is None:
                return
            text = dict(self.shift.rows())[ready]
            self.shift.line(ready)
            if not self._answered():
                self.left[text] = self.shift.heard[-200:]

    def _in_quarantine(self) -> list[str]:
        self.shift.line("人 隔离点")
        return [text.split()[0] for _, text in self.shift.rows()][5:7]

    def _coming(self) -> tuple[str, str]:
        coming = [each for each in printed(self.folder, "shift", "list", "--json") if each["seat"] == "officer"]
        later = [each for each in coming if each["from"] > "2021-06-08T12"][:3]
        other = next(each for each in later[1:] if each["officer"] != later[0]["officer"])
        return str(later[0]["id"]), str(other["id"])

    def _hand_over(self) -> None:
        """The officer who comes signs in her own session; the one who goes gives his PIN."""
        with LineShift(self.folder, *through_the_door(self.folder, "--plain")) as comes:
            comes.line("登记 handover")
            comes.line("")
            for _ in range(200):
                asked = comes.heard.rpartition("\n")[2]
                if asked.startswith("命令或号"):
                    break
                comes.line(pins.SHARED_PIN if "PIN" in asked else "")
            assert "已写入：交接" in comes.spoken, comes.heard
            self.tell(f"handover by {INCOMING}: {comes.typed_signs} keys")

    def _judge(self) -> None:
        report, told = verify(self.folder), entries(self.folder)
        kinds = [each["kind"] for each in told]
        wanted = {"check": 6, "positive": 2, "suspect": 2, "answer": 1, "import": 1, "register": 1, "handover": 1}
        missing = {
            kind: number for kind, number in {**wanted, "retract": 1, "trace": 1}.items() if kinds.count(kind) < number
        }
        notes = [each.get("text") for each in told].count("三楼电梯报修")
        if not report["ok"] or missing or notes != 1:
            raise NotDone(f"journal: {report['problems']}, missing {missing}, the note stands {notes} times")
        if self.left:
            raise NotDone(f"left: {self.left}")
        self.tell(f"night by lines: {self.shift.typed_signs} keys, {len(self.shown)} rows red or late")


def _title(text: str) -> str:
    return text.partition("：")[2].partition("，责任")[0]


def line_night(folder: Path, tell: Callable[[str], object] = print) -> None:
    """Work the night on a desk of its own by numbered lines. Raises NotDone."""
    LineNight(folder, tell).work()
