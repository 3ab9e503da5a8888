"""The file in which sshd looks for the keys of the desk's account. Each line of ours opens the door to one login.

The file belongs to root, or to the account itself, in a folder that nobody else may write: sshd demands it
(StrictModes). Lines that are not ours are kept as they are.
"""

import fcntl
import os
import re
import shlex
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import Final, Literal

from dutyboard.frozen import frozen
from dutyboard.store.files.folder import Folder
from dutyboard.tui.link.account import DeskAccount, as_started
from dutyboard.tui.link.identity import is_login
from dutyboard.tui.link.trouble import troubles

KeyFault = Literal["malformed", "options", "type", "inner", "weak", "login", "command", "folder", "busy"]
_ED25519_BYTES: Final = 32
_RSA_BITS: Final = 2048
_CURVES: Final = {"nistp256": 65, "nistp384": 97, "nistp521": 133}
"""Bytes of a point of each curve, uncompressed."""
_TYPES: Final = (
    "ssh-ed25519",
    "ssh-rsa",
    *(f"ecdsa-sha2-{curve}" for curve in _CURVES),
    "sk-ssh-ed25519@openssh.com",
    "sk-ecdsa-sha2-nistp256@openssh.com",
)
_OURS: Final = re.compile(r'restrict,pty,command="((?:[^"\\]|\\")*)" (\S+ \S+) (\S+)')
_DOOR: Final = ("-I", "-m", "dutyboard.tui.cli", "--data")
_INSTEAD: Final = "exec"
"""The shell of the account gives its place to the door: the terminal's session is then the door's own."""
_OWNERS_FILE: Final = 0o600
_ROOTS_FILE: Final = 0o644
_OTHERS_WRITE: Final = 0o022
_MOST: Final = 16 << 20  # bytes of the file: some 100,000 keys


class BadKey(Exception):
    """A key or a login that may not be written, as a code."""

    def __init__(self, fault: KeyFault) -> None:
        super().__init__(fault)
        self.fault = fault


@frozen(kw_only=False)
class PublicKey:
    """One public key of OpenSSH, in the form of its `.pub` file without the comment."""

    type: str
    blob: bytes

    @property
    def fingerprint(self) -> str:
        """The fingerprint as `ssh-keygen -l` and sshd's log print it."""
        return f"SHA256:{b64encode(sha256(self.blob).digest()).decode().rstrip('=')}"

    def __str__(self) -> str:
        return f"{self.type} {b64encode(self.blob).decode()}"


@frozen(kw_only=False)
class AuthorizedLine:
    """One line of the file. `login` is "" for a line that is not ours, `key` None where no key can be read."""

    number: int
    text: str
    login: str
    key: PublicKey | None

    @property
    def fingerprint(self) -> str:
        """The fingerprint of the line's key, "" where none can be read."""
        return self.key.fingerprint if self.key else ""


def read_public_key(text: str) -> PublicKey:
    """Return the key of a `.pub` file. Raises BadKey."""
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) != 1 or not text.removesuffix("\n").removesuffix("\r").isprintable():
        raise BadKey("malformed")
    words = lines[0].split()
    if words[0] not in _TYPES:
        raise BadKey("options" if set(words[1:]) & set(_TYPES) else "type" if len(words) > 1 else "malformed")
    if len(words) == 1:
        raise BadKey("malformed")
    try:
        blob = b64decode(words[1], validate=True)
    except (NotBase64, ValueError):
        raise BadKey("malformed") from None
    if b64encode(blob).decode() != words[1]:
        raise BadKey("malformed")
    _look_into(words[0], blob)
    return PublicKey(words[0], blob)


def _look_into(kind: str, blob: bytes) -> None:
    """Read the key as sshd does (RFC 4253, 5656, 8709). Raises BadKey."""
    fields = _fields(blob)
    if not fields or fields[0] != kind.encode():
        raise BadKey("inner")
    match kind.removeprefix("sk-").removesuffix("@openssh.com"), fields[1:]:
        case "ssh-ed25519", [bytes(point), *application] if len(application) == kind.startswith("sk-"):
            good = len(point) == _ED25519_BYTES
        case "ssh-rsa", [bytes(exponent), bytes(modulus)]:
            if int.from_bytes(modulus) < 1 << (_RSA_BITS - 1):
                raise BadKey("weak")
            good = int.from_bytes(exponent) > 1 and not (modulus[0] & 0x80 or exponent[0] & 0x80)
        case name, [bytes(curve), bytes(point), *application] if len(application) == kind.startswith("sk-"):
            named = name.removeprefix("ecdsa-sha2-")
            good = curve.decode("ascii", "replace") == named and len(point) == _CURVES.get(named) and point[0] == 4
        case _:
            good = False
    if not good:
        raise BadKey("inner")


def _fields(blob: bytes) -> list[bytes]:
    """Return the strings of a blob, each behind its length in four bytes; [] if they do not fill it."""
    found: list[bytes] = []
    at = 0
    while at < len(blob):
        size = int.from_bytes(blob[at : at + 4])
        found.append(blob[at + 4 : at + 4 + size])
        at += 4 + size
    return found if at == len(blob) else []


def door_line(key: PublicKey, login: str, folder: Path, python: str) -> str:
    """Return the line that opens the door of a desk to a login. Raises BadKey."""
    if not is_login(login):
        raise BadKey("login")
    command = shlex.join((_INSTEAD, python, *_DOOR, str(folder), "door", login, "--key", key.fingerprint))
    if not command.isprintable() or "\\" in command:
        raise BadKey("command")
    quoted = command.replace('"', '\\"')
    return f'restrict,pty,command="{quoted}" {key} {login}'


def key_line(number: int, text: str) -> AuthorizedLine:
    """Return one line of the file, as ours only if it can do nothing but open the door.

    One of an earlier version, without `exec`, is ours too; its text is what is written in its place.
    """
    matched = _OURS.fullmatch(text)
    if matched:
        try:
            key = read_public_key(matched[2])
            words = shlex.split(matched[1].replace('\\"', '"'))
            words = words[words[:1] == [_INSTEAD] :]
            if len(words) == len(_DOOR) + 6:
                line = door_line(key, words[7], Path(words[5]), words[0])
                if text in (line, line.replace(f"{_INSTEAD} ", "", 1)):
                    return AuthorizedLine(number, line, words[7], key)
        except (BadKey, ValueError):
            pass
    return AuthorizedLine(number, text, "", _key_within(text))


def _key_within(text: str) -> PublicKey | None:
    """Return the key of a line with whatever options, None if there is none to be read."""
    words = [] if text.lstrip().startswith("#") else text.split()
    for at, word in enumerate(words[:-1]):
        if word in _TYPES:
            try:
                return read_public_key(f"{word} {words[at + 1]}")
            except BadKey:
                continue
    return None


class KeysFile:
    """The file of keys of one account, held by its folder. Every call raises StoreTrouble."""

    def __init__(self, folder: Folder, name: str) -> None:
        self._folder = folder
        self._name = name

    @property
    def path(self) -> Path:
        """The file, as people are told it."""
        return self._folder.path / self._name

    def lines(self) -> list[AuthorizedLine]:
        """Return all lines but empty ones, with their numbers in the file; [] where there is no file yet."""
        with troubles(), as_started():
            held = self._folder.read(self._name, _MOST) if self._folder.has(self._name) else b""
        text = held.decode("utf-8", "surrogateescape")
        return [key_line(at, line) for at, line in enumerate(text.split("\n"), 1) if line.strip()]

    def write(self, lines: Sequence[str], told: Callable[[], None]) -> None:
        """Replace the file at one stroke, after `told()` has written the act on the desk.

        If `told` raises, nothing is written. The umask decides nothing: sshd reads root's file as the account. Raises
        BadKey (`folder`: it is another's) too.
        """
        if self._folder.owner != os.getuid():
            raise BadKey("folder")
        text = "".join(f"{line}\n" for line in lines).encode("utf-8", "surrogateescape")
        mode = _ROOTS_FILE if os.getuid() == 0 else _OWNERS_FILE
        with troubles(), as_started():
            self._folder.replace(self._name, (text,), before_rename=told, mode=mode)


@contextmanager
def keys_file(path: Path, account: DeskAccount) -> Iterator[KeysFile]:
    """Open the folder of an account's file of keys. Who may write it holds off others who may.

    Raises StoreTrouble, BadKey (`folder`: others could write there; `busy`).
    """
    with troubles():
        if not path.parent.is_dir():
            raise BadKey("folder")
        folder = Folder.top(path.parent)
    with folder:
        if folder.owner not in (0, account.uid) or os.fstat(folder.fd).st_mode & _OTHERS_WRITE:
            raise BadKey("folder")
        lock = _locked(folder, f"{path.name}.lock") if folder.owner == os.getuid() else None
        try:
            yield KeysFile(folder, path.name)
        finally:
            if lock is not None:
                os.close(lock)


def _locked(folder: Folder, name: str) -> int:
    """Lock a file that nobody else may open. Raises BadKey (`busy`), StoreTrouble."""
    with troubles():
        if not folder.has(name):
            with suppress(FileExistsError):
                os.close(folder.create(name, _OWNERS_FILE))
        lock = folder.open(name, os.O_RDWR)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(lock)
        raise BadKey("busy") from None
    return lock


def default_keys_file(account: DeskAccount) -> Path:
    """Return the place of an account's keys that server-setup gives to sshd."""
    return Path("/etc/ssh/dutyboard") / account.login
