"""A number of somebody, on a desk on PostgreSQL: it is shown once the view log holds that, here and on the server."""

import errno
import os
from datetime import datetime
from pathlib import Path

import pytest

from dutyboard.store.files import disk
from dutyboard.tui.app import DutyApp
from dutyboard.tui.commands.desk import make_desk
from dutyboard.tui.commands.invocation import Invocation
from dutyboard.tui.link.gateway import Gateway
from dutyboard.tui.link.identity import own_identity
from dutyboard.tui.text import words
from tests.engine.cluster import Cluster
from tests.engine.mirrors import desk_address, mirror
from tests.tui.screen_text import text, until_shown

NOW = datetime.fromisoformat("2021-06-07T19:42+08:00")
SAID = words("zh")
NOT_VIEWED = SAID.troubles.not_viewed.partition("{")[0]
MASKED, SHOWN = "199****", "1990000"


@pytest.fixture
def folder(cluster: Cluster, schema: str, tmp_path: Path) -> Path:
    """The mirror of a desk with a sample in it."""
    made = mirror(tmp_path / "desk", desk_address(cluster, schema))
    make_desk(Invocation(), made, sample=True, practice=NOW)
    return made


async def test_where_the_disk_is_full_under_the_view_log_numbers_stay_masked_and_a_line_says_why(
    cluster: Cluster, schema: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lines() -> int:
        asked = f"SELECT line FROM {schema}.lines WHERE chain = 'views'"
        return sum("核对".encode() in bytes(line) for (line,) in cluster.execute(asked))

    def full(fd: int, data: bytes | memoryview) -> int:
        if "/views/" in str(Path(f"/proc/self/fd/{fd}").readlink()):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return os.write(fd, data)

    app = DutyApp(lambda: Gateway.open(folder, own_identity()), SAID)
    async with app.run_test(size=(80, 24)) as pilot:
        await until_shown(pilot, SAID.screens.todo)
        await pilot.press("f5")
        await until_shown(pilot, MASKED)
        for why, refused in (("full", SAID.troubles.disk_full), ("away", SAID.troubles.engine_no_answer)):
            with monkeypatch.context() as patched:
                if why == "full":
                    patched.setattr(disk, "write", full)
                else:
                    cluster.stop()
                await pilot.press("m", *"核对", "f9")
                await until_shown(pilot, f"{NOT_VIEWED}{refused}"[:30])
                await pilot.press("f10")
                await until_shown(pilot, MASKED)
                assert SHOWN not in text(app), why
        cluster.start()
        assert lines() == 0
        await pilot.press("m", *"核对", "f9")
        await until_shown(pilot, SHOWN)
        assert lines() == 1
