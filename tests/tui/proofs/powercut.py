"""Power cuts under officers at the desk's own doors: screens and command lines of several OS users, one act a line.

The file system is cut as in the store's own proof. What a screen or a command line called saved is there after mounting
again, once, and the desk verifies. Without fdatasync acts must be lost: else the proof sees nothing.
"""

import multiprocessing
import os
import random
import shutil
import signal
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from dutyboard.rules.records.commands.post import WriteLog
from dutyboard.rules.records.refusals import Refusal
from dutyboard.store.files import disk
from dutyboard.tui.link.care import verify
from dutyboard.tui.link.gateway import Gateway
from dutyboard.tui.link.identity import own_identity
from dutyboard.tui.link.trouble import StoreTrouble
from tests.store.proofs.kills import drain
from tests.store.proofs.powercut import MKFS, Unavailable, call, device, must, quietly, shut_down
from tests.tui.proofs.kills import Place, all_modules, called, unpaced

PATIENCE = 20


def screen(place: Place, acks: int) -> None:
    """Write notes from a worker thread, as a screen does."""
    gateway = Gateway.open(place.folder, own_identity())
    with ThreadPoolExecutor(1) as worker:
        while True:
            key = f"{os.getpid()}-{time.time_ns()}"
            try:
                told = worker.submit(gateway.submit, WriteLog(text=key)).result()
            except StoreTrouble as trouble:
                if trouble.code != "locked":
                    return
                continue
            assert not isinstance(told, Refusal), told.code
            os.write(acks, f"{key} {time.monotonic_ns()}\n".encode())


def command_line(place: Place, acks: int) -> None:
    """Write notes by the program itself, one process an act."""
    while True:
        key = f"{os.getpid()}-{time.time_ns()}"
        if called(place, "log", key) == 0:
            os.write(acks, f"{key} {time.monotonic_ns()}\n".encode())


def keeper(place: Place, _: int) -> None:
    """Write checkpoints, all the while."""
    while True:
        called(place, "checkpoint")


def cut(loop: str, kind: str, mounted: Path, *, syncing: bool) -> tuple[set[str], set[str]]:
    """One power cut: the texts acknowledged before it, and those found after."""
    call(*MKFS[kind], loop)
    call("mount", loop, mounted)
    place = Place(mounted)
    roles: list[Callable[[Place, int], None]] = [screen, screen, command_line, command_line]
    if syncing:  # the fsync of a checkpoint would save what the control run must lose
        roles.append(keeper)
    fork = multiprocessing.get_context("fork")

    def work(number: int, acks: int) -> None:
        os.setpgid(0, 0)
        unpaced()
        if not syncing:
            disk.fdatasync = lambda _: None
        place.become(number)
        quietly(roles[number], place, acks)

    try:
        place.prepare()
        os.sync()
        reading, writing = os.pipe()
        os.set_blocking(reading, False)
        processes = [fork.Process(target=work, args=(number, writing), daemon=True) for number in range(len(roles))]
        for process in processes:
            process.start()
        told, end = bytearray(), time.monotonic() + 0.8 + random.random() * 0.8
        while time.monotonic() < end:
            drain(reading, told)
            time.sleep(0.005)
        at = time.monotonic_ns()
        shut_down(mounted)
        for process in processes:
            if process.pid is not None and process.is_alive():
                os.killpg(process.pid, signal.SIGKILL)
            process.join()
        drain(reading, told)
        os.close(reading)
        os.close(writing)
    finally:
        unmount(mounted)
    acked = {key for key, stamp in (line.split() for line in told.decode().splitlines()) if int(stamp) < at}
    must("mount", loop, mounted)
    try:
        with multiprocessing.get_context("fork").Pool(1) as one:
            return acked, one.apply(_found, (place,))
    finally:
        unmount(mounted)


def unmount(mounted: Path) -> None:
    """Wait until the last program that was killed has let go of it, and unmount it."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            must("umount", mounted)
        except AssertionError:
            if time.monotonic() > end:
                raise
            time.sleep(0.05)
        else:
            return


def _found(place: Place) -> set[str]:
    """All notes after the cut, from a desk that goes on and verifies without anybody's help."""
    unpaced()  # on a fast machine this login has written its 200 acts of the minute
    place.become(1)
    gateway = Gateway.open(place.folder, own_identity())
    told = gateway.submit(WriteLog(text="after"))
    assert not isinstance(told, Refusal), told.code
    notes = [entry.text for entry in gateway.snapshot.entries.values() if entry.kind == "note"]
    gateway.close()
    assert len(notes) == len(set(notes)), "an act is there twice"
    found = verify(place.folder)
    assert found["ok"], found["problems"]
    return set(notes)


def run(scratch: Path, cuts: int, control: int) -> str:
    """Cut each file system that can be made here. Raises Unavailable where the machine cannot do it."""
    kinds = [kind for kind, (maker, *_) in MKFS.items() if shutil.which(maker)]
    if not kinds:
        raise Unavailable("no mkfs.ext4 and no mkfs.xfs")
    all_modules()
    mounted = scratch / "mounted"
    mounted.mkdir()
    told = []
    with device(scratch) as loop:
        for kind in kinds:
            acknowledged = lost = 0
            for number in range(cuts):
                acked, found = cut(loop, kind, mounted, syncing=True)
                assert acked <= found, f"{kind}, cut {number}: {len(acked - found)} of {len(acked)} lost"
                acknowledged += len(acked)
            assert acknowledged, "nobody wrote anything"
            for _ in range(control):
                acked, found = cut(loop, kind, mounted, syncing=False)
                lost += len(acked - found)
            assert lost, f"{kind}: nothing lost without fdatasync: the proof is blind"
            told.append(f"{kind}: {cuts} power cuts, {acknowledged} acts, 0 lost (without fdatasync {lost} lost)")
    return "; ".join(told)
