"""Chinese sentences of `AssessWords`."""

from dutyboard.tui.text.assess import AssessWords

WORDS = AssessWords(
    holds={
        "result_pending": "检测结果未出，期满不得解除",
        "result_unclear": "检测结果不明，须复检",
        "discharge_unknown": "出院日期不明",
        "contact_unknown": "密接何时解除不明",
        "negative_missing": "入涟后尚无核酸阴性结果",
        "history_not_checked": "旅居史尚未排查完毕",
    },
    blockers={
        "test_missing": "缺检测",
        "result_pending": "结果未出",
        "result_unclear": "结果不明",
        "positive": "检测阳性",
        "late_sample": "补采须由带班领导确认",
        "missed_sample": "漏采须由带班领导确认",
        "day_not_full": "期限未满",
        "end_unknown": "期满日未知",
        "waits_for": "等待密接解除",
        "condition_open": "解除条件未满足",
        "no_home_cadre": "未落实镇、村监管干部",
        "no_vehicle": "未安排闭环车辆",
        "referral_open": "尚待指挥部答复",
        "room_stopped": "同室有异常，暂停解除",
        "reading_open": "体温或症状待复测、待答复",
        "mate_reading_open": "同室有人体温或症状未排除",
    },
)
