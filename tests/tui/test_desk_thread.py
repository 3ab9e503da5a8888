"""The one thread that may block: what it posts, and that no error of the gateway carries what was typed."""

import threading
from collections.abc import Callable
from queue import Queue
from typing import Any

from textual.message import Message

from dutyboard.rules.records.commands import Discharge, WriteLog
from dutyboard.rules.records.refusals import Refusal
from dutyboard.rules.records.transaction import Accepted
from dutyboard.tui.link.messages import Answered, Fetched, Loaded, Opened, Trouble, Troubled
from dutyboard.tui.link.worker import DeskThread, trouble_of
from tests.tui.night import Broken, FakeDesk, desk_at_night

PATIENCE_SECONDS = 10


def started(opener: Callable[[], FakeDesk]) -> tuple[DeskThread, "Queue[Message]"]:
    posted: Queue[Message] = Queue()
    thread = DeskThread(opener, posted.put)
    thread.start()
    return thread, posted


def next_of(posted: "Queue[Message]", kind: type[Any]) -> Any:
    """The next message, which must be of a kind."""
    message = posted.get(timeout=PATIENCE_SECONDS)
    assert isinstance(message, kind), message
    return message


def opened() -> tuple[FakeDesk, DeskThread, "Queue[Message]"]:
    desk = desk_at_night()
    thread, posted = started(lambda: desk)
    next_of(posted, Opened)
    assert next_of(posted, Loaded).snapshot is desk.snapshot
    return desk, thread, posted


def test_a_command_is_answered_with_the_picture_after_it() -> None:
    desk, thread, posted = opened()
    before = desk.snapshot.seq
    thread.submit(Discharge(obligation="patrol-3/site-1/2021-06-07"), lambda _: None)
    answered = next_of(posted, Answered)
    assert isinstance(answered.answer, Accepted)
    assert answered.snapshot.seq == before + 1
    thread.submit(WriteLog(kind="note", text=" "), lambda _: None)
    assert next_of(posted, Answered).answer == Refusal("text_needed")
    thread.stop()
    assert desk.closed


def test_a_trouble_is_an_answer_and_the_thread_goes_on() -> None:
    desk, thread, posted = opened()
    desk.trouble = Broken("disk_full")
    thread.submit(WriteLog(kind="note", text="x"), lambda _: None)
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
        desk.elsewhere(WriteLog(kind="note", text=str(number)), "liumin")
    gate.set()
    next_of(posted, Fetched)
    assert next_of(posted, Loaded).snapshot is desk.snapshot
    thread.stop()
    assert posted.empty()


def test_a_desk_that_does_not_open_is_told() -> None:
    def broken() -> FakeDesk:
        raise Broken("corrupt")

    _, posted = started(broken)
    assert next_of(posted, Troubled).trouble.code == "corrupt"


def test_a_fault_is_named_by_its_type_and_never_by_its_text() -> None:
    trouble = trouble_of(ValueError("13812345678"))
    assert (trouble.code, dict(trouble.fields)) == ("ValueError", {})
