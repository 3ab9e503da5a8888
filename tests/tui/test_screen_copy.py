"""Changes of the screen sent cell by cell: a terminal shows the same as if it had been sent the whole screen."""

import re
from collections.abc import Mapping, Sequence
from unicodedata import combining, east_asian_width

import pyte
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console
from rich.segment import Segment
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.geometry import Region
from textual.strip import Strip

from dutyboard.tui.terminal.cells import Line, Tone, fit, width
from dutyboard.tui.terminal.screen_copy import SURE, ScreenCopy
from dutyboard.tui.terminal.theme import STYLES

WIDTH, HEIGHT, CUT = 24, 3, 12
CONSOLE = Console(force_terminal=True, color_system="256")
TONES: tuple[Tone, ...] = ("plain", "late", "gap", "frame")
Rows = Sequence[tuple[Line, Line]]


def strip(line: Line, cells: int) -> Strip:
    return Strip([Segment(text, STYLES[tone, False]) for text, tone in fit(line, cells)], cells)


def pieces(row: tuple[Line, Line]) -> dict[int, Strip]:
    """A row of two widgets."""
    return {0: strip(row[0], CUT), CUT: strip(row[1], WIDTH - CUT)}


def whole(rows: Rows) -> LayoutUpdate:
    return LayoutUpdate([list(pieces(row).values()) for row in rows], Region(0, 0, WIDTH, HEIGHT))


def part(rows: Rows, changed: Mapping[int, Sequence[int]]) -> ChopsUpdate:
    """An update of some rows, and in each of some of its widgets."""
    chops = [
        {x: piece if x in changed.get(y, ()) else None for x, piece in pieces(row).items()}
        for y, row in enumerate(rows)
    ]
    return ChopsUpdate(chops, [(y, 0, WIDTH) for y in changed], [[CUT, WIDTH]] * HEIGHT)


class Screen:
    """A terminal that shows what it was sent."""

    def __init__(self) -> None:
        self._screen = pyte.Screen(WIDTH, HEIGHT)
        self._stream = pyte.Stream(self._screen)

    def feed(self, text: str) -> None:
        self._stream.feed(text)

    def cells(self) -> list[list[tuple[str, str, str, bool]]]:
        buffer = self._screen.buffer
        rows = [[buffer[y][x] for x in range(WIDTH)] for y in range(HEIGHT)]
        return [[(cell.data, cell.fg, cell.bg, cell.bold) for cell in row] for row in rows]


def shown(rows: Rows) -> list[list[tuple[str, str, str, bool]]]:
    screen = Screen()
    screen.feed(whole(rows).render_segments(CONSOLE))
    return screen.cells()


LINES = st.lists(st.tuples(st.text("ab 值班查迟，·—", min_size=1, max_size=8), st.sampled_from(TONES)), max_size=3).map(
    tuple
)
SCREENS = st.lists(st.tuples(LINES, LINES), min_size=HEIGHT, max_size=HEIGHT)
ROW = tuple[Line, Line]


@given(st.lists(st.tuples(SCREENS, st.booleans(), st.booleans()), min_size=1, max_size=6))
@settings(deadline=None)
def test_the_terminal_shows_the_same_as_if_it_were_sent_the_whole_screen(
    steps: list[tuple[list[ROW], bool, bool]],
) -> None:
    copy, screen = ScreenCopy(), Screen()
    before: list[ROW] = [((), ())] * HEIGHT
    screen.feed(copy.changes(whole(before), CONSOLE))
    for rows, all_of_it, keeps_left in steps:
        now = [(old[0], new[1]) if keeps_left else new for old, new in zip(before, rows, strict=True)]
        sides = (CUT,) if keeps_left else (0, CUT)
        update = whole(now) if all_of_it else part(now, dict.fromkeys(range(HEIGHT), sides))
        screen.feed(copy.changes(update, CONSOLE))
        assert screen.cells() == shown(now)
        assert not part_of_a_wide_sign(screen)
        before = now


def part_of_a_wide_sign(screen: Screen) -> bool:
    """True if the second half of a wide sign stands without the first, or the first without the second."""
    for row in screen.cells():
        for x, (sign, *_) in enumerate(row):
            wide = sign != "" and east_asian_width(sign[0]) in "WF"
            if wide != (x + 1 < WIDTH and row[x + 1][0] == ""):
                return True
    return False


ROWS: Rows = [((("桥头河 晚餐", "plain"),), (("逾期10分", "late"),))] * HEIGHT


def changes(old: Rows, new: Rows) -> str:
    copy = ScreenCopy()
    copy.changes(whole(old), CONSOLE)
    return copy.changes(whole(new), CONSOLE)


def with_row(y: int, row: ROW) -> Rows:
    return [row if at == y else each for at, each in enumerate(ROWS)]


def test_one_digit_is_one_move_one_pen_and_the_digit() -> None:
    new = with_row(1, (ROWS[1][0], (("逾期11分", "late"),)))
    assert changes(ROWS, new) == f"\x1b[2;18H\x1b[{pen('late')}m1\x1b[0m"


def pen(tone: Tone) -> str:
    found = re.match(r"\x1b\[([\d;]+)m", strip((("x", tone),), 1).render(CONSOLE))
    assert found is not None
    return found[1]


def test_a_wide_sign_that_moves_by_one_cell_is_sent_whole() -> None:
    new = with_row(0, ((("桥头河  晚a", "plain"),), ROWS[0][1]))
    assert changes(ROWS, new) == f"\x1b[1;8H\x1b[{pen('plain')}m 晚a\x1b[0m"


def test_nothing_that_differs_sends_nothing() -> None:
    assert changes(ROWS, ROWS) == ""


def test_a_row_with_a_sign_of_doubtful_width_is_sent_from_its_start() -> None:
    """A terminal may show `·` in two cells: then all behind it stands one cell further right than here."""
    old = with_row(0, ((("阿依·古丽1", "plain"),), ROWS[0][1]))
    new = with_row(0, ((("阿依·古丽2", "plain"),), ROWS[0][1]))
    assert "阿依·古丽2" in changes(old, new)
    assert "\x1b[1;1H" in changes(new, ROWS)
    assert "桥头河" in changes(new, ROWS)


def test_what_is_forgotten_is_sent_again() -> None:
    copy = ScreenCopy()
    first = copy.changes(whole(ROWS), CONSOLE)
    copy.forget()
    assert copy.changes(whole(ROWS), CONSOLE) == first
    assert "逾期10分" in first


def test_an_update_of_another_size_sends_every_cell() -> None:
    copy = ScreenCopy()
    copy.changes(whole(ROWS), CONSOLE)
    low = LayoutUpdate([list(pieces(row).values()) for row in ROWS[:2]], Region(0, 0, WIDTH, 2))
    assert copy.changes(low, CONSOLE).count("桥头河") == 2


def test_a_part_of_a_screen_of_which_nothing_is_known_is_sent_as_it_is() -> None:
    update = part(ROWS, {1: (CUT,)})
    assert ScreenCopy().changes(update, CONSOLE) == update.render_segments(CONSOLE)


def test_sure_signs_are_one_or_two_cells_wide_on_every_terminal() -> None:
    sure = [sign for sign in map(chr, range(0x20, 0x40000)) if SURE.fullmatch(sign)]
    assert "值" in sure
    assert "·" not in sure
    for sign in sure:
        assert east_asian_width(sign) in (("W", "F") if not sign.isascii() else ("Na",)), hex(ord(sign))
        assert not combining(sign), hex(ord(sign))
    unassigned = {sign for sign in sure if width(sign) not in (1, 2)}
    assert unassigned == set()
