"""Backups beside each other in one folder, each named for the moment it was made."""

import re
from datetime import datetime
from pathlib import Path
from shutil import rmtree
from typing import Final

import msgspec

from dutyboard.tui.link.clock import DEFAULT_ZONE
from dutyboard.tui.link.trouble import troubles

_NAME: Final = re.compile(r"\d{8}T\d{6}")
_FORM: Final = "%Y%m%dT%H%M%S"
_NOTE: Final = "backup.json"
_MOST: Final = 4096


def dated_name(moment: datetime) -> str:
    """Return the name of a backup that is made now. It sorts by time."""
    return moment.strftime(_FORM)


def dated_backups(folder: Path) -> list[Path]:
    """Return the backups of a folder, the newest last: named for a moment, and with a backup's note.

    Anything else that lies there is nobody's backup, and is not touched. Raises StoreTrouble.
    """
    with troubles():
        named = (each for each in folder.iterdir() if _NAME.fullmatch(each.name) and not each.is_symlink())
        return sorted(each for each in named if (each / _NOTE).is_file())


def keep_newest(folder: Path, count: int) -> list[Path]:
    """Remove all backups but the newest `count`; return those that went. Raises StoreTrouble, ValueError under 1."""
    if count < 1:
        raise ValueError(count)
    gone = dated_backups(folder)[:-count]
    with troubles():
        for each in gone:
            (each / _NOTE).unlink()  # first: what is left of a broken removal counts as no backup
            rmtree(each)
    return gone


def made_at(backup: Path) -> datetime:
    """Return the moment for which a backup is named. It was named by the clock of `real_clock`."""
    return datetime.strptime(backup.name, _FORM).replace(tzinfo=DEFAULT_ZONE)


def backup_note(backup: Path) -> tuple[int, str]:
    """Return the number and the hash of the last line that a backup holds. Raises OSError, msgspec.MsgspecError."""
    with (backup / _NOTE).open("rb") as file:
        note = msgspec.json.decode(file.read(_MOST), type=_Note)
    return note.n, note.head


class _Note(msgspec.Struct, frozen=True):
    n: int
    head: str
