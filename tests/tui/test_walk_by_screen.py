"""One person from the phone call to his return, by the screen alone: the rows of the board lead from step to step."""

from dataclasses import replace
from datetime import date

from textual.pilot import Pilot

from dutyboard.rules.board import board
from dutyboard.rules.people.rooms import residents
from dutyboard.rules.records.ids import Subject
from dutyboard.rules.records.model import Area, Officer, Person
from dutyboard.rules.records.obligation import OWED, Obligation
from tests.tui.night import FakeGateway, at, night, officers
from tests.tui.on_board import SIZE
from tests.tui.screen_text import app_of, text, until, until_shown

LISTED = Area(id=1, code="440305", name="广东省深圳市南山区", level="medium", starts=date(2021, 6, 1))
HIM, ID = 7, "431302199512309871"
PLACE = "广东省深圳市南山区"
ROOM = "涟宾 5"


class Walk:
    """The keys of one officer, and the desk that he works at. He acts on rows that name the newcomer."""

    def __init__(self, pilot: Pilot[None], desk: FakeGateway) -> None:
        self.pilot = pilot
        self.desk = desk

    @property
    def person(self) -> Person:
        return self.desk.snapshot.persons[HIM]

    def owed(self) -> list[Obligation]:
        """What the board owes of him alone."""
        found = board(self.desk.snapshot, self.desk.clock).obligations
        matters = {Subject("matter", number) for number in self.desk.snapshot.matters}
        mine = [each for each in found if each.names(Subject("person", HIM)) and each.state in OWED]
        return [each for each in mine if each.subject_id in {Subject("person", HIM), *matters}]

    async def at(self, hour: int, minute: int = 0) -> None:
        """Let the clock stand at an hour of 2021-06-07, or of a day after it."""
        self.desk.clock = at(hour, minute)
        session = self.pilot.app.session  # type: ignore[attr-defined]
        session.look_at_clock()
        await until(self.pilot, lambda: session.board_now == self.desk.clock, "the board of that hour")
        await self.pilot.pause()

    async def to_board(self) -> None:
        await self.pilot.press("f2")
        await until_shown(self.pilot, "现在要做的事")

    async def open(self, row: str, shown: str) -> None:
        """Press Enter on a row of the board; wait for its form."""
        await self.to_board()
        table = self.pilot.app.screen.table  # type: ignore[attr-defined]
        table.select(row)
        await until(self.pilot, lambda: table.selected == row, row)
        await self.pilot.press("enter")
        await until_shown(self.pilot, shown)

    async def on_row(self, slot: str, shown: str) -> None:
        """Open the form of the one thing of that name that is owed of him."""
        (row,) = [str(each.id) for each in self.owed() if each.id.slot == slot]
        await self.open(row, shown)

    async def types(self, *fields: str, saved: str) -> None:
        """Fill the fields one after another ("" leaves one), save, and wait for what is said."""
        first, *others = fields
        await self.pilot.press(*first)
        for field in others:
            await self.pilot.press("enter", *field)
        written = len(self.desk.commands)
        await self.pilot.press("f9")
        await until(self.pilot, lambda: len(self.desk.commands) > written, f"saved: {fields}")
        await until_shown(self.pilot, saved)

    async def page(self) -> None:
        """Open his page."""
        await self.pilot.press("f5")
        await until_shown(self.pilot, "阶段")
        table = self.pilot.app.screen.table  # type: ignore[attr-defined]
        table.select(str(HIM))
        await self.pilot.press("enter")
        await until_shown(self.pilot, "应办")

    def place_in_grid(self) -> int:
        """Return how many residents stand before him in the grid of his site."""
        people = residents(self.desk.snapshot, self.person.site_id or 0)
        return [each.id for each in people].index(HIM)

    def slots(self) -> set[str]:
        return {each.id.slot for each in self.owed()}


async def by_phone(walk: Walk) -> None:
    """The call, the name, what he is asked, his class, and the ride to his room."""
    pilot = walk.pilot
    await walk.to_board()
    await pilot.press("c")
    await until_shown(pilot, "来电人")
    await walk.types("村支书", "一人返乡", "", "", "", "07384420000", "蓝田街道", "", "王芳", "20:30", saved="已保存")
    await pilot.press("plus")
    await until_shown(pilot, "新增来（返）涟人员")
    await walk.types("陈小明", ID, "19900000003", saved="已登记：陈小明")
    assert walk.slots() == {"assess"}
    await walk.on_row("assess", "先问：几时到涟")
    await pilot.press("enter")
    await until_shown(pilot, "研判 陈小明")
    await pilot.press("shift+tab", "shift+tab", *PLACE, "enter", *"0606", "enter", *"t1900", "enter")
    await pilot.press("1", "1", "5", "2", "1", *"365")
    await until_shown(pilot, "三（六） 按条款")
    await pilot.press("f9")
    await until_shown(pilot, "确认 陈小明 去向")
    await walk.types("王芳", saved="已记：陈小明 待转运")
    assert walk.slots() == {"transfer"}
    await walk.on_row("transfer", "闭环转运 陈小明")
    await walk.types("", "湘K1", "赵", saved="陈小明 在途")
    assert "在途1" in text(pilot.app)  # type: ignore[arg-type]
    await walk.on_row("arrival", "转运到达：陈小明")
    await walk.types("其他:周涛", saved="陈小明 隔离点")
    assert (walk.slots(), walk.person.stage) == (set(), "site")


async def with_a_fever(walk: Walk) -> None:
    """38.5 on the round, taken again, the suspected case, the fever clinic, its answer, and a room again."""
    pilot = walk.pilot
    await walk.open(f"temperature-pm/site-{walk.person.site_id}/2021-06-07", "逐室输入")
    await pilot.press(*["right"] * walk.place_in_grid(), *"385", *"385", "f9")
    await until(pilot, lambda: walk.slots() == {"retake"}, "the retake")
    await walk.at(20, 0)
    await walk.on_row("retake", "陈小明 体温")
    await walk.types("384", saved="陈小明 体温")
    assert walk.slots() == {"suspected"}
    await walk.on_row("suspected", "暂停解除")
    await walk.types("办公室刘", saved="疑似处置")
    assert walk.slots() == {"referral", "transfer", "suspected-pcr"}
    await walk.on_row("transfer", "去向 发热门诊")
    await walk.types("", "120", "钱", saved="陈小明 在途")
    await walk.at(20, 30)
    await walk.on_row("arrival", "转运到达：陈小明")
    await walk.types("孙护士", saved="陈小明 发热门诊")
    await walk.on_row("suspected-pcr", "检测")
    await walk.types("1", saved="陈小明")
    assert walk.slots() == {"referral", "hospital"}
    await walk.on_row("referral", "登记答复：陈小明")
    await walk.types("市医院", "普通感冒", "", "symptoms=none", saved="登记答复")
    await walk.on_row("reassess", "情况有变")
    await pilot.press("enter")
    await until_shown(pilot, "研判 陈小明")
    await pilot.press("f9")
    await until_shown(pilot, "确认 陈小明 去向")
    await pilot.press("f9")
    await until(pilot, lambda: "transfer" in walk.slots(), "the way back")
    await walk.on_row("transfer", "闭环转运 陈小明")
    await walk.types("", "湘K1", "赵", saved="陈小明 在途")
    await walk.at(21, 0)
    await walk.on_row("arrival", "转运到达：陈小明")
    await walk.types("其他:周涛", saved="陈小明 隔离点")
    assert (walk.slots(), walk.person.stage) == (set(), "site")


async def corrected(walk: Walk) -> None:
    """A reading is told again from its row of the log; the page shows the one that holds."""
    pilot, desk = walk.pilot, walk.desk
    await walk.page()
    await pilot.press("d")
    await until_shown(pilot, "陈小明 体温")
    await walk.types("365", saved="陈小明 体温")
    wrong = max(desk.snapshot.entries)
    await pilot.press("f6")
    await until_shown(pilot, "36.5")
    pilot.app.screen.table.select(str(wrong))  # type: ignore[attr-defined]
    await pilot.press("a")
    await until_shown(pilot, f"更正第 {wrong} 条")
    await pilot.press(*"记错一位", "enter", *["backspace"] * 5, *"368", "f9")
    await until(pilot, lambda: wrong in desk.snapshot.amended, "the correction")
    assert [each.temp_c for each in desk.snapshot.readings[HIM]] == [38.5, 38.4, 36.8]


async def released(walk: Walk) -> None:
    """Two samples, home under two cadres, the daily check, and the end."""
    pilot = walk.pilot
    for day in (1, 7):
        await walk.at(day * 24 + 9)
        await walk.on_row("test-pcr", "检测")
        await walk.types("1", saved="陈小明")
        assert walk.slots() == set()
    await walk.at(8 * 24 + 9)
    await walk.on_row("release", "解除")
    await pilot.press(*"张强", "enter", *"镇干部", "enter", *"村干部", "enter", *"湘K1", "f9")
    await until_shown(pilot, "只有带班领导可以这样做")  # he sits in no leader's seat now
    await pilot.press(*["backspace"] * 2)  # the cursor stands in the field that is wrong
    await walk.types("李建国", saved="陈小明 居家")
    await walk.at(9 * 24 + 9)
    (check,) = [
        each
        for each in board(walk.desk.snapshot, walk.desk.clock).obligations
        if each.kind == "home_check" and each.state in OWED
    ]
    await walk.to_board()
    pilot.app.screen.table.select(str(check.id))  # type: ignore[attr-defined]
    await pilot.press("x")
    await until_shown(pilot, "陈小明")
    await walk.types("2 不在家", saved="已记")
    assert walk.slots() == {"absent"}
    await walk.on_row("absent", "办结")
    await walk.types("在田里", saved="已")
    await walk.to_board()
    pilot.app.screen.table.select(str(check.id))  # type: ignore[attr-defined]
    await pilot.press("enter")
    await until(pilot, lambda: check.id in walk.desk.snapshot.done, "the check")
    await walk.at(15 * 24 + 9)
    await walk.on_row("release", "解除")
    await walk.types("李建国", saved="陈小明 已解除")
    assert (walk.slots(), walk.person.stage) == (set(), "closed")


async def come_again(walk: Walk) -> None:
    """He comes back: the record opens again, and his first stay is kept."""
    pilot = walk.pilot
    await walk.at(18 * 24 + 9)
    await walk.to_board()
    await pilot.press("plus")
    await until_shown(pilot, "新增来（返）涟人员")
    await pilot.press(
        *"陈小明", "enter", *ID, "enter", *"19900000003", "enter", *PLACE, "enter", *"0624", "enter", *"t0800", "enter"
    )
    await pilot.press("1", "1", "5", "2", "1", *"365", "f9")
    await until_shown(pilot, "确认 陈小明 去向")
    assert (len(walk.person.stays_before), walk.slots()) == (1, {"assess"})
    await walk.types("王芳", saved="已记：陈小明 待转运")
    await walk.on_row("transfer", "闭环转运 陈小明")
    await walk.types("", "湘K1", "赵", saved="陈小明 在途")
    await walk.on_row("arrival", "转运到达：陈小明")
    await walk.types("其他:周涛", saved="陈小明 隔离点")
    assert (walk.slots(), walk.person.admitted_on) == (set(), date(2021, 6, 25))
    await walk.page()
    await until_shown(pilot, "陈小明 隔离点")


async def test_from_the_call_to_the_return_by_the_screen_alone() -> None:
    officer = next(each for each in officers() if isinstance(each, Officer) and each.name == "李建国")
    desk = FakeGateway([*night(), LISTED, replace(officer, role="leader")])
    async with app_of(desk).run_test(size=SIZE) as pilot:
        await until_shown(pilot, "现在要做的事")
        walk = Walk(pilot, desk)
        for part in (by_phone, with_a_fever, corrected, released, come_again):
            await part(walk)
