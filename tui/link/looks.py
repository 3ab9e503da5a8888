"""A line of the view log: who looked at whom or what, when and why."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, Literal

LookAct = Literal["reveal", "person", "export", "report", "backup"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """One look. `line` is its number in the view log (0: not written yet).

    `about`: a subject (`person-12`), or the name of a report, a screen or a command. `revealed`: numbers were shown as
    they are. `officer` is the number of the officer bound to the login; the rest is said as in an entry of the log.
    """

    act: LookAct
    about: str
    at: datetime
    login: str
    reason: str = ""
    revealed: bool = False
    officer: int | None = None
    by_login: str = ""
    address: str = ""
    key: str = ""
    line: int = 0


def look_json(look: Look) -> dict[str, Any]:
    """Return a look as JSON. What says nothing is left out."""
    held = {each.name: getattr(look, each.name) for each in fields(look)}
    told = {name: value for name, value in held.items() if value not in ("", None, False, 0)}
    return {**told, "at": look.at.isoformat(timespec="seconds")}


def read_look(line: int, held: Mapping[str, Any]) -> Look:
    """Return the look that a line holds."""
    known = {each.name for each in fields(Look)} - {"at", "line", "about"}
    told: dict[str, Any] = {name: held[name] for name in known & held.keys()}
    return Look(about=held.get("about", ""), at=datetime.fromisoformat(held["at"]), line=line, **told)
