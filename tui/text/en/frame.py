"""English sentences of `FrameWords`."""

from dutyboard.tui.text.frame import FrameWords

WORDS = FrameWords(
    board_name="24 h duty board",
    weekdays=("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    emergency="EMERGENCY",
    normal="normal state",
    state_since="{state} since {since}",
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
    fault="Program fault {kind} {place}: go on, and tell the administrator",
    not_computed="! cannot be computed: {kind} {place}",
    saving="Saving ...",
    minutes="{m}m",
    hours_minutes="{h}h{m:02}m",
    days_hours="{d}d{h}h",
)
