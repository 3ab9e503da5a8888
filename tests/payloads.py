"""Texts that a terminal would obey, or that show another text than there is: none may pass a door as it is."""

PAYLOADS: tuple[str, ...] = (
    "\x1bc",  # reset
    "\x1b[2J\x1b[1;1H",  # clear
    "\x1b[6n",  # ask where the cursor is: the answer is typed
    "\x1b[c",
    "\x1b]0;title\x07",
    "\x1b]52;c;cm0gLXJmCg==\x07",  # write the clipboard
    "\x1b]8;;http://example.invalid\x1b\\link\x1b]8;;\x1b\\",
    "\x1bP+q544e\x1b\\",
    "\x1b_hidden\x1b\\",
    "\x1b]ln\x1b\\",
    "\x1b]0;never ended",
    "\x9b2J",  # C1: CSI in one character
    "\x9d0;title\x9c",
    "\x90q\x9c",
    "\x85",
    "\x00",
    "\x07\x08\x08",
    "\x0e\x0f",
    "\x7f",
    "a\rb",
    "first\n06-07 19:41 second",
    "a\x0bb\x0cc",
    "\u202e987",
    "\u202d\u2066\u2069",
    "\u200e\u200f\u061c",
    "a\u200bb\u200cc\u200dd",
    "\u2060\ufeff",
    "\u00ad",
    "\u2028\u2029",
    "e" + "\u0301" * 300,
    "\U000e0041\U000e0042",
    "\ufff9a\ufffab\ufffb",
    "[red]\x1b[31m[/red]",
)
