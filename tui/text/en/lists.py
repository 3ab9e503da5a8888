"""English sentences of `ListWords`."""

from dutyboard.tui.text.lists import ListWords, SliceWords

WORDS = ListWords(
    calls_title="Risk area calls {called}/{total}",
    calls_area="{area} {level} from {starts}, called {called}/{total}",
    calls_empty="Nobody to call. An area listed or raised later brings its people here.",
    levels={"high": "high risk", "medium": "medium risk", "named": "named"},
    touches={"inside": "inside", "county": "county"},
    column_place="Stay",
    column_left="Left",
    column_state="Call",
    not_called="to call",
    call_title="Call {name}",
    call_about="{area} {level}; the stay on record: {place} {left}",
    call_answer="Answer",
    call_text="Text",
    call_text_hint="needed when there or unsure: when, where",
    called="Written: call to {name}, {called}/{total} called",
    then_correct="{name} was there: f corrects the stays on this page, then assess",
    expiring_title="{n} certificates run out",
    expiring_empty="No certificate of the queue runs out soon.",
    column_clause="Clause",
    column_until="Until",
    column_left_over="Left",
    column_decides="Matters",
    decides="past it, another clause",
    settled="valid on arrival, settled",
)
SLICES = SliceWords(
    everybody="all",
    order="by {order}",
    order_queue="late, place, arrival",
    order_people="stage, room",
    names={
        "ready": "ready",
        "waits_for_answer": "awaits answer",
        "own_town": "my town",
        "fever": "fever, symptom",
        "result_out": "result out",
        "test_due": "test due",
        "released_tomorrow": "ends tomorrow",
    },
)
