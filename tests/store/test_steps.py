"""A signal before every step of a commit: killed, it is there whole or not at all; stopped or told to end, whole."""

import os
import signal
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from dutyboard.store import Locked, Store, commit, ledger, open_store
from dutyboard.store.engine.postgres import PostgresEngine
from dutyboard.store.files import disk, lock

from .conftest import put

STEPS: dict[str, tuple[object, str]] = {
    "lock": (lock, "_flocked"),
    "look at the lock": (lock.LockFile, "replaced"),
    "decide": (Store, "next_id"),
    "check": (commit, "_check_tables"),
    "write": (disk, "write"),
    "sync": (disk, "fdatasync"),
    "apply": (ledger.Ledger, "apply"),
    "publish": (lock.LockFile, "publish"),
    "unlock": (lock.LockFile, "_release"),
}
BEFORE_THE_LINE = {"lock", "look at the lock", "decide", "check", "write"}
ON_AN_ENGINE = {**STEPS, "sync": (PostgresEngine, "append")}
"""What makes a line of a mirror durable is the transaction of its engine."""


def committing(desk: Path, step: str, sent: signal.Signals) -> int:
    """A process that sends itself a signal just before a step of its second commit; its pid."""
    pid = os.fork()
    if pid:
        return pid
    with suppress(BaseException):
        store = open_store(desk, writer="w@1")
        store.commit(put(store, "entries", text="first"))
        owner, name = (STEPS if store._ledger.engine is None else ON_AN_ENGINE)[step]
        real: Callable = getattr(owner, name)
        told = []

        def signalled(*args, **options):
            if not told:
                told.append(sent)
                os.kill(os.getpid(), sent)
            return real(*args, **options)

        setattr(owner, name, signalled)
        store.commit(put(store, "entries", text="second"))
        os._exit(0)
    os._exit(1)


def texts(store: Store) -> list[str]:
    return [str(doc["text"]) for doc in store.docs["entries"].values()]


def goes_on(opened: Callable[..., Store], whole: list[list[str]]) -> None:
    """One of these is what is found, work goes on, and the chain is whole."""
    store = opened()
    assert texts(store) in whole
    before = texts(store)
    store.commit(put(store, "entries", text="after"))
    assert texts(opened()) == [*before, "after"]
    assert store.verify().ok


@pytest.mark.parametrize("step", STEPS)
def test_killed_at_any_step_a_commit_is_there_whole_or_not_at_all(desk, opened, home, step):
    _, status = os.waitpid(committing(desk, step, signal.SIGKILL), 0)
    assert os.WTERMSIG(status) == signal.SIGKILL
    nothing = step in BEFORE_THE_LINE or (step, home) == ("sync", "postgresql")
    goes_on(opened, [["first"]] if nothing else [["first", "second"]])


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGHUP])
def test_told_to_end_at_any_step_the_line_is_finished_first(desk, opened, step, sent):
    _, status = os.waitpid(committing(desk, step, sent), 0)
    assert os.WTERMSIG(status) == sent
    goes_on(opened, [["first", "second"]])


@pytest.mark.parametrize("step", STEPS)
def test_stopped_at_any_step_it_is_named_if_it_holds_the_lock_and_loses_nothing(desk, opened, step):
    pid = committing(desk, step, signal.SIGSTOP)
    os.waitid(os.P_PID, pid, os.WSTOPPED | os.WNOWAIT)
    try:
        store = opened(lock_seconds=0.05)
        if step == "lock":
            store.commit(put(store, "entries", text="between"))
        else:
            with pytest.raises(Locked) as refused:
                store.commit(put(store, "entries", text="between"))
            assert refused.value.holder is not None
            assert refused.value.holder.pid == pid
    finally:
        os.kill(pid, signal.SIGCONT)
    _, status = os.waitpid(pid, 0)
    assert os.waitstatus_to_exitcode(status) == 0
    between = ["between"] if step == "lock" else []
    goes_on(opened, [["first", *between, "second"]])
