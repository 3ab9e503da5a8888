"""The one thread that may block: what it posts, and that no error of the gateway carries what was typed."""

import threading
from collections.abc import Callable
from queue import Queue
from typing import Any

import pytest

from dutyboard.rules.board_rows import BoardRows
from dutyboard.rules.records.commands.post import Discharge, WriteLog
from dutyboard.rules.records.refusals import Refusal
from dutyboard.rules.records.transaction import Accepted
from dutyboard.tui.link import worker
from dutyboard.tui.link.board import boards
from dutyboard.tui.link.messages import Answered, Faulted, Fetched, Loaded, News, Opened, Trouble, Troubled
from dutyboard.tui.link.worker import GatewayThread, trouble_of
from tests.tui.night import Broken, FakeGateway, at, desk_at_night

PATIENCE_SECONDS = 10


def started(opener: Callable[[], FakeGateway]) -> tuple[GatewayThread, "Queue[News]"]:
    posted: Queue[News] = Queue()
    thread = GatewayThread(opener, posted.put)
    thread.start()
    return thread, posted


def next_of(posted: "Queue[News]", kind: type[Any]) -> Any:
    """The next message, which must be of a kind."""
    message = posted.get(timeout=PATIENCE_SECONDS)
    assert isinstance(message, kind), message
    return message


def opened() -> tuple[FakeGateway, GatewayThread, "Queue[News]"]:
    desk = desk_at_night()
    thread, posted = started(lambda: desk)
    next_of(posted, Opened)
    assert next_of(posted, Loaded).shown.snapshot is desk.snapshot
    return desk, thread, posted


def test_a_command_is_answered_with_the_picture_after_it() -> None:
    desk, thread, posted = opened()
    before = desk.snapshot.seq
    thread.submit(Discharge(obligation="patrol-3/site-1/2021-06-07"), lambda _: None)
    answered = next_of(posted, Answered)
    assert isinstance(answered.answer, Accepted)
    assert answered.shown.snapshot.seq == before + 1
    thread.submit(WriteLog(text=" "), lambda _: None)
    assert next_of(posted, Answered).answer == Refusal("text_needed")
    thread.stop()
    assert desk.closed


def test_a_trouble_is_an_answer_and_the_thread_goes_on() -> None:
    desk, thread, posted = opened()
    desk.trouble = Broken("disk_full")
    thread.submit(WriteLog(text="x"), lambda _: None)
    answer = next_of(posted, Answered).answer
    assert isinstance(answer, Trouble)
    assert answer.code == "disk_full"
    thread.fetch(lambda each: each.head, lambda _: None)
    assert next_of(posted, Fetched).value == "0f3a9c"
    thread.stop()


def test_a_burst_of_others_is_read_once_and_all_of_it() -> None:
    desk, thread, posted = opened()
    gate = threading.Event()
    thread.fetch(lambda _: gate.wait(PATIENCE_SECONDS), lambda _: None)
    assert desk.watched.wait(PATIENCE_SECONDS)
    for number in range(5):
        desk.elsewhere(WriteLog(text=str(number)), "liumin")
    gate.set()
    next_of(posted, Fetched)
    assert next_of(posted, Loaded).shown.snapshot is desk.snapshot
    thread.stop()
    assert posted.empty()


@pytest.mark.parametrize(("hour", "minute", "prepared"), [(22, 0, False), (23, 59, True)])
def test_the_next_day_is_prepared_before_midnight_and_jobs_go_first(
    monkeypatch: pytest.MonkeyPatch, hour: int, minute: int, prepared: bool
) -> None:
    left: Queue[bool] = Queue()
    whole = BoardRows.prepare

    def counted(rows: BoardRows, *asked: Any) -> bool:
        left.put(found := whole(rows, *asked))
        return found

    monkeypatch.setattr(BoardRows, "prepare", counted)
    monkeypatch.setattr(boards, "PARTS_AT_ONCE", 1)
    desk, thread, posted = opened()
    desk.clock = at(hour, minute)
    thread.look_at_clock()
    assert next_of(posted, Loaded).shown.now == desk.clock
    if prepared:
        assert left.get(timeout=PATIENCE_SECONDS), "one part of many"
        thread.fetch(lambda each: each.head, lambda _: None)
        next_of(posted, Fetched)
        assert left.get(timeout=PATIENCE_SECONDS), "a job waits for a part, not for all of them"
    monkeypatch.setattr(boards, "PARTS_AT_ONCE", 10_000)
    thread.look_at_clock()
    next_of(posted, Loaded)
    while prepared and left.get(timeout=PATIENCE_SECONDS):
        pass
    thread.stop()
    assert left.empty()


def test_a_desk_that_does_not_open_is_told() -> None:
    def broken() -> FakeGateway:
        raise Broken("corrupt")

    _, posted = started(broken)
    assert next_of(posted, Troubled).trouble.code == "corrupt"


def test_a_fault_is_named_by_its_type_and_never_by_its_text() -> None:
    trouble = trouble_of(ValueError("13812345678"))
    assert (trouble.code, dict(trouble.fields)) == ("ValueError", {})


def test_a_fault_in_a_job_is_posted_beside_its_answer() -> None:
    """The place of it is for the file of faults; the officer is answered all the same."""
    desk, thread, posted = opened()
    thread.fetch(lambda each: each.nothing_of_the_kind, lambda _: None)  # type: ignore[attr-defined]
    assert isinstance(next_of(posted, Faulted).error, AttributeError)
    assert next_of(posted, Fetched).value.code == "AttributeError"
    thread.fetch(lambda each: each.head, lambda _: None)
    assert next_of(posted, Fetched).value == desk.head
    thread.stop()


def test_a_watch_that_raises_is_begun_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "WATCH_AGAIN_SECONDS", 0.01)
    desk = desk_at_night()
    whole = desk.watch
    fell: list[bool] = []

    def watch(wake: Callable[[], None], stop: threading.Event) -> None:
        if not fell:
            fell.append(True)
            raise ValueError("13812345678")
        whole(wake, stop)

    monkeypatch.setattr(desk, "watch", watch)
    thread, posted = started(lambda: desk)
    next_of(posted, Opened)
    next_of(posted, Loaded)
    next_of(posted, Faulted)
    assert next_of(posted, Troubled).trouble.code == "ValueError"
    assert desk.watched.wait(PATIENCE_SECONDS)
    desk.elsewhere(WriteLog(text="x"), "liumin")
    assert next_of(posted, Loaded).shown.snapshot is desk.snapshot
    thread.stop()
