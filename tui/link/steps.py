"""The ordered changes of the desk's document format, one for each format after the first.

`tui/link/records` reads the newest format only. A change that old documents do not fit adds a step here. The store
takes each step once, as one line, and brings archives up as they are read (store/schema.py, store/migrate.py).
"""

from typing import Final

from dutyboard.store import Step

STEPS: Final[tuple[Step, ...]] = ()
