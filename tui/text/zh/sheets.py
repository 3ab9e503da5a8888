"""Chinese sentences of `SheetWords`."""

from dutyboard.tui.text.sheets import SheetWords

WORDS = SheetWords(
    rows={
        "id_missing": "缺身份证号",
        "id_length": "身份证号位数不对",
        "id_date": "身份证号中的日期不对",
        "id_check_digit": "身份证号校验位不符",
        "phone_missing": "缺联系电话",
        "phone_unusual": "电话号码不合常规",
        "year_assumed": "日期未写年份，按同行或全表的年份补",
        "year_unknown": "日期未写年份，也无从推断，按不详处理（可用 --year 指定）",
        "date_unread": "看不懂的日期，按不详处理",
        "value_unread": "看不懂的内容，按不详处理",
        "place_unknown": "认不出的地名，按不详处理",
        "name_missing": "缺姓名或名称",
        "unit_missing": "缺所属乡镇（街道、管理处）",
        "rooms_unread": "房间数看不懂",
        "state_unread": "状态看不懂",
        "level_unread": "等级看不懂",
        "code_unread": "区划代码看不懂",
        "start_missing": "缺起始日期",
        "future_date": "日期晚于值班台现在的时间",
        "temperature_unlikely": "体温不合常理，未采用，须复测",
        "result_before_sample": "结果日期早于采样日期，未采用",
        "left_after_arrival": "离开日期晚于到涟日期，未采用，须问几时离开",
        "unit_unknown": "住址对不上任何单位",
        "unit_added": "单位不在册，已新增",
        "name_differs": "同一身份证号已登记为另一姓名，未改；请人工核对",
        "already_assessed": "此人已研判，内容有出入，未改；请人工更正",
        "state_kept": "状态与值班台不一致，未改",
        "corrected_by_officer": "值班员已更正过此项，未改",
    },
    files={
        "file_missing": "没有这个文件：{file}",
        "file_unreadable": "读不了这个文件：{file}",
        "old_excel": "{file} 是旧版 .xls，请先另存为 .xlsx",
        "not_a_workbook": "{file} 不是 Excel 工作簿",
        "encoding_unread": "{file} 的编码既不是 UTF-8 也不是 GB18030",
        "no_header": "{file} 中找不到表头（须有：{wanted}）",
    },
)
