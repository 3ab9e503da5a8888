"""The terminal's driver: a byte that is no UTF-8 costs one character, and a lost terminal ends the program.

Textual's LinuxDriver (8.2.8) ends the session at such a byte, and reads an ended terminal without end.
"""

import os
import selectors
from codecs import getincrementaldecoder

from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver

POLL_SECONDS = 0.1
READ_BYTES = 4096


class DutyDriver(LinuxDriver):
    """LinuxDriver with a forgiving decoder and an end of input."""

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
