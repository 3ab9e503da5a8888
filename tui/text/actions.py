"""What each key is called, in the footer and in the help, and why it may not work now."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ActionWords:
    """`short` stands in the footer (a few cells), `long` in the help."""

    short: str
    long: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionsWords:
    """Field names are the action ids of `tui.actions`."""

    help: ActionWords
    board: ActionWords
    rounds: ActionWords
    screening: ActionWords
    people: ActionWords
    log: ActionWords
    reports: ActionWords
    handover: ActionWords
    new_person: ActionWords
    discharge: ActionWords
    open: ActionWords
    correct: ActionWords
    test: ActionWords
    release: ActionWords
    calls: ActionWords
    expiring: ActionWords
    abnormal: ActionWords
    note: ActionWords
    call: ActionWords
    take_back: ActionWords
    seat: ActionWords
    explain: ActionWords
    trail: ActionWords
    find: ActionWords
    unmask: ActionWords
    sign_on: ActionWords
    quit: ActionWords


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyNotWords:
    """Field names are the codes that `tui.actions` gives for an action that cannot be done now."""

    not_signed_on: str
    nothing_selected: str
    not_open_yet: str
    window_closed: str
    already_done: str
    not_abnormal: str
    nothing_to_take_back: str
    already_signed_on: str
    loading: str
    not_here: str


ZH = ActionsWords(
    help=ActionWords("帮助", "按键说明"),
    board=ActionWords("值班板", "值班板：24 小时一览，现在要做的事"),
    rounds=ActionWords("巡查", "巡查：各隔离点今日时段表"),
    screening=ActionWords("排查", "排查：待研判人员"),
    people=ActionWords("人员", "人员：隔离与居家监测"),
    log=ActionWords("日志", "日志：全部记录，可筛选"),
    reports=ActionWords("报告", "报告：各单位上报情况"),
    handover=ActionWords("交接", "交接班：逐项清点，双方签字"),
    new_person=ActionWords("新增", "新增来（返）涟人员（电话报来）"),
    discharge=ActionWords("完成", "完成选中事项：巡查、消毒、居家核查记为正常；其他打开其表"),
    open=ActionWords("打开", "排查：其表，可改情况、研判；人员：此人一页；个人页：最先应办的表"),
    correct=ActionWords("改情况", "更正此人情况；研判后更正须写理由，先看日期变化"),
    test=ActionWords("检测", "登记采样或结果（阳性先看全部后果）"),
    release=ActionWords("解除", "解除此阶段：先列未齐的条件"),
    calls=ActionWords("回访", "风险区新增或升级后，今晚要打电话的人和进度"),
    expiring=ActionWords("到期", "待研判人员将到期的核酸证明"),
    abnormal=ActionWords("异常", "记为异常并写明情况"),
    note=ActionWords("记事", "写一条记事"),
    call=ActionWords("电话", "登记一通电话：来电人、事由、告知何人"),
    take_back=ActionWords("撤回", "撤回本人两分钟内的最后一次勾选"),
    seat=ActionWords("接岗", "坐上空岗，或临时顶班（须写理由）"),
    explain=ActionWords("依据", "看依据：条款原文、情况、经过"),
    trail=ActionWords("改动", "谁、何时改过选中的记录（对照日志行号）"),
    find=ActionWords("找", "按文字或拼音首字母筛选"),
    unmask=ActionWords("显号", "显示或遮住证件号、电话"),
    sign_on=ActionWords("签到", "签到：从花名册选择本人"),
    quit=ActionWords("退出", "离开：先离开表（草稿保留），再回值班板，再退出"),
)

EN = ActionsWords(
    help=ActionWords("Help", "What the keys do"),
    board=ActionWords("Board", "The board: 24 hours at a glance, and what to do now"),
    rounds=ActionWords("Rounds", "Rounds: today's slots of every site"),
    screening=ActionWords("Screen", "Screening: people to be assessed"),
    people=ActionWords("People", "People: at sites and at home"),
    log=ActionWords("Log", "The log: everything that happened"),
    reports=ActionWords("Reports", "Reports: who has reported and who has not"),
    handover=ActionWords("Handover", "Handover: item by item, both sign"),
    new_person=ActionWords("New", "A new arrival, phoned in"),
    discharge=ActionWords("Done", "The selected patrol, disinfection or home check is done and normal; else its form"),
    open=ActionWords("Open", "Screening: the form; people: the person's page; there: the form of what is owed first"),
    correct=ActionWords(
        "Facts", "Correct the facts; after the assessment with a reason, the dates shown before and after"
    ),
    test=ActionWords("Test", "A sample or a result (of a positive one all consequences are shown first)"),
    release=ActionWords("Release", "Release from this stage; what blocks it is listed first"),
    calls=ActionWords("Calls", "Whom to call tonight about a risk area added or raised, and how far that is"),
    expiring=ActionWords("Expiring", "Certificates of the queue that run out soon"),
    abnormal=ActionWords("Abnormal", "Record it as abnormal, with a note"),
    note=ActionWords("Note", "Write a note"),
    call=ActionWords("Call", "Write down a phone call: who, about what, who was told"),
    take_back=ActionWords("Undo", "Take back your own last tick within two minutes"),
    seat=ActionWords("Seat", "Take a vacant seat, or take one over (with a reason)"),
    explain=ActionWords("Why", "Explain: the clause, the facts, what happened"),
    trail=ActionWords("Who", "Who changed the selected record, and when (by line of the journal)"),
    find=ActionWords("Find", "Filter by text or pinyin initials"),
    unmask=ActionWords("Unmask", "Show or mask ID numbers and phones"),
    sign_on=ActionWords("Sign on", "Sign on: pick yourself from the roster"),
    quit=ActionWords("Quit", "Leave: a form (the draft is kept), then a screen for the board, then the program"),
)

WHY_NOT_ZH = WhyNotWords(
    not_signed_on="尚未签到：按 Ctrl+G 从花名册选择本人。",
    nothing_selected="没有选中的事项。",
    not_open_yet="还没到时间：{opens} 起才能登记。",
    window_closed="已错过，不能再补；按 n 写明情况，交接时清点。",
    already_done="已由{by}完成。",
    not_abnormal="这一项没有异常表，请按 Enter 打开其表。",
    nothing_to_take_back="没有可撤回的勾选（只限本人，两分钟内）。",
    already_signed_on="您已签到。",
    loading="正在打开值班台，请稍候。",
    not_here="此屏没有这个操作。",
)

WHY_NOT_EN = WhyNotWords(
    not_signed_on="Not signed on: Ctrl+G picks you from the roster.",
    nothing_selected="Nothing is selected.",
    not_open_yet="Too early: it opens at {opens}.",
    window_closed="Missed, and stays so; write down why with n, and it goes into the handover.",
    already_done="Done already by {by}.",
    not_abnormal="This one has no abnormal form; Enter opens its own.",
    nothing_to_take_back="No tick to take back (your own, within two minutes).",
    already_signed_on="You are signed on.",
    loading="The desk is opening, one moment.",
    not_here="This screen has no such action.",
)
