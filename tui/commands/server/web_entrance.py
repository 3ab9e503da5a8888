"""The look at a request that comes through the reverse proxy: who sent it, and from where.

The proxy has asked who he is. What it says is believed if it comes from the proxy's address and holds the secret that
the proxy and the server alone know: any account of the machine can open a connection to the loopback.
"""

import hmac
import ipaddress
import os
import stat
from pathlib import Path
from typing import Final, Literal, Protocol
from urllib.parse import urlsplit

from dutyboard.frozen import frozen
from dutyboard.tui.link.identity import is_login

SECRET_HEADER: Final = "X-Dutyboard-Secret"
LOGIN_HEADER: Final = "X-Dutyboard-Login"
ADDRESS_HEADER: Final = "X-Dutyboard-Address"
LOOPBACK: Final = frozenset({"127.0.0.1", "::1"})
_LEAST, _MOST = 32, 1024

SecretFault = Literal["no_secret", "open_secret", "weak_secret"]
EntranceFault = Literal["peer", "secret", "login", "address", "origin"]


class Headers(Protocol):
    """The headers of a request, each as often as it was sent."""

    def getall(self, key: str, default: tuple[str, ...], /) -> "list[str] | tuple[str, ...]":
        """Return every value of a header."""


class BadSecret(Exception):
    """A file holds no secret that could be trusted: a code."""

    def __init__(self, fault: SecretFault) -> None:
        super().__init__(fault)
        self.fault: SecretFault = fault


class NotAdmitted(Exception):
    """A request is refused: a code, which goes to the server's log and never to the one who asks."""

    def __init__(self, fault: EntranceFault) -> None:
        super().__init__(fault)
        self.fault: EntranceFault = fault


@frozen
class Visitor:
    """The login that the proxy has made sure of, and the address it saw."""

    login: str
    address: str


@frozen
class Entrance:
    """The conditions of coming in. `peers`: addresses from which the proxy may speak; `origin`: that of our page."""

    secret: bytes
    origin: str
    peers: frozenset[str] = LOOPBACK

    def admitted(self, peer: str, headers: Headers, *, acts: bool) -> Visitor:
        """Return who sent a request. Raises NotAdmitted.

        `acts`: it can do something, so that it must come from our own page: a browser sends the officer's password
        along with what any other page asks it to open.
        """
        if peer not in self.peers:
            raise NotAdmitted("peer")
        if not hmac.compare_digest(_only(headers, SECRET_HEADER).encode("utf-8", "surrogateescape"), self.secret):
            raise NotAdmitted("secret")
        login, address = _only(headers, LOGIN_HEADER), _only(headers, ADDRESS_HEADER)
        if not is_login(login):
            raise NotAdmitted("login")
        try:
            ipaddress.ip_address(address)
        except ValueError:
            raise NotAdmitted("address") from None
        if acts and _only(headers, "Origin") != self.origin:
            raise NotAdmitted("origin")
        return Visitor(login=login, address=address)


def _only(headers: Headers, name: str) -> str:
    """Return the value of a header that was sent once, "" of any other: the proxy sets it anew."""
    values = headers.getall(name, ())
    return values[0] if len(values) == 1 else ""


def read_secret(file: Path) -> bytes:
    """Return the secret in a file that the account alone, or root, can write and read. Raises BadSecret."""
    try:
        handle = os.open(file, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK)
    except OSError:
        raise BadSecret("no_secret") from None
    with os.fdopen(handle, "rb") as opened:
        found = os.fstat(handle)
        if not stat.S_ISREG(found.st_mode) or found.st_uid not in (0, os.geteuid()) or found.st_mode & 0o077:
            raise BadSecret("open_secret")
        held = opened.read(_MOST + 1).strip()
    if not (_LEAST <= len(held) <= _MOST and all(0x21 <= sign <= 0x7E for sign in held)):
        raise BadSecret("weak_secret")
    return held


def public_origin(url: str) -> str:
    """Return the origin of the address that officers type. Raises ValueError.

    Nothing but https will do, for the password goes with every request; on the loopback alone it may be http.
    """
    parts = urlsplit(url)
    host = parts.hostname or ""
    own = parts.scheme == "http" and host in (*LOOPBACK, "localhost")
    if not host or not (own or parts.scheme == "https") or parts.username is not None:
        raise ValueError(url)
    if parts.path not in ("", "/") or parts.query or parts.fragment:
        raise ValueError(url)
    standard = {"http": 80, "https": 443}[parts.scheme]
    shown = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{shown}" + ("" if parts.port in (None, standard) else f":{parts.port}")


def listening(address: str, proxy: str | None) -> tuple[str, int, frozenset[str]]:
    """Return host, port and the peers to be trusted. Raises ValueError for no address, PermissionError for another.

    Without `proxy`, the address of another machine that speaks for us, nothing but the loopback will do.
    """
    host, _, port = address.rpartition(":")
    found = ipaddress.ip_address(host.strip("[]"))
    number = int(port)
    if not 0 < number < 65536:
        raise ValueError(address)
    if proxy is None:
        if str(found) not in LOOPBACK:
            raise PermissionError(address)
        return str(found), number, LOOPBACK
    return str(found), number, frozenset({str(ipaddress.ip_address(proxy))})
