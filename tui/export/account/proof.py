"""Proof of a page of account: what a check of the journal says, and each entry's line and hash."""

from typing import Any

from dutyboard.rules.records.model import Entry
from dutyboard.tui.link.care import JournalProof
from dutyboard.tui.text import Words
from dutyboard.tui.views.journal.head import head_text


def proof_line(proof: JournalProof | None, words: Words) -> str:
    """Return the line of a page that says what `verify` found."""
    said = words.account
    if proof is None:
        return said.not_verified
    told = said.verified if proof.ok else said.verified_damaged
    return told.format(lines=proof.lines, head=head_text(proof.head) or "-", problems=proof.problems)


def proof_json(proof: JournalProof | None) -> dict[str, Any] | None:
    """Return what `verify` found for programs; None: the journal was not checked."""
    if proof is None:
        return None
    return {"ok": proof.ok, "lines": proof.lines, "head": proof.head, "problems": proof.problems}


def place_cells(entry: Entry | None, proof: JournalProof | None) -> tuple[int | None, int | None, str | None]:
    """Return the number of an entry, its line of the journal and the hash as it is printed. None: not known."""
    if entry is None:
        return None, None, None
    line, digits = proof.places.get(entry.id, (None, "")) if proof is not None else (None, "")
    return entry.id, line, head_text(digits) or None
