"""The form that both officers sign: what was accepted, the head of the journal, the note."""

from collections.abc import Mapping, Sequence
from typing import Any

from dutyboard.rules.duties.post.handed_over import handover_notes
from dutyboard.rules.duties.post.handover_rows import HandoverRow
from dutyboard.rules.people.officers import may_lead, officer_name
from dutyboard.rules.records.commands.post import HandOver, WriteLog
from dutyboard.rules.records.transaction import Accepted
from dutyboard.tui.screens.form import FormScreen
from dutyboard.tui.screens.form_parts import draft_key
from dutyboard.tui.session import Session
from dutyboard.tui.terminal.cells import Line
from dutyboard.tui.views.fields import Field
from dutyboard.tui.views.handover.heading import HandoverSigning, note_text
from dutyboard.tui.views.journal.head import head_text
from dutyboard.tui.views.times import clock


def sign_form(session: Session, signing: HandoverSigning, rows: Sequence[HandoverRow]) -> None:
    """Open the form. It signs the items as they were accepted, and which of them were told by name."""
    snapshot, said = session.snapshot, session.words.handover
    assert signing.at is not None and signing.incoming is not None
    at, incoming, head = signing.at, signing.incoming, signing.head
    items = tuple(sorted(item.id for row in rows for item in row.items))
    by_name = tuple(sorted(row.key for row in rows if row.by_name))
    names = {"out": officer_name(snapshot, at.shift.officer_id), "incoming": officer_name(snapshot, incoming)}
    counts = said.items_accepted.format(named=len(by_name), counted=len(items) - len(by_name))
    facts: list[Line] = [
        ((f" {said.out.format(name=names['out'])}", "strong"),),
        ((f" {said.incoming.format(name=names['incoming'])}", "strong"),),
        ((f" {counts}", "plain"),),
        ((f" {said.head.format(head=head_text(head), seq=snapshot.seq)}", "dim"),),
    ]
    owed = at.owed.id

    def make(values: Mapping[str, Any]) -> HandOver:
        return HandOver(
            obligation=owed,
            incoming_id=incoming,
            items=items,
            by_name=by_name,
            text=values["text"] or "",
            head=head,
            reason=values.get("reason") or "",
            alone=bool(values.get("alone")),
        )

    def done(_: Accepted) -> None:
        key = draft_key("handover", owed)
        session.fetch(lambda gateway: gateway.drop_draft(key), lambda _: None)
        session.say(said.signed.format(**names))

    fields = [Field(id="text", label=said.note, hint=said.note_hint, value=note_text(snapshot, session.words))]
    if at.planned not in (None, incoming):
        fields.insert(0, Field(id="reason", label=said.reason, hint=said.reason_hint, needed=True))
        if session.now() > at.owed.due and may_lead(snapshot.officers[incoming], snapshot, session.now()):
            fields.append(Field(id="alone", label=said.alone, kind="yes_no", hint=said.alone_hint))
    session.open(FormScreen(session, said.title, facts, fields, make, draft_key("handover-sign", owed), done))


def note_form(session: Session) -> None:
    """Open the form of a line of the running note, with the lines that stand above it."""
    snapshot, said = session.snapshot, session.words.handover
    facts: list[Line] = [
        ((f" {clock(entry.happened_at, snapshot.zone)} {entry.done_by} {entry.text}", "plain"),)
        for entry in handover_notes(snapshot)
    ]

    def make(values: Mapping[str, Any]) -> WriteLog:
        return WriteLog(text=values["text"], for_handover=True)

    field = Field(id="text", label=said.note, needed=True)
    session.open(FormScreen(session, said.title, facts, [field], make, draft_key("handover-note")))
