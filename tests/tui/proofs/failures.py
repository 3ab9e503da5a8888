"""The N-th call to the disk fails, for every N, under an officer at the desk's own door.

"Not saved" is then true and "saved" too: what was accepted is in the log once, what was refused is not, and neither the
screen's picture nor the desk says otherwise. The acts are made in a worker thread, as a screen makes them.
"""

import contextlib
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from dutyboard.rules.records.commands.post import OpenDesk, WriteLog
from dutyboard.rules.records.refusals import Refusal
from dutyboard.tui.link.care import verify
from dutyboard.tui.link.gateway import Gateway
from dutyboard.tui.link.identity import own_identity
from dutyboard.tui.link.trouble import StoreTrouble
from tests.store.proofs.faults import Faults, each_failure

DESK = OpenDesk(desk="值班室", notice="lianyuan-2021-07", timezone="Asia/Shanghai", admin_name="王芳")


class Morning:
    """An officer who goes on after every refusal. Knows what was accepted and what refused."""

    def __init__(self, folder: Path, worker: ThreadPoolExecutor) -> None:
        self.folder = folder
        self.accepted: list[str] = []
        self.refused: list[str] = []
        self._worker = worker
        self._gateway: Gateway | None = None

    def work(self) -> None:
        self._open()
        self._note("a")
        self._note("b")
        self._keep(lambda gateway: gateway.checkpoint())
        self._note("c")
        self._keep(lambda gateway: gateway.backup(self.folder.with_name("copy")))
        self._note("d")
        self._close()
        self._open()
        self._note("e")
        self._close()

    def _open(self) -> None:
        with contextlib.suppress(StoreTrouble, OSError):
            self._gateway = self._worker.submit(Gateway.open, self.folder, own_identity()).result()

    def _close(self) -> None:
        if self._gateway is not None:
            self._worker.submit(self._gateway.close).result()
        self._gateway = None

    def _keep(self, act: Callable[[Gateway], object]) -> None:
        if self._gateway is not None:
            with contextlib.suppress(StoreTrouble):
                self._worker.submit(act, self._gateway).result()

    def _note(self, text: str) -> None:
        if self._gateway is None:
            self.refused.append(text)
            return
        try:
            told = self._worker.submit(self._gateway.submit, WriteLog(text=text)).result()
        except StoreTrouble:
            self.refused.append(text)
            assert text not in notes(self._gateway), f"{text} was refused and is shown"
        else:
            assert not isinstance(told, Refusal), told.code
            self.accepted.append(text)
            assert text in notes(self._gateway), f"{text} was accepted and is not shown"


def notes(gateway: Gateway) -> list[str]:
    """Return the texts of the notes that an officer sees."""
    return [entry.text for entry in gateway.snapshot.entries.values() if entry.kind == "note"]


def check(morning: Morning, faults: Faults) -> None:
    """Open the desk on a sound disk, heal it where a sync had failed, write, and compare."""
    gateway = Gateway.open(morning.folder, own_identity())
    gateway.heal()
    assert not isinstance(gateway.submit(WriteLog(text="after")), Refusal)
    found = notes(gateway)
    gateway.close()
    assert len(found) == len(set(found)), f"twice: {found}"
    assert set(morning.accepted) <= set(found), f"lost: {set(morning.accepted) - set(found)}"
    if not faults.lasting:  # a line that could not be taken back either may come to light: it was not acknowledged
        assert not set(morning.refused) & set(found), f"kept though refused: {set(morning.refused) & set(found)}"
    report = verify(morning.folder)
    assert report["ok"], report["problems"]


def run(scratch: Path, every: int) -> str:
    """Fail each `every`-th call in each way; return how much ran."""
    fresh = _desk(scratch)
    with ThreadPoolExecutor(1) as worker:
        return each_failure(lambda: Morning(_copy(fresh, scratch), worker), check, every)


def _desk(scratch: Path) -> Path:
    gateway = Gateway.open(scratch / "fresh", own_identity(), create=True)
    assert not isinstance(gateway.submit(DESK), Refusal)
    gateway.close()
    return scratch / "fresh"


def _copy(fresh: Path, scratch: Path) -> Path:
    for name in ("desk", "copy"):
        shutil.rmtree(scratch / name, ignore_errors=True)
    shutil.copytree(fresh, scratch / "desk")
    return scratch / "desk"
