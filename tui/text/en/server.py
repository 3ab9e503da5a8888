"""English sentences of `ServerWords`."""

from dutyboard.tui.text.server import ServerWords

WORDS = ServerWords(
    bad_word="'{word}' cannot stand in a system file: letters, digits, _ . -, and absolute paths without blanks.",
    not_root="--apply writes files of the system: run it as root (without --apply it only looks).",
    to_apply="{count} to do: --apply does it.",
    applied="{count} done.",
    nothing_to_do="Nothing to do.",
    step_failed="{step}: not done, {program} says '{said}'. Mend it and run again: what is done is not done twice.",
    sshd_by_hand="sshd has not read its files anew (systemd does not run this machine): send it a HUP.",
    unknown="{about}: no right to look, run it as root.",
    marks={
        "there": "there  ",
        "to_do": "to do  ",
        "done": "done   ",
        "foreign": "left   ",
        "unknown": "unknown",
        "note": "note   ",
    },
    steps={
        "group": "group {about}: its members come in by sudo",
        "account": "account {about}: it owns the desk and has no password",
        "folder": "folder {about}",
        "file": "file {about}",
        "timers": "timers {about}",
        "sshd": "{about} reads its files anew",
        "no_sudo": "sudo is not installed: no rule for it, officers come in by key alone",
        "no_systemd": "systemd does not run this machine: its units are written, and no timer was started",
        "no_logs": "no log file of ours, so nothing for logrotate: the journal never rotates",
    },
    foreign={
        "group": "",
        "account": "account {about} is there and differs ({differs}): usermod changes it, --account takes another.",
        "folder": "{about} is there with another owner or kind ({differs}): look into it and mend it.",
        "file": "{about} is not ours or was changed by hand ({differs}): left alone. --replace {about} replaces it "
        "(the old one stays as .before).",
        "timers": "",
        "sshd": "",
    },
    installation={
        "not_roots": "the program lies in {path}, which is not root's: its owner can act as anybody. "
        "Let root install it in /opt/dutyboard.",
        "others_write": "the program lies in {path}, which others may write: they can act as anybody. "
        "chmod go-w, or let root install it in /opt/dutyboard.",
        "unreadable": "the program lies in {path}, which the desk's account cannot read. "
        "Let root install it in /opt/dutyboard.",
    },
)
