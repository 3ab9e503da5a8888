"""The mirror of a desk: its engine, and its folder. The driver is imported here, and for a mirror alone."""

from contextlib import closing
from hashlib import sha256
from pathlib import Path

from dutyboard.store.engine.address import FILE, Address, BadAddress, address_of, write_address, written_address
from dutyboard.store.engine.port import Engine
from dutyboard.store.errors import Away
from dutyboard.store.files.folder import Folder


def engine_of(folder: Folder) -> Engine | None:
    """Return the engine of which a folder is a mirror; None for a desk that is all here. Raises Unsafe, Away."""
    address = written_address(folder)
    return engine_at(address) if address is not None else None


def engine_at(address: Address) -> Engine:
    """Return the engine at an address. Raises Away(`no_driver`)."""
    try:
        from dutyboard.store.engine.postgres import PostgresEngine
    except ImportError as error:
        raise Away("no_driver") from error
    return PostgresEngine(address, "desk")


def readable_address(text: str) -> Address:
    """Return the address that a text is, which the driver can read too. Raises ValueError, Away(`no_driver`)."""
    address = address_of(text)
    try:
        import psycopg
    except ImportError as error:
        raise Away("no_driver") from error
    try:
        psycopg.conninfo.conninfo_to_dict(address.conninfo)
    except psycopg.Error:
        raise BadAddress("parameter") from None
    return address


def mirror_folder(address: Address) -> Path:
    """Return the folder, in the state folder of this user, that mirrors the desk at an address."""
    from platformdirs import user_state_path  # by need: who has a folder asks for none

    short = sha256(address.text.encode()).hexdigest()[:12]
    return user_state_path("dutyboard", appauthor=False) / "mirrors" / f"{address.schema}-{short}"


def write_mirror(folder: Path, address: Address) -> None:
    """Make a folder, private to its user, the mirror of the desk at an address. Raises OSError, Unsafe."""
    folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with Folder.made(folder) as made:
        write_address(made, address)


def mirror_at(text: str) -> Path:
    """Return this user's mirror of the desk at an address, made at its first use.

    Of an address without tables no folder is made. Raises ValueError, Away, StoreError, OSError.
    """
    address = readable_address(text)
    folder = mirror_folder(address)
    if not (folder / FILE).exists():
        with closing(engine_at(address)) as engine:
            engine.newest()
        write_mirror(folder, address)
    return folder
