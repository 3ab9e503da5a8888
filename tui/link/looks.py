"""The view log as the gateway writes and reads it: who looked at whom or what, when and why."""

from collections import deque
from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Self

from dutyboard import store
from dutyboard.frozen import frozen
from dutyboard.tui.link.trouble import StoreTrouble, troubles

if TYPE_CHECKING:
    from dutyboard.rules.records.commands import Actor

LookAct = Literal["reveal", "person", "export", "report", "backup"]


@frozen
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

    @classmethod
    def by(cls, actor: "Actor", at: datetime, act: LookAct, about: str, reason: str, *, revealed: bool) -> Self:
        """Return the look of somebody at an instant."""
        return cls(
            act=act,
            about=about,
            reason=reason,
            revealed=revealed,
            at=at,
            login=actor.login,
            officer=actor.officer_id,
            by_login=actor.by_login,
            address=actor.address,
            key=actor.key,
        )


def write_look(opened: store.Store, look: Look) -> None:
    """Write a look, durable. Raises StoreTrouble(`not_viewed`)."""
    try:
        with troubles():
            opened.views.add(look_json(look))
    except StoreTrouble as trouble:
        raise StoreTrouble("not_viewed", {**trouble.fields, "why": trouble.code}) from trouble


def read_looks(opened: store.Store, about: str, officer: int | None, most: int | None) -> list[Look]:
    """Return the newest looks at one subject ("": at any) by one officer (None: by any), oldest first.

    At most so many (None: all) are held. Raises StoreTrouble.
    """
    with troubles():
        seen = (read_look(line, held) for line, held in opened.views.read(f'"{about}"' if about else ""))
        asked = (each for each in seen if about in ("", each.about) and officer in (None, each.officer))
        return list(deque(asked, most))


def to_salvage(folder: Path) -> Path:
    """Return the folder of the chain that is damaged: the view log where nothing else is, else the desk."""
    wrong, views = store.verify(folder).problems, folder / "views"
    only_views = wrong and all(each.file.startswith("views/") for each in wrong)
    return views if only_views and not views.is_symlink() else folder


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
