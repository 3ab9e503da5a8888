"""Journals changed by somebody who computes every hash anew, drawn by seed, and read through the command line."""

import random
import shutil
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import orjson
from click.testing import CliRunner

from dutyboard.rules.records.commands.post import WriteLog
from dutyboard.tui.cli import program
from dutyboard.tui.commands.invocation import Invocation
from dutyboard.tui.link.gateway import Gateway
from dutyboard.tui.link.identity import Identity
from tests.homes import begun
from tests.tui.night import ME, ZONE, night

NOW: Final = datetime(2021, 6, 7, 19, 40, tzinfo=ZONE)
SEGMENT: Final = "journal/000000000001.jsonl"
DEEP: Final = b"[" * 400 + b"]" * 400
"""JSON that is read and cannot be written again. "deep" stands for it until then."""
WORDS: Final[tuple[Any, ...]] = (
    *(None, True, 0, -1, 10**18, 1.5, "", "x", "0" * 64, "../../etc/passwd", "person-1", "9999-12-31T23:59:59+08:00"),
    *([], {}, [[]], {"file": "/etc/passwd", "sha256": "0", "counts": {}}, {"persons": {"1": {}}}, {"from": 1, "to": 0}),
    *({"persons": {"9" * 5000: {}}}, {"persons": {"x": {}}}, {"_meta": {"1": {}}}, 2**64 - 1),
)
KEYS: Final = (
    "arch",
    "fmt",
    "seal",
    "lost",
    "recover",
    "next",
    "rid",
    "del",
    "drop",
    "ckpt",
    "kept",
    "salvaged",
    "put",
)
CALLS: Final = (
    *(("board", "--at", f"{NOW:%Y-%m-%dT%H:%M}"), ("verify",), ("export", "--json")),
    *(("backup", "copy"), ("salvage", "--reason", "x")),
)
"""Each of them is called on every desk; without its hour the board would show the late rows of the years since."""


def rechained(lines: list[dict[str, Any]]) -> bytes:
    """Return a journal of these lines with every hash computed as if all were true."""
    head, out = "0" * 64, []
    for number, line in enumerate(lines, start=1):
        held = {key: value for key, value in line.items() if key != "h"}
        body = orjson.dumps({**held, "n": line.get("n", number)})[:-1].replace(b'"deep"', DEEP)
        head = sha256(head.encode() + body).hexdigest()
        out.append(b"".join((body, b',"h":"', head.encode(), b'"}\n')))
    return b"".join(out)


def changed(draw: random.Random, value: Any) -> Any:
    """Return a JSON value with one thing inside it changed, taken away or added."""
    if isinstance(value, dict) and value and draw.random() < 0.85:
        key = draw.choice([*value])
        match draw.randrange(6):
            case 0:
                return {name: inner for name, inner in value.items() if name != key}
            case 1:
                return {**value, draw.choice(KEYS): draw.choice(WORDS)}
            case _:
                return {**value, key: changed(draw, value[key])}
    if isinstance(value, list) and value and draw.random() < 0.85:
        at = draw.randrange(len(value))
        return [*value[:at], changed(draw, value[at]), *value[at + 1 :]]
    return draw.choice((*WORDS, "deep"))


def sound_desk(folder: Path) -> list[dict[str, Any]]:
    """Make a desk of one night with some entries; return its lines."""
    gateway = Gateway.open(begun(folder), Identity(ME), create=True, clock=lambda: NOW)
    gateway.seed(night())
    for number in range(4):
        gateway.submit(WriteLog(text=f"记{number}"))
    gateway.close()
    (folder / "db.json").unlink(missing_ok=True)
    return [orjson.loads(line) for line in (folder / SEGMENT).read_bytes().splitlines()]


def read_one(draw: random.Random, base: Path, lines: list[dict[str, Any]], room: Path) -> int:
    """Change a copy of the desk and call every command on it; return how many calls ended with 0.

    Raises what a command did not answer with a sentence.
    """
    desk = room / "desk"
    shutil.rmtree(room, ignore_errors=True)
    shutil.copytree(base, desk)
    held = list(lines)
    for _ in range(draw.randint(1, 3)):
        at = draw.randrange(len(held))
        new = changed(draw, held[at])
        held[at] = new if isinstance(new, dict) else held[at]
    (desk / SEGMENT).write_bytes(rechained(held))
    good = 0
    for words in CALLS:
        args = [str(room / word) if word == "copy" else word for word in words]
        result = CliRunner().invoke(program, ["--data", str(desk), *args], obj=Invocation())
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        good += result.exit_code == 0
    return good
