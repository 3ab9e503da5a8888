"""`rules`: the notices that the program carries, and which one is in force on the desk."""

import click

from tui.commands.call import Call, Failure, pass_call
from tui.commands.framework import DeskCommand


@click.command("rules", cls=DeskCommand)
@click.argument("act", type=click.Choice(("list", "show", "diff")), metavar="list|show|diff")
@click.argument("names", nargs=-1, metavar="[NOTICE ...]")
@pass_call
def rules_command(call: Call, act: str, names: tuple[str, ...]) -> None:
    from tui.folder import has_desk
    from tui.gateway import known_notices

    known, words = known_notices(), call.words
    for name in names:
        if name not in known:
            raise Failure(words.no_notice.format(text=name))
    wanted = {"list": (0,), "show": (0, 1), "diff": (2,)}[act]
    if len(names) not in wanted:
        raise click.UsageError(words.rules_usage)
    current = ""
    if has_desk(call.folder):
        with call.desk() as gateway:
            current = gateway.snapshot.notice_at(gateway.now()).id
    if act == "list":
        for name, notice in known.items():
            mark = f"  [{words.in_force}]" if name == current else ""
            title = notice.title_en if call.language == "en" else notice.title
            click.echo(f"{name}  {notice.effective_from:%Y-%m-%d}  {title}{mark}")
    elif act == "show":
        shown = names[0] if names else current or next(iter(known))
        click.echo(known[shown].text, nl=False)
    else:
        import difflib

        old, new = (known[name].text.splitlines(keepends=True) for name in names)
        lines = list(difflib.unified_diff(old, new, names[0], names[1]))
        click.echo("".join(lines) or words.same_notice + "\n", nl=False)
