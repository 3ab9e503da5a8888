"""`serve`: the board in a browser, behind a reverse proxy that asks who somebody is.

Who comes in that way comes through the same door as by SSH: for each terminal `door LOGIN` is started as sshd does it.
"""

import sys
from pathlib import Path

import click

from dutyboard.tui.commands.framework import DeskCommand, DeskOption
from dutyboard.tui.commands.invocation import LANGUAGE_VARIABLE, Failure, Invocation, pass_call

_HERE = "127.0.0.1:8460"


@click.command("serve", cls=DeskCommand)
@click.option("--public-url", "public_url", cls=DeskOption, required=True, metavar="URL")
@click.option("--secret-file", "secret_file", cls=DeskOption, required=True, type=click.Path(path_type=Path))
@click.option("--listen", "listen", cls=DeskOption, default=_HERE, metavar="ADDRESS:PORT")
@click.option("--proxy", "proxy", cls=DeskOption, metavar="ADDRESS")
@pass_call
def serve_command(call: Invocation, public_url: str, secret_file: Path, listen: str, proxy: str | None) -> None:
    from dutyboard.tui.commands.server.door import folder_of_account
    from dutyboard.tui.commands.server.web_entrance import BadSecret, Entrance, listening, public_origin, read_secret

    told = call.words.serve
    try:
        host, port, peers = listening(listen, proxy)
    except PermissionError:
        raise Failure(told["elsewhere"].format(address=listen)) from None
    except ValueError:
        raise Failure(told["no_address"].format(address=listen)) from None
    try:
        origin = public_origin(public_url)
    except ValueError:
        raise Failure(told["no_url"].format(url=public_url)) from None
    try:
        secret = read_secret(secret_file)
    except BadSecret as bad:
        raise Failure(told[bad.fault].format(file=secret_file)) from None
    folder = folder_of_account(call).absolute()
    try:
        from aiohttp import web

        from dutyboard.tui.commands.server.web import WebDoor
    except ImportError:
        raise Failure(told["no_extra"]) from None

    def line(login: str) -> list[str]:
        return [sys.executable, "-I", "-m", "dutyboard.tui.cli", "--data", str(folder), "door", login]

    def variables(address: str) -> dict[str, str]:
        own = {"TERM": "xterm-256color", "LANG": "C.UTF-8", LANGUAGE_VARIABLE: call.language}
        return {**own, "SSH_CONNECTION": f"{address} 0 {host} {port}"}

    entrance = Entrance(secret=secret, origin=origin, peers=peers)
    served = WebDoor(entrance, line, variables, title=told["title"], again=told["again"])
    click.echo(told["serving"].format(address=listen, url=origin))
    try:
        web.run_app(served.app(), host=host, port=port, access_log=None, print=None, shutdown_timeout=10.0)
    except OSError as error:
        raise Failure(told["not_listening"].format(address=listen, why=error.strerror)) from None
