"""Drawn lists of a CDC: close contacts and their secondaries, with what the desk should hold of each."""

import random
from datetime import date, timedelta
from typing import Final

from tests.tui.drawn_sheets.of_units import day_cell, hurt_some, person_name, phone_cell
from tests.tui.drawn_sheets.people import sound_number
from tests.tui.drawn_sheets.register_verdicts import Found
from tests.tui.drawn_sheets.registers import UNSAID, DrawnRow, Page, Plan, with_unknown
from tests.tui.intake_checks import Imported

CONTACTS: Final[dict[str, tuple[str, ...]]] = {
    "name": ("姓名", "被协查人姓名", "接触者姓名", "人员姓名"),
    "id_no": ("身份证号", "证件号码", "身份证号码"),
    "phone": ("联系电话", "手机号码", "电话"),
    "kind": ("密接类型", "接触类别", "人员类别"),
    "last_exposure_on": ("末次接触时间", "最后接触日期", "末次接触日期"),
}
GRADES: Final[tuple[tuple[str, str], ...]] = (
    ("密接", "close"),
    ("密切接触者", "close"),
    ("次密接", "secondary"),
    ("次密", "secondary"),
    ("密接的密接", "secondary"),
    ("待判定", UNSAID),
)


def draw_contacts(draw: random.Random) -> Plan:
    """Draw a CDC's list."""
    columns = ["name", "id_no", "phone", "kind", "last_exposure_on"]
    names: set[str] = set()
    rows = [_contact(draw, at, person_name(draw, names)) for at in range(draw.randint(1, 7))]
    title = draw.choice(("协查人员名单", "密接、次密接人员信息表", "附件2"))
    plan = Plan("contacts", CONTACTS, columns, [Page(rows, [title])])
    plan.over = {"基本信息": ("name", "id_no", "phone")}
    plan.key, plan.needed = ("name",), ("name",)
    with_unknown(draw, plan)
    hurt_some(draw, plan, frozenset({"id_no", "phone", "last_exposure_on"}))
    return plan


def _contact(draw: random.Random, at: int, name: str) -> DrawnRow:
    row = DrawnRow()
    row.put("name", name, name)
    number = sound_number(f"431382198{at}01{draw.randint(10, 28)}{draw.randrange(100, 999)}")
    row.put("id_no", number, number)
    row.put("phone", *phone_cell(draw))
    row.put("kind", *draw.choices(GRADES, [1 if each[1] == UNSAID else 4 for each in GRADES])[0])
    row.put("last_exposure_on", *day_cell(draw, date(2021, 6, 1) + timedelta(days=draw.randrange(5))))
    return row


def contacts(seen: Imported, _: Plan) -> list[Found]:
    """Return the people of the desk by column."""
    return [
        {
            "name": each["name"],
            "id_no": each.get("id_no", ""),
            "phone": each.get("phone", ""),
            "kind": each.get("facts", {}).get("contact", "none"),
            "last_exposure_on": each.get("facts", {}).get("last_exposure_on"),
        }
        for each in seen.persons.values()
    ]
