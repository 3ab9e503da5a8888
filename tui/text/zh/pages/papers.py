"""Chinese sentences of `PaperWords`."""

from typing import Final

from dutyboard.tui.text.pages.papers import PaperTable, PaperWords

_WHO: Final = (
    "文号：{number}  {copy}",
    "姓名：{name}  性别：{sex}  证件号：{id_no}  电话：{phone}",
    "住址：{address}  所属：{unit}",
)
_CARED: Final = (
    "紧急联系人：{emergency_name}  {emergency_phone}",
    "工作单位：{workplace}",
    "基础疾病：{illness}  用药：{medicine}  特殊需求：{special_need}",
)
_STAGES: Final = PaperTable("安排", "stages", {"what": "事项", "first": "起", "last": "止"})
_TESTS: Final = PaperTable("检测", "tests", {"what": "检测", "day": "日期", "result": "结果"})
_DUE: Final = PaperTable("须做的检测", "due_tests", {"what": "检测", "day": "日期", "stage": "阶段"})
_RULES: Final = PaperTable("通知原文", "rules", {"clause": "条款", "text": "内容"})

WORDS = PaperWords(
    titles={
        "notice-isolation": "集中隔离医学观察告知书",
        "notice-release": "解除医学观察告知书",
        "notice-home": "居家健康监测告知书",
        "transfer": "人员转运交接单",
        "record": "人员全程记录",
    },
    short={
        "notice-isolation": "隔告",
        "notice-release": "解告",
        "notice-home": "居告",
        "transfer": "转运",
        "record": "记录",
    },
    number="{desk}{short}〔{year}〕{serial}号",
    copy="第 {n} 次打印",
    preview="预览，未编号",
    none={
        "notice-isolation": "{name} 没有集中隔离告知书：未研判、不需集中隔离、已在居家，或已解除。",
        "notice-release": "{name} 没有解除告知书：目前状态不是经解除得来的。",
        "notice-home": "{name} 没有居家健康监测告知书：未研判、没有居家阶段，或已解除。",
        "transfer": "{name} 没有转运交接单：没有待转、在途或已完成的转运。",
        "record": "{name} 没有记录。",
    },
    blank="________",
    day="{day:%Y年%-m月%-d日}",
    moment="{at:%Y-%m-%d %H:%M}",
    degrees="{temp:.1f} 度（{at:%m-%d %H:%M}）",
    temp="{temp:.1f} 度",
    test_on="{day} {result}",
    let_go="经带班领导 {leader} 批准，自 {at} 起由「{stage}」转为「{to}」。",
    against="本次解除时条件未齐（{blockers}），由带班领导决定，理由：{reason}",
    entry="第 {id} 条",
    amended="（已由第 {id} 条更正）",
    stays="{begins} 至 {ends}",
    proposed="（议）",
    lines={
        "notice-isolation": (
            *_WHO,
            *_CARED,
            "依据：{clause}",
            "{asked}",
            "隔离地点：{place}  隔离点电话：{site_phone}",
            "隔离期限：{first} 至 {last}",
            "专人：{officer}",
        ),
        "notice-release": (
            *_WHO,
            "依据：{clause}",
            "观察地点：{place}  观察期限：{first} 至 {last}",
            "{let_go}",
            "{against}",
            "镇级包保干部：{town_cadre} {town_phone}  村级包保干部：{home_cadre} {home_phone}",
        ),
        "notice-home": (
            *_WHO,
            *_CARED,
            "依据：{clause}",
            "{asked}",
            "监测地点：{place}",
            "监测期限：{first} 至 {last}",
            "镇级包保干部：{town_cadre}  电话：{town_phone}",
            "村级包保干部：{home_cadre}  电话：{home_phone}",
            "居家规定（{home_clause}）：{home_rule}",
        ),
        "transfer": (
            *_WHO,
            *_CARED,
            "由：{from_place}",
            "至：{to_place}",
            "管控类别：{clause}  阶段：{stage}  隔离第 {isolation_day} 天",
            "最近核酸：{last_pcr}  最近体温：{last_temp}  交接时体温：{temp_now}",
            "车牌：{vehicle}  驾驶员：{driver} {driver_phone}  随车人员：{escort} {escort_phone}",
            "出发：{left_at}  到达：{arrived_at}",
            "移交人：{handed_by}  接收人：{received_by}",
            "目的地指挥部告知时间、告知人：{told_headquarters}",
        ),
        "record": (
            *_WHO,
            *_CARED,
            "民族：{nation}  来源地：{origin}  行程：{travel}  车次：{vehicle_in} {seat_no}  同行：{companions}",
            "发现方式：{found_by}  登记：{registered_at}  专人：{officer}",
            "现状：{stage} {place}  依据：{clause}",
            "镇级包保干部：{town_cadre}  村级包保干部：{home_cadre}",
            "备注：{note}",
        ),
    },
    tables={
        "notice-isolation": (_STAGES, _DUE, _RULES),
        "notice-release": (_TESTS, _RULES),
        "notice-home": (_STAGES, _DUE, _RULES),
        "transfer": (_TESTS,),
        "record": (
            PaperTable("事实", "facts", {"what": "事项", "value": "内容", "entry": "依据日志"}),
            PaperTable("以往各段", "stays", {"days": "起止", "clause": "条款", "how": "情形"}),
            _STAGES,
            PaperTable("地点", "rooms", {"entry": "日志", "at": "时间", "what": "情形"}),
            _TESTS,
            PaperTable(
                "体温与症状",
                "readings",
                {"entry": "日志", "at": "时间", "temp": "体温", "symptom": "症状", "by": "测量人"},
            ),
            PaperTable("转运", "rides", {"entry": "日志", "at": "时间", "what": "情形"}),
            PaperTable("请示与答复", "referrals", {"entry": "日志", "at": "时间", "what": "情形"}),
            PaperTable("解除", "releases", {"entry": "日志", "at": "时间", "what": "情形"}),
            PaperTable("全部日志", "history", {"entry": "日志", "at": "时间", "by": "登记人", "what": "内容"}),
        ),
    },
    below={
        "notice-isolation": (
            "签发单位（盖章）：{desk}  签发日期：{day}",
            "带班领导（签字）：________  告知人（签字）：________",
            "本人已知悉上述内容（签字）：________  日期：________",
        ),
        "notice-release": (
            "签发单位（盖章）：{desk}  签发日期：{day}",
            "带班领导（签字）：________  经办人（签字）：________",
            "本人签收（签字）：________  日期：________",
        ),
        "notice-home": (
            "签发单位（盖章）：{desk}  签发日期：{day}",
            "村（社区）（盖章）：________  告知人（签字）：________",
            "本人已知悉并承诺遵守（签字）：________  日期：________",
        ),
        "transfer": (
            "移交单位（盖章）：{desk}  填单日期：{day}",
            "移交人（签字）：________  时间：________",
            "接收单位（盖章）：________  接收人（签字）：________  时间：________",
        ),
        "record": ("出具单位（盖章）：{desk}  出具日期：{day}", "经办人（签字）：________"),
    },
    page_keys="p 打印成文件（编号、记日志）  上下键翻页  Esc 返回",
    file_name="文件名要以 .docx 或 .pdf 结尾",
    at_door="从门外写不了文件：在自己的机器上 ssh 值班台 {command} --format docx - > 文书.docx",
    only_papers="只有人员文书能出 docx；表格用 --format xlsx 或 pdf",
    absent="缺少 {package}：pip install 'dutyboard[paper]'",
    no_template="模板 {file} 读不了：不是 .docx，或已损坏、过大",
    broken="模板 {file} 第 {line} 行的写法有误：{why}",
    unknown_place="模板 {file} 里没有「{place}」这一项；可用的项见 docs/papers.md",
    forbidden="模板 {file} 里有不允许的写法：{why}",
    outside="模板 {file} 引用了外部内容（图片、对象或模板），不能用",
    no_font="没有找到中文字体，出不了 PDF 和 PNG：apt install fonts-wqy-zenhei，或用 DUTYBOARD_FONT 指定字体文件",
    no_office="没有找到 LibreOffice（soffice），出不了 PDF：apt install libreoffice-writer-nogui，或改用 --format docx",
    office_failed="LibreOffice 没有转出 PDF，可改用 --format docx",
    too_slow="LibreOffice {seconds} 秒没有转完，已停止；可改用 --format docx",
)
