"""The machine under a desk, looked at without changing it: program, files, disk, clock, terminal, timers."""

import codecs
import ctypes
import errno
import locale
import os
import platform
import re
import stat
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import Final

from dutyboard.tui.link.care import FREE_SHARE, short_of_room
from dutyboard.tui.link.folder import file_system_of, is_local_file_system
from dutyboard.tui.link.user import login_of
from dutyboard.tui.server.health import HealthLine, health_line
from dutyboard.tui.server.layout import is_booted_by_systemd, own_python, unsafe_installation
from dutyboard.tui.server.system_files import WARM, timers
from dutyboard.tui.server.warm_line import message, reached

_MEMORY: Final = frozenset({"tmpfs", "ramfs"})
_SYNCS: Final = 15
_LINE: Final = b"x" * 600
"""A text as long as the line of an act."""
FASTEST_MICROS: Final = 25
"""The least time of a synced write on a disk that we know of. Below it something answers in its place."""
SLOWEST_MICROS: Final = 250_000
_OTHERS: Final = 0o077
_OTHERS_OF_SHARED: Final = 0o007
_UNSYNCHRONISED: Final = 5
_TIMEX_BYTES: Final = 512
_SPECIFIER: Final = re.compile(r"(>=|<=|==|<|>)\s*([\d.]+)")
_LOGGED: Final = 3
"""Files with a wrong mode or owner that are named; the rest are as bad."""


def program_health(*, door: bool) -> Iterator[HealthLine]:
    """Versions against what the program asks for; with `door`, whether others may change the program."""
    yield health_line(
        "program",
        "ok",
        "program",
        dutyboard=version("dutyboard"),
        python=platform.python_version(),
        textual=_version("textual") or "-",
    )
    for line in requires("dutyboard") or ():
        wanted = line.partition(";")[0].strip()
        if "extra ==" in line:
            continue
        package = re.split(r"[^A-Za-z0-9._-]", wanted)[0]
        found = _version(package)
        if found is None:
            yield health_line("program", "bad", "package_gone", package=package, wanted=wanted)
        elif not fits(found, wanted.removeprefix(package)):
            yield health_line("program", "bad", "package_out", package=package, version=found, wanted=wanted)
    if door and (found_open := unsafe_installation(own_python())):
        yield health_line("program", "bad", "program_open", path=found_open[0])


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def fits(found: str, wanted: str) -> bool:
    """Return True if a version lies within bounds such as `>=8.2,<9`."""
    have = _numbers(found)
    for sign, text in _SPECIFIER.findall(wanted):
        bound = _numbers(text)
        width = max(len(have), len(bound))
        a, b = (each + (0,) * (width - len(each)) for each in (have, bound))
        if not {">=": a >= b, "<=": a <= b, "==": a == b, "<": a < b, ">": a > b}[sign]:
            return False
    return True


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(each) for each in re.match(r"[\d.]*", text)[0].strip(".").split(".") if each)  # type: ignore[index]


def folder_health(folder: Path) -> Iterator[HealthLine]:
    """Owner and mode of every file of the desk, and the umask. A file that goes meanwhile is nobody's fault."""
    top = folder.stat()
    shared = bool(top.st_mode & stat.S_IWGRP)
    most = _OTHERS_OF_SHARED if shared else _OTHERS
    if shared:
        yield health_line("folder", "warn", "shared")
    seen, wrong = 0, 0
    for place, folders, files in os.walk(folder):
        for name in (".", *folders, *files):
            path = Path(place) / name
            if name == "." and place != str(folder):
                continue
            with suppress(FileNotFoundError):
                found = path.lstat()
                seen += 1
                said = str(path.relative_to(folder))
                if not shared and found.st_uid != top.st_uid:
                    fault = health_line("folder", "bad", "owner_other", file=said, owner=login_of(found.st_uid))
                elif not stat.S_ISLNK(found.st_mode) and found.st_mode & most:
                    fault = health_line("folder", "bad", "mode_open", file=said, mode=f"{found.st_mode & 0o7777:04o}")
                else:
                    continue
                wrong += 1
                if wrong <= _LOGGED:
                    yield fault
    if not wrong:
        yield health_line("folder", "ok", "modes", files=seen, owner=login_of(top.st_uid))
    mask = os.umask(0o077)
    os.umask(mask)
    shut = mask & 0o700
    yield health_line("folder", "warn" if shut else "ok", "umask_shut" if shut else "umask", umask=f"{mask:04o}")


def room_health(folder: Path) -> Iterator[HealthLine]:
    """Free bytes and inodes of the disk, and whether its file system holds locks and syncs."""
    disk = os.statvfs(folder)
    free, size = disk.f_bavail * disk.f_frsize, max(1, disk.f_blocks * disk.f_frsize)
    short = short_of_room(folder) is not None
    told = {"free": free // 1_000_000, "percent": 100 * free // size}
    yield health_line("room", "bad" if short else "ok", "room_short" if short else "room", **told)
    if disk.f_files and disk.f_favail < FREE_SHARE * disk.f_files:
        yield health_line("room", "bad", "inodes_short", free=disk.f_favail)
    kind = file_system_of(folder)
    if kind in _MEMORY:
        yield health_line("room", "bad", "in_memory", kind=kind)
    elif is_local_file_system(kind):
        yield health_line("room", "ok", "file_system", kind=kind)
    else:
        yield health_line("room", "bad", "not_local", kind=kind)


def sync_health(folder: Path) -> Iterator[HealthLine]:
    """The time of a written and synced line, on a file without a name that goes with its handle."""
    try:
        micros = synced_micros(folder)
    except OSError as error:
        yield health_line("sync", "warn", "sync_unmeasured", errno=errno.errorcode.get(error.errno or 0, "?"))
        return
    if micros < FASTEST_MICROS and file_system_of(folder) not in _MEMORY:
        yield health_line("sync", "warn", "sync_fast", micros=micros)
    elif micros > SLOWEST_MICROS:
        yield health_line("sync", "warn", "sync_slow", micros=micros)
    else:
        yield health_line("sync", "ok", "sync", micros=micros)


def synced_micros(folder: Path) -> int:
    """Return the median of some appends with fdatasync, in microseconds. Raises OSError."""
    fd = os.open(folder, os.O_TMPFILE | os.O_WRONLY | os.O_CLOEXEC, 0o600)
    try:
        taken = []
        for _ in range(_SYNCS):
            began = time.perf_counter_ns()
            os.write(fd, _LINE)
            os.fdatasync(fd)
            taken.append(time.perf_counter_ns() - began)
    finally:
        os.close(fd)
    return int(statistics.median(taken)) // 1000


def clock_is_set() -> bool:
    """Return True if the kernel's clock is kept by something that knows the time, as adjtimex(2) says."""
    told = ctypes.create_string_buffer(_TIMEX_BYTES)
    state = ctypes.CDLL(None, use_errno=True).adjtimex(told)
    return bool(0 <= state < _UNSYNCHRONISED)


def terminal_health() -> Iterator[HealthLine]:
    """Encoding of the locale, and what the terminal says of itself, where there is one."""
    encoding = locale.getencoding()
    utf8 = codecs.lookup(encoding).name == "utf-8"
    yield health_line("terminal", "ok" if utf8 else "warn", "encoding" if utf8 else "encoding_other", encoding=encoding)
    from dutyboard.tui.terminal.config import terminal_name

    term = terminal_name()
    if not sys.stdout.isatty():
        yield health_line("terminal", "ok", "no_terminal")
    elif term in ("", "dumb"):
        yield health_line("terminal", "warn", "terminal_dumb")
    else:
        yield health_line("terminal", "ok", "terminal", term=term)


def session_health(owner: int) -> Iterator[HealthLine]:
    """Count the officers who are in."""
    yield health_line("sessions", "ok", "sessions", count=sessions_of(owner))


def sessions_of(owner: int) -> int:
    """Return how many officers' processes of the door or board an account runs, this one left out."""
    found = 0
    for each in Path("/proc").iterdir():
        if each.name.isdigit() and int(each.name) != os.getpid():
            with suppress(OSError):
                words = each.joinpath("cmdline").open("rb").read(1 << 14).split(b"\0")
                found += each.stat().st_uid == owner and b"dutyboard.tui.cli" in words and b"door" in words
    return found


def warm_health(folder: Path, *, door: bool) -> Iterator[HealthLine]:
    """Tell whether a parent answers that would fork sessions of this program. Without one officers come in as well."""
    if not door:
        yield health_line("warm", "ok", "warm_unneeded")
        return
    line = reached(message(["--data", str(folder.absolute())]))
    if line is None:
        yield health_line("warm", "warn", "warm_off", unit=WARM)
        return
    line.close()
    yield health_line("warm", "ok", "warm")


def timer_health() -> Iterator[HealthLine]:
    """Each timer that server-setup writes: switched on, and its last run."""
    if not is_booted_by_systemd():
        yield health_line("timers", "warn", "no_systemd")
        return
    good = 0
    for name in timers():
        if not _systemctl("is-enabled", name) or not _systemctl("is-active", name):
            yield health_line("timers", "bad", "timer_off", timer=name)
        elif _systemctl("is-failed", service := name.replace(".timer", ".service")):
            yield health_line("timers", "bad", "unit_failed", unit=service)
        else:
            good += 1
    if good:
        yield health_line("timers", "ok", "timers", count=good)


def _systemctl(*words: str) -> bool:
    done = subprocess.run(["systemctl", *words], capture_output=True, text=True, timeout=30, check=False)
    return done.returncode == 0
