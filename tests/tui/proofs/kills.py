"""kill -9 of officers at work through the desk's own doors: screens, command lines and upkeep, as several OS users.

A screen is a gateway in a worker thread that follows the others; a command line is the program itself, one act a
process. At the end nothing acknowledged is lost or there twice, and all see the same.
"""

import importlib
import io
import multiprocessing
import os
import pkgutil
import pwd
import random
import signal
import sys
import time
import traceback
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import click

import dutyboard
from dutyboard.rules.records.commands.post import AddOfficer, BindLogin, OpenDesk, WriteLog
from dutyboard.rules.records.refusals import Refusal
from dutyboard.tui.cli import program
from dutyboard.tui.commands.invocation import Invocation
from dutyboard.tui.link.care import verify
from dutyboard.tui.link.gateway import Gateway
from dutyboard.tui.link.identity import own_identity
from dutyboard.tui.link.picture import known_notices
from dutyboard.tui.link.trouble import StoreTrouble
from tests.store.proofs.kills import await_lines, drain

GROUP = 20_000
LOGINS = ("daemon", "bin", "games")
"""Users that every Debian has; one of them is the administrator. Without root all are the one who runs this."""
UPKEEP = ("checkpoint", "verify", "board")


class Place:
    """The desk, and two files that say when to stop working and when to say what is seen."""

    def __init__(self, scratch: Path) -> None:
        self.folder = scratch / "desk"
        self.closing = scratch / "closing"
        self.silent = scratch / "silent"
        self.root = os.getuid() == 0

    def become(self, number: int) -> None:
        """Go on as one of the users, with no right but those of the desk's group."""
        if self.root:
            user = pwd.getpwnam(LOGINS[number % len(LOGINS)])
            os.setgroups([])
            os.setgid(GROUP)
            os.setuid(user.pw_uid)
        os.umask((0o022, 0o027, 0o077)[number % 3])

    def prepare(self) -> None:
        """Make the desk in a folder that all of them reach, of the first one and their group."""
        if self.root:
            for folder in (self.folder.parent, *self.folder.parent.parents[:-2]):
                folder.chmod(folder.stat().st_mode | 0o011)
            self.folder.mkdir()
            os.chown(self.folder, pwd.getpwnam(LOGINS[0]).pw_uid, GROUP)
            self.folder.chmod(0o2770)
        maker = multiprocessing.get_context("fork").Process(target=self.made)
        maker.start()
        maker.join()
        assert maker.exitcode == 0, "the desk could not be made"

    def made(self) -> None:
        """Make the desk, with an officer for each user."""
        self.become(0)
        with_group = 0o2770 if self.root else 0o700
        if not self.root:
            self.folder.mkdir(with_group)
        gateway = Gateway.open(self.folder, own_identity(), create=True)
        desk = OpenDesk(desk="值班室", notice="lianyuan-2021-07", timezone="Asia/Shanghai", admin_name="王芳")
        assert not isinstance(gateway.submit(desk), Refusal)
        for number, login in enumerate(LOGINS[1:] if self.root else (), start=2):
            assert not isinstance(gateway.submit(AddOfficer(name=f"张{number}", role="officer")), Refusal)
            assert not isinstance(gateway.submit(BindLogin(officer_id=number, login=login, reason="上岗")), Refusal)
        gateway.close()


def screen(place: Place, acks: int) -> None:
    """Write notes from a worker thread and follow the others, as a board does."""
    gateway = Gateway.open(place.folder, own_identity())
    with ThreadPoolExecutor(1) as worker:
        while not place.closing.exists():
            key = f"{os.getpid()}-{time.time_ns()}"
            try:
                told = worker.submit(gateway.submit, WriteLog(text=key)).result()
            except StoreTrouble as trouble:
                assert trouble.code == "locked", trouble.code
            else:
                assert not isinstance(told, Refusal), told.code
                os.write(acks, (key + "\n").encode())
            time.sleep(0.05 * random.random())
            worker.submit(gateway.refresh).result()
        os.write(acks, b"silent\n")
        while not place.silent.exists():
            time.sleep(0.02)
        seen = worker.submit(gateway.refresh).result()
        os.write(acks, f"sees {seen.seq} {gateway.head} {len(seen.entries)}\n".encode())
        worker.submit(gateway.close).result()


def command_line(place: Place, acks: int) -> None:
    """Write notes by the program itself, one process an act."""
    while not place.closing.exists():
        key = f"{os.getpid()}-{time.time_ns()}"
        told = called(place, "log", key)
        assert told in (0, 1), "the program failed"
        if told == 0:
            os.write(acks, (key + "\n").encode())


def upkeep(place: Place, _: int) -> None:
    """Checkpoint, verify and look, all the while. A check that accuses falsely ends the proof, as any fault does."""
    while not place.closing.exists():
        what = random.choice(UPKEEP)
        told = called(place, what)
        assert told == 0 or (told == 1 and what == "checkpoint"), f"{what}: {told}"


def called(place: Place, *words: str) -> int:
    """Run the program in a process of its own, quietly. Returns its exit code, 70 for a fault of the program.

    Forked and not started anew: the interpreter of a test run may lie where other users read nothing.
    """
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    try:
        sys.stdout = sys.stderr = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
        code = program.main(["--data", str(place.folder), *words], standalone_mode=False, obj=Invocation())
        os._exit(code or 0)
    except click.exceptions.Exit as ended:
        os._exit(ended.exit_code)
    except (click.ClickException, SystemExit):
        os._exit(1)
    except BaseException:
        traceback.print_exc(file=sys.__stderr__)
        os._exit(70)


def unpaced() -> None:
    """Take the bound of acts a minute from this process and its children: no person is as fast as a proof."""
    Gateway.__dict__["open"].__func__.__kwdefaults__["pace"] = None


def all_modules() -> None:
    """Import whatever the program imports by need, and read what it reads from its package."""
    for module in pkgutil.walk_packages(dutyboard.__path__, "dutyboard."):
        importlib.import_module(module.name)
    known_notices()


def run(scratch: Path, seconds: float) -> str:
    """Kill one of them at a time, for so many seconds; return how much ran."""
    all_modules()
    place = Place(scratch)
    place.prepare()
    fork = multiprocessing.get_context("fork")
    reading, writing = os.pipe()
    os.set_blocking(reading, False)
    roles: list[Callable[[Place, int], None]] = [screen, screen, screen, command_line, command_line, upkeep]

    def work(number: int) -> None:
        os.setpgid(0, 0)
        unpaced()
        place.become(number)
        roles[number](place, writing)

    def start(number: int) -> multiprocessing.process.BaseProcess:
        process = fork.Process(target=work, args=(number,), daemon=True)
        process.start()
        return process

    processes = [start(number) for number in range(len(roles))]
    told, kills, end = bytearray(), 0, time.monotonic() + seconds
    while time.monotonic() < end:
        time.sleep(0.1 + 0.4 * random.random())
        victim = random.randrange(len(processes))
        assert processes[victim].is_alive(), f"{roles[victim].__name__} ended by itself"
        os.killpg(processes[victim].pid, signal.SIGKILL)  # with the program that it may have called
        processes[victim].join()
        kills += 1
        processes[victim] = start(victim)
        drain(reading, told)
    place.closing.touch()
    await_lines(reading, told, b"silent\n", 3)
    for process in processes[3:]:
        process.join()
        assert process.exitcode == 0, "a command line or the upkeep ended with a fault"
    place.silent.touch()
    await_lines(reading, told, b"sees ", 3)
    for process in processes[:3]:
        process.join()
    os.close(reading)
    os.close(writing)
    checker = fork.Process(target=check, args=(place, told.decode().splitlines()))
    checker.start()
    checker.join()
    assert checker.exitcode == 0, "what is in the desk is not what was acknowledged"
    acked = sum(1 for line in told.decode().splitlines() if line[0].isdigit())
    who = f"screens, command lines and upkeep of {len(LOGINS) if place.root else 1} OS users"
    return f"{kills} kill -9 among {who} in {seconds:g} s: {acked} acts, 0 lost, 0 twice"


def check(place: Place, told: list[str]) -> None:
    """Hold what was acknowledged and seen against the desk. Runs as one of its users."""
    place.become(1)
    views = {line for line in told if line.startswith("sees ")}
    acked = {line for line in told if line[0].isdigit()}
    gateway = Gateway.open(place.folder, own_identity())
    entries = [entry.text for entry in gateway.snapshot.entries.values() if entry.kind == "note"]
    assert views == {f"sees {gateway.snapshot.seq} {gateway.head} {len(gateway.snapshot.entries)}"}, views
    gateway.close()
    assert len(entries) == len(set(entries)), "an act is there twice"
    assert acked <= set(entries), f"{len(acked - set(entries))} acknowledged acts are lost"
    assert acked, "nobody wrote anything"
    found = verify(place.folder)
    assert found["ok"], found["problems"]
    wrong = [path for path in place.folder.rglob("*") if path.is_file() and path.stat().st_mode & 0o007]
    assert not wrong, "files that others may read"
