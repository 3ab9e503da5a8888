"""Files of the system that a server needs, filled in from the templates in `templates/`.

Each begins with a line that names the program and the sum of what follows. So a file that somebody changed by hand is
told from one that we wrote, and is left alone.
"""

import tomllib
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from string import Template
from typing import Final

from dutyboard.frozen import frozen
from dutyboard.tui.server.layout import ServerLayout

_MARK: Final = "# dutyboard server-setup"
_SUM: Final = 16
_MOST: Final = 1 << 16
WARM: Final = "dutyboard-warm.service"
"""The unit of the parent that forks sessions."""


@frozen(kw_only=False)
class SystemFile:
    """One file of the system: its place, its text, its mode."""

    path: Path
    text: str
    mode: int


def server_files(layout: ServerLayout, *, sudo: bool) -> list[SystemFile]:
    """Return every file of a server; with `sudo` the rule for officers who have an account on the machine."""
    found = [_file(layout, layout.sshd_file, "sshd.conf", 0o644)]
    if sudo:
        found.append(_file(layout, layout.sudoers_file, "sudoers", 0o440))
    for name, unit in units().items():
        more = {"name": f"dutyboard-{name}", "about": unit["about"], "when": unit["when"]}
        more["words"] = Template(unit["words"]).substitute(_words(layout))
        for kind in ("service", "timer"):
            found.append(_file(layout, layout.units / f"dutyboard-{name}.{kind}", f"unit.{kind}", 0o644, **more))
    found.append(_file(layout, layout.units / WARM, "warm.service", 0o644))
    return found


def units() -> dict[str, dict[str, str]]:
    """Return what the machine does by itself: of each unit what it is about, its words and its hour."""
    return tomllib.loads(_template("units.toml"))


def timers() -> list[str]:
    """Return the names of all timers."""
    return [f"dutyboard-{name}.timer" for name in units()]


def is_as_written(text: str) -> bool:
    """Return True for a text that server-setup wrote, of whatever version, and nobody changed since."""
    first, _, rest = text.partition("\n")
    return first == _first(rest)


def _file(layout: ServerLayout, path: Path, template: str, mode: int, **more: str) -> SystemFile:
    text = Template(_template(template)).substitute(_words(layout) | more)
    return SystemFile(path, f"{_first(text)}\n{text}", mode)


def _first(rest: str) -> str:
    return f"{_MARK} {sha256(rest.encode()).hexdigest()[:_SUM]}: a file that was changed by hand is left alone"


def _words(layout: ServerLayout) -> dict[str, str]:
    named = ("folder", "backups", "account", "group", "python", "home", "keys")
    return {name: str(getattr(layout, name)) for name in named}


def _template(name: str) -> str:
    with files("dutyboard.tui.server").joinpath("templates", name).open(encoding="utf-8") as opened:
        return opened.read(_MOST)
