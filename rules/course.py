"""A person's course: the facts as judged today, what section three makes of them, and the dated plan."""


class Courses:
    """Memo of each person's course; a person, an area or the day that changed makes its course anew."""
