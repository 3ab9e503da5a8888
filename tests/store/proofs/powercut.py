"""Power cuts on a real file system: it is shut down under four writers and a keeper without flushing its log.

A file system in a file, on a loop device; the shutdown ioctl of ext4 and XFS drops all that was not made durable, as a
cut does. What was acknowledged before the cut must be there after mounting again. A control run without fdatasync
must lose entries: else the proof sees nothing. Needs root and loop devices.
"""

import fcntl
import multiprocessing
import os
import random
import shutil
import signal
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dutyboard.store import Put, open_store
from dutyboard.store.files import disk

from ..archived import archived_of
from . import kills
from .plain import opens_in_tinydb

SHUTDOWN, WITHOUT_LOG_FLUSH = 0x8004587D, 2  # FS_IOC_SHUTDOWN of linux/fs.h
IMAGE_BYTES = 400 << 20  # XFS wants 300 MB
MKFS = {"ext4": ("mkfs.ext4", "-q", "-F"), "xfs": ("mkfs.xfs", "-q", "-f")}
WRITERS = 4


class Unavailable(Exception):
    """This machine cannot cut the power of a file system, and why."""


def call(*words: str | Path) -> str:
    """Run a command of the system. Raises Unavailable with what it said."""
    try:
        done = subprocess.run(words, capture_output=True, text=True)
    except FileNotFoundError:
        raise Unavailable(f"{words[0]} is not installed") from None
    if done.returncode:
        raise Unavailable(f"{words[0]}: {done.stderr.strip()}")
    return done.stdout.strip()


def must(*words: str | Path) -> str:
    """Run what this machine has shown that it can. Raises AssertionError: that it fails is a finding, and no skip."""
    try:
        return call(*words)
    except Unavailable as error:
        raise AssertionError(str(error)) from None


@contextmanager
def device(scratch: Path) -> Iterator[str]:
    """A loop device on a file."""
    if os.geteuid():
        raise Unavailable("mounting needs root")
    image = scratch / "image"
    with image.open("wb") as file:
        file.truncate(IMAGE_BYTES)
    loop = call("losetup", "--find", "--show", image)
    try:
        yield loop
    finally:
        call("losetup", "--detach", loop)
        image.unlink()


def writer(folder: Path, acks: int, syncing: bool) -> None:
    """Commit as fast as it goes; after each, tell its key and when."""
    if not syncing:
        disk.fdatasync = lambda _: None
    store = open_store(folder, writer=f"w@{os.getpid()}", lock_seconds=30)
    while True:
        key = f"{os.getpid()}-{time.time_ns()}"
        store.commit(lambda key=key: [Put("entries", store.next_id("entries"), {"key": key, "text": "接电话" * 20})])
        os.write(acks, f"{key} {time.monotonic_ns()}\n".encode())


def quietly(role, *arguments) -> None:
    """The file system fails under it: how it dies is of no interest."""
    with Path(os.devnull).open("w") as sys.stderr:
        role(*arguments)


def cut(loop: str, kind: str, place: Path, syncing: bool) -> tuple[set[str], set[str]]:
    """One power cut: the keys acknowledged before it, and those found after."""
    call(*MKFS[kind], loop)
    call("mount", loop, place)
    try:
        folder = place / "desk"
        open_store(folder, writer="first@1").close()
        os.sync()
        reading, writing = os.pipe()
        os.set_blocking(reading, False)
        fork = multiprocessing.get_context("fork")
        roles = [(writer, folder, writing, syncing)] * WRITERS
        if syncing:  # the fsync of a checkpoint would save what the control run must lose
            roles.append((kills.keeper, kills.Stage(folder, 0.0), writing, 0))
        processes = [fork.Process(target=quietly, args=role, daemon=True) for role in roles]
        for process in processes:
            process.start()
        told, end = bytearray(), time.monotonic() + 0.4 + random.random() * 0.6
        while time.monotonic() < end:
            kills.drain(reading, told)
            time.sleep(0.005)
        at = time.monotonic_ns()
        shut_down(place)
        for process in processes:
            if process.is_alive():
                os.kill(process.pid, signal.SIGKILL)
            process.join()
        kills.drain(reading, told)
        os.close(reading)
        os.close(writing)
    finally:
        must("umount", place)
    acked = {key for key, stamp in (line.split() for line in told.decode().splitlines()) if int(stamp) < at}
    must("mount", loop, place)
    try:
        return acked, _found(folder)
    finally:
        must("umount", place)


def shut_down(place: Path) -> None:
    fd = os.open(place, os.O_RDONLY)
    try:
        fcntl.ioctl(fd, SHUTDOWN, struct.pack("I", WITHOUT_LOG_FLUSH))
    except OSError as error:
        raise Unavailable(f"shutdown ioctl: {error.strerror}") from error
    finally:
        os.close(fd)


def _found(folder: Path) -> set[str]:
    """All keys after the cut, from a desk that opens, goes on and verifies without anybody's help."""
    opens_in_tinydb(folder)
    store = open_store(folder, writer="after@1")
    assert not store.alarms, store.alarms
    store.commit(lambda: [Put("entries", store.next_id("entries"), {"key": "after"})])
    keys = [str(doc["key"]) for doc in store.docs["entries"].values()]
    keys += [str(doc["key"]) for _, doc in archived_of(store, "entries")]
    assert len(keys) == len(set(keys)), "twice"
    report = store.verify()
    assert report.ok, report.problems
    store.close()
    return set(keys)


def run(scratch: Path, cuts: int, control: int) -> str:
    """Cut each file system that can be made here. Raise Unavailable where the machine cannot do it."""
    kinds = [kind for kind, (maker, *_) in MKFS.items() if shutil.which(maker)]
    if not kinds:
        raise Unavailable("no mkfs.ext4 and no mkfs.xfs")
    place = scratch / "mounted"
    place.mkdir()
    told = []
    with device(scratch) as loop:
        for kind in kinds:
            acknowledged = 0
            for number in range(cuts):
                acked, found = cut(loop, kind, place, syncing=True)
                assert acked <= found, f"{kind}, cut {number}: {len(acked - found)} of {len(acked)} lost"
                acknowledged += len(acked)
            lost = 0
            for _ in range(control):
                acked, found = cut(loop, kind, place, syncing=False)
                lost += len(acked - found)
            assert lost, f"{kind}: nothing lost without fdatasync: the proof is blind"
            told.append(
                f"{kind}: {cuts} power cuts, {acknowledged} acknowledged, 0 lost (without fdatasync {lost} lost)"
            )
    return "; ".join(told)
