"""The engine of a folder, where that is the mirror of a desk. The driver is imported here, and for a mirror alone."""

from dutyboard.store.engine.address import written_address
from dutyboard.store.engine.port import Engine
from dutyboard.store.errors import Away
from dutyboard.store.files.folder import Folder


def engine_of(folder: Folder) -> Engine | None:
    """Return the engine of which a folder is a mirror; None for a desk that is all here. Raises Unsafe, Away."""
    address = written_address(folder)
    if address is None:
        return None
    try:
        from dutyboard.store.engine.postgres import PostgresEngine
    except ImportError as error:
        raise Away("no_driver") from error
    return PostgresEngine(address, "desk")
