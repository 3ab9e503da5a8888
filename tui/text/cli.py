"""Words of the command line: help pages, what a command answers, and what it says when something is wrong."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class CliWords:
    """`commands` and `options` are help texts by name; the others are sentences, with `str.format` placeholders."""

    program: str
    commands_title: str
    commands: Mapping[str, str]
    options: Mapping[str, str]
    seats: Mapping[str, str]
    levels: Mapping[str, str]
    first_run: str
    first_run_choice: str
    no_desk_here: str
    new_desk_name: str
    desk_made: str
    bad_time: str
    bad_figure: str
    shift_usage: str
    export_needs_format: str
    no_shifts: str
    several: str
    no_site: str
    no_officer: str
    no_person: str
    no_unit: str
    reading: str
    import_row: str
    imported: str
    touched: str
    handed_off: str
    no_calls: str
    call_list: str
    call_line: str
    touches: Mapping[str, str]
    area_levels: Mapping[str, str]
    not_called: str
    dry_run: str
    verified: str
    checkpointed: str
    archived: str
    nothing_closed: str
    healed: str
    not_poisoned: str
    no_record: str
    backed_up: str
    restored: str
    bad_facts: str
    not_json: str
    no_file: str
    no_output: str
    no_notice: str
    output_needed: str
    unit_needed: str
    site_needed: str
    in_force: str
    rules_usage: str
    same_notice: str
    switch_load: str
    switch_total: str
    switched: str
    parts: Mapping[str, str]
    fault: str


ZH = CliWords(
    program="疫情防控 24 小时值班板。不带命令：打开值班板。",
    commands_title="命令",
    commands={
        "demo": "在临时值班台上打开一天繁忙的示例，退出即删。",
        "init": "在 DIR 新建值班台；当前系统用户为管理员。",
        "shift": "排班：岗位（带班/坐班）、人、起、止；或 shift list 列出。",
        "board": "打印一次值班板。",
        "log": "写一条记事。",
        "check": "登记隔离点的一项巡查、测温、消毒或日报已完成。",
        "assess": "按通知第三条研判：读入一个或一组 facts 对象（JSON），按次序给出结果。",
        "import": "导入花名册、隔离点、人员或风险地区表（Excel、CSV）。",
        "report": "打印报表：screening 排查、site 管控、roster 花名册、handover 交接。",
        "person": "一个人员的记录、研判结果与经过。",
        "handoff": "凭移交函（或死亡证明）关闭一人的记录：须带班领导。",
        "rescreen": "新增或升级风险区后须回访的已登记人员，及进度。",
        "rules": "通知：list 列出、show 原文、diff 换用的影响（无值班台时比较条文）、switch 换用。",
        "export": "以 JSON 导出全部记录。",
        "verify": "核对日志链，有问题即以 1 退出。",
        "trail": "一条记录由谁、何时、改了哪些项（person-12、entry-5、shift-3 …）。",
        "checkpoint": "写一次检查点，以后打开更快。",
        "archive": "把已结束月份的记录移入归档文件；值班板不变，历史照查。",
        "heal": "磁盘写入失败、值班台转为只读后：查明磁盘，再用它恢复写入。",
        "backup": "备份到一个新文件夹。",
        "restore": "从备份恢复到一个空文件夹。",
    },
    options={
        "data": "值班台文件夹（默认 $DUTYBOARD_DATA，再次为用户数据文件夹）。",
        "lang": "语言（默认 $DUTYBOARD_LANG，再次为中文）。",
        "plain": "纯文本，不画界面。",
        "acting_as": "代某登录名操作（仅管理员）。",
        "as_json": "输出 JSON。",
        "at": "发生时间（board：所看时刻）。",
        "abnormal": "异常，须附 --note。",
        "note": "说明。",
        "done_by": "由谁完成（默认隔离点负责人）。",
        "figures": "所填数字，可多次，如 measured=31。",
        "repeat": "连排几天。",
        "dry_run": "只核对，不写入。",
        "starts": "从何时起。",
        "leader": "带班领导姓名。",
        "letter": "函件（证明）文号。",
        "to": "接收单位。",
        "died": "已死亡。",
        "reason": "依据。",
        "everyone": "已研判的人员也按新通知重新研判。",
        "year": "没写年份的日期取这一年。",
        "sample": "带一天繁忙的示例。",
        "practice": "演练：值班台的钟从此时走起。",
        "unit": "单位。",
        "site": "隔离点。",
        "day": "哪一天。",
        "report_format": "格式。",
        "output": "写到文件。",
        "help": "显示本页。",
    },
    seats={"leader": "带班", "officer": "坐班"},
    levels={"error": "拒收", "warning": "提醒"},
    first_run="{folder} 里还没有值班台。\n  1 看示例（虚构的繁忙一天，写入此文件夹）\n  2 新建空的值班台\n  0 退出",
    first_run_choice="请选择",
    no_desk_here="{folder} 里还没有值班台；请先 dutyboard init，或看 dutyboard demo。",
    new_desk_name="疫情防控",
    desk_made="已建值班台：{folder}",
    bad_time="看不懂的时间：{text}（如 2021-06-07T19:40 或 19:40）",
    bad_figure="看不懂的数字：{text}（如 measured=31）",
    shift_usage="用法：shift 带班|坐班 人 起 止 [--repeat 天数]，或 shift list",
    export_needs_format="请写明 --json",
    no_shifts="没有排班。",
    several="“{text}”不止一个：{names}",
    no_site="没有这个隔离点：{text}",
    no_officer="花名册上没有此人：{text}",
    no_person="没有这个人员：{text}",
    no_unit="没有这个单位：{text}",
    reading="读取 {file}",
    import_row="{where}第{row}行 {column} {level}：{message}",
    imported="接收 {accepted}，更新 {updated}，重复 {duplicates}，拒收 {rejected}",
    touched="已登记人员中 {touched} 人的旅居史涉及新增或升级的风险区，见 dutyboard rescreen。",
    handed_off="{name} 的记录已凭函件关闭，记入日志。",
    no_calls="没有待回访的人员。",
    call_list="{area}（{level}，{starts} 起）：已回访 {called}/{total}",
    call_line="  {id} {name} {touch} {place} {state}",
    touches={"inside": "区域内", "county": "同县区"},
    area_levels={"high": "高风险", "medium": "中风险"},
    not_called="待回访",
    dry_run="[未写入] ",
    verified="完好：{lines} 行，{segments} 段，链头 {head}",
    checkpointed="检查点写到第 {seq} 行",
    archived="已归档 archive/{file}：{counts}",
    nothing_closed="没有可归档的月份（已交接、且过了保留天数的整月才归档）。",
    healed="磁盘恢复正常，可以写入了（日志第 {seq} 行记下此举）。",
    not_poisoned="值班台写入正常，无须恢复。",
    no_record="没有这个记录：{text}（如 person-12、entry-5、shift-3）",
    backed_up="已备份到 {folder}",
    restored="已恢复到 {folder}",
    bad_facts="{path}：{problem}",
    not_json="输入不是 JSON：{problem}",
    no_file="读不了文件：{file}",
    no_output="写不进文件 {file}：{why}；没有写入任何内容。",
    no_notice="没有这个通知：{text}",
    output_needed="xlsx 须用 -o 写到文件",
    unit_needed="请用 --unit 写明单位",
    site_needed="请用 --site 写明隔离点",
    in_force="现行",
    rules_usage="用法：rules list | show [通知] | diff 旧 新 | switch 新 --from 时间 --reason 依据 [--everyone]",
    same_notice="两版相同。",
    switch_load="{day} 房间 {rooms_before} -> {rooms_after} 采样 {tests_before} -> {tests_after}",
    switch_total="{old} 换为 {new}：{changed} 人有变，{unchanged} 人不变；启用的隔离点共 {rooms} 间。",
    switched="{notice} 自 {at} 起适用，已记入日志。",
    parts={
        "decision": "结论",
        "clause": "条款",
        "first_place": "去处",
        "provisional": "暂按",
        "site_first": "集中首日",
        "site_last": "集中末日",
        "home_first": "居家首日",
        "home_last": "居家末日",
        "free_from": "解除",
        "tests": "采样",
    },
    fault="dutyboard: 程序出错（{kind}，{place}），请报告此行。",
)

EN = CliWords(
    program="The 24-hour duty board of an epidemic command post. Without a command: open the board.",
    commands_title="Commands",
    commands={
        "demo": "Open a busy sample day on a throw-away desk, gone when you leave.",
        "init": "Make a desk in DIR; the OS user who runs this is its administrator.",
        "shift": "Plan a seat (leader/officer): who, from, to; or shift list.",
        "board": "Print the board once.",
        "log": "Write a note.",
        "check": "State that a site's patrol, temperature round, disinfection or report was done.",
        "assess": "Section three of the notice: reads one facts object or a list (JSON), prints the results in order.",
        "import": "Take in a roster, sites, arrivals or risk areas (Excel, CSV).",
        "report": "Print a report: screening, site, roster, handover.",
        "person": "One person's record, assessment and history.",
        "handoff": "Close a person's record by the letter that takes him over, or says he died: a leader's act.",
        "rescreen": "Who is to be called about a new or raised risk area, and how far that is.",
        "rules": "Notices: list, show, diff (what a switch would do to the desk, else the texts), switch.",
        "export": "Print every record as JSON.",
        "verify": "Check the chain of the journal; exit 1 if it is broken.",
        "trail": "Who changed a record, when, and which fields (person-12, entry-5, shift-3 ...).",
        "checkpoint": "Write a checkpoint, so that the desk opens faster.",
        "archive": "Move closed months to archive files; the board stays the same, history stays readable.",
        "heal": "After a failed write has made the desk read-only: see to the disk, then write again.",
        "backup": "Copy the desk into a new folder.",
        "restore": "Restore a backup into an empty folder.",
    },
    options={
        "data": "The desk's folder (default $DUTYBOARD_DATA, else the user's data folder).",
        "lang": "Language (default $DUTYBOARD_LANG, else Chinese).",
        "plain": "Plain text, no screens.",
        "acting_as": "Act for another login (administrators only).",
        "as_json": "Print JSON.",
        "at": "When it happened (board: the moment shown).",
        "abnormal": "Abnormal; needs --note.",
        "note": "What was seen.",
        "done_by": "Who did it (default: the site's keeper).",
        "figures": "A figure of the form, may be repeated: measured=31.",
        "repeat": "So many days in a row.",
        "dry_run": "Check only, write nothing.",
        "starts": "From when.",
        "leader": "The leader's name.",
        "letter": "Number of the letter or certificate.",
        "to": "Who takes over.",
        "died": "He has died.",
        "reason": "Why.",
        "everyone": "Those already assessed are to be assessed again under the new notice.",
        "year": "The year of dates written without one.",
        "sample": "With a busy sample day.",
        "practice": "Practice: the desk's clock starts here.",
        "unit": "The unit.",
        "site": "The site.",
        "day": "The day.",
        "report_format": "Format.",
        "output": "Write to a file.",
        "help": "Show this page.",
    },
    seats={"leader": "leader ", "officer": "officer"},
    levels={"error": "rejected", "warning": "warning"},
    first_run="There is no desk in {folder} yet.\n  1 look at the sample (a fictional busy day, written into this "
    "folder)\n  2 make an empty desk\n  0 leave",
    first_run_choice="Choose",
    no_desk_here="There is no desk in {folder} yet: run dutyboard init first, or look at dutyboard demo.",
    new_desk_name="疫情防控",
    desk_made="Made a desk in {folder}",
    bad_time="not a time: {text} (say 2021-06-07T19:40 or 19:40)",
    bad_figure="not a figure: {text} (say measured=31)",
    shift_usage="usage: shift leader|officer WHO FROM TO [--repeat DAYS], or shift list",
    export_needs_format="say --json",
    no_shifts="No shifts planned.",
    several="'{text}' is several: {names}",
    no_site="no such site: {text}",
    no_officer="nobody of that name on the roster: {text}",
    no_person="no such person: {text}",
    no_unit="no such unit: {text}",
    reading="reading {file}",
    import_row="{where}row {row} {column} {level}: {message}",
    imported="accepted {accepted}, updated {updated}, duplicates {duplicates}, rejected {rejected}",
    touched="{touched} people already registered have stays that touch a new or raised area: dutyboard rescreen.",
    handed_off="The record of {name} is closed by the letter; it is in the log.",
    no_calls="Nobody is to be called.",
    call_list="{area} ({level}, from {starts}): {called} of {total} called",
    call_line="  {id} {name} {touch} {place} {state}",
    touches={"inside": "inside", "county": "same county"},
    area_levels={"high": "high risk", "medium": "medium risk"},
    not_called="to call",
    dry_run="[nothing written] ",
    verified="sound: {lines} lines, {segments} segments, head {head}",
    checkpointed="checkpoint written at line {seq}",
    archived="archived archive/{file}: {counts}",
    nothing_closed="Nothing to archive: only whole months that were handed over, past the days kept.",
    healed="The disk writes again (line {seq} of the journal says so).",
    not_poisoned="The desk writes as it should; nothing to heal.",
    no_record="no such record: {text} (say person-12, entry-5, shift-3)",
    backed_up="copied to {folder}",
    restored="restored into {folder}",
    bad_facts="{path}: {problem}",
    not_json="the input is not JSON: {problem}",
    no_file="cannot read the file {file}",
    no_output="cannot write the file {file}: {why}; nothing was written.",
    no_notice="no such notice: {text}",
    output_needed="xlsx needs -o FILE",
    unit_needed="say --unit",
    site_needed="say --site",
    in_force="in force",
    rules_usage="Usage: rules list | show [NOTICE] | diff OLD NEW | switch NEW --from TIME --reason TEXT [--everyone]",
    same_notice="The two are the same.",
    switch_load="{day} rooms {rooms_before} -> {rooms_after} samples {tests_before} -> {tests_after}",
    switch_total="{old} to {new}: {changed} people change, {unchanged} do not; {rooms} rooms in the active sites.",
    switched="{notice} applies from {at}; it is in the log.",
    parts={
        "decision": "decision",
        "clause": "clause",
        "first_place": "place",
        "provisional": "meanwhile",
        "site_first": "first day at a site",
        "site_last": "last day at a site",
        "home_first": "first day at home",
        "home_last": "last day at home",
        "free_from": "free from",
        "tests": "samples",
    },
    fault="dutyboard: a fault of the program ({kind} at {place}); please report this line.",
)


def cli_words(lang: str) -> CliWords:
    """The words in a language, `zh` or `en`."""
    return EN if lang == "en" else ZH
