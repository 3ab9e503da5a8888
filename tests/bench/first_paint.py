"""First paint of the sample board against a bare Textual hello world, in one run: `python -m tests.bench.first_paint`.

Both start in the same pseudo-terminal, turn about, on warm bytecode. Printed: the medians and their ratio. The aim is
1.25; the machine's own drift is why only the ratio counts.
"""

import statistics
import sys
import tempfile
from pathlib import Path

from tests.pty.desks import practice_desk
from tests.pty.terminal import DUTYBOARD, Terminal

ROUNDS = 9
HELLO = """
import os
os.environ["TEXTUAL_ANIMATIONS"] = "none"
from textual.app import App
from textual.widgets import Static
class Hello(App):
    def compose(self):
        yield Static("hello world")
Hello().run(mouse=False)
"""


def seconds(argv: tuple[str, ...], words: str) -> float:
    """From the start of the process until these words stand on the screen."""
    with Terminal(*argv) as terminal:
        return terminal.seconds_until(words)


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as made:
        folder = practice_desk(Path(made) / "desk")
        board = (DUTYBOARD, "--data", str(folder))
        cases = {
            "hello world": ((sys.executable, "-c", HELLO), "hello world"),
            "board: first frame": (board, "F1"),
            "board: every row": (board, ">"),
        }
        taken: dict[str, list[float]] = {name: [] for name in cases}
        for number in range(ROUNDS + 1):
            for name, (argv, words) in cases.items():
                measured = seconds(argv, words)
                if number:  # the first round warms the caches
                    taken[name].append(measured)
    medians = {name: statistics.median(values) for name, values in taken.items()}
    for name, median in medians.items():
        print(f"{name:20} {median * 1000:6.0f} ms   x {median / medians['hello world']:.2f}   ({ROUNDS} runs)")


if __name__ == "__main__":
    main()
