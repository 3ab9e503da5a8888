"""Rows of a table pasted into a real terminal, between the brackets that it sends, and taken in with keys alone."""

from pathlib import Path
from typing import Any

import pytest

from tests.pty.desks import board_of, entries, practice_desk, printed
from tests.pty.terminal import KEYS

ROWS = (
    "姓名\t身份证号\t联系电话\t来源地\t离开日期\t到涟时间\t现住址\r"
    '测粘贴\t110101199001010015\t13800000001\t广东省深圳市\t2021-06-05\t2021-06-06\t"蓝田街道\r新塘村1组"\r'
    "测换行\t\t13800000002\t广东省广州市\t2021-06-05\t2021-06-06\t蓝田街道新塘村2组\r"
)
"""As WPS copies it, and as a terminal sends the ends of its lines."""


@pytest.fixture(scope="module")
def folder(home: Path) -> Path:
    return practice_desk(home / "desk")


def imports(folder: Path) -> list[dict[str, Any]]:
    return [each for each in entries(folder) if each["kind"] == "import"]


def test_rows_pasted_from_a_table_are_registered_with_keys_alone(folder: Path) -> None:
    before = len(imports(folder))
    with board_of(folder) as terminal:
        terminal.send(KEYS["f9"])
        terminal.wait_for("导入：")
        terminal.send("导入：")
        terminal.settle()
        terminal.send(KEYS["enter"])
        terminal.wait_for("导入表格")
        terminal.settle()
        terminal.send(f"\x1b[200~{ROWS}\x1b[201~")
        terminal.wait_for("粘贴的 4 行")
        terminal.send("4")
        terminal.send(KEYS["f9"])
        terminal.wait_for("新增 2  更新 0  重复 0  退回 0")
        assert len(imports(folder)) == before
        terminal.settle()
        terminal.send(KEYS["f9"])
        terminal.wait_for("已写入，日志第")
    found = {
        each["name"]: each
        for each in printed(folder, "export", "--json", "--reveal", "测试")["tables"]["persons"].values()
    }
    assert found["测粘贴"]["address"] == "蓝田街道 新塘村1组"
    assert found["测换行"]["origin"] == "广东省广州市"
