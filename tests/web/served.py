"""`dutyboard serve` on a desk, and nginx before it by the words of docs/browser.md."""

import re
import secrets
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

ROOT: Final = Path(__file__).parents[2]
NGINX: Final = shutil.which("nginx", path="/usr/sbin:/usr/bin") or ""
_SECONDS: Final = 30.0


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


@dataclass
class Served:
    """A server: its own address, the one that browsers use, and the secret of the proxy."""

    port: int
    origin: str
    secret: str
    log: Path

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def headers(self, login: str = "wangfang", **other: str) -> dict[str, str]:
        """What the proxy sends; `other` takes the place of a header, "" leaves it out."""
        sent = {"Secret": self.secret, "Login": login, "Address": "10.0.3.7", **other}
        return {f"X-Dutyboard-{name}": value for name, value in sent.items() if value}


@contextmanager
def serving(desk: Path, place: Path, origin: str, *words: str) -> Iterator[Served]:
    """Run the server until the block ends."""
    port, secret, file, log = free_port(), secrets.token_hex(32), place / "secret", place / "serve.log"
    file.write_text(secret + "\n")
    file.chmod(0o600)
    line = [sys.executable, "-I", "-m", "dutyboard.tui.cli", "--data", str(desk), "serve", "--public-url", origin]
    line += ["--secret-file", str(file), "--listen", f"127.0.0.1:{port}", *words]
    with log.open("w") as written, ended(line, written=written):
        answering(f"http://127.0.0.1:{port}/", log)
        yield Served(port, origin, secret, log)


@contextmanager
def behind_nginx(served: Served, port: int, place: Path, users: dict[str, str]) -> Iterator[None]:
    """Run nginx before the server, configured by the page but for its port, its paths and TLS."""
    page = (ROOT / "docs" / "browser.md").read_text(encoding="utf-8")
    block = page.partition("```nginx\n")[2].partition("```")[0]
    block = re.sub(r"^ *ssl_.*\n", "", block, flags=re.MULTILINE)
    for said, ours in (
        ("443 ssl", f"127.0.0.1:{port}"),
        ("127.0.0.1:8460", f"127.0.0.1:{served.port}"),
        ("/etc/nginx", str(place)),
    ):
        assert said in block
        block = block.replace(said, ours)
    (place / "dutyboard.users").write_text("".join(f"{name}:{{PLAIN}}{word}\n" for name, word in users.items()))
    (place / "dutyboard.secret").write_text(f'proxy_set_header X-Dutyboard-Secret "{served.secret}";\n')
    for each in ("dutyboard.users", "dutyboard.secret"):
        (place / each).chmod(0o644)  # its workers are another account's here
    temporary = "".join(
        f"{name}_temp_path {place}/{name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    config = place / "nginx.conf"
    config.write_text(
        f"daemon off; master_process off; pid {place}/nginx.pid; error_log {place}/nginx.log;\n"
        f"events {{}}\nhttp {{ access_log off; {temporary}\n{block}}}\n"
    )
    with ended([NGINX, "-c", str(config), "-e", f"{place}/nginx.log"], written=None):
        answering(f"http://127.0.0.1:{port}/", place / "nginx.log")
        yield


@contextmanager
def ended(line: Sequence[str], *, written: object) -> Iterator[None]:
    """Run a program and end it with the block."""
    program = subprocess.Popen(line, stdout=written, stderr=written)  # type: ignore[call-overload]
    try:
        yield
    finally:
        program.terminate()
        try:
            program.wait(_SECONDS)
        except subprocess.TimeoutExpired:
            program.kill()
            raise


def answering(url: str, log: Path) -> None:
    """Wait until a server answers, whatever it says."""
    limit = time.monotonic() + _SECONDS
    while time.monotonic() < limit:
        try:
            urlopen(url, timeout=5)
        except HTTPError:
            return
        except (URLError, ConnectionError):
            time.sleep(0.1)
        else:
            return
    raise AssertionError(log.read_text())
