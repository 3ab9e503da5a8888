"""The web server of `dutyboard serve`: one page, its scripts, and a socket for each officer's terminal.

Of textual-serve it takes the page's terminal and its messages. Its own server is not used: it starts one command
through a shell, with the variables of the server, for whoever asks, lists its folder, and has a route by which an app
delivers files. Here there is no route to a file, and nothing is looked up on the disk by a name that a browser sends.
"""

import sys
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from importlib.resources import files
from typing import Final

from aiohttp import WSCloseCode, web

from dutyboard.tui.commands.server.web_entrance import Entrance, NotAdmitted, Visitor
from dutyboard.tui.commands.server.web_terminal import asked_size, attend

_FILES: Final = {"/static/textual.js": "js/textual.js", "/static/xterm.css": "css/xterm.css"}
_TYPES: Final = {"js": "text/javascript", "css": "text/css"}
_OF_ONE: Final = 6
"""The most terminals of one login."""
_OF_ALL: Final = 60
_HEARTBEAT: Final = 20.0
"""Seconds after which a page that answers nothing is gone, and half of them more."""
_LONGEST_MESSAGE: Final = 1 << 20
_PAGE: Final = """\
<!DOCTYPE html>
<html lang="zh">
<head>
<meta charset="utf-8">
<title>{title}</title>
<link rel="stylesheet" href="/static/xterm.css">
<style>
html, body {{ margin: 0; height: 100%; background: #000; }}
.textual-terminal {{ width: 100vw; height: 100vh; }}
.ended {{ display: none; position: fixed; inset: 40% 0 auto; z-index: 20; text-align: center; font-size: 20px; }}
.ended a {{ padding: 12px 24px; background: #fff; color: #000; }}
body.-closed .ended {{ display: block; }}
body.-closed .textual-terminal {{ opacity: 0.4; }}
</style>
<script src="/static/textual.js"></script>
<script src="/static/board.js"></script>
</head>
<body>
<div class="ended"><a href="/">{again}</a></div>
<div class="textual-terminal" data-session-websocket-url="{socket}" data-font-size="16"></div>
</body>
</html>
"""
_SCRIPT: Final = """\
// The keys go to the terminal at once: without this somebody must click on it first.
function focusTerminal() {
  const keys = document.querySelector(".xterm-helper-textarea");
  if (keys) keys.focus();
  else setTimeout(focusTerminal, 50);
}
window.addEventListener("load", focusTerminal);
"""


class WebDoor:
    """The server: `line` is the door's command for a login, `variables` those of the terminal."""

    def __init__(
        self,
        entrance: Entrance,
        line: Callable[[str], Sequence[str]],
        variables: Callable[[str], Mapping[str, str]],
        *,
        title: str,
        again: str,
    ) -> None:
        self._entrance = entrance
        self._line = line
        self._variables = variables
        self._open: dict[web.WebSocketResponse, str] = {}
        socket = f"ws{entrance.origin.removeprefix('http')}/ws"
        self._page = _PAGE.format(title=title, again=again, socket=socket)
        folder = files("textual_serve") / "static"
        self._files = {path: (folder / name).read_text(encoding="utf-8") for path, name in _FILES.items()}
        self._files["/static/board.js"] = _SCRIPT
        self._headers = {
            "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
            f"font-src 'self' data:; img-src data:; connect-src {socket}; base-uri 'none'; form-action 'none'; "
            "frame-ancestors 'none'",
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": "DENY",
            "Referrer-Policy": "no-referrer",
            "Cache-Control": "no-store",
            "Server": "dutyboard",
        }

    def app(self) -> web.Application:
        """Return the server's application: the look at each request stands before every route, also before no route."""
        app = web.Application(middlewares=[web.middleware(partial(self._look))], client_max_size=0)
        app.router.add_get("/", self._show_page)
        for path in self._files:
            app.router.add_get(path, self._show_file)
        app.router.add_get("/ws", self._attend)
        app.on_shutdown.append(self._hang_up)
        return app

    async def _look(
        self, request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
    ) -> web.StreamResponse:
        """Let in what the proxy vouches for; say to all others no more than that it is refused."""
        try:
            visitor = self._entrance.admitted(request.remote or "", request.headers, acts=request.path == "/ws")
        except NotAdmitted as refused:
            _note(f"refused ({refused.fault}): {request.remote}")
            return web.Response(status=403, text="403\n", headers=self._headers)
        request["visitor"] = visitor
        try:
            answer = await handler(request)
        except web.HTTPException as error:
            return web.Response(status=error.status, text=f"{error.status}\n", headers=self._headers)
        if not answer.prepared:
            answer.headers.update(self._headers)
        return answer

    async def _show_page(self, request: web.Request) -> web.StreamResponse:  # noqa: ARG002 - aiohttp's own way
        return web.Response(text=self._page, content_type="text/html")

    async def _show_file(self, request: web.Request) -> web.StreamResponse:
        kind = _TYPES[request.path.rpartition(".")[2]]
        return web.Response(text=self._files[request.path], content_type=kind)

    async def _attend(self, request: web.Request) -> web.StreamResponse:
        visitor: Visitor = request["visitor"]
        if len(self._open) >= _OF_ALL or Counter(self._open.values())[visitor.login] >= _OF_ONE:
            _note(f"refused (full): {visitor.login} {visitor.address}")
            raise web.HTTPServiceUnavailable
        page = web.WebSocketResponse(heartbeat=_HEARTBEAT, max_msg_size=_LONGEST_MESSAGE)
        if not page.can_prepare(request):
            raise web.HTTPBadRequest
        self._open[page] = visitor.login
        try:
            await page.prepare(request)
            _note(f"in: {visitor.login} {visitor.address}")
            width, height = asked_size(request.query.get("width"), 80), asked_size(request.query.get("height"), 24)
            await attend(page, self._line(visitor.login), self._variables(visitor.address), width, height)
        finally:
            del self._open[page]
            _note(f"out: {visitor.login} {visitor.address}")
        return page

    async def _hang_up(self, app: web.Application) -> None:  # noqa: ARG002 - aiohttp's own way
        for page in list(self._open):
            await page.close(code=WSCloseCode.GOING_AWAY)


def _note(line: str) -> None:
    """Write a line to the server's own log. It holds logins and addresses, and nothing else of a header."""
    print(f"dutyboard serve: {line}", file=sys.stderr, flush=True)
