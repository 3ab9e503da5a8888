"""The handover in lines: each row is read out and handed over by an empty line, then both sign."""

from typing import Final

from dutyboard.rules.duties.post.handed_over import carried
from dutyboard.rules.duties.post.handover import nearest_handover
from dutyboard.rules.duties.post.handover_rows import handover_rows
from dutyboard.rules.people.officers import may_lead, officer_name
from dutyboard.tui.commands.plain.asking import by_fields
from dutyboard.tui.commands.plain.fields import questions_of
from dutyboard.tui.commands.plain.talk import Talk
from dutyboard.tui.export.post.handover import handover_table
from dutyboard.tui.views.handover.heading import heading_text, note_text
from dutyboard.tui.views.journal.head import head_text
from dutyboard.tui.views.times import clock

_ASKS: Final = ("text",)


def handover_lines(talk: Talk) -> list[str]:
    """Return which handover is the nearest, and what would go over now."""
    snapshot, now = talk.snapshot, talk.now()
    at, rows = nearest_handover(snapshot, now), handover_rows(talk.board().obligations)
    if at is None:
        return [talk.words.handover.not_planned]
    table = handover_table(rows, carried(snapshot), now, snapshot.zone, talk.words)
    return [*heading_text(at, snapshot, talk.words), *(_line(talk, cells) for cells in table)]


def _line(talk: Talk, cells: tuple[str, ...]) -> str:
    return talk.words.marks.comma.join(cell.strip() for cell in cells if cell.strip())


def hand_over(talk: Talk) -> None:
    """Hand over row by row. Whoever comes is asked once; both sign at the end."""
    snapshot, now, said = talk.snapshot, talk.now(), talk.lines
    at = nearest_handover(snapshot, now)
    if at is None:
        talk.say(talk.words.handover.not_planned)
        return
    if now < at.owed.opens:
        talk.say(said.hand_early.format(opens=clock(at.owed.opens, snapshot.zone)))
        return
    for line in heading_text(at, snapshot, talk.words):
        talk.say(line)
    (question,) = (each for each in questions_of(talk, "handover", {}) if each.key == "incoming")
    planned = officer_name(snapshot, at.planned) if at.planned is not None else ""
    hint = said.proposed.format(value=planned) if planned else ""
    typed = talk.ask(said.question.format(label=question.label, mark=said.needed_mark, hint=hint)) or planned
    if not typed:
        talk.say(talk.words.forms.needed.format(name=question.label))
        return
    incoming = question.read(typed)
    rows = handover_rows(talk.board().obligations)
    before = carried(snapshot)
    tables = (list(handover_table((row,), before, now, snapshot.zone, talk.words)) for row in rows)
    lines = [_line(talk, cells[-1]) for cells in tables]  # without the heading of its half
    for number, line in enumerate(lines, 1):
        if talk.ask(said.hand_row.format(n=number, of=len(lines), what=line)):
            talk.say(said.hand_stopped.format(n=number))
            return
    told = {
        "obligation": at.owed.id,
        "incoming": incoming,
        "items": sorted(item.id for row in rows for item in row.items),
        "by_name": sorted(row.key for row in rows if row.by_name),
        "head": talk.gateway.head,
    }
    talk.say(talk.words.handover.head.format(head=head_text(talk.gateway.head), seq=snapshot.seq))
    other = at.planned not in (None, incoming)
    alone = other and now > at.owed.due and may_lead(snapshot.officers[incoming], snapshot, now)
    asks = (*_ASKS, *(("reason",) if other else ()), *(("alone",) if alone else ()))
    by_fields(talk, "handover", told, asks, proposed={"text": note_text(snapshot, talk.words)})
