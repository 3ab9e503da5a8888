"""Drawn registers of people at a site: lists of results, temperatures and rounds, with what the desk should hold."""

import random
from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from dutyboard.rules.duties.doer import OTHER
from tests.tui.command_line import CommandLine
from tests.tui.drawn_sheets.of_units import day_cell, hurt_some
from tests.tui.drawn_sheets.paper import Cell
from tests.tui.drawn_sheets.people import sound_number
from tests.tui.drawn_sheets.register_verdicts import Found
from tests.tui.drawn_sheets.registers import UNSAID, DrawnRow, Page, Plan, with_unknown
from tests.tui.intake_checks import Imported

SITE: Final = "涟源宾馆"
OTHER_SITE: Final = "金龙酒店"
KEEPER: Final = "周涛"
"""Who makes the rounds of the site where a sheet does not say."""
OPENED: Final = "2021-06-04T08:00"
NAMES: Final = ("赵志强", "钱桂英", "孙建国", "李玉兰", "周春梅", "吴晓东", "郑海燕", "王秀霞")
DAYS: Final = (date(2021, 6, 5), date(2021, 6, 6))
"""Days of which paper tells: the people lived there, and every slot of them has closed."""


def id_of(at: int) -> str:
    """Return the number of a person of the desk."""
    return sound_number(f"4313821970010{at + 1}{110 + at:03}")


def phone_of(at: int) -> str:
    """Return the phone of a person of the desk."""
    return f"1990000000{at}"


def with_people(desk: CommandLine) -> None:
    """Put people into the rooms of a site, a number and a phone with each, and open another site beside."""
    file = desk.folder.parent / "sites.csv"
    rows = [f"{SITE},蓝田街道,30,启用,走廊,{KEEPER},", f"{OTHER_SITE},金石镇,20,启用,走廊,李娟,"]
    file.write_text("\n".join(("名称,所在乡镇,房间数,状态,重点消毒区域,负责人,联系电话", *rows)), encoding="utf-8")
    desk.done("import", "sites", str(file))
    for at, name in enumerate(NAMES):
        facts: dict[str, Any] = {"contact": "close", "border": "none", "last_exposure_on": "2021-06-03"}
        arrival = {"arrival_at": "2021-06-04T06:00", "id_no": id_of(at), "phone": phone_of(at)}
        desk.batch({"act": "register", "name": name, **arrival, **facts})
        number = str(at + 1)
        clause = desk.printed("person", number, "--json")["result"]["clause"]
        desk.done("confirm", number, "--clause", clause, "--officer", "王芳", "--room", f"{SITE}:{number}")
        ride = ("--vehicle", "湘K1", "--driver", "赵", "--received-by", "周涛")
        desk.done("transfer", number, "--left", "08:00", "--arrived", "08:00", *ride)


# ---------------------------------------------------------------- results

RESULTS: Final[dict[str, tuple[str, ...]]] = {
    "name": ("姓名", "受检者", "被采样人姓名", "姓 名"),
    "id_no": ("身份证号", "证件号码", "身份证号码"),
    "phone": ("联系电话", "手机号码"),
    "room": ("房号", "房间号"),
    "sample_code": ("样本编号", "标本条码", "试管编号", "条码号"),
    "sampled_at": ("采样时间", "采样日期", "采集日期", "取样时间"),
    "pcr": ("核酸检测结果", "检测结果", "结果判定", "核酸结果"),
    "serum": ("血清抗体结果", "抗体检测结果"),
    "ct": ("Ct值", "N基因Ct值"),
    "place": ("送检单位", "检测机构"),
    "note": ("备注", "说明"),
}
RESULT_WORDS: Final[tuple[tuple[str, str], ...]] = (
    ("阴性", "negative"),
    ("阴", "negative"),
    ("阴性（-）", "negative"),
    ("未检出", "negative"),
    ("阳性", "positive"),
    ("（+）", "positive"),
    ("单阳", "indeterminate"),
    ("可疑", "indeterminate"),
    ("样本不合格", "invalid"),
    ("检测中", "pending"),
    ("见报告", UNSAID),
    ("非阴性", UNSAID),
    ("-", UNSAID),
    ("未采样", UNSAID),
)


def draw_results(draw: random.Random) -> Plan:
    """Draw a laboratory's list."""
    whom = draw.choice(
        (("name", "id_no"), ("name", "phone"), ("name", "id_no", "phone"), ("id_no",), ("room",), ("name", "room"))
    )
    test = draw.choice(("pcr", "pcr", "pcr", "serum"))
    of_title = draw.random() < 0.2
    columns = [*whom, test, *([] if of_title else ["sampled_at"])]
    columns += [each for each in ("sample_code", "ct", "place", "note") if draw.random() < 0.4]
    title = f"{SITE}隔离人员核酸检测结果" if test == "pcr" else f"{SITE}隔离人员抗体检测结果"
    pages = []
    chosen = draw.sample(range(len(NAMES)), draw.randint(1, len(NAMES)))
    cut = draw.randrange(len(chosen)) if draw.random() < 0.25 else 0
    for part in (chosen[:cut], chosen[cut:]):
        on = draw.choice(DAYS)
        above = [title, *([f"采样日期：{on.year}年{on.month}月{on.day}日"] if of_title else [])]
        rows = [_result(draw, columns, whom, test, at, on if of_title else None) for at in part]
        if rows:
            pages.append(Page(rows, above))
    plan = Plan("results", RESULTS, columns, pages, ("第一批：", "一、密接"))
    plan.over = {"基本信息": whom, "检测情况": ("sampled_at", test, "ct")}
    plan.key, plan.needed = ("person", "type"), ("sampled_at", test)
    plan.within = frozenset({"ct", "place", "note"})
    with_unknown(draw, plan)
    hurt_some(draw, plan, frozenset({"id_no", "phone", "room", "sampled_at"}))
    for row in (row for page in plan.pages for row in page.rows):
        row.sure = not row.hurt & {*whom, "sampled_at", test, "sample_code"}
    return plan


def _result(
    draw: random.Random, columns: list[str], whom: Sequence[str], test: str, at: int, of_title: date | None
) -> DrawnRow:
    row = DrawnRow()
    row.truth |= {"person": at + 1, "type": test}
    told: dict[str, Cell] = {
        "name": NAMES[at],
        "id_no": id_of(at),
        "phone": phone_of(at),
        "room": draw.choice((str(at + 1), at + 1, f"{at + 1}室")),
    }
    for column in whom:
        row.put(column, told[column], None)
    said, result = draw.choices(RESULT_WORDS, [1 if each[1] == UNSAID else 3 for each in RESULT_WORDS])[0]
    row.put(test, said, result)
    if of_title:
        row.truth["sampled_at"] = of_title.isoformat()
    else:
        row.put("sampled_at", *day_cell(draw, draw.choice(DAYS)))
    if "sample_code" in columns:
        code = f"TJ{draw.randrange(10**6):06}"
        row.put("sample_code", code, code)
    beside = {"ct": ("31.2", "未检出", "38"), "place": ("市疾控", "涟源市人民医院"), "note": ("加急", "复采", "随母亲")}
    for column in beside.keys() & set(columns):
        row.put(column, *[draw.choice(beside[column])] * 2)
    return row


def samples(seen: Imported, _: Plan) -> list[Found]:
    """Return the samples that the sheet told, by column."""
    found = []
    for each in seen.tables.get("entries", {}).values():
        if each["kind"] != "test":
            continue
        told = each["data"]
        found.append(
            {
                "person": int(each["subject"].removeprefix("person-")),
                "type": told["type"],
                told["type"]: told["result"],
                "sampled_at": told["sampled_on"],
                "sample_code": told.get("sample_code", ""),
                **{column: each.get("text", "") for column in ("ct", "place", "note")},
            }
        )
    return found


# ---------------------------------------------------------------- temperatures

TEMPERATURES: Final[dict[str, tuple[str, ...]]] = {
    "room": ("房号", "房间号", "室号", "房间"),
    "name": ("姓名", "隔离人员姓名", "姓 名"),
    "id_no": ("身份证号", "证件号码"),
    "day": ("日期", "测温日期", "测量日期"),
    "half": ("时段", "测温时段", "轮次", "时间段"),
    "time": ("测温时间", "时间", "测量时间"),
    "temp": ("体温", "体温（℃）", "测温结果", "额温"),
    "symptoms": ("症状", "有无症状", "不适症状"),
    "absent": ("不在", "不在原因", "去向"),
    "done_by": ("测温人", "测量人员", "登记人"),
}
READINGS: Final[tuple[tuple[Cell, Any], ...]] = (
    ("36.5", (36.5, None)),
    (36.6, (36.6, None)),
    ("36.8℃", (36.8, None)),
    ("36.2度", (36.2, None)),
    ("365", (36.5, None)),
    ("37.8/36.9", (36.9, 37.8)),
    ("37.9", (37.9, None)),
    ("正常", UNSAID),
    ("合格", UNSAID),
    ("3.65", UNSAID),
    ("未测", UNSAID),
)
WIDE_READINGS: Final[tuple[tuple[Cell, Any], ...]] = (
    *READINGS,
    ("外出就医", (None, None, "", "外出就医")),
    ("38.2 咳嗽", (38.2, None, "咳嗽", "")),
)
HALVES: Final[dict[str, tuple[str, ...]]] = {
    "am": ("上午", "早", "早晨", "第一次"),
    "pm": ("下午", "晚上", "晚", "第二次"),
}
HOURS: Final[dict[str, tuple[tuple[Cell, str], ...]]] = {
    "am": (("8:40", "08:40"), ("上午9点半", "09:30"), ("09：10", "09:10")),
    "pm": (("20:05", "20:05"), ("晚上8点", "20:00"), ("19:30", "19:30")),
}


def draw_temperatures(draw: random.Random) -> Plan:
    """Draw a register of temperatures: a row for each reading, or a column for each half of a day."""
    return _wide(draw) if draw.random() < 0.5 else _long(draw)


def _whom(draw: random.Random) -> tuple[str, ...]:
    return draw.choice((("room", "name"), ("name",), ("room",), ("name", "id_no")))


def _named(row: DrawnRow, whom: Sequence[str], at: int, draw: random.Random) -> None:
    row.truth["person"] = at + 1
    told: dict[str, Cell] = {
        "name": NAMES[at],
        "id_no": id_of(at),
        "room": draw.choice((str(at + 1), at + 1, f"{at + 1}室")),
    }
    for column in whom:
        row.put(column, told[column], None)


def _reading(draw: random.Random, choices: Sequence[tuple[Cell, Any]]) -> tuple[Cell, Any]:
    return draw.choices(choices, [1 if each[1] == UNSAID else 6 for each in choices])[0]


def _long(draw: random.Random) -> Plan:
    whom = _whom(draw)
    by_hour = draw.random() < 0.4
    columns = [*whom, "day", "time" if by_hour else "half", "temp"]
    columns += [each for each in ("symptoms", "absent", "done_by") if draw.random() < 0.5]
    day = draw.choice(DAYS)
    of_title = draw.random() < 0.3
    if of_title:
        columns.remove("day")
    done_by = draw.choice(("刘护士", "李医生"))
    rows = []
    for half in draw.choice((("am",), ("am", "pm"), ("pm",))):
        for at in draw.sample(range(len(NAMES)), draw.randint(1, 6)):
            row = DrawnRow()
            _named(row, whom, at, draw)
            row.truth["slot"] = f"{day} {half}"
            if not of_title:
                row.put("day", _dated(draw, day), None)
            if by_hour:
                row.put("time", draw.choice(HOURS[half])[0], None)
            else:
                row.put("half", draw.choice(HALVES[half]), None)
            row.put("temp", *_reading(draw, READINGS))
            if "absent" in columns and draw.random() < 0.1:
                row.put("temp", None, None)
                row.put("absent", "外出就医", "外出就医")
            elif "symptoms" in columns:
                row.put(
                    "symptoms",
                    *draw.choice((("无", ""), ("咳嗽", "咳嗽"), (None, ""), ("乏力", "乏力"), ("无不适", ""))),
                )
            if "done_by" in columns:
                row.put("done_by", done_by, done_by)
            rows.append(row)
    title = f"{SITE}{day.year}年{day.month}月{day.day}日体温登记表" if of_title else f"{SITE}体温登记表"
    pages = [Page(rows, [title])]
    if of_title and draw.random() < 0.5:
        pages.append(_next_day(draw, rows, day, title))
    plan = Plan("temperatures", TEMPERATURES, columns, pages)
    plan.over = {"人员信息": whom, "测温情况": ("temp", "symptoms")}
    plan.key, plan.needed = ("person", "slot"), ("temp",)
    with_unknown(draw, plan)
    hurt_some(draw, plan, frozenset({"room", "day", "temp", "id_no"}))
    for row in (row for page in pages for row in page.rows):
        row.sure = not row.hurt & {*whom, "day", "half", "time", "temp", "absent"} and row.truth.get("temp") is not None
    return plan


def _next_day(draw: random.Random, rows: list[DrawnRow], day: date, title: str) -> Page:
    """Return some rows again, told of the other day by the title that stands above them."""
    other = next(each for each in DAYS if each != day)
    again = [DrawnRow({**row.cells}, {**row.truth}) for row in rows[: draw.randint(1, len(rows))]]
    for row in again:
        row.truth["slot"] = row.truth["slot"].replace(str(day), str(other))
    return Page(again, [title.replace(f"{day.day}日", f"{other.day}日")])


def _dated(draw: random.Random, day: date) -> Cell:
    """Draw a day as it is written, always as a day."""
    while True:
        cell, told = day_cell(draw, day)
        if told != UNSAID:
            return cell


def _wide(draw: random.Random) -> Plan:
    whom = _whom(draw)
    days = draw.choice(((DAYS[0],), (DAYS[1],), DAYS))
    slots = [(day, half) for day in days for half in ("am", "pm")]
    one_day = len(days) == 1 and draw.random() < 0.5
    heads: dict[str, tuple[str, ...]] = {**TEMPERATURES}
    for day, half in slots:
        words = HALVES[half][:3]
        if one_day:
            heads[f"{day} {half}"] = tuple(f"{word}体温" for word in words)
        else:
            ways = [f"{day.month}月{day.day}日", f"{day.month}.{day.day}", f"{day.year}-{day.month:02}-{day.day:02}"]
            heads[f"{day} {half}"] = tuple(f"{way} {word}" for way in ways for word in words[:2])
    columns = [*whom, *(f"{day} {half}" for day, half in slots)]
    rows = []
    for at in draw.sample(range(len(NAMES)), draw.randint(1, len(NAMES))):
        row = DrawnRow()
        _named(row, whom, at, draw)
        for day, half in slots:
            cell, told = _reading(draw, WIDE_READINGS)
            whole = (*told, "", "") if isinstance(told, tuple) and len(told) == 2 else told
            row.put(f"{day} {half}", cell, whole)
        rows.append(row)
    day = days[0]
    title = (
        f"{SITE}{day.year}年{day.month}月{day.day}日体温登记表"
        if one_day
        else f"{SITE}{day.year}年{day.month}月体温登记表"
    )
    plan = Plan("temperatures", heads, columns, [Page(rows, [title])])
    plan.key, plan.needed = ("person",), tuple(columns[len(whom) :])
    with_unknown(draw, plan)
    hurt_some(draw, plan, frozenset(columns) - {"name"})
    for row in rows:
        row.sure = not row.hurt & {*whom}
    return plan


def readings(seen: Imported, plan: Plan) -> list[Found]:
    """Return the readings that the sheet told: one record each, or of a person where a column tells each."""
    single: dict[tuple[int, str], dict[str, Any]] = {}
    for each in seen.tables.get("entries", {}).values():
        if each["kind"] != "check" or not str(each.get("obligation")).startswith("temperature"):
            continue
        told = each["data"]
        slot, _, day = each["obligation"].partition("/site-1/")
        for who in {*told.get("readings", {}), *told.get("symptoms", {}), *told.get("absent", ())}:
            person = int(who.removeprefix("person-"))
            single[person, f"{day} {slot.removeprefix('temperature-')}"] = {
                "temp": (told.get("readings", {}).get(who), told.get("first", {}).get(who)),
                "symptoms": told.get("symptoms", {}).get(who, ""),
                "absent": told.get("remarks", {}).get(who, "") if who in told.get("absent", ()) else "",
                "done_by": each["done_by"].removeprefix(OTHER),
            }
    if plan.key == ("person", "slot"):
        rows = [{"person": person, "slot": slot, **one} for (person, slot), one in single.items()]
        return [{**row, "temp": None if row["temp"] == (None, None) else row["temp"]} for row in rows]
    people = {person for person, _ in single}
    whole: list[Found] = []
    for person in people:
        record: dict[str, Any] = {"person": person}
        for slot in plan.needed:
            one = single.get((person, slot))
            record[slot] = None if one is None else (*one["temp"], one["symptoms"], one["absent"])
        whole.append(record)
    return whole


# ---------------------------------------------------------------- rounds

ROUNDS: Final[dict[str, tuple[str, ...]]] = {
    "day": ("日期", "巡查日期", "登记日期"),
    "site": ("隔离点", "隔离点名称", "酒店"),
    "slot": ("轮次", "项目", "工作内容", "时段"),
    "time": ("时间", "具体时间", "完成时间"),
    "done_by": ("巡查人", "执行人", "值班人员", "责任人"),
    "result": ("情况", "巡查情况", "结果", "完成情况"),
    "text": ("说明", "备注", "异常说明"),
    "absent": ("不在人员", "未见人员"),
    "agent": ("消毒剂", "消毒药品"),
    "mg_l": ("浓度", "消毒浓度"),
    "minutes": ("作用时间", "消毒时长"),
    "area": ("消毒区域", "消毒范围"),
    "method": ("消毒方式", "消毒方法"),
    "checked_by": ("检查人", "监督人"),
}
_STATED: Final = ("agent", "mg_l", "minutes", "area", "method", "checked_by")
"""What a register states of a disinfection."""
SLOTS: Final[dict[str, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    "patrol-1": (("早餐巡查", "早间巡查", "巡查（第一次）"), ("8:05", "08:30")),
    "patrol-2": (("午餐巡查", "中餐巡查", "第二次巡查"), ("12:10", "中午12点半")),
    "patrol-3": (("晚餐巡查", "晚间巡查"), ("18:20", "19:05")),
    "disinfection-am": (("上午消毒", "第一次消毒", "消杀（上午）"), ("9:30", "10:10")),
    "disinfection-pm": (("晚上消毒", "第二次消毒"), ("20:10", "19:00")),
}
BARE_SLOTS: Final = {
    "patrol-1": "第一次",
    "patrol-2": "中午",
    "patrol-3": "第三次",
    "disinfection-am": "第一次",
    "disinfection-pm": "第二次",
}
"""Words for slots that say of what they are only below a title that does."""
ODD_RESULT: Final = "203房哭闹"
OUTCOMES: Final[tuple[tuple[Cell, Any], ...]] = (
    ("正常", False),
    ("√", False),
    ("未见异常", False),
    ("良好", False),
    ("异常", True),
    ("有异常", True),
    (ODD_RESULT, True),
    ("未巡查", UNSAID),
)


def draw_rounds(draw: random.Random) -> Plan:
    """Draw a register of patrols and disinfections."""
    only = draw.choice((None, None, "patrol", "disinfection"))
    columns = ["day", "slot", "result", *(each for each in ("site", "time", "done_by", "text") if draw.random() < 0.6)]
    if only != "disinfection" and draw.random() < 0.4:
        columns.append("absent")
    if only != "patrol":
        columns += [each for each in _STATED if draw.random() < 0.4]
    slots = [(day, slot) for day in DAYS for slot in SLOTS if only is None or slot.startswith(only)]
    chosen = draw.sample(slots, draw.randint(1, len(slots)))
    rows = [_round(draw, columns, day, slot) for day, slot in chosen]
    cut = draw.randrange(len(rows)) if draw.random() < 0.2 else 0
    title = {None: f"{SITE}值守工作登记表", "patrol": f"{SITE}巡查登记表", "disinfection": f"{SITE}消毒登记表"}[only]
    parts = [Page(each, [title]) for each in (rows[:cut], rows[cut:]) if each]
    if only is None and draw.random() < 0.4:
        parts = _by_kind(rows)
    plan = Plan("rounds", ROUNDS, columns, parts)
    plan.over = {"巡查消毒": ("slot", "result", "text"), "消毒情况": ("agent", "mg_l", "minutes")}
    plan.key, plan.needed = ("slot_id",), ("day", "slot", "result")
    with_unknown(draw, plan)
    hurt_some(draw, plan, frozenset({"day", "time", "mg_l", "minutes"}))
    for row in rows:
        row.sure = not row.hurt & {"site", "time", "absent"}
    return plan


def _by_kind(rows: list[DrawnRow]) -> list[Page]:
    """Return patrols and disinfections apart: the title of each tells what its slots are of."""
    pages = []
    for kind, word in (("patrol", "巡查"), ("disinfection", "消毒")):
        own = [row for row in rows if row.truth["slot_id"].startswith(kind)]
        for row in own:
            row.cells["slot"] = BARE_SLOTS[row.truth["slot_id"].partition("/")[0]]
        if own:
            pages.append(Page(own, [f"{SITE}{word}登记表"]))
    return pages


def _round(draw: random.Random, columns: list[str], day: date, slot: str) -> DrawnRow:
    row = DrawnRow()
    row.truth["slot_id"] = f"{slot}/site-1/{day}"
    row.put("day", *day_cell(draw, day))
    words, hours = SLOTS[slot]
    row.put("slot", draw.choice(words), None)
    said, abnormal = draw.choices(OUTCOMES, [1 if each[1] == UNSAID else 4 for each in OUTCOMES])[0]
    row.put("result", said, abnormal)
    if "site" in columns:
        row.put("site", SITE, None)
    if "time" in columns:
        row.put("time", draw.choice(hours), None)
    row.put(
        "done_by",
        *draw.choice((("杨敏", "杨敏"), ("李 娟", "李娟"), ("", "周涛"))) if "done_by" in columns else (None, "周涛"),
    )
    if "text" in columns and draw.random() < 0.5:
        text = draw.choice(("203室漏水", "已送餐", "一人拒测"))
        row.put("text", text, text)
    if said == ODD_RESULT:
        text = ";".join(filter(None, (ODD_RESULT, row.truth.get("text"))))
        row.truth["text"] = text  # words that are no result stand as they are
    if slot.startswith("patrol"):
        if "absent" in columns and draw.random() < 0.3:
            at = draw.randrange(len(NAMES))
            row.put("absent", draw.choice((NAMES[at], f"{NAMES[at]}（就医）")), [f"person-{at + 1}"])
            row.truth["result"] = True if row.truth["result"] is False else row.truth["result"]
        return row
    told: dict[str, tuple[Cell, Any]] = {
        "agent": ("含氯消毒液", "含氯消毒液"),
        "mg_l": draw.choice((("500mg/L", 500), (500, 500), ("1000", 1000), ("按说明", UNSAID))),
        "minutes": draw.choice((("30分钟", 30), (60, 60), ("半小时", UNSAID))),
        "area": ("走廊、大厅", "走廊、大厅"),
        "method": draw.choice((("喷洒", "spray"), ("擦拭", "wipe"), ("浸泡", "soak"))),
        "checked_by": ("王检查", "王检查"),
    }
    for column in told.keys() & set(columns):
        row.put(column, *told[column])
    return row


def rounds(seen: Imported, _: Plan) -> list[Found]:
    """Return the rounds that the sheet told, by column."""
    found = []
    for each in seen.tables.get("entries", {}).values():
        if each["kind"] != "check":
            continue
        told = each["data"]
        found.append(
            {
                "slot_id": each["obligation"],
                "result": each.get("abnormal", False),
                "text": each.get("text", ""),
                "done_by": each["done_by"].removeprefix(OTHER),
                "absent": told.get("absent", []),
                **{key: told.get(key) for key in _STATED},
            }
        )
    return found
