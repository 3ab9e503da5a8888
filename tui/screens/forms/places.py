"""Sites and rooms as an officer types them: the site's label or the start of its name, then the room."""

import unicodedata

from dutyboard.rules.people.rooms import room_named
from dutyboard.rules.records.codes import Room
from dutyboard.rules.records.model import Site
from dutyboard.tui.session import Session


def active_sites(session: Session) -> list[Site]:
    """Return the sites that take people now."""
    return [site for site in session.snapshot.sites.values() if site.state == "active"]


def site_typed(session: Session, typed: str) -> int | None:
    """Return the active site of a label or of the start of its name; None: it is none, or several."""
    text = unicodedata.normalize("NFKC", typed).strip()
    sites = active_sites(session)
    found = [each for each in sites if each.label == text] or [each for each in sites if each.name.startswith(text)]
    return found[0].id if len(found) == 1 else None


def room_typed(session: Session, typed: str) -> tuple[int, Room] | None:
    """Return site and room of a typed text; None if it names no site.

    The text is the site's label or the start of its name, then the name of the room, with a blank between or none. A
    room that the site has not got is returned as typed, for the rules to say so.
    """
    text = unicodedata.normalize("NFKC", typed).strip()
    found: dict[int, Room] = {}
    for end in range(1, len(text)):
        name, room = text[:end].rstrip(" -:"), text[end:].lstrip(" -:")
        sites = [site for site in active_sites(session) if site.label == name or (name and site.name.startswith(name))]
        for site in sites if room else ():
            known = room_named(site, room)
            if known is not None:
                found[site.id] = known
    if len(found) == 1:
        return next(iter(found.items()))
    name, _, room = text.replace(":", " ").rpartition(" ")
    named = [site for site in active_sites(session) if site.label == name or (name and site.name.startswith(name))]
    if not found and len(named) == 1 and room:
        return named[0].id, room
    return None
