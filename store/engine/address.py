"""The address of a desk on an engine, and the file that makes a folder its mirror.

    postgresql://db1,db2/prefecture?schema=loudi&target_session_attrs=read-write

`schema` is our own word (by default `dutyboard`); all the rest is libpq's. A password stands in no address: it would be
seen by everybody who lists the processes. It comes from a service file, from .pgpass, or none is needed (peer).
"""

import re
from typing import Final, Literal
from urllib.parse import SplitResult, parse_qsl, urlencode, urlsplit

import orjson

from dutyboard.frozen import frozen
from dutyboard.store.errors import Unsafe
from dutyboard.store.files.folder import PRIVATE_FILE, Folder

SCHEMES: Final = ("postgresql", "postgres")
FILE: Final = "engine.json"
"""File of a mirror's folder that holds the address."""
_MOST: Final = 4096
_SCHEMA: Final = re.compile(r"[a-z][a-z0-9_]{0,40}")
_SECRETS: Final = ("password", "sslpassword")

AddressFlaw = Literal["scheme", "password", "schema", "database", "parameter"]


class BadAddress(ValueError):
    """An address that is none. `flaw` names the part; the text is not repeated, for it may hold a password."""

    def __init__(self, flaw: AddressFlaw) -> None:
        super().__init__(flaw)
        self.flaw: AddressFlaw = flaw


@frozen
class Address:
    """The place of a desk. `conninfo` is what libpq gets, `schema` the schema of the desk's tables."""

    conninfo: str
    schema: str

    @property
    def text(self) -> str:
        """The address as it is written down and shown."""
        parts = urlsplit(self.conninfo)
        query = [*parse_qsl(parts.query, keep_blank_values=True), ("schema", self.schema)]
        return _written(parts, query)


def address_of(text: str) -> Address:
    """Return the address that a text is. Raises BadAddress."""
    parts = urlsplit(text)
    if parts.scheme not in SCHEMES:
        raise BadAddress("scheme")
    query = parse_qsl(parts.query, keep_blank_values=True)
    if ":" in parts.netloc.rpartition("@")[0] or any(name in _SECRETS for name, _ in query):
        raise BadAddress("password")
    if not parts.path.strip("/"):
        raise BadAddress("database")
    schema = next((value for name, value in query if name == "schema"), "dutyboard")
    if not _SCHEMA.fullmatch(schema):
        raise BadAddress("schema")
    return Address(conninfo=_written(parts, [pair for pair in query if pair[0] != "schema"]), schema=schema)


def _written(parts: SplitResult, query: list[tuple[str, str]]) -> str:
    """Return an address with other parameters. `geturl` would leave the two strokes out where no host is named."""
    more = f"?{urlencode(query, safe='/,-=')}" if query else ""
    return f"{parts.scheme}://{parts.netloc}{parts.path}{more}"


def written_address(folder: Folder) -> Address | None:
    """Return the address that a folder names; None for a desk that is all here. Raises Unsafe."""
    try:
        text = folder.read(FILE, _MOST)
    except FileNotFoundError:
        return None
    try:
        return address_of(orjson.loads(text)["address"])
    except (ValueError, KeyError, TypeError, AttributeError):
        raise Unsafe(FILE, "not_a_file") from None


def write_address(folder: Folder, address: Address) -> None:
    """Make a folder the mirror of a desk. Raises OSError, Unsafe."""
    folder.replace(FILE, [orjson.dumps({"address": address.text})], mode=PRIVATE_FILE)
