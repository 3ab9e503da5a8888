"""The sample's command post: towns, officers, shifts three days back and seven ahead, sites and risk areas."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from dutyboard.frozen import frozen
from dutyboard.rules.records.codes import AreaLevel, SiteState, UnitKind
from dutyboard.rules.records.model import Area, Officer, SettingChange, Shift, Site, Unit
from dutyboard.rules.records.staff import StaffMember, StaffSample
from dutyboard.tui.sample.names import TOWNS, Names

LEADERS = ("李建国", "陈卫东", "周志远", "何桂英")
DUTY_OFFICERS = ("王芳", "张强", "刘敏", "赵晓峰")
ROSTER_TITLES = ("专职副书记", "副镇长", "网格员", "民政专干", "卫健专干", "综治办干部")
ROSTER_DUTIES = ("办公室主任", "数据上报", "人员排查", "居家监测", "转运对接", "物资保障")
DISINFECTED = ("走廊", "电梯", "污物间", "卫生间", "转运车辆")
SITES: tuple[tuple[str, str, str, int, SiteState, str], ...] = (
    ("涟源宾馆隔离点", "涟源宾馆", "蓝田街道", 62, "active", "周涛"),
    ("桥头河集中隔离点", "桥头河集", "桥头河镇", 48, "active", "杨敏"),
    ("人民公园酒店隔离点", "人民公园", "石马山街道", 80, "active", "曾明"),
    ("杨市卫生院隔离点", "杨市卫生", "杨市镇", 24, "active", "阎英"),
    ("七星街学校隔离点", "七星街学", "七星街镇", 100, "standby", "秦涛"),
    ("湄江度假村隔离点", "湄江度假", "湄江镇", 120, "standby", "马兰"),
)
"""Name, label, town, rooms, state, keeper: 214 rooms in the four active ones."""
STAFF_POSTS = ("医护组长", "消杀员", "安保员")
STAFF: tuple[tuple[str, str, str], ...] = (
    ("何静", "谭勇", "彭辉"),
    ("龚丽", "廖斌", "段强"),
    ("梁芬", "易军", "龙涛"),
    ("颜敏", "贺刚", "申亮"),
)
"""Names of those who work at each active site, by `STAFF_POSTS`. Those of the first owe their next PCR today."""
STAFF_PCR_DAYS = 3
AREAS: tuple[tuple[str, str, AreaLevel, int], ...] = (
    ("440103", "广东省广州市荔湾区白鹤洞街道", "high", 30),
    ("440103", "广东省广州市荔湾区中南街道", "high", 30),
    ("440103", "广东省广州市荔湾区东漖街道", "medium", 30),
    ("440103", "广东省广州市荔湾区冲口街道", "medium", 30),
    ("440105", "广东省广州市海珠区瑞宝街南洲名苑", "medium", 30),
    ("440111", "广东省广州市白云区", "named", 30),
    ("440604", "广东省佛山市禅城区", "named", 30),
    ("440904", "广东省茂名市电白区", "named", 30),
)
"""County code, name, level, days since it was listed."""
NEW_AREA: tuple[str, str, AreaLevel] = ("350521", "福建省泉州市惠安县东园镇", "medium")
"""County code, name and level of the area that the desk learned of last, and calls about."""
LISTED_AGO = timedelta(hours=1)
SHIFT_DAYS_BACK = 3
SHIFT_DAYS_AHEAD = 7
SHIFT_LENGTH = timedelta(hours=12)
GAP_IN_DAYS = 3


@frozen(kw_only=False)
class Post:
    """The records of the command post. `on_duty` is the officer who sits now, bound to the OS user's login."""

    units: tuple[Unit, ...]
    officers: tuple[Officer, ...]
    shifts: tuple[Shift, ...]
    sites: tuple[Site, ...]
    areas: tuple[Area, ...]
    staff: tuple[StaffMember, ...]
    plan: SettingChange
    on_duty: Officer


def build_post(now: datetime, opened_at: datetime, login: str, names: Names) -> Post:
    """Return the records of the post: everything except people and events. `now` is in the desk's zone."""
    for name in (*LEADERS, *DUTY_OFFICERS, *(site[-1] for site in SITES)):
        names.take(name)
    units = tuple(
        Unit(id=number, name=town, kind=_kind(town), registered_at=opened_at)
        for number, town in enumerate(TOWNS, start=1)
    )
    shifts = tuple(_shifts(now))
    seated = next(shift.officer_id for shift in shifts if shift.seat == "officer" and shift.starts <= now < shift.ends)
    officers = tuple(_officers(units, seated, login, names))
    unit_ids = {unit.name: unit.id for unit in units}
    sites = tuple(
        Site(
            id=number,
            name=name,
            label=label,
            unit_id=unit_ids[town],
            rooms=rooms,
            state=state,
            areas=DISINFECTED,
            keeper=keeper,
            phone=names.phone(),
            registered_at=opened_at,
        )
        for number, (name, label, town, rooms, state, keeper) in enumerate(SITES, start=1)
    )
    areas = tuple(
        Area(id=number, code=code, name=name, level=level, starts=_days_before(now, days), source="示例")
        for number, (code, name, level, days) in enumerate(AREAS, start=1)
    )
    code, name, level = NEW_AREA
    listed_at = (now - LISTED_AGO).replace(second=0, microsecond=0)
    new_area = Area(
        id=len(areas) + 1,
        code=code,
        name=name,
        level=level,
        starts=listed_at.date(),
        source="示例",
        listed_at=listed_at,
    )
    on_duty = next(officer for officer in officers if officer.id == seated)
    plan = SettingChange(
        id=1,
        name="staff_pcr_days",
        value=str(STAFF_PCR_DAYS),
        effective_from=opened_at,
        reason="指挥部要求",
        set_by=1,
        set_at=opened_at,
    )
    staff = tuple(_staff(now, opened_at))
    return Post(units, officers, shifts, sites, (*areas, new_area), staff, plan, on_duty)


def _staff(now: datetime, opened_at: datetime) -> Iterator[StaffMember]:
    """Yield the staff of the active sites, each negative once."""
    number = 0
    for site_id, names in enumerate(STAFF, start=1):
        days = STAFF_PCR_DAYS if site_id == 1 else 1
        for name, post in zip(names, STAFF_POSTS):
            number += 1
            yield StaffMember(
                id=number,
                site_id=site_id,
                name=name,
                post=post,
                phone=f"199000070{number:02}",
                registered_at=opened_at,
                samples=(StaffSample(on=_days_before(now, days), result="negative"),),
            )


def _kind(town: str) -> UnitKind:
    return "street" if town.endswith("街道") else "town"


def _days_before(now: datetime, days: int) -> date:
    return now.date() - timedelta(days=days)


def _officers(units: tuple[Unit, ...], seated: int, login: str, names: Names) -> Iterator[Officer]:
    number = 0
    for name in LEADERS:
        number += 1
        yield Officer(id=number, name=name, title="指挥部副指挥长", phone=names.phone(), role="leader")
    for name in DUTY_OFFICERS:
        number += 1
        bound = number == seated
        yield Officer(
            id=number,
            name=name,
            title="指挥部办公室",
            phone=names.phone(),
            role="admin" if bound else "officer",
            login=login if bound else f"duty{number}",
        )
    for unit in units:
        for place, (title, duty) in enumerate(zip(ROSTER_TITLES, ROSTER_DUTIES)):
            number += 1
            yield Officer(
                id=number,
                name=names.name(),
                title=title,
                phone=names.phone(),
                duty=duty,
                unit_id=unit.id,
                director=place == 0,
            )


def _shifts(now: datetime) -> Iterator[Shift]:
    """Yield shifts of twelve hours, from 08:00 and 20:00.

    One night of the officer's seat, a few days ahead, has no shift: the gap to be seen on the board.
    """
    midnight = datetime.combine(now.date(), time.min, now.tzinfo)
    number = 0
    for half in range(-2 * SHIFT_DAYS_BACK - 1, 2 * SHIFT_DAYS_AHEAD):
        starts = midnight + timedelta(hours=8) + half * SHIFT_LENGTH
        for seat, first, crew in (("leader", 1, LEADERS), ("officer", 1 + len(LEADERS), DUTY_OFFICERS)):
            if seat == "officer" and half == 2 * GAP_IN_DAYS + 1:
                continue
            number += 1
            yield Shift(
                id=number,
                seat="leader" if seat == "leader" else "officer",
                officer_id=first + half % len(crew),
                starts=starts,
                ends=starts + SHIFT_LENGTH,
            )
