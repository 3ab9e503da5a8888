"""The first frame of the board waits for no module that is needed later."""

import subprocess
import sys
from pathlib import Path

LATER = (
    "dutyboard.store",
    "tinydb",
    "msgspec",
    "openpyxl",
    "psycopg",
    "stdnum",
)
FIRST_FRAME = """
import dutyboard.tui.cli, dutyboard.tui.commands.desk, dutyboard.tui.link.folder
from dutyboard.tui.terminal import config
config.prepare()
import dutyboard.tui.app
"""
"""What `dutyboard` imports on the way to its first frame."""


def loaded_by(code: str) -> set[str]:
    """The modules that a fresh interpreter holds after some code."""
    told = "import sys; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", f"{code}\n{told}"], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_the_first_frame_waits_for_nothing_that_comes_later() -> None:
    loaded = loaded_by(FIRST_FRAME)
    assert "textual" in loaded
    assert loaded.isdisjoint(LATER)
    rules = {name for name in loaded if name.startswith("dutyboard.rules.")}
    assert rules == {"dutyboard.rules.records", "dutyboard.rules.records.signs"}, "what no text may show"


def test_the_rows_of_the_board_wait_for_no_form_and_no_page() -> None:
    loaded = loaded_by(f"{FIRST_FRAME}\nimport dutyboard.tui.screens.board")
    assert "dutyboard.rules.board" in loaded
    unneeded = ("forms", "form", "page", "pages", "person", "explain", "desk_acts", "people", "log")
    assert loaded.isdisjoint(f"dutyboard.tui.screens.{each}" for each in unneeded)
    assert loaded.isdisjoint(("dutyboard.rules.decide", "dutyboard.rules.amending", "dutyboard.tui.sheets"))


def test_a_desk_is_opened_and_acted_on_without_tinydb_and_a_database(tmp_path: Path) -> None:
    code = f"""
from pathlib import Path
from dutyboard.rules.records.commands.post import OpenDesk, WriteLog
from dutyboard.tui.link.gateway import Gateway
from dutyboard.tui.link.identity import Identity
gateway = Gateway.open(Path({str(tmp_path / "desk")!r}), Identity("wangfang"), create=True)
gateway.submit(OpenDesk(desk="值班室", notice="lianyuan-2021-07", timezone="Asia/Shanghai", admin_name="王芳"))
gateway.submit(WriteLog(text="接电话"))
gateway.close()
"""
    assert loaded_by(code).isdisjoint(("tinydb", "psycopg"))
    assert "tinydb" in loaded_by("from dutyboard.store import JournalDB"), "it is there for whoever asks a question"
