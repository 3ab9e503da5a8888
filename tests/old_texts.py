"""A desk from before the door for texts: its notes, and the names and phones of its people, hold every payload."""

from pathlib import Path

from dutyboard import store
from dutyboard.tui.link.steps import STEPS
from tests.payloads import PAYLOADS

HELD = tuple(each for each in PAYLOADS if not any("\ud800" <= sign <= "\udfff" for sign in each))
"""What JSON can hold: half a character is none."""


def spoil(folder: Path) -> Path:
    """Write the payloads into a desk by the store, which asks no rule."""
    opened = store.open_store(folder, writer="root@1", steps=STEPS)

    def puts() -> list[store.Put]:
        told = []
        for table in ("persons", "officers"):
            for number, payload in enumerate(HELD, start=1):
                if doc := opened.docs[table].get(str(number)):
                    spoilt = {field: f"{doc.get(field, '')}{payload}" for field in ("name", "phone")}
                    told.append(store.Put(table, number, {**doc, **spoilt}))
        newest = opened.docs["entries"][max(opened.docs["entries"], key=int)]
        for payload in HELD:
            note = {**newest, "kind": "note", "obligation": None, "data": {}, "text": f"来电{payload}"}
            told.append(store.Put("entries", opened.next_id("entries"), note))
        return told

    opened.commit(puts)
    opened.close()
    return folder
