"""Chinese sentences of `ActionsWords` and `WhyNotWords`."""

from dutyboard.tui.text.actions import ActionsWords, ActionWords, WhyNotWords

WORDS = ActionsWords(
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
    open=ActionWords("打开", "排查：其表，可改情况、研判；人员：此人一页；个人页：最先应办的表；日志：整条"),
    correct=ActionWords("改情况", "更正此人情况；研判后更正须写理由，先看日期变化"),
    test=ActionWords("检测", "登记采样或结果（阳性先看全部后果）"),
    reading=ActionWords("体温", "登记此人的体温、症状或复测"),
    release=ActionWords("解除", "解除此阶段：先列未齐的条件"),
    calls=ActionWords("回访", "风险区新增或升级后，今晚要打电话的人和进度"),
    expiring=ActionWords("到期", "待研判人员将到期的核酸证明"),
    abnormal=ActionWords("异常", "记为异常并写明情况"),
    note=ActionWords("记事", "写一条记事"),
    call=ActionWords("电话", "登记一通电话：来电人、事由、告知何人"),
    take_back=ActionWords("撤回", "撤回本人两分钟内的最后一次勾选"),
    amend=ActionWords("更正", "更正一条日志：写明缘由，改内容或整条撤回，原条保留"),
    seat=ActionWords("接岗", "坐上空岗，或临时顶班（须写理由）"),
    explain=ActionWords("依据", "看依据：条款原文、情况、经过"),
    trail=ActionWords("改动", "谁、何时改过选中的记录（对照日志行号）"),
    desk_acts=ActionWords("设置", "设置：隔离点启用与关闭、排班、换通知、阈值与口径、导入表格"),
    site=ActionWords("启停", "启用、备用或关闭一处隔离点"),
    answer=ActionWords("答复", "登记对此人请示的答复"),
    more=ActionWords("更多", "其他：换房、转点，改派专人或监管干部"),
    transfer=ActionWords("转运", "登记此人出发、到达、改送或取消"),
    hand_off=ActionWords("移交", "移交他处或死亡：凭函关闭此人的记录"),
    find=ActionWords(
        "找", "按文字或拼音首字母筛选；排查、人员边打边找，也按电话或证件尾号、房号、镇街、专人、条款、到期日"
    ),
    next_slice=ActionWords("只看", "下一类人：可确认、待答复、待结果、明日期满、发热、本镇街、各条款"),
    last_slice=ActionWords("上一类", "上一类人；Esc 看全部"),
    unmask=ActionWords("显号", "显示或遮住证件号、电话"),
    sign_on=ActionWords("签到", "签到：从花名册选择本人"),
    repaint=ActionWords("重画", "整屏重画：被别的文字弄花，或断线重连之后"),
    quit=ActionWords("退出", "离开：先离开表（草稿保留），再回值班板，再退出"),
)

WHY_NOT = WhyNotWords(
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
