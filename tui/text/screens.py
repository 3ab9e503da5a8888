"""Words of the screens: headings, columns, hints, and what the status line says when something was done."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreenWords:
    """Placeholders in braces are filled with `str.format`."""

    todo: str
    back: str
    owed_by: str
    due: str
    state: str
    clause: str
    opens: str
    by: str
    nothing_to_do: str
    more_sites: str
    no_sites: str
    filtered: str
    find: str
    find_hint: str
    saved: str
    saved_form: str
    taken_back: str
    seat_taken: str
    signed_on: str
    repeat_ignored: str
    leave_hint: str
    explain_title: str
    explain_facts: str
    explain_history: str
    explain_none: str
    explain_close: str
    fact_owed_by: str
    fact_window: str
    fact_state: str
    rounds_title: str
    rounds_legend: str
    log_time: str
    log_who: str
    log_what: str
    log_text: str
    log_empty: str
    log_amended: str
    log_amends: str
    log_entered_late: str
    reports_title: str
    reports_unit: str
    reports_countdown: str
    reports_past: str
    reports_empty: str
    report_zero: str
    report_sent: str
    report_late: str
    report_missing: str
    report_unreported: str
    report_revision: str
    handover_title: str
    handover_from: str
    handover_to: str
    handover_choose: str
    handover_items: str
    handover_items_accepted: str
    handover_none: str
    handover_left: str
    handover_head: str
    handover_sign: str
    handover_signed: str
    handover_not_due: str
    handover_accepted: str
    handover_pending: str
    handover_note: str
    help_title: str
    help_now: str
    help_marks: str
    sign_on_title: str
    sign_on_hint: str
    sign_on_bound: str
    seat_title: str
    seat_hint: str


ZH = ScreenWords(
    todo="现在要做的事",
    back="返回",
    owed_by="责任",
    due="期限",
    state="状态",
    clause="条款",
    opens="开始",
    by="办理",
    nothing_to_do="此刻没有待办事项。",
    more_sites="另有 {n} 处隔离点，见 F3",
    no_sites="还没有启用的隔离点：dutyboard import sites",
    filtered="只看「{text}」：{n} 项（/ 再按回车清除）",
    find="找",
    find_hint="文字或拼音首字母，回车确定，空白则看全部",
    saved="已记：{what}",
    saved_form="已保存。",
    taken_back="已撤回：{what}",
    seat_taken="已接岗：{seat}，至 {until}",
    signed_on="已签到：{name}",
    repeat_ignored="连按已忽略：请松开回车再按。",
    leave_hint="按 F10 或 Ctrl+D 退出",
    explain_title="依据",
    explain_facts="情况",
    explain_history="经过",
    explain_none="还没有记录。",
    explain_close="上下键翻页  Enter 返回",
    fact_owed_by="责任人 {who}",
    fact_window="{opens} 起，{due} 前完成，{closes} 截止",
    fact_state="现在：{state}",
    rounds_title="今日时段",
    rounds_legend=". 未到  o 进行中  ! 逾期  X 错过  v 完成  V 迟完成  * 异常",
    log_time="时间",
    log_who="登记人",
    log_what="类别",
    log_text="内容",
    log_empty="没有记录。",
    log_amended="（已更正，见 {id} 号）",
    log_amends="（更正 {id} 号）",
    log_entered_late="补录于 {at}",
    reports_title="排查日报告",
    reports_unit="单位（回车填报）",
    reports_countdown="距 {due} 还有{span}",
    reports_past="已过 {due} {span}",
    reports_empty="还没有单位：dutyboard import roster",
    report_zero="零报告",
    report_sent="已报",
    report_late="迟报{span}",
    report_missing="未报{span}",
    report_unreported="未报",
    report_revision="第{n}版",
    handover_title="交接班",
    handover_from="交班 {name}",
    handover_to="接班 {name}",
    handover_choose="请选接班人（方向键选择，回车确定）",
    handover_items="接班人逐项按回车清点",
    handover_items_accepted="已逐项清点 {n} 项",
    handover_none="没有需要交接的事项。",
    handover_left="还有 {n} 项未清点",
    handover_head="日志校验码 {head}（第 {seq} 号）",
    handover_sign="全部清点完毕：两人按回车签字",
    handover_signed="交接完成：{out} -> {incoming}",
    handover_not_due="现在没有到时的交接：下一次在 {at}。",
    handover_accepted="已清点",
    handover_pending="待清点",
    handover_note="交接说明（可空）",
    help_title="按键说明",
    help_now="此刻",
    help_marks="标记：. 未到  o 进行中  ! 逾期  X 错过  v 完成  V 迟完成  | 现在  > 选中  ~ 截断",
    sign_on_title="您是哪一位？",
    sign_on_hint="输入姓名或拼音首字母，方向键选择，回车签到（只需一次）；F10 只看不写",
    sign_on_bound="另有登录名",
    seat_title="接岗",
    seat_hint="方向键选择，回车接岗",
)

EN = ScreenWords(
    todo="To do now",
    back="Back",
    owed_by="Owed by",
    due="Due",
    state="State",
    clause="Clause",
    opens="Opens",
    by="By",
    nothing_to_do="Nothing to do at this moment.",
    more_sites="{n} more sites, see F3",
    no_sites="No active site yet: dutyboard import sites",
    filtered="Only '{text}': {n} rows (/ then Enter shows all)",
    find="Find",
    find_hint="text or pinyin initials, Enter; empty shows all",
    saved="Written: {what}",
    saved_form="Saved.",
    taken_back="Taken back: {what}",
    seat_taken="You hold the {seat} seat until {until}",
    signed_on="Signed on: {name}",
    repeat_ignored="Key repeat ignored: let go of Enter and press it again.",
    leave_hint="F10 or Ctrl+D quits",
    explain_title="Why",
    explain_facts="Facts",
    explain_history="History",
    explain_none="No entry yet.",
    explain_close="arrows scroll  Enter goes back",
    fact_owed_by="owed by {who}",
    fact_window="opens {opens}, due {due}, closes {closes}",
    fact_state="now: {state}",
    rounds_title="Today's slots",
    rounds_legend=". upcoming  o open  ! late  X missed  v done  V done late  * abnormal",
    log_time="Time",
    log_who="Entered by",
    log_what="Kind",
    log_text="Text",
    log_empty="No entries.",
    log_amended="(corrected, see no. {id})",
    log_amends="(corrects no. {id})",
    log_entered_late="entered {at}",
    reports_title="Screening reports",
    reports_unit="Unit (Enter: form)",
    reports_countdown="{span} to {due}",
    reports_past="{span} past {due}",
    reports_empty="No units yet: dutyboard import roster",
    report_zero="zero report",
    report_sent="reported",
    report_late="late {span}",
    report_missing="missing {span}",
    report_unreported="unreported",
    report_revision="rev. {n}",
    handover_title="Handover",
    handover_from="Out: {name}",
    handover_to="In: {name}",
    handover_choose="Choose who takes over (arrows, then Enter)",
    handover_items="The incoming officer accepts each with Enter",
    handover_items_accepted="{n} items accepted one by one",
    handover_none="Nothing to hand over.",
    handover_left="{n} items left",
    handover_head="journal head {head} (no. {seq})",
    handover_sign="All accepted: both sign with Enter",
    handover_signed="Handed over: {out} -> {incoming}",
    handover_not_due="No handover is due; the next is at {at}.",
    handover_accepted="accepted",
    handover_pending="pending",
    handover_note="Remarks (may be empty)",
    help_title="Keys",
    help_now="Now",
    help_marks="Marks: . upcoming  o open  ! late  X missed  v done  V done late  | now  > selected  ~ cut",
    sign_on_title="Who are you?",
    sign_on_hint="name or pinyin initials, arrows, Enter signs on (once); F10: read only",
    sign_on_bound="other login",
    seat_title="Take a seat",
    seat_hint="arrows, then Enter",
)
