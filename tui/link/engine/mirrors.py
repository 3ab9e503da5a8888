"""The folder of this machine that mirrors the desk at an address. It is made when the desk is first used."""

from contextlib import closing, suppress
from pathlib import Path
from typing import Literal

from dutyboard import store
from dutyboard.frozen import frozen
from dutyboard.store.engine.address import Address, BadAddress
from dutyboard.store.engine.mirrored import mirror_folder, readable_address, write_mirror
from dutyboard.tui.link.identity import Identity
from dutyboard.tui.link.trouble import StoreTrouble, troubles

AddressFault = Literal["password", "schema", "form", "no_driver"]


class UnusableAddress(ValueError):
    """An address that cannot be used. Its text is not repeated, for it may hold a password."""

    def __init__(self, fault: AddressFault) -> None:
        super().__init__(fault)
        self.fault: AddressFault = fault


@frozen(kw_only=False)
class Mirror:
    """A folder of this machine, and the address of the desk that it mirrors."""

    folder: Path
    address: Address

    @property
    def name(self) -> str:
        """The name of the desk's schema."""
        return self.address.schema


def mirror_at(named: str) -> Mirror:
    """Return the mirror of an address in the user's state folder. Nothing is made. Raises UnusableAddress."""
    try:
        address = readable_address(named)
    except BadAddress as bad:
        raise UnusableAddress(bad.flaw if bad.flaw in ("password", "schema") else "form") from None
    except ValueError:
        raise UnusableAddress("form") from None
    except store.Away:
        raise UnusableAddress("no_driver") from None
    return Mirror(mirror_folder(address), address)


def make_mirror(mirror: Mirror, identity: Identity) -> None:
    """Make a folder the mirror of the desk at its address, and fill it.

    Raises StoreTrouble; of an address without a desk (`no_desk`) no folder is made.
    """
    from dutyboard.store.engine.postgres import PostgresEngine
    from dutyboard.tui.link.steps import STEPS

    with troubles():
        with closing(PostgresEngine(mirror.address, "desk")) as engine:
            try:
                lines, _ = engine.newest()
            except store.Away as away:
                if away.reason != "no_tables":
                    raise
                lines = 0
        if not lines:
            raise StoreTrouble("no_desk", {"folder": mirror.address.text})
        write_mirror(mirror.folder, mirror.address)
        store.open_store(mirror.folder, writer=identity.writer, damaged_ok=True, steps=STEPS).close()


def make_tables(mirror: Mirror, service: str) -> None:
    """Make the tables of a desk as their owner, for a role that inserts and reads, and its empty mirror.

    Tables that stand stay as they are: whether a desk is in them is asked when it is opened. Raises StoreTrouble.
    """
    from dutyboard.store.engine import postgres

    with troubles():
        with suppress(FileExistsError):
            postgres.make_tables(mirror.address, service)
        write_mirror(mirror.folder, mirror.address)


def restore_at(source: Path, mirror: Mirror, identity: Identity, service: str) -> None:
    """Check a backup and make a desk from it at an address that has none. Raises StoreTrouble."""
    from dutyboard.tui.link.steps import STEPS

    with troubles():
        mirror.folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        store.restore(
            source, mirror.folder, writer=identity.writer, steps=STEPS, address=mirror.address, service=service
        )


def empty_folder(folder: Path) -> None:
    """Raise StoreTrouble(`folder_exists`) where a folder holds anything, or is none."""
    with troubles():
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise FileExistsError(str(folder))
