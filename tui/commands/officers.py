"""`officer …`, `unit …`, `staff …`: the roster and a site's register by hand. `sign-on`, `pin`: who an officer is.

No argument and no variable holds a PIN: it is asked, or read from standard input.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from dutyboard.tui.commands.act_command import act_command, asked_unseen, submit
from dutyboard.tui.commands.framework import ActCommand, CommandFamily, DeskCommand, DeskOption
from dutyboard.tui.commands.invocation import Failure, Invocation, pass_call, print_json
from dutyboard.tui.commands.lookup import officer_named, site_named
from dutyboard.tui.text.cli import CliWords

if TYPE_CHECKING:
    from dutyboard.tui.acts.signing import Signing
    from dutyboard.tui.link.gateway import Gateway

officer_command = CommandFamily(
    "officer",
    act_command("officer add", "name"),
    act_command("officer change", "officer"),
    act_command("officer end", "officer"),
)
unit_command = CommandFamily("unit", act_command("unit change", "unit"))


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


@click.command("pin set", cls=ActCommand)
@click.option("--json", "as_json", cls=DeskOption, is_flag=True)
@pass_call
def pin_set_command(call: Invocation, as_json: bool) -> None:
    with call.desk() as gateway:
        proof = _proof(call, gateway)
        new = call.next_pin() if call.pin_stdin else asked_unseen(call.words.ask_new_pin)
        if new is None:
            raise Failure(call.words.no_pin_there)
        if not call.pin_stdin and asked_unseen(call.words.ask_new_pin_again) != new:
            raise Failure(call.words.new_pins_differ)
        submit(call, gateway, [("pin set", {"new": new})], as_json=as_json, signing=proof)


def _proof(call: Invocation, gateway: "Gateway") -> "Signing":
    """Ask for what proves the officer: the code that he was given, else his old PIN. Raises Failure."""
    from dutyboard.rules.records.pins import code_waits, pin_is_set, shares_pin
    from dutyboard.tui.acts.signing import Signing
    from dutyboard.tui.link.pins import Given

    snapshot, own = gateway.snapshot, gateway.actor.officer_id
    if shares_pin(snapshot):
        raise call.failure("pin_is_shared", {})
    coded = code_waits(snapshot, own, "pin_code", gateway.now())
    if own is None or not (coded or pin_is_set(snapshot, own)):
        return Signing()
    asked = call.words.ask_code if coded else call.words.ask_pin
    text = call.next_pin() if call.pin_stdin else asked_unseen(asked.format(officer=snapshot.officers[own].name))
    if text is None:
        raise Failure(call.words.no_pin_there)
    return Signing((Given(text=text, officer_id=own),))


def _code_command(act: str, said: Callable[[CliWords], str]) -> click.Command:
    """Return the command of an act that gives an officer a one-time code. It prints the code, once."""

    @click.command(act, cls=ActCommand)
    @click.argument("officer", metavar="OFFICER")
    @click.option("--reason", cls=DeskOption, default="", metavar="TEXT")
    @click.option("--json", "as_json", cls=DeskOption, is_flag=True)
    @pass_call
    def code_command(call: Invocation, officer: str, reason: str, as_json: bool) -> None:
        from dutyboard.tui.link.pins import new_code

        with call.desk() as gateway:
            named, code = officer_named(gateway.snapshot, officer, call), new_code()
            submit(call, gateway, [(act, {"officer": named.id, "code": code, "reason": reason})], as_json=as_json)
        if as_json:
            print_json({"officer": named.id, "one_time_code": code})
        else:
            click.echo(said(call.words).format(officer=named.name, code=code))

    return code_command


pin_command = CommandFamily("pin", pin_set_command, _code_command("pin reset", lambda words: words.code_given))
sign_on_command = CommandFamily(
    "sign-on",
    _code_command("sign-on code", lambda words: words.sign_on_code_given),
    act_command("sign-on bind", "officer", "login"),
    act_command("sign-on unbind", "officer"),
    otherwise=act_command("sign-on", "officer"),
)
