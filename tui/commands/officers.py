"""`officer …`, `unit …`, `staff …`: the roster and a site's register by hand. `sign-on`: a login bound, and unbound."""

from typing import TYPE_CHECKING

import click

from dutyboard.tui.commands.act_command import act_command
from dutyboard.tui.commands.framework import CommandFamily, DeskCommand, DeskOption
from dutyboard.tui.commands.invocation import Invocation, pass_call, print_json
from dutyboard.tui.commands.lookup import site_named

if TYPE_CHECKING:
    from dutyboard.tui.link.gateway import Gateway

officer_command = CommandFamily(
    "officer",
    act_command("officer add", "name"),
    act_command("officer change", "officer"),
    act_command("officer end", "officer"),
)
unit_command = CommandFamily("unit", act_command("unit change", "unit"))
sign_on_command = CommandFamily(
    "sign-on",
    act_command("sign-on bind", "officer", "login"),
    act_command("sign-on unbind", "officer"),
    otherwise=act_command("sign-on", "officer"),
)


@click.command("staff list", cls=DeskCommand)
@click.argument("site", required=False)
@click.option("--json", "as_json", cls=DeskOption, is_flag=True)
@pass_call
def staff_list_command(call: Invocation, site: str | None, as_json: bool) -> None:
    with call.desk() as gateway:
        _list_staff(call, gateway, site, as_json)


def _list_staff(call: Invocation, gateway: "Gateway", site: str | None, as_json: bool) -> None:
    """Print the register of a site, or of all; phones are masked. Raises Failure."""
    from dutyboard.rules.people.staff import off_duty, staff_of
    from dutyboard.rules.records.model import subject_id
    from dutyboard.tui.terminal.masking import secret
    from dutyboard.tui.text import words
    from dutyboard.tui.views.site.staff import staff_line

    snapshot, own = gateway.snapshot, words(call.language)
    sites = [site_named(snapshot, site, call)] if site else list(snapshot.sites.values())
    listed = [(each, member) for each in sites for member in staff_of(snapshot, each.id, gateway.now())]
    if as_json:
        rows = [
            {
                "id": str(subject_id(member)),
                "site": str(subject_id(each)),
                "name": member.name,
                "post": member.post,
                "phone": secret(member.phone),
                "on_duty": off_duty(member) is None,
            }
            for each, member in listed
        ]
        print_json(rows)
        return
    for each, member in listed:
        line = f"{subject_id(member):<10}{each.name}  {staff_line(member, snapshot, own)}  {secret(member.phone)}"
        click.echo(line.rstrip())
    if not listed:
        click.echo(own.staff.none)


staff_command = CommandFamily(
    "staff",
    act_command("staff add", "site", "name"),
    act_command("staff change", "staff"),
    act_command("staff end", "staff"),
    act_command("staff sample", "staff"),
    act_command("staff result", "staff"),
    act_command("staff off", "staff"),
    act_command("staff back", "staff"),
    staff_list_command,
)
