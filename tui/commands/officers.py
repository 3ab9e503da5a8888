"""`officer add|change|end`: the roster by hand. `sign-on`: a login bound to an officer, and unbound again."""

from dutyboard.tui.commands.act_command import act_command
from dutyboard.tui.commands.framework import CommandFamily

officer_command = CommandFamily(
    "officer",
    act_command("officer add", "name"),
    act_command("officer change", "officer"),
    act_command("officer end", "officer"),
)
sign_on_command = CommandFamily(
    "sign-on",
    act_command("sign-on bind", "officer", "login"),
    act_command("sign-on unbind", "officer"),
    otherwise=act_command("sign-on", "officer"),
)
