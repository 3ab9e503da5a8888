"""The disk fills up at every byte of a commit, a checkpoint, an archive: refused whole, done when there is room."""

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from dutyboard.store import SaveFailed, Store
from dutyboard.store.files import disk

from .conftest import put
from .proofs.faults import no_syncing


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """So many bytes may be written; what is over does not fit."""
    left = size
    real = disk.write

    def write(fd: int, data: bytes | memoryview) -> int:
        nonlocal left
        if not left:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        written = real(fd, data[:left])
        left -= written
        return written

    disk.write = write
    try:
        yield
    finally:
        disk.write = real


def view(store: Store) -> dict[str, dict[str, bytes]]:
    return {name: {i: table.raw(i) for i in table} for name, table in store.docs.items()}


ACTS: dict[str, Callable[[Store], object]] = {
    "commit": lambda store: store.commit(put(store, "persons", name="王五", text="接东城区电话")),
    "checkpoint": lambda store: store.checkpoint(),
    "archive": lambda store: store.archive("2021-06", lambda: {"persons": [1]}),
}


@pytest.mark.parametrize("name", ACTS)
def test_the_disk_fills_up_at_every_byte(opened, name):
    with no_syncing():
        store = opened()
        for k in (1, 2):
            store.commit(put(store, "persons", name=f"人员{k}"))
        before, size = view(store), 0
        while True:
            try:
                with room_for(size):
                    ACTS[name](store)
                break
            except SaveFailed as refused:
                assert refused.errno == errno.ENOSPC
            assert view(store) == before, size
            size += 1
        assert size > 100
        assert view(opened()) == view(store)
        left = opened()
        left.commit(put(left, "persons", name="room again"))
        assert left.verify().ok
