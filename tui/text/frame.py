"""Words of the frame that stands on every screen: the desk, the clock, the seats, the counts."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameWords:
    """Weekdays begin on Monday. Placeholders in braces are filled with `str.format`."""

    language: str
    board_name: str
    weekdays: tuple[str, str, str, str, str, str, str]
    emergency: str
    practice: str
    not_signed_on: str
    on_duty_until: str
    off_duty: str
    seat_leader: str
    seat_officer: str
    seat_line: str
    seat_next: str
    seat_gap: str
    seat_gap_minutes: str
    late: str
    due_soon: str
    pending: str
    in_quarantine: str
    home: str
    unreported: str
    loading: str
    saving: str
    minutes: str
    hours_minutes: str
    days_hours: str


ZH = FrameWords(
    language="zh",
    board_name="24小时值班板",
    weekdays=("周一", "周二", "周三", "周四", "周五", "周六", "周日"),
    emergency="应急状态",
    practice="演练",
    not_signed_on="未签到",
    on_duty_until="{name} {seat}至 {until}",
    off_duty="{name}",
    seat_leader="带班",
    seat_officer="坐班",
    seat_line="{seat} {name} 至{until}",
    seat_next="接 {name}",
    seat_gap="{seat} 缺岗!",
    seat_gap_minutes="缺岗{span}",
    late="逾期{n}",
    due_soon="将到{n}",
    pending="待排查{n}",
    in_quarantine="隔离{n}/{rooms}",
    home="居家{n}",
    unreported="未报{n}",
    loading="正在打开值班台 ...",
    saving="正在保存 ...",
    minutes="{m}分",
    hours_minutes="{h}时{m}分",
    days_hours="{d}天{h}时",
)

EN = FrameWords(
    language="en",
    board_name="24 h duty board",
    weekdays=("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    emergency="EMERGENCY",
    practice="PRACTICE",
    not_signed_on="not signed on",
    on_duty_until="{name} {seat} to {until}",
    off_duty="{name}",
    seat_leader="Leader",
    seat_officer="Officer",
    seat_line="{seat} {name} to {until}",
    seat_next="next {name}",
    seat_gap="{seat} NOBODY!",
    seat_gap_minutes="nobody {span}",
    late="late {n}",
    due_soon="soon {n}",
    pending="screen {n}",
    in_quarantine="rooms {n}/{rooms}",
    home="home {n}",
    unreported="unrep {n}",
    loading="Opening the desk ...",
    saving="Saving ...",
    minutes="{m}m",
    hours_minutes="{h}h{m:02}m",
    days_hours="{d}d{h}h",
)
