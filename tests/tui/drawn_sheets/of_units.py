"""Drawn registers of units: rosters of task forces, quarantine sites and risk areas, with what the desk should hold."""

import random
from datetime import date, timedelta
from typing import Any, Final

from tests.tui.command_line import CommandLine
from tests.tui.drawn_sheets import words
from tests.tui.drawn_sheets.paper import Cell
from tests.tui.drawn_sheets.people import TOWNS
from tests.tui.drawn_sheets.register_verdicts import Found
from tests.tui.drawn_sheets.registers import DAMAGE, UNSAID, DrawnRow, Page, Plan, damage, with_unknown
from tests.tui.hostile_sheets import DATA
from tests.tui.intake_checks import Imported

BLANKS: Final[tuple[Cell, ...]] = (None, None, "", "—", "/")


def hurt_some(draw: random.Random, plan: Plan, wide: frozenset[str]) -> None:
    """Damage some cells of a register. In columns of `wide` letters of any width say the same."""
    for page in plan.pages:
        for row in page.rows:
            for column in [*row.cells]:
                if draw.random() < DAMAGE:
                    damage(draw, row, column, wide=column in wide)


def person_name(draw: random.Random, used: set[str]) -> str:
    """Draw a name that nobody has yet."""
    while True:
        name = draw.choice(words.SURNAMES) + "".join(draw.sample(words.GIVEN, draw.choice((1, 2))))
        if name not in used:
            used.add(name)
            return name


def phone_cell(draw: random.Random) -> tuple[Cell, str]:
    """Draw a phone as it is written, and what it is."""
    phone = f"1{draw.choice('3589')}{draw.randrange(10**9):09}"
    ways: tuple[Cell, ...] = (phone, phone, phone, f"{phone[:3]}-{phone[3:7]}-{phone[7:]}", f"+86 {phone}", int(phone))
    return draw.choice(ways), phone


# ---------------------------------------------------------------- rosters

ROSTER: Final[dict[str, tuple[str, ...]]] = {
    "name": ("姓名", "姓 名", "成员姓名", "队员姓名", "*姓名", "干部姓名"),
    "title": ("职务", "职务/职称", "单位及职务", "现任职务", "岗位"),
    "phone": ("联系电话", "手机号码", "电话", "联系方式", "手机"),
    "duty": ("职责分工", "分工", "负责工作", "工作职责", "专班分工", "任务分工"),
    "note": ("备注", "备注说明", "说明"),
}
DIRECTORS: Final[tuple[tuple[str, str], ...]] = (
    ("副镇长", "办公室主任"),
    ("办公室主任", "统筹协调"),
    ("党委委员", "专班主任、信息汇总"),
    ("卫生院院长", "任专班办公室主任"),
    ("副主任", "疫情防控工作专班办公室主任"),
)
HELPERS: Final[tuple[tuple[str, str], ...]] = (
    ("综治专干", "协助办公室主任"),
    ("办公室副主任", "排查登记"),
    ("村医", "测温、登记"),
    ("妇联主席", "后勤保障"),
    ("社区书记", "网格化排查"),
    ("卫生院副院长", "核酸采样"),
    ("民警", "流调溯源"),
    ("干事", "对接办公室主任"),
)
NOTES: Final[tuple[tuple[str, bool], ...]] = (
    ("", True),
    ("专职", True),
    ("兼职", False),
    ("不专职", False),
    ("驻村", True),
    ("兼职，下午在岗", False),
)
UNIT_LINES: Final = (
    "填报单位：{unit}",
    "填报单位（盖章）：{unit}",
    "填报单位：{unit}人民政府",
    "填报单位：{unit}    填报日期：2021年6月7日",
    "单位名称：{unit}",
    "{unit}新冠肺炎疫情防控工作专班花名册",
    "单位：{unit}        第一责任人：{first}",
)


def draw_roster(draw: random.Random) -> Plan:
    """Draw the rosters of some units, each below a line that names it."""
    columns = ["name", "title", "phone", "duty", *(["note"] if draw.random() < 0.8 else [])]
    names: set[str] = set()
    pages = []
    for unit in draw.sample(TOWNS, draw.choice((1, 1, 2, 3))):
        first = person_name(draw, names)
        line = draw.choice(UNIT_LINES)
        above = [line.format(unit=unit, first=first)]
        if draw.random() < 0.4:
            above.insert(0, draw.choice(("附件1", "新冠肺炎疫情防控工作专班花名册")))
        rows = [_officer(draw, columns, unit, person_name(draw, names)) for _ in range(draw.randint(1, 7))]
        page = Page(rows, above, name=draw.choice((unit, "")))
        if len(rows) > 1 and draw.random() < 0.15:
            _two_of_one_name(rows)
        pages.append(page)
    if len(pages) > 1 and draw.random() < 0.3:
        name = pages[0].rows[0].truth["name"]
        pages[1].rows[0].put("name", name, name)  # two officers of two units
    plan = Plan("roster", ROSTER, columns, pages, ("组长：", "成员：", "一、综合组", "（二）流调组"))
    plan.over = {"基本情况": ("name", "title", "phone"), "工作安排": ("duty", "note")}
    plan.key, plan.needed = ("unit", "name"), ("name",)
    with_unknown(draw, plan)
    hurt_some(draw, plan, frozenset({"phone"}))
    for row in (row for page in pages for row in page.rows):
        _judged(row)
    for page in pages:
        _without_a_phone(page.rows)
    return plan


def _officer(draw: random.Random, columns: list[str], unit: str, name: str) -> DrawnRow:
    row = DrawnRow()
    row.truth["unit"] = unit
    row.put("name", name, name)
    director = draw.random() < 0.2
    title, duty = draw.choice(DIRECTORS if director else HELPERS)
    row.put("title", title, title)
    row.put("duty", duty, duty)
    row.put("phone", *(phone_cell(draw) if draw.random() < 0.85 else (draw.choice(BLANKS), "")))
    if "note" in columns:
        note, full_time = draw.choice(NOTES)
        row.put("note", note, note)
        row.truth["full_time"] = full_time
    else:
        row.truth["full_time"] = True
    row.truth["director"] = director
    return row


def _two_of_one_name(rows: list[DrawnRow]) -> None:
    """Let two officers of one unit have one name, with phones that tell them apart."""
    one, other = rows[0], rows[1]
    other.put("name", one.cells["name"], one.truth["name"])
    one.put("phone", "13800000001", "13800000001")
    other.put("phone", "13900000002", "13900000002")


def _without_a_phone(rows: list[DrawnRow]) -> None:
    """Leave open whether two of one name are two, where the phone that told them apart is hurt."""
    for row in rows:
        alike = [each for each in rows if each.truth["name"] == row.truth["name"] != UNSAID]
        if len(alike) > 1 and any("phone" in each.hurt for each in alike):
            row.truth["twice"] = True


def _judged(row: DrawnRow) -> None:
    """Leave open what hurt cells would have said of a director and of his time."""
    if row.hurt & {"title", "duty"}:
        row.truth.pop("director")
    if "note" in row.hurt:
        row.truth.pop("full_time")


def officers(seen: Imported, _: Plan) -> list[Found]:
    """Return the officers of the desk by column."""
    units = {int(number): each["name"] for number, each in seen.tables.get("units", {}).items()}
    return [
        {
            "unit": units.get(each.get("unit_id") or 0, ""),
            **{key: each.get(key, "") for key in ("name", "title", "phone", "duty", "note")},
            "director": each.get("director", False),
            "full_time": each.get("full_time", True),
        }
        for each in seen.tables.get("officers", {}).values()
        if each.get("unit_id")
    ]


# ---------------------------------------------------------------- sites

SITES: Final[dict[str, tuple[str, ...]]] = {
    "name": ("名称", "场所名称", "隔离点名称", "酒店名称", "集中隔离点"),
    "unit": ("所在乡镇", "所属乡镇（街道）", "属地", "乡镇街道"),
    "rooms": ("房间数", "房间总数", "客房数", "可用房间数（间）"),
    "state": ("状态", "启用情况", "使用状态"),
    "areas": ("重点消毒区域", "消毒区域"),
    "keeper": ("负责人", "点长", "联系人", "隔离点负责人"),
    "phone": ("联系电话", "负责人电话", "手机"),
}
HOTELS: Final = ("金龙宾馆", "涟水酒店", "湄江大酒店", "龙塘山庄", "七星旅馆", "杨市宾馆", "石马山培训中心", "伏口酒店")
ROOMS: Final[tuple[tuple[Cell, Any], ...]] = (
    ("62间", 62),
    (30, 30),
    ("18", 18),
    ("1,20间", UNSAID),
    ("8201-8206", ["8201", "8202", "8203", "8204", "8205", "8206"]),
    ("201、202、203", ["201", "202", "203"]),
    ("A栋301-303；B栋1", ["A栋301", "A栋302", "A栋303", "B栋1"]),
    ("301室", ["301"]),
    ("约60", UNSAID),
    ("62+8", UNSAID),
    ("2000000000", UNSAID),
    ("若干", UNSAID),
)
STATES: Final[tuple[tuple[str, str], ...]] = (
    ("启用", "active"),
    ("在用", "active"),
    ("备用", "standby"),
    ("关闭", "closed"),
    ("停用", "closed"),
    ("启用 ", "active"),
    ("待改造", UNSAID),
)
SITE_AREAS: Final[tuple[tuple[str, list[str]], ...]] = (
    ("走廊、电梯", ["走廊", "电梯"]),
    ("大厅", ["大厅"]),
    ("走廊/污物间/大门", ["走廊", "污物间", "大门"]),
    ("电梯间，楼梯", ["电梯间", "楼梯"]),
)
UNITS: Final = ("{town}", "{town}", "{town}人民政府", "涟源市{town}", "湖南省娄底市涟源市{town}", "{bare}")


def with_units(desk: CommandLine) -> None:
    """Let a desk know the units of the samples."""
    desk.done("import", "roster", str(DATA / "roster.xlsx"), "--json")


def draw_sites(draw: random.Random) -> Plan:
    """Draw a list of quarantine sites."""
    columns = [
        "name",
        "unit",
        "rooms",
        "state",
        *(each for each in ("areas", "keeper", "phone") if draw.random() < 0.7),
    ]
    hotels = draw.sample(HOTELS, draw.randint(1, len(HOTELS)))
    rows = [_site(draw, columns, hotel) for hotel in hotels]
    cut = draw.randrange(len(rows)) if draw.random() < 0.2 else 0
    titles = ["集中隔离医学观察场所一览表"] if draw.random() < 0.7 else []
    pages = [Page(each, [*titles]) for each in (rows[:cut], rows[cut:]) if each]
    plan = Plan("sites", SITES, columns, pages, ("一、已启用", "（二）备用隔离点"))
    plan.over = {"基本情况": ("name", "unit", "rooms")}
    plan.key, plan.needed = ("name",), ("name", "unit", "rooms", "state")
    with_unknown(draw, plan)
    hurt_some(draw, plan, frozenset({"phone", "rooms"}))
    return plan


def _site(draw: random.Random, columns: list[str], hotel: str) -> DrawnRow:
    row = DrawnRow()
    row.put("name", hotel, hotel)
    town = draw.choice(TOWNS)
    bare = town.removesuffix("镇").removesuffix("街道")
    row.put("unit", draw.choice(UNITS).format(town=town, bare=bare), town)
    if "人民政府" in str(row.cells["unit"]) and not town.endswith("镇"):
        row.cells["unit"] = town
    row.put("rooms", *draw.choices(ROOMS, [1 if each[1] == UNSAID else 4 for each in ROOMS])[0])
    row.put("state", *draw.choices(STATES, [1 if each[1] == UNSAID else 6 for each in STATES])[0])
    if "areas" in columns and draw.random() < 0.8:
        row.put("areas", *draw.choice(SITE_AREAS))
    if "keeper" in columns and draw.random() < 0.8:
        keeper = person_name(draw, set())
        row.put("keeper", keeper, keeper)
    if "phone" in columns:
        row.put("phone", *(phone_cell(draw) if draw.random() < 0.8 else (draw.choice(BLANKS), "")))
    return row


def sites(seen: Imported, _: Plan) -> list[Found]:
    """Return the sites of the desk by column."""
    units = {int(number): each["name"] for number, each in seen.tables.get("units", {}).items()}
    return [
        {
            "name": each["name"],
            "unit": units[each["unit_id"]],
            "rooms": each["rooms"],
            "state": each["state"],
            "areas": each.get("areas", []),
            "keeper": each.get("keeper", ""),
            "phone": each.get("phone", ""),
        }
        for each in seen.tables.get("sites", {}).values()
    ]


# ---------------------------------------------------------------- areas

AREAS: Final[dict[str, tuple[str, ...]]] = {
    "code": ("区划代码", "行政区划代码", "代码"),
    "name": ("地区", "地区名称", "中高风险地区", "风险区域", "具体区域"),
    "level": ("等级", "风险等级", "级别"),
    "starts": ("起始日期", "公布日期", "划定时间", "调整日期", "列入日期"),
    "ends": ("终止日期", "解除日期", "降级时间"),
    "source": ("依据", "发布单位", "信息来源"),
}
PLACES: Final[tuple[tuple[str, str], ...]] = (
    ("广东省广州市荔湾区白鹤洞街道", "440103"),
    ("广东省广州市荔湾区中南街道", "440103"),
    ("广东省佛山市南海区桂城街道", "440605"),
    ("广东省深圳市盐田区", "440308"),
    ("云南省瑞丽市姐告国门社区", "533102"),
    ("辽宁省营口市鲅鱼圈区红旗满族镇", "210804"),
    ("安徽省六安市裕安区", "341503"),
    ("广州市荔湾区东漖街道", "440103"),
)
LEVELS: Final[tuple[tuple[str, str], ...]] = (
    ("高", "high"),
    ("高风险", "high"),
    ("中风险", "medium"),
    ("中", "medium"),
    ("高风险地区", "high"),
    ("中风险地区", "medium"),
    ("较高", UNSAID),
)


def draw_areas(draw: random.Random) -> Plan:
    """Draw a list of risk areas."""
    columns = ["name", "level", *(each for each in ("code", "ends", "source") if draw.random() < 0.6)]
    of_title = draw.random() < 0.2
    if not of_title:
        columns.append("starts")
    day = date(2021, 6, 7) - timedelta(days=draw.randrange(10))
    above = (
        [f"全国中高风险地区名单（截至{day.year}年{day.month}月{day.day}日）"] if of_title or draw.random() < 0.3 else []
    )
    places = draw.sample(PLACES, draw.randint(1, len(PLACES)))
    rows = [_area(draw, columns, place, day if of_title else None) for place in places]
    plan = Plan("areas", AREAS, columns, [Page(rows, above)], ("一、高风险地区", "（二）中风险地区"))
    plan.over = {"地区情况": ("name", "level"), "时间": ("starts", "ends")}
    plan.key, plan.needed = ("name",), ("name", "level", "starts", "code", "ends")
    with_unknown(draw, plan)
    hurt_some(draw, plan, frozenset({"code", "starts", "ends"}))
    for row in rows:
        if "code" in row.hurt or (row.truth["code"] and "name" in row.hurt):
            row.truth["code"] = UNSAID if "name" in row.hurt else row.truth["code"]
    return plan


def _area(draw: random.Random, columns: list[str], place: tuple[str, str], of_title: date | None) -> DrawnRow:
    row = DrawnRow()
    row.put("name", place[0], place[0])
    row.truth["code"] = place[1]
    if "code" in columns and draw.random() < 0.8:
        row.put("code", draw.choice((place[1], int(place[1]))), place[1])
    row.put("level", *draw.choices(LEVELS, [1 if each[1] == UNSAID else 5 for each in LEVELS])[0])
    starts = of_title or date(2021, 5, 20) + timedelta(days=draw.randrange(16))
    row.truth["starts"] = starts.isoformat()
    if "starts" in columns:
        row.put("starts", *day_cell(draw, starts))
    if "ends" in columns and draw.random() < 0.4:
        row.put("ends", *day_cell(draw, starts + timedelta(days=14)))
    if "source" in columns and draw.random() < 0.8:
        source = draw.choice(("国务院客户端", "广东卫健委通告第3号", "国家卫健委"))
        row.put("source", source, source)
    return row


def day_cell(draw: random.Random, day: date) -> tuple[Cell, str]:
    """Draw a day as it is written, and what it is."""
    ways: tuple[tuple[Cell, str], ...] = (
        (day.isoformat(), day.isoformat()),
        (f"{day.year}/{day.month}/{day.day}", day.isoformat()),
        (f"{day.year}年{day.month}月{day.day}日", day.isoformat()),
        (f"{day.year}.{day.month}.{day.day}", day.isoformat()),
        (f"{day:%Y%m%d}", day.isoformat()),
        (day, day.isoformat()),
        ((day - date(1899, 12, 30)).days, day.isoformat()),
        (draw.choice(("月初", "待定", "长期")), UNSAID),
    )
    return draw.choices(ways, (6, 3, 3, 2, 2, 3, 1, 1))[0]


def areas(seen: Imported, _: Plan) -> list[Found]:
    """Return the areas of the desk by column."""
    return [
        {
            "code": each["code"],
            "name": each["name"],
            "level": each["level"],
            "starts": each["starts"],
            "ends": each.get("ends"),
            "source": each.get("source", ""),
        }
        for each in seen.tables.get("areas", {}).values()
    ]
