"""Questions of `doctor` to the engine of a mirror."""

from pathlib import Path
from typing import TYPE_CHECKING

from dutyboard.store.engine.address import written_address
from dutyboard.store.files.folder import Folder
from dutyboard.tui.link.trouble import troubles

if TYPE_CHECKING:
    from dutyboard.store.engine.standing import EngineStanding, RoleRights, Standby, WaitedFor

__all__ = ["EngineStanding", "RoleRights", "Standby", "WaitedFor", "engine_standing"]


def engine_standing(folder: Path) -> "EngineStanding | None":
    """Ask the engine that a folder mirrors how it stands; None: the desk is all in files. Raises StoreTrouble."""
    with troubles():
        with Folder.top(folder) as held:
            address = written_address(held)
        if address is None:
            return None
        from dutyboard.store.engine.standing import standing  # by need: it takes the driver

        return standing(address)
