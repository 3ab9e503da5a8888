"""The terminal's driver: a byte that is no UTF-8 costs one character, and a lost terminal ends the program.

Textual's LinuxDriver (8.2.8) ends the session at such a byte, reads an ended terminal without end, reads keys in two
threads after a SIGCONT that no SIGTSTP preceded, and says its modes only once, though a keeper of sessions may show
them on another terminal.
"""

import asyncio
import os
import selectors
import signal
from codecs import getincrementaldecoder
from typing import Final

from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver

POLL_SECONDS = 0.1
READ_BYTES = 4096
MODES: Final = "\x1b[?1049h\x1b[?25l\x1b[?1004h\x1b[?2004h\x1b[?7l"
"""The other screen, no cursor, focus told, pastes in brackets, no line wrap: as Textual says them at its start."""


class DutyDriver(LinuxDriver):
    """LinuxDriver with a forgiving decoder, an end of input, and modes that are said again to another terminal."""

    def start_application_mode(self) -> None:
        """Take the terminal. New sizes wait for the loop: a burst calls Textual's handler within itself."""
        super().start_application_mode()  # type: ignore[no-untyped-call]
        tell_size = signal.getsignal(signal.SIGWINCH)
        if callable(tell_size):
            asyncio.get_running_loop().add_signal_handler(signal.SIGWINCH, tell_size, signal.SIGWINCH, None)

    def say_modes(self) -> None:
        """Say the modes again, to a terminal that may be another one. No signal handler may: it may hold the queue."""
        if self._writer_thread is not None:
            self.write(MODES)

    def _query_in_band_window_resize(self) -> None:
        """Ask for no sizes in the input: another terminal may not send them, and SIGWINCH always comes."""

    def _sigcont_application(self, *_: object) -> None:
        """Take the terminal again after a stop that gave it up; after any other stop only paint."""
        if self._must_signal_resume:
            super()._sigcont_application()
        else:
            signal.raise_signal(signal.SIGWINCH)

    def run_input_thread(self) -> None:
        """Read keys until the app ends or the terminal is gone."""
        parser = XTermParser(self._debug)
        decode = getincrementaldecoder("utf-8")("replace").decode
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                if selector.select(POLL_SECONDS):
                    try:
                        raw = os.read(self.fileno, READ_BYTES)
                    except OSError:
                        raw = b""
                    if not raw:
                        self._app.call_later(self._app.exit)
                        return
                    text = decode(raw)
                    if text:  # half a character is nothing yet, and "" would tell the parser that the input has ended
                        for event in parser.feed(text):
                            self.process_message(event)
                for event in parser.tick():
                    self.process_message(event)
