"""The board in a headless Chromium, through nginx by the words of docs/browser.md."""

from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.pty.desks import entries, practice_desk
from tests.web.browser import CHROMIUM, Browser, opened
from tests.web.served import NGINX, behind_nginx, free_port, serving

pytestmark = pytest.mark.skipif(not (CHROMIUM and NGINX), reason="no chromium or no nginx here")
ENTER = ("Enter", 13, "\r")
DOWN = ("ArrowDown", 40)
PATROL = "涟源宾馆隔离点 晚餐巡查"


def cursor(text: str) -> str:
    return next((line for line in text.splitlines() if line.startswith(">")), "")


async def select(page: Browser, words: str) -> None:
    """Move the cursor down to the row that holds these words."""
    while words not in (row := cursor(page.text())):
        await page.press(*DOWN)
        await page.wait_until(lambda text, row=row: cursor(text) not in ("", row), "the cursor on the next row")


async def test_an_officer_signs_on_ticks_writes_chinese_and_resizes(tmp_path: Path) -> None:
    desk, port = practice_desk(tmp_path / "desk"), free_port()
    with (
        serving(desk, tmp_path, f"http://127.0.0.1:{port}") as served,
        behind_nginx(served, port, tmp_path, {"chenwd": "secret"}),
    ):
        async with opened(f"http://chenwd:secret@127.0.0.1:{port}/") as page:
            await page.wait_for("您是哪一位")
            await page.compose("chenwd", "陈卫东")
            await page.wait_until(lambda text: "李建国" not in text, "one officer alone")
            await page.press(*ENTER)
            await page.wait_for("已签到：陈卫东")
            await select(page, PATROL)
            await page.press(*ENTER)
            await page.wait_until(lambda text: f"V  {PATROL}" in text, "the patrol, done")
            await page.type("n")
            await page.wait_for("记事")
            await page.compose("wangcanyisong", "晚餐已送")
            await page.wait_for("晚餐已送")
            wide = page.size
            smaller = {"width": 760, "height": 480, "deviceScaleFactor": 1, "mobile": False}
            await page.ask("Emulation.setDeviceMetricsOverride", **smaller)
            await page.wait_until(lambda text: page.size < wide and "晚餐已送" in text, "a smaller page")
            await page.press("F9", 120)
            await page.wait_until(lambda text: "记事" not in text.splitlines()[0] and cursor(text) != "", "the board")
            assert {urlsplit(each).netloc.rpartition("@")[2] for each in page.requests} == {f"127.0.0.1:{port}"}
            assert [each for each in page.messages if "Refused" in each or "violat" in each] == []
    told = [each for each in entries(desk) if each["login"] == "chenwd"]
    assert [each["kind"] for each in told] == ["sign_on", "check", "note"]
    assert {each["address"] for each in told} == {"127.0.0.1"}
    assert told[-1]["text"] == "晚餐已送"
    assert "in: chenwd 127.0.0.1" in served.log.read_text()
