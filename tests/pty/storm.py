"""A storm at a real terminal: seeded keys, pastes, sizes, focus, mouse and bytes that no terminal sends.

The real program stands in it, on a desk of several officers, while a second officer writes. It must go on, show nothing
that somebody else's text made, and leave a desk that verifies.
"""

import random
import re
import sys
from collections import Counter
from pathlib import Path

from dutyboard.rules.records.commands.post import AddOfficer, BindLogin, WriteLog
from dutyboard.rules.records.model import Officer
from dutyboard.rules.records.refusals import Refusal
from dutyboard.rules.records.transaction import Accepted
from dutyboard.tui.link.care import verify
from dutyboard.tui.link.gateway import Gateway
from dutyboard.tui.link.identity import Identity, own_identity
from dutyboard.tui.link.pins import Given
from tests.payloads import PAYLOADS
from tests.pty.desks import entries, journal, practice_desk
from tests.pty.terminal import KEYS, Terminal

ROLES = ("viewer", "site", "town", "officer", "leader", "admin")
PIN = "246810"
AS_OFFICER = """
import sys
from pathlib import Path

from dutyboard.tui.cli import program
from dutyboard.tui.commands.invocation import Invocation
from dutyboard.tui.link.identity import Identity

who = Identity(sys.argv[1], address="10.0.3.7")
sys.exit(program.main([], standalone_mode=False, obj=Invocation(data=Path(sys.argv[2]), identity=who)))
"""
"""The program as the door starts it, with a state folder that the test can read."""
SIZES = ((1, 1), (2, 1), (1, 3), (7, 2), (20, 5), (39, 12), (60, 20), (80, 24), (80, 24), (132, 43), (300, 100))
OPENING, CLOSING = b"\x1b[200~", b"\x1b[201~"
SAID_BY_TERMINALS = (
    b"\x1b[I",
    b"\x1b[O",
    b"\x1b[<0;9999;9999M",
    b"\x1b[<64;1;1M",
    b"\x1b[<35;0;0m",
    b"\x1b[<;;M",
    b"\x1b[<-1;-1;-1M",
    b"\x1b[M\xff\xff\xff",
    b"\x1b[M !!",
    b"\x1b[?2026;0$y",
    b"\x1b[48;0;0;0;0t",
    b"\x1b[48;5;999999;1;1t",
    b"\x1b[48;x;;t",
    b"\x1b[24;80R",
    b"\x1b[?62;c",
    b"\x1b[>1u",
    b"\x1b[97;5u",
    b"\x1b[57441;129:3u",
    b"\x1b[1114112u",
    b"\x1b[99999999999999999999u",
    b"\x1b[0u",
    b"\x1b]ln\x1b\\",
    b"\x1b]10;rgb:ffff/ffff/ffff\x1b\\",
    b"\x1b]52;c;cm0gLXJmCg==\x07",
    b"\x1bP1+r544e=78\x1b\\",
    b"\x1b_Gi=31;OK\x1b\\",
    b"\x1b[",
    b"\x1bO",
    b"\x1b]",
    b"\x1b[1;",
)
KEYS_TYPED = (*(key.encode() for key in KEYS.values()), *(b"\r",) * 6, *(b"\x1b[B", b"\x1b[A") * 4)
LETTERS = "0123456789abcefhlmnrstvwxz/?+-.: 今昨ｎ３张涟源发烧" + "".join(map(chr, range(1, 32)))
HUGE = 300_000
STILL_TURNS = 60
BETWEEN = 8
"""Pieces sent one after the other before the program must be quiet again."""
FORBIDDEN = re.compile(
    rb"\x1b\](?:0|1|2|52|8);|\x1bc|\x1b[P_^X]|\x07|\x0e|\xc2[\x80-\x9f]|\xe2\x80[\xaa-\xae\x8b-\x8f]|\xe2\x81[\xa6-\xa9]"
)
"""What a text would do to a terminal, and the program itself never sends."""
OWN = re.compile(rb"\x07\x1b\]9;[^\x00-\x1f\x7f]*\x1b\\|\x1b\]22;\w+\x07|\x1b\]52;c;(?!cm0gLXJm)[\w+/=]*\x07")
"""The shape of the pointer, and what an officer himself copies out of a field, as Textual sends them."""

LEFT = b"\x1b[?1049l"
"""The screen given back: what comes behind it is the terminal's own echo."""


class Fell(AssertionError):
    """What the storm broke, and the last pieces before it."""


def desk_of_all(folder: Path) -> Path:
    """The busy sample, with one more officer of each role, whose login is the role's name; and one who writes."""
    practice_desk(folder)
    gateway = Gateway.open(folder, own_identity(), pace=None)
    for name in (*ROLES, "writer"):
        role = "officer" if name == "writer" else name
        unit = next(iter(gateway.snapshot.units)) if role == "town" else None
        site = next(iter(gateway.snapshot.sites)) if role == "site" else None
        added = gateway.submit(AddOfficer(name=f"员{name}", role=role, unit_id=unit, site_id=site))
        assert isinstance(added, Accepted), added
        (officer,) = (each for each in added.changes if isinstance(each, Officer))
        bound = gateway.submit(BindLogin(officer_id=officer.id, login=name, reason="演练"))
        assert isinstance(bound, Accepted), bound
        code = Given(text=PIN, officer_id=officer.id)
        assert isinstance(gateway.submit(WriteLog(text=f"{name} 到岗"), given=[code]), Accepted)
    gateway.close()
    return folder


def piece(draw: random.Random) -> tuple[str, bytes | tuple[int, int]]:
    """One thing that a terminal does: its kind, and the bytes, or columns and rows."""
    kind = draw.choice(("keys", "keys", "keys", "keys", "paste", "size", "said", "bytes"))
    match kind:
        case "keys":
            return kind, b"".join(
                draw.choice(KEYS_TYPED) if draw.random() < 0.6 else draw.choice(LETTERS).encode()
                for _ in range(draw.randint(1, 12))
            )
        case "paste":
            return kind, _paste(draw)
        case "size":
            return kind, draw.choice(SIZES)
        case "said":
            return kind, draw.choice(SAID_BY_TERMINALS)
        case _:
            return kind, draw.randbytes(draw.randint(1, 40))


def _paste(draw: random.Random) -> bytes:
    """What somebody pastes: payloads, lines, much too much, half a character; one in ten never ends."""
    text = draw.choice(
        (
            draw.choice(PAYLOADS).encode("utf-8", "surrogatepass"),
            "".join(draw.choices(PAYLOADS, k=5)).encode("utf-8", "surrogatepass"),
            "张三\t431302199512309871\r\n李四\t19900000003\r\n".encode() * draw.randint(1, 40),
            "涟".encode() * draw.randint(1, 5) + "源".encode()[:2],
            ("值" * (HUGE // 3)).encode() if draw.random() < 0.3 else b"x",
            b"e" + "\u0301".encode() * 5000,
            CLOSING + b"\x1b[2J" + OPENING,
        )
    )
    return OPENING + text + (b"" if draw.random() < 0.1 else CLOSING)


def storm(folder: Path, state: Path, role: str, pieces: int, seed: int) -> str:
    """Let so many pieces come down on one officer's board; return how much came. Raises Fell."""
    draw = random.Random(f"{role}/{seed}")
    writer = Gateway.open(folder, Identity("writer"), pace=None)
    sent: list[str] = []
    starts, written = 0, 0
    words = [sys.executable, "-I", "-c", AS_OFFICER, role, str(folder)]
    while pieces > 0:
        starts += 1
        with Terminal(*words, env={"XDG_STATE_HOME": str(state)}) as terminal:
            terminal.wait_for("24小时值班板")
            while pieces > 0 and terminal.process.poll() is None:
                for _ in range(min(BETWEEN, pieces)):
                    kind, what = piece(draw)
                    sent.append(f"{kind} {what!r:.200}")
                    pieces -= 1
                    if not _sent(terminal, what):
                        break
                answer = writer.submit(WriteLog(text=f"{role} {seed} {written}"))
                assert not isinstance(answer, Refusal), answer
                written += 1
                terminal.settle()
                _look(terminal, state, sent)
            if terminal.process.poll() is None:
                _goes_on(terminal, sent)
    writer.close()
    _desk_is_whole(folder, role, seed, written, sent)
    return f"{len(sent)} pieces on {starts} boards of {role}, {written} lines by another"


def _sent(terminal: Terminal, what: bytes | tuple[int, int]) -> bool:
    """Send one piece; False if the program has left, or is about to: it has given the terminal back."""
    if terminal.echoes:
        terminal.wait_exit()
        return False
    try:
        if isinstance(what, tuple):
            terminal.resize(*what)
        else:
            terminal.send(what)
    except OSError:
        return False
    return terminal.process.poll() is None


def _look(terminal: Terminal, state: Path, sent: list[str]) -> None:
    """Hold what is on the screen, and what came out, against what must never be there. Raises Fell."""
    raw, left, _ = terminal.raw().partition(LEFT)
    told: list[str] = []
    if found := FORBIDDEN.search(OWN.sub(b"", raw)):
        told.append(f"sent {found.group()!r} in {found.string[max(0, found.start() - 80) : found.end() + 40]!r}")
    for word in ("Traceback", "程序出错"):
        if word in terminal.text():
            told.append(terminal.text())
    faults = state / "dutyboard" / "faults.log"
    if faults.exists():
        told.append(faults.read_text(encoding="utf-8"))
    code = terminal.process.poll()
    if code not in (None, 0) and not left:
        told.append(f"ended with {code}: {terminal.text()}")
    if told:
        raise Fell("\n".join([*told, "after", *sent[-40:]]))


def _goes_on(terminal: Terminal, sent: list[str]) -> None:
    """Show that the program still answers, and that its screen is the one that it would paint anew. Raises Fell."""
    terminal.send(CLOSING)
    terminal.resize(80, 24)
    still(terminal)
    before = [_timeless(line) for line in terminal.lines()]
    count = terminal.written
    terminal.resize(90, 30)
    still(terminal)
    terminal.resize(80, 24)
    still(terminal)
    if terminal.written == count and terminal.echoes:
        return  # the last piece left the program, which gave the terminal back
    if terminal.written == count:
        raise Fell("\n".join(["no answer to a new size after", *sent[-40:]]))
    after = [_timeless(line) for line in terminal.lines()]
    if before != after:
        raise Fell("\n".join(["painted", *before, "and anew", *after, "after", *sent[-40:]]))


def still(terminal: Terminal) -> None:
    """Wait until the program has nothing to do, however busy the machine is."""
    for _ in range(STILL_TURNS):
        before = _work(terminal.process.pid)
        terminal.settle()
        if before is not None and before == _work(terminal.process.pid):
            return


def _work(process: int) -> list[int] | None:
    """Return the ticks that each thread of a process has run; None while one of them wants to run."""
    tasks = Path(f"/proc/{process}/task").iterdir()
    told = [task.joinpath("stat").read_text().rpartition(")")[2].split() for task in tasks]
    return None if any(each[0] == "R" for each in told) else [int(each[11]) + int(each[12]) for each in told]


def _timeless(line: str) -> str:
    return re.sub(r"\d", "0", line).rstrip()


def _desk_is_whole(folder: Path, role: str, seed: int, written: int, sent: list[str]) -> None:
    """Hold the desk against what was done: nothing lost, nothing twice, every line in its chain. Raises Fell."""
    report = verify(folder)
    notes = Counter(each.get("text", "") for each in entries(folder))
    acts = Counter(line["rid"] for line in journal(folder) if line.get("rid"))
    lost = [number for number in range(written) if notes[f"{role} {seed} {number}"] != 1]
    twice = [rid for rid, count in acts.items() if count > 1]
    if not report["ok"] or lost or twice:
        raise Fell("\n".join([f"{report['problems']} {lost} {twice}", *sent[-40:]]))
