"""One sentence for every refusal of the rules, one field a code, so that a missing one is a type error."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any, Final

from dutyboard.tui.text.damage import DAMAGE


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalWords:
    """Field names are the codes of `rules.records.refusals`; placeholders are the fields that a refusal may carry."""

    not_signed_on: str
    desk_exists: str
    no_desk: str
    officer_bound: str
    login_bound: str
    only_admin: str
    only_leader: str
    unknown_officer: str
    unknown_unit: str
    unknown_site: str
    unknown_person: str
    unknown_entry: str
    unknown_obligation: str
    unknown_notice: str
    notice_in_force: str
    notice_before_last: str
    in_future: str
    not_open_yet: str
    window_closed: str
    ends_before_start: str
    reason_needed: str
    changed_meanwhile: str
    seat_taken: str
    already_yours: str
    items_changed: str
    same_officer: str
    already_done: str
    needs_form: str
    note_needed: str
    text_needed: str
    figures_needed: str
    bad_figure: str
    zero_not_stated: str
    zero_contradicted: str
    not_yours: str
    too_late_to_take_back: str
    name_needed: str
    facts_changed: str
    officer_needed: str
    place_needed: str
    not_at_site: str
    room_taken: str
    site_not_empty: str
    no_such_room: str
    site_not_active: str
    wrong_stage: str
    gate_closed: str
    duplicate_person: str
    supervisor_needed: str
    samples_too_close: str
    nothing_follows: str


ZH = RefusalWords(
    not_signed_on="尚未签到：请先在值班板上从花名册选择本人。",
    desk_exists="这个文件夹里已有值班台。",
    no_desk="这个文件夹里还没有值班台。",
    officer_bound="{officer}已由另一登录名签到，请找管理员。",
    login_bound="本登录名已签到为{officer}。",
    only_admin="只有管理员可以这样做。",
    only_leader="只有带班领导可以这样做。",
    unknown_officer="花名册上没有此人。",
    unknown_unit="没有这个单位。",
    unknown_site="没有这个隔离点。",
    unknown_person="没有这个人员。",
    unknown_entry="没有这条记录。",
    unknown_obligation="没有这个事项，可能已过日。",
    unknown_notice="没有这个通知：{notice}。",
    notice_in_force="{notice} 已自 {at} 起适用。",
    notice_before_last="{notice} 自 {at} 起适用，新的通知须在此之后。",
    in_future="时间还没到，不能提前登记。",
    not_open_yet="还没到时间：{opens} 起才能登记。",
    window_closed="已于 {closes} 截止，只能记为错过；请按 n 写明情况。",
    ends_before_start="结束时间早于开始时间。",
    reason_needed="请写明理由。",
    changed_meanwhile="未保存：{by}刚改过{person}的情况，请看过再按 F9。",
    seat_taken="{officer}正在值守至 {until}；临时顶班须写明理由。",
    already_yours="您已在此岗，至 {until}。",
    items_changed="交接清单刚有变化，请再核对一遍。",
    same_officer="不能交给自己：请选接班人。",
    already_done="已由{by}于 {at} 完成。",
    needs_form="这一项须填表，不能一键完成。",
    note_needed="异常情况须写明。",
    text_needed="内容须写明。",
    figures_needed="还缺：{names}。",
    bad_figure="{name}的数 {value} 不对，应在 {low} 至 {high} 之间。",
    zero_not_stated="全部为零时须明确填报「零报告」。",
    zero_contradicted="填了「零报告」，却有不为零的数。",
    not_yours="只能撤回本人的最后一次勾选。",
    too_late_to_take_back="已超过 {minutes} 分钟，不能撤回；请另写更正。",
    name_needed="请填姓名。",
    facts_changed="情况有变，研判结果已不同，请重新核对。",
    officer_needed="请指定专人。",
    place_needed="请指定隔离点和房间。",
    not_at_site="按研判不进隔离点。",
    room_taken="{site} {room} 号房已住{person}：换房，或写明同住缘由。",
    site_not_empty="{site}还住着{person}，人走空才能停用。",
    no_such_room="{site}没有 {room} 号房（共 {rooms} 间）。",
    site_not_active="{site}未启用。",
    wrong_stage="此人现处阶段不能这样做。",
    gate_closed="还不能解除：{blockers}。",
    duplicate_person="此人已登记：{person}（F5 按 / 找此姓名）。",
    supervisor_needed="请指定村（社区）监管干部。",
    samples_too_close="两次核酸采样须间隔 {hours} 小时，最早 {day} 再采。",
    nothing_follows="{person} 没有待执行的联动处置。",
)

EN = RefusalWords(
    not_signed_on="Not signed on yet: pick yourself from the roster on the board first.",
    desk_exists="There is a desk in this folder already.",
    no_desk="There is no desk in this folder yet.",
    officer_bound="{officer} signs on with another login; ask the administrator.",
    login_bound="This login already signs on as {officer}.",
    only_admin="Only the administrator may do this.",
    only_leader="Only a shift leader may do this.",
    unknown_officer="Nobody of that name on the roster.",
    unknown_unit="No such unit.",
    unknown_site="No such site.",
    unknown_person="No such person.",
    unknown_entry="No such entry.",
    unknown_obligation="No such duty; its day may be over.",
    unknown_notice="There is no notice {notice}.",
    notice_in_force="{notice} applies from {at} already.",
    notice_before_last="{notice} applies from {at}; the new one must begin after that.",
    in_future="That time has not come yet.",
    not_open_yet="Too early: it opens at {opens}.",
    window_closed="It closed at {closes} and stays missed; press n to write down why.",
    ends_before_start="The end lies before the start.",
    reason_needed="A reason is needed.",
    changed_meanwhile="Not saved: {by} has just corrected {person}; look again, then F9.",
    seat_taken="{officer} holds this seat until {until}; a takeover needs a reason.",
    already_yours="You hold this seat already, until {until}.",
    items_changed="The list has just changed; please go through it again.",
    same_officer="You cannot hand over to yourself: choose who takes over.",
    already_done="Done already by {by} at {at}.",
    needs_form="This one needs its form; one key cannot say it.",
    note_needed="An abnormal result needs a note.",
    text_needed="Say what is to be noted.",
    figures_needed="Still missing: {names}.",
    bad_figure="{name}: {value} is not between {low} and {high}.",
    zero_not_stated="All figures are zero: say so under 'zero report'.",
    zero_contradicted="'Zero report' is said, but a figure is not zero.",
    not_yours="You can only take back your own last tick.",
    too_late_to_take_back="More than {minutes} minutes ago; write a correction instead.",
    name_needed="A name is needed.",
    facts_changed="The facts have changed and so has the result; please look again.",
    officer_needed="Name the officer responsible.",
    place_needed="Name a site and a room.",
    not_at_site="By this result the person does not go to a site.",
    room_taken="{site} room {room} holds {person}: take another, or say why they share it.",
    site_not_empty="{site} still holds {person}; it closes when it is empty.",
    no_such_room="{site} has no room {room} (1 to {rooms}).",
    site_not_active="{site} is not open.",
    wrong_stage="Not possible at this person's stage.",
    gate_closed="Not yet to be released: {blockers}.",
    duplicate_person="On record already: {person} (find the name with / on F5).",
    supervisor_needed="Name the village cadre who supervises.",
    samples_too_close="Two PCR samples must lie {hours} hours apart: not before {day}.",
    nothing_follows="Nothing is left to be carried out for {person}.",
)

REFUSALS: Final = {"zh": ZH, "en": EN}

TROUBLES: Final[Mapping[str, Mapping[str, str]]] = {
    "zh": {
        "locked": "未保存：{officer}（{login}，进程 {pid}）自 {since} 占用写入，请稍后再试。",
        "contended": "未保存：写入的人太多，请再试一次。",
        "save_failed": "未保存：磁盘写入失败（{errno}），请再试；仍不行请找管理员。",
        "disk_full": "未保存：磁盘已满，请管理员腾出空间后再试。",
        "disk_read_only": "未保存：磁盘已转为只读，请管理员检查磁盘。",
        "sync_failed": "未保存：磁盘同步失败（{errno}），已转为只读；查明磁盘后运行 dutyboard heal。",
        "poisoned": "值班台只读：先前磁盘同步失败。查明磁盘后运行 dutyboard heal 恢复写入。",
        "not_writable": "未保存：对数据文件夹没有写入权限，或磁盘只读。",
        "lock_replaced": "未保存：锁文件被删除或替换，请退出后重新打开值班台。",
        "foreign_edit": "{file} 被值班台以外的程序改过：未采用，已按日志重建，改过的文件存入 torn/。",
        "corrupt": "数据有损坏，不能写入：请运行 dutyboard verify（{file} 第 {byte} 字节起）。",
        "bad_backup": "未恢复，备份有问题：{file}:{line} {what}。",
        "busy": "有人正在做检查点、归档或备份，请稍后再试。",
        "bad_document": "未保存：所填内容无法保存（{where}）。",
        "bad_record": "数据中有一条记录读不懂：{table}/{id} {path}。请升级程序，或运行 dutyboard trail 查看由谁写入。",
        "not_local": "数据文件夹在网络盘上（{filesystem}），不能保证不丢，请换本地盘。",
        "too_new": "数据由更新版本的程序写成（格式 {format}），请先升级。",
        "no_desk": "这个文件夹里还没有值班台：请先运行 dutyboard init。",
        "folder_exists": "{folder} 已存在，请另取名称。",
        "no_access": "打不开数据文件夹（{errno}）。",
        "dumb_terminal": "此终端（TERM=dumb）不能显示值班板，请用 dutyboard board。",
        "not_utf8": "终端编码不是 UTF-8，不能显示汉字 / the terminal is not UTF-8。",
        "": "未能完成（{code}）。",
    },
    "en": {
        "locked": "Not saved: {officer} ({login}, process {pid}) has held the lock since {since}; try again.",
        "contended": "Not saved: too many are writing; please try again.",
        "save_failed": "Not saved: the disk refused ({errno}); try again, else ask the administrator.",
        "disk_full": "Not saved: the disk is full; try again when there is room.",
        "disk_read_only": "Not saved: the disk has turned read-only; it needs the administrator.",
        "sync_failed": "Not saved: the disk failed to sync ({errno}), read-only now; mend it, then dutyboard heal.",
        "poisoned": "Read-only since the disk failed to sync. See to the disk, then run dutyboard heal.",
        "not_writable": "Not saved: no permission to write to the data folder, or a read-only disk.",
        "lock_replaced": "Not saved: the lock file was deleted or replaced; leave and open the desk again.",
        "foreign_edit": "{file} was changed by another program: not used, rebuilt from the journal, kept in torn/.",
        "corrupt": "Damaged, nothing can be written: run dutyboard verify ({file} from byte {byte} on).",
        "bad_backup": "Not restored, the backup is not sound: {file}:{line} {what}.",
        "busy": "Somebody is at a checkpoint, an archive or a backup; please try again.",
        "bad_document": "Not saved: this cannot be stored ({where}).",
        "bad_record": "A record cannot be read: {table}/{id} {path}. Upgrade, or see who wrote it: dutyboard trail.",
        "not_local": "The data folder is on a network disk ({filesystem}); use a local one.",
        "too_new": "The data was written by a newer program (format {format}); upgrade first.",
        "no_desk": "There is no desk in this folder yet: run dutyboard init.",
        "folder_exists": "{folder} exists already; choose another name.",
        "no_access": "The data folder cannot be opened ({errno}).",
        "dumb_terminal": "This terminal (TERM=dumb) cannot show the board; use dutyboard board.",
        "not_utf8": "终端编码不是 UTF-8 / the terminal is not UTF-8.",
        "": "It could not be done ({code}).",
    },
}
"""What the store could not do, by code; "" words a code that is not listed."""

FIELD_NAMES: Final[Mapping[str, Mapping[str, str]]] = {
    "zh": {
        "leader": "带班",
        "officer": "坐班",
        "measured": "已测人数",
        "of": "应测人数",
        "highest": "最高体温",
        "checked": "检查人数",
        "abnormal": "异常人数",
        "caller": "来电人",
        "matter": "事由",
        "told": "告知何人",
        "reporter": "报告人",
        "letter": "函件文号",
        "to": "接收单位",
        "contacts": "密接人数",
        "nobody": "另一位值班员",
    },
    "en": {
        "leader": "leader",
        "officer": "officer",
        "measured": "measured",
        "of": "of",
        "highest": "highest",
        "checked": "checked",
        "abnormal": "abnormal",
        "caller": "caller",
        "matter": "matter",
        "told": "who was told",
        "reporter": "reporter",
        "letter": "the letter",
        "to": "who takes over",
        "contacts": "contacts",
        "nobody": "another officer",
    },
}
"""Names of fields and seats that a refusal may carry as codes."""


class _Fields(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "?"


def sentence(language: str, code: str, fields: Mapping[str, Any], zone: tzinfo | None = None) -> str:
    """The one line for a refusal of the rules or a trouble of the store. Instants are written in `zone`, else in their
    own. A field that was not carried shows as `?`, never as an error in front of an officer."""
    troubles = TROUBLES[language]
    template = troubles.get(code) or getattr(REFUSALS[language], code, None) or troubles[""]
    names = FIELD_NAMES[language]
    written = {key: _written(value, names, zone) for key, value in fields.items()}
    if "what" in fields:
        written["what"] = DAMAGE[language].get(fields["what"], written["what"])
    return template.format_map(_Fields({"code": code, **written}))


def _written(value: Any, names: Mapping[str, str], zone: tzinfo | None) -> str:
    if isinstance(value, datetime):
        return value.astimezone(zone or value.tzinfo).strftime("%m-%d %H:%M")
    if isinstance(value, tuple | list | set | frozenset):
        return "、".join(_written(each, names, zone) for each in value)
    return names.get(str(value), str(value))
