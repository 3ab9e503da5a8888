"""A headless Chromium, driven by its own protocol, and what its page shows.

The page paints on a canvas, so what it was sent is painted here once more (pyte), in the size that it told the server.
"""

import asyncio
import base64
import json
import shutil
import subprocess
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

import pyte
from aiohttp import ClientSession, ClientWebSocketResponse, WSMsgType

from tests.pty.terminal import CellScreen

CHROMIUM: Final = shutil.which("chromium") or ""
SECONDS: Final = 40.0
"""After so long a wait fails. No test waits that long unless the program is broken."""
_OPTIONS: Final = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --disable-dev-shm-usage --remote-debugging-port=0 --window-size=1000,640"
)


class Browser:
    """One page of a browser, and the screen of the terminal in it."""

    def __init__(self, protocol: ClientWebSocketResponse) -> None:
        self._protocol = protocol
        self._asked: dict[int, asyncio.Future[Any]] = {}
        self._session = ""
        self._changed = asyncio.Event()
        self._page = CellScreen(80, 24)
        self._stream = pyte.ByteStream(self._page)
        self.closed = 0
        """Terminals of the page that have been closed."""
        self.size = (0, 0)
        self.requests: list[str] = []
        self.messages: list[str] = []

    async def ask(self, method: str, **fields: Any) -> Any:
        """Ask the browser for something and return its answer."""
        number = len(self._asked) + 1
        self._asked[number] = asyncio.get_running_loop().create_future()
        session = {"sessionId": self._session} if self._session else {}
        await self._protocol.send_json({"id": number, "method": method, "params": fields, **session})
        answer = await asyncio.wait_for(self._asked[number], SECONDS)
        assert "error" not in answer, answer
        return answer["result"]

    async def listen(self) -> None:
        async for message in self._protocol:
            if message.type is WSMsgType.TEXT:
                told = json.loads(message.data)
                if "id" in told:
                    self._asked[told["id"]].set_result(told)
                else:
                    self._hear(told["method"], told["params"])
                self._changed.set()

    def _hear(self, what: str, told: dict[str, Any]) -> None:
        match what:
            case "Network.requestWillBeSent":
                self.requests.append(told["request"]["url"])
            case "Network.webSocketCreated":
                asked = parse_qs(urlsplit(told["url"]).query)
                self._resize(int(asked["width"][0]), int(asked["height"][0]))
            case "Network.webSocketFrameSent" if told["response"]["payloadData"].startswith('["resize"'):
                size = json.loads(told["response"]["payloadData"])[1]
                self._resize(size["width"], size["height"])
            case "Network.webSocketFrameReceived" if told["response"]["opcode"] == 2:
                self._stream.feed(base64.b64decode(told["response"]["payloadData"]))
            case "Network.webSocketClosed":
                self.closed += 1
            case "Runtime.consoleAPICalled" | "Log.entryAdded":
                self.messages.append(json.dumps(told))

    def _resize(self, width: int, height: int) -> None:
        if (width, height) != self.size:
            self.size = (width, height)
            self._page.resize(height, width)

    def text(self) -> str:
        return "\n".join(self._page.display)

    async def wait_until(self, shown: Callable[[str], bool], what: str) -> str:
        """Wait until the screen shows something; return the screen."""
        with suppress(TimeoutError):
            async with asyncio.timeout(SECONDS):
                while not shown(self.text()):
                    self._changed.clear()
                    await self._changed.wait()
        assert shown(self.text()), f"never on the screen: {what}\n{self.text()}\n{self.messages}"
        return self.text()

    async def wait_for(self, words: str) -> str:
        return await self.wait_until(lambda text: words in text, words)

    async def open(self, url: str) -> None:
        target = (await self.ask("Target.createTarget", url="about:blank"))["targetId"]
        attached = await self.ask("Target.attachToTarget", targetId=target, flatten=True)
        self._session = attached["sessionId"]
        for domain in ("Network", "Runtime", "Log", "Page"):
            await self.ask(f"{domain}.enable")
        await self.ask("Page.navigate", url=url)

    async def press(self, key: str, code: int, text: str = "") -> None:
        """Press one key by its name in the protocol, with the number that the page looks at."""
        fields = {"key": key, "code": key, "windowsVirtualKeyCode": code}
        await self.ask("Input.dispatchKeyEvent", type="keyDown", text=text, **fields)
        await self.ask("Input.dispatchKeyEvent", type="keyUp", **fields)

    async def type(self, text: str) -> None:
        for sign in text:
            await self.press(sign, ord(sign.upper()), sign)

    async def compose(self, letters: str, chosen: str) -> None:
        """Type letters into an input method, sign by sign, and take one of its words."""
        for end in range(1, len(letters) + 1):
            await self.ask("Input.imeSetComposition", text=letters[:end], selectionStart=end, selectionEnd=end)
        await self.ask("Input.insertText", text=chosen)

    async def picture(self, file: Path) -> None:
        held = await self.ask("Page.captureScreenshot", format="png")
        file.write_bytes(base64.b64decode(held["data"]))

    async def evaluate(self, script: str) -> Any:
        answer = await self.ask("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        return answer["result"].get("value")


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[Browser]:
    """A browser with an empty profile, at this address; it is ended and its profile removed."""
    with tempfile.TemporaryDirectory(prefix="dutyboard-chromium-", ignore_cleanup_errors=True) as profile:
        words = [CHROMIUM, *_OPTIONS.split(), f"--user-data-dir={profile}", "about:blank"]
        program = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            told = Path(profile) / "DevToolsActivePort"
            async with asyncio.timeout(SECONDS):
                while not told.exists() or len(told.read_text().splitlines()) < 2:
                    assert program.poll() is None, "the browser has ended"
                    await asyncio.sleep(0.1)
            port, path = told.read_text().splitlines()[:2]
            async with (
                ClientSession() as client,
                client.ws_connect(f"ws://127.0.0.1:{port}{path}", max_msg_size=0) as protocol,
            ):
                browser = Browser(protocol)
                listening = asyncio.create_task(browser.listen())
                try:
                    await browser.open(url)
                    yield browser
                finally:
                    listening.cancel()
        finally:
            program.terminate()
            program.wait(SECONDS)
