"""An import on a terminal: what it would do is shown, and nothing is written before the answer."""

from pathlib import Path

import pytest

from tests.homes import begun
from tests.pty.desks import run
from tests.pty.terminal import Terminal, arguments

SHEET = "姓名,身份证号码,手机号码,来源地,现居住地\n赵测甲,110101199001010015,13800000001,深圳市,蓝田街道新塘村1组\n"


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    folder = tmp_path / "desk"
    assert run(folder, "init", str(begun(folder))).returncode == 0
    (tmp_path / "people.csv").write_text(SHEET, encoding="utf-8")
    return folder


def asked(desk: Path, *more: str) -> Terminal:
    return Terminal(*arguments(desk, "import", "arrivals", str(desk.parent / "people.csv"), *more))


def test_nothing_is_written_until_the_answer(desk: Path) -> None:
    with asked(desk) as terminal:
        terminal.wait_for("导入？")
        told = terminal.text()
        assert "手机号码" in told and "新增 1" in told
        terminal.send("n\r")
        assert terminal.wait_exit() == 1, terminal.text()
    assert '"persons"' not in run(desk, "export", "--json").stdout
    with asked(desk) as terminal:
        terminal.wait_for("导入？")
        terminal.send("y\r")
        assert terminal.wait_exit() == 0, terminal.text()
        assert all(part in terminal.raw().decode() for part in ("核对 ", "写入 "))  # no bar stands still
    assert '"persons"' in run(desk, "export", "--json").stdout


def test_a_sheet_that_brings_nothing_new_is_not_asked_about(desk: Path) -> None:
    assert run(desk, "import", "arrivals", str(desk.parent / "people.csv")).returncode == 0
    with asked(desk) as terminal:
        assert terminal.wait_exit() == 0, terminal.text()
        assert "导入？" not in terminal.text()


@pytest.mark.parametrize("option", ["--yes", "--json"])
def test_who_says_so_is_not_asked(desk: Path, option: str) -> None:
    with asked(desk, option) as terminal:
        assert terminal.wait_exit() == 0, terminal.text()
        assert "导入？" not in terminal.text()
    assert '"persons"' in run(desk, "export", "--json").stdout
