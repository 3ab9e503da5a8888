"""Desks on a throw-away server: its tables, and a mirror of it as a terminal server has one."""

from pathlib import Path

from dutyboard.store import Store, open_store
from dutyboard.store.engine.address import Address, address_of, write_address
from dutyboard.store.engine.postgres import make_tables
from dutyboard.store.files.folder import Folder
from tests.engine.cluster import Cluster


def desk_address(cluster: Cluster, schema: str, **more: str) -> str:
    """Make the tables of a desk as their owner, and return the address for its service role."""
    make_tables(address_of(cluster.address(user="owner", schema=schema)), service="service")
    return cluster.address(user="service", schema=schema, **more)


def mirror(folder: Path, address: str | Address) -> Path:
    """Make a folder the mirror of a desk."""
    with Folder.made(folder) as made:
        write_address(made, address_of(address) if isinstance(address, str) else address)
    return folder


def opened(folder: Path, writer: str = "wangfang@1", **more: object) -> Store:
    return open_store(folder, writer=writer, **more)  # type: ignore[arg-type]
