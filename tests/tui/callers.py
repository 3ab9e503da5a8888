"""Callers and sheets of the morning of 2021-06-07, for tests that work from the command line."""

from tests.tui.command_line import CommandLine

SITES = (
    "名称,所在乡镇,房间数,状态,重点消毒区域,负责人,联系电话\n"
    "涟源宾馆隔离点,蓝田街道,62,启用,走廊,周涛,19900000001\n"
    "涟水酒店隔离点,蓝田街道,20,备用,走廊,杨敏,19900000002\n"
)
AREAS = "区划代码,地区,等级,起始日期\n440305,广东省深圳市南山区,中风险,2021-06-01\n"
CALLER = {"arrival_at": "2021-06-07T08:00", "border": "none", "sanfei": "no", "contact": "none", "case_status": "none"}
CALLER |= {"symptoms": "none", "stays": [{"place": "广东省深圳市南山区", "left_on": "2021-06-06"}]}
ZHANG = {"name": "张三", "id_no": "431302199512309871", "phone": "19900000003", "address": "新塘村1组", **CALLER}
SI = {"name": "李四", "phone": "19900000004", "address": "新塘村2组", "health_code": "green", "travel_card": "green"}
SI |= {**CALLER, "pcr": None}
WANG = {"name": "王五", "phone": "19900000005", "address": "新塘村3组"}
WANG |= {**CALLER, "stays": [{"place": "广东省广州市荔湾区", "left_on": "2021-06-06"}]}
MORNING = "2021-06-07T08:30"


def sheet(desk: CommandLine, kind: str, text: str) -> None:
    """Take in a sheet."""
    file = desk.folder.parent / f"{kind}.csv"
    file.write_text(text, encoding="utf-8")
    desk.done("import", kind, str(file))
