"""Chinese sentences of `FrameWords`."""

from dutyboard.tui.text.frame import FrameWords

WORDS = FrameWords(
    board_name="24小时值班板",
    weekdays=("周一", "周二", "周三", "周四", "周五", "周六", "周日"),
    emergency="应急状态",
    normal="平常状态",
    state_since="{state} {since} 起",
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
    fault="程序出错 {kind} {place}：可继续值班，请告知管理员",
    not_computed="! 此处算不出：{kind} {place}",
    saving="正在保存 ...",
    minutes="{m}分",
    hours_minutes="{h}时{m}分",
    days_hours="{d}天{h}时",
)
