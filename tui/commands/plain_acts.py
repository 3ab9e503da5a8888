"""The acts that are typed field by field: a command for each, made from the fields themselves."""

from collections.abc import Mapping
from typing import Final

from dutyboard.rules.records.codes import PresenceAnswer
from dutyboard.tui.commands.act_command import act_command
from dutyboard.tui.commands.framework import CommandFamily
from dutyboard.tui.commands.person_acts import divert_transfer_command, start_transfer_command
from dutyboard.tui.commands.shift import SEAT_NAMES

PRESENCE_NAMES: Final[Mapping[str, PresenceAnswer]] = {
    "on_post": "on_post",
    "在岗": "on_post",
    "off_post": "off_post",
    "脱岗": "off_post",
    "stood_in": "stood_in",
    "代班": "stood_in",
}
take_seat_command = act_command("take-seat", "seat", words={"seat": SEAT_NAMES})
finding_command = CommandFamily(
    "finding",
    act_command("finding open", "subject"),
    act_command("finding assign", "matter"),
    act_command("finding close", "matter"),
)
ack_command = act_command("ack", "obligations")
shelve_command = act_command("shelve", "obligation")
presence_command = act_command("presence", "subject", "found", words={"found": PRESENCE_NAMES, "seat": SEAT_NAMES})
breach_command = act_command("breach", "person")
undo_command = act_command("undo", "entry")
transfer_command = CommandFamily(
    "transfer",
    start_transfer_command,
    act_command("transfer end", "person"),
    act_command("transfer cancel", "person"),
    divert_transfer_command,
    otherwise=act_command("transfer", "person"),
)
sample_command = act_command("sample", "person", many="person")
result_command = act_command("result", "person", many="person")
assign_command = act_command("assign", "person", many="person")
trace_command = act_command("trace", "person")
release_command = act_command("release", "person")
print_command = act_command("print", "person", "paper")
stage_command = act_command("stage", "person")
void_command = act_command("void", "person")
merge_command = act_command("merge", "person", "into")
settle_command = CommandFamily(
    "settle",
    act_command("settle record", "subject", "field"),
    otherwise=act_command("settle", "person", "field"),
)
reopen_command = act_command("reopen", "person")
handoff_command = act_command("handoff", "person")
site_command = CommandFamily(
    "site",
    act_command("site change", "site"),
    otherwise=act_command(
        "site", "state", "site", words={"state": {"open": "active", "close": "closed", "standby": "standby"}}
    ),
)
