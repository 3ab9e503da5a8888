"""Enter pressed, and Enter held down."""

from dutyboard.tui.terminal.enter_gate import DELAY_SECONDS, REPEAT_SECONDS, EnterGate


def test_deliberate_presses_all_act() -> None:
    gate = EnterGate()
    assert [gate.press(t) for t in (0.0, 2.0, 4.0)] == ["act", "act", "act"]


def test_a_quick_second_press_waits_to_be_told_from_a_held_key() -> None:
    gate = EnterGate()
    assert gate.press(0.0) == "act"
    assert gate.press(0.4) == "wait"


def test_a_held_key_acts_once() -> None:
    """Delay 0.5 s, then 30 a second: the first repeat waits, and the second one, which drops it, comes in time."""
    gate = EnterGate()
    verdicts = [gate.press(t) for t in (0.0, *(0.5 + i / 30 for i in range(60)))]
    assert verdicts[0] == "act"
    assert verdicts[1] == "wait"
    assert REPEAT_SECONDS > 1 / 30
    assert set(verdicts[2:]) == {"ignore"}


def test_after_a_pause_it_acts_again() -> None:
    gate = EnterGate()
    for t in (0.0, 0.05, 0.1):
        gate.press(t)
    assert gate.press(0.1 + DELAY_SECONDS) == "act"
