"""`dutyboard serve` as an attacker sees it who reaches its port: by a browser, from another page, or on the machine."""

import asyncio
import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from aiohttp import ClientSession, ClientWebSocketResponse, WSMsgType, WSServerHandshakeError
from multidict import CIMultiDict

from dutyboard.tui.commands.server.web_entrance import (
    BadSecret,
    Entrance,
    NotAdmitted,
    Visitor,
    listening,
    public_origin,
    read_secret,
)
from dutyboard.tui.commands.server.web_terminal import asked_size
from tests.pty.desks import entries, practice_desk
from tests.tui.installed import printed, run
from tests.web.served import Served, serving

ORIGIN = "https://duty.example"
SECRET = "s" * 40
ENTRY = Entrance(secret=SECRET.encode(), origin=ORIGIN)
GOOD = (
    ("X-Dutyboard-Secret", SECRET),
    ("X-Dutyboard-Login", "wangfang"),
    ("X-Dutyboard-Address", "10.0.3.7"),
    ("Origin", ORIGIN),
)
SECONDS = 40.0


def refusal(*headers: tuple[str, str], peer: str = "127.0.0.1", acts: bool = True) -> str:
    """The code of a refusal, "" where somebody is let in."""
    try:
        ENTRY.admitted(peer, CIMultiDict(headers), acts=acts)
    except NotAdmitted as refused:
        return refused.fault
    return ""


def changed(name: str, *values: str) -> list[tuple[str, str]]:
    return [each for each in GOOD if each[0] != name] + [(name, value) for value in values]


def test_whoever_the_proxy_vouches_for_is_let_in_as_its_headers_say() -> None:
    assert ENTRY.admitted("127.0.0.1", CIMultiDict(GOOD), acts=True) == Visitor(login="wangfang", address="10.0.3.7")
    assert refusal(*GOOD, peer="::1") == ""
    assert refusal(*changed("X-Dutyboard-Address", "2001:db8::7")) == ""


@pytest.mark.parametrize(
    ("name", "values", "fault"),
    [
        ("X-Dutyboard-Secret", (), "secret"),
        ("X-Dutyboard-Secret", ("",), "secret"),
        ("X-Dutyboard-Secret", (SECRET[:-1],), "secret"),
        ("X-Dutyboard-Secret", (SECRET + "s",), "secret"),
        ("X-Dutyboard-Secret", ("密" * 40,), "secret"),
        ("X-Dutyboard-Secret", ("\udcff" * 40,), "secret"),
        ("X-Dutyboard-Secret", (SECRET, SECRET), "secret"),
        ("X-Dutyboard-Login", (), "login"),
        ("X-Dutyboard-Login", ("",), "login"),
        ("X-Dutyboard-Login", ("wangfang", "admin"), "login"),
        ("X-Dutyboard-Login", ("wangfang,admin",), "login"),
        ("X-Dutyboard-Login", ("--data",), "login"),
        ("X-Dutyboard-Login", ("../duty",), "login"),
        ("X-Dutyboard-Login", ("wang fang",), "login"),
        ("X-Dutyboard-Login", ("王芳",), "login"),
        ("X-Dutyboard-Login", ("a" * 65,), "login"),
        ("X-Dutyboard-Address", (), "address"),
        ("X-Dutyboard-Address", ("local tty1",), "address"),
        ("X-Dutyboard-Address", ("10.0.3.7, 10.0.0.1",), "address"),
        ("X-Dutyboard-Address", ("10.0.3.7", "10.0.3.8"), "address"),
        ("Origin", (), "origin"),
        ("Origin", ("null",), "origin"),
        ("Origin", ("http://duty.example",), "origin"),
        ("Origin", ("https://duty.example.evil.example",), "origin"),
        ("Origin", ("https://duty.example:444",), "origin"),
        ("Origin", (ORIGIN, ORIGIN), "origin"),
    ],
)
def test_no_other_request_is_let_in(name: str, values: tuple[str, ...], fault: str) -> None:
    assert refusal(*changed(name, *values)) == fault


def test_no_other_address_is_believed_whatever_it_knows() -> None:
    for peer in ("10.0.0.9", "127.0.0.2", "::ffff:127.0.0.1", ""):
        assert refusal(*GOOD, peer=peer) == "peer"
    far = Entrance(secret=SECRET.encode(), origin=ORIGIN, peers=listening("10.0.0.5:8460", "10.0.0.9")[2])
    assert far.admitted("10.0.0.9", CIMultiDict(GOOD), acts=True).login == "wangfang"
    with pytest.raises(NotAdmitted):
        far.admitted("127.0.0.1", CIMultiDict(GOOD), acts=True)


def test_it_listens_nowhere_but_on_the_loopback_unless_the_proxys_machine_is_named() -> None:
    assert listening("127.0.0.1:8460", None) == ("127.0.0.1", 8460, frozenset({"127.0.0.1", "::1"}))
    assert listening("[::1]:8460", None)[:2] == ("::1", 8460)
    assert listening("10.0.0.5:8460", "10.0.0.9") == ("10.0.0.5", 8460, frozenset({"10.0.0.9"}))
    for address in ("0.0.0.0:8460", "10.0.0.5:8460", "[::]:8460", "127.0.0.2:8460"):
        with pytest.raises(PermissionError):
            listening(address, None)
    for address, proxy in (("localhost:80", None), ("8460", None), ("127.0.0.1:0", None), ("10.0.0.5:1", "proxy")):
        with pytest.raises(ValueError):
            listening(address, proxy)


def test_the_public_address_is_an_origin_of_https() -> None:
    assert public_origin("https://Duty.example/") == ORIGIN
    assert public_origin("https://duty.example:443") == ORIGIN
    assert public_origin("https://[2001:db8::1]:8443") == "https://[2001:db8::1]:8443"
    assert public_origin("http://127.0.0.1:8461") == "http://127.0.0.1:8461"
    for url in (
        "http://duty.example",
        "duty.example",
        "https://",
        "https://a@duty.example",
        "https://duty.example/desk",
    ):
        with pytest.raises(ValueError):
            public_origin(url)


def test_a_secret_that_others_can_read_or_guess_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text(SECRET + "\n")
    file.chmod(0o600)
    assert read_secret(file) == SECRET.encode()
    (tmp_path / "link").symlink_to(file)
    os.mkfifo(tmp_path / "fifo", 0o600)

    def fault(path: Path) -> str:
        with pytest.raises(BadSecret) as bad:
            read_secret(path)
        return bad.value.fault

    assert fault(tmp_path / "none") == fault(tmp_path / "link") == "no_secret"
    assert fault(tmp_path / "fifo") == "open_secret"
    for mode in (0o640, 0o604, 0o620):
        file.chmod(mode)
        assert fault(file) == "open_secret"
    file.chmod(0o600)
    for held in ("", "short", "two words " * 8, "密" * 40, "s" * 2000):
        file.write_text(held)
        assert fault(file) == "weak_secret"


def test_a_size_that_no_screen_has_is_not_taken() -> None:
    assert [asked_size(value, 80) for value in ("120", None, "", "-1", "0", "1001", "9" * 400, "１２０", "8x")] == [
        120, 80, 80, 80, 80, 80, 80, 80, 80,
    ]  # fmt: skip


def test_the_command_says_in_one_line_what_will_not_do(tmp_path: Path) -> None:
    desk = tmp_path / "desk"
    assert run("init", str(desk)).returncode == 0
    file = tmp_path / "secret"
    file.write_text(SECRET)
    file.chmod(0o644)
    url = ("--public-url", ORIGIN, "--secret-file", str(file))
    for words, said in (
        (("--public-url", ORIGIN, "--secret-file", str(tmp_path / "none")), "口令文件"),
        (url, "0600"),
        ((*url, "--listen", "0.0.0.0:8460"), "--proxy"),
        (("--public-url", "http://duty.example", "--secret-file", str(file)), "https"),
    ):
        told = run("serve", *words, folder=desk)
        assert (told.returncode, told.stdout, len(told.stderr.splitlines())) == (1, "", 1), told.stderr
        assert said in told.stderr and SECRET not in told.stderr
    file.chmod(0o600)
    desk.chmod(0o750)
    told = run("serve", *url, folder=desk)
    assert told.returncode == 1 and "0700" in told.stderr


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return practice_desk(tmp_path_factory.mktemp("web") / "desk")


@pytest.fixture(scope="module")
def served(desk: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(desk, tmp_path_factory.mktemp("serve"), ORIGIN) as server:
        yield server


async def shown(page: ClientWebSocketResponse, words: str) -> bytes:
    """What the terminal is sent until it holds some words."""
    held = b""
    async with asyncio.timeout(SECONDS):
        while words.encode() not in held:
            message = await page.receive()
            assert message.type is WSMsgType.BINARY, (message, held)
            held += message.data
    return held


async def ended(page: ClientWebSocketResponse) -> int | None:
    async with asyncio.timeout(SECONDS):
        while (await page.receive()).type not in (WSMsgType.CLOSE, WSMsgType.CLOSED, WSMsgType.CLOSING):
            pass
    return page.close_code


PATHS = (
    "/static/",
    "/static",
    "/static/js/textual.js",
    "/static/../server.py",
    "/static/%2e%2e/server.py",
    "/static/..%2f..%2f..%2fetc/passwd",
    "/static//etc/passwd",
    "//etc/passwd",
    "/download/1",
    "/download/..%2fsecret",
    "/etc/passwd",
    "/db.json",
    "/journal/000000000001.jsonl",
    "/index.html",
    "/ws/",
)


async def raw_get(served: Served, path: str) -> tuple[int, bytes]:
    """Ask for a path as it is written: a client would tidy it up first."""
    reader, writer = await asyncio.open_connection("127.0.0.1", served.port)
    lines = [
        f"GET {path} HTTP/1.1",
        "Host: x",
        "Connection: close",
        *(f"{n}: {v}" for n, v in served.headers().items()),
    ]
    writer.write(("\r\n".join(lines) + "\r\n\r\n").encode())
    answer = await asyncio.wait_for(reader.read(), SECONDS)
    writer.close()
    return int(answer.split()[1]), answer.partition(b"\r\n\r\n")[2]


async def test_no_file_of_the_server_is_reached(served: Served) -> None:
    for path in PATHS:
        assert await raw_get(served, path) == (404, b"404\n"), path
    async with ClientSession() as client:
        for path in ("/", "/static/textual.js", "/static/xterm.css", "/static/board.js"):
            async with client.get(served.url + path, headers=served.headers()) as answer:
                assert answer.status == 200 and answer.headers["X-Content-Type-Options"] == "nosniff"
                policy = answer.headers["Content-Security-Policy"]
                assert (
                    "default-src 'none'" in policy and "unsafe-eval" not in policy and "wss://duty.example/ws" in policy
                )
        for method in ("POST", "PUT", "DELETE", "OPTIONS", "TRACE"):
            async with client.request(method, served.url, headers=served.headers()) as answer:
                assert answer.status == 405


async def test_whoever_has_no_secret_learns_nothing_and_starts_nothing(served: Served) -> None:
    async with ClientSession() as client:
        for headers in (
            {},
            served.headers(Secret=""),
            served.headers(Secret="0" * 64),
            served.headers(Login=""),
            served.headers(Login="-x"),
            served.headers(Address="x"),
        ):
            for path in ("/", "/ws", "/static/textual.js", "/download/1", "/nothing"):
                async with client.get(served.url + path, headers=headers) as answer:
                    assert (answer.status, await answer.text()) == (403, "403\n")
        for origin in ({}, {"Origin": "https://evil.example"}, {"Origin": "null"}):
            with pytest.raises(WSServerHandshakeError) as refused:
                await client.ws_connect(served.url + "/ws", headers={**served.headers(), **origin})
            assert refused.value.status == 403
    log = served.log.read_text()
    assert "refused (secret)" in log and "refused (origin)" in log and "in: " not in log
    assert served.secret not in log


async def test_the_login_comes_in_at_the_door_and_the_address_stands_in_the_entry(served: Served, desk: Path) -> None:
    headers = {**served.headers("zhangq"), "Origin": ORIGIN}
    async with (
        ClientSession() as client,
        client.ws_connect(served.url + "/ws?width=80&height=24", headers=headers) as page,
    ):
        await shown(page, "您是哪一位")  # nobody knows this login: he sees names to choose from, and no board
        assert f"--data {desk} door zhangq" in processes() and served.secret not in processes()
        await page.send_str(json.dumps(["stdin", "陈卫东\r"]))
        await shown(page, "已签到")
    told = entries(desk)[-1]
    assert (told["login"], told["address"], told.get("key", "")) == ("zhangq", "10.0.3.7", "")
    await gone(desk)


def processes() -> str:
    return subprocess.run(["ps", "-ww", "-eo", "args"], capture_output=True, text=True, check=True).stdout


async def gone(desk: Path) -> None:
    """Wait until no program of the door is left on a desk."""
    async with asyncio.timeout(SECONDS):
        while f"--data {desk} door" in processes():
            await asyncio.sleep(0.2)


@pytest.mark.parametrize(
    "message",
    [
        "no json",
        "[" * 100_000,
        '["stdin", 1]',
        '["resize", {"width": 100000, "height": 24}]',
        '["resize", {"width": true, "height": 24}]',
        '["open_url", "file:///etc/passwd"]',
        '["deliver_file_start", "x"]',
        "{}",
    ],
)
async def test_a_message_that_no_page_of_ours_sends_ends_the_terminal(message: str, served: Served, desk: Path) -> None:
    headers = {**served.headers("zhangq"), "Origin": ORIGIN}
    async with ClientSession() as client, client.ws_connect(served.url + "/ws", headers=headers) as page:
        await page.send_str(message)
        assert await ended(page) == 1008
    await gone(desk)


async def test_one_login_has_no_more_than_six_terminals(served: Served, desk: Path) -> None:
    headers = {**served.headers("zhangq"), "Origin": ORIGIN}
    async with ClientSession() as client:
        pages = [await client.ws_connect(served.url + "/ws", headers=headers) for _ in range(6)]
        with pytest.raises(WSServerHandshakeError) as refused:
            await client.ws_connect(served.url + "/ws", headers=headers)
        assert refused.value.status == 503
        for page in pages:
            await page.close()
    await gone(desk)


def test_the_desk_is_sound_after_all_this(served: Served, desk: Path) -> None:
    assert served.port and printed("verify", "--json", folder=desk)["ok"]
