"""For every test: no example of a property fails on a slow machine, and what long proofs ran is printed at the end."""

import os
import signal
import sys
from collections.abc import Callable
from tempfile import mkdtemp

import pytest
from hypothesis import settings

from tests.homes import share
from tests.shares import SHARES

pytest_plugins = ("tests.engine.fixtures",)  # the server: the store's tests and the screens' ask for it too

settings.register_profile("desk", deadline=None)
settings.register_profile("same", settings.get_profile("desk"), derandomize=True)  # .ci/run: one commit, one answer
settings.load_profile("desk")
os.environ["XDG_STATE_HOME"] = mkdtemp(prefix="dutyboard-state-")  # what officers saw of desks that are long gone
# What a child process has compiled, the next one loads. Where nothing may be written, each compiles the program anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False
# Tests send these. A program that `nohup` or a shell's `&` starts begins with them ignored, and so would its children.
signal.signal(signal.SIGINT, signal.default_int_handler)
for _sent in (signal.SIGHUP, signal.SIGQUIT):
    signal.signal(_sent, signal.SIG_DFL)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave of the screens' tests on PostgreSQL a share, unless they are asked for by their marker."""
    if not config.option.markexpr:
        items[:], rest = share(items, SHARES["tui"]["homes"]["every"])
        config.hook.pytest_deselected(items=rest)


@pytest.fixture
def ran(record_property: Callable[[str, object], None]) -> Callable[[str], None]:
    """Say how much a proof ran; it stands in the summary, whichever worker ran it."""
    return lambda text: record_property("ran", text)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    reports = [*terminalreporter.getreports("passed"), *terminalreporter.getreports("failed")]
    calls = [report for report in reports if report.when == "call"]
    told = [text for report in calls for name, text in report.user_properties if name == "ran"]
    if told:
        terminalreporter.section("proofs")
    for text in sorted(told):
        terminalreporter.write_line(text)
