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
    "\x1b[H\x1b[J",  # home, and all below it blank
    "\x1b[3J",  # what was scrolled away
    "\x1b[1A\x1b[2K",  # the row above
    "\x1b[5;5r",  # the rows that scroll
    "\x1b[?1049l",  # back to the shell's screen
    "\x1b[?25l",  # no cursor
    "\x1b[?2004l",  # pastes are typed
    "\x1b[?1000h",  # the mouse types
    "\x1b[?1004h",
    "\x1b[?7l",  # long rows overwrite their end
    "\x1b[8m",  # hidden
    "\x1b[38;5;0;48;5;0m",
    "\x1b[4:3m",
    "\x1b[20h",
    "\x1b[12l",
    "\x1b[!p",
    "\x1b[21t",  # the title is typed
    "\x1b[18t",
    "\x1b[>q",
    "\x1b[>4;2m",
    "\x1b[5i",  # print what comes
    "\x1b(0lqqk",  # lines in place of letters
    "\x1b#8",  # a screen of E
    "\x1b=\x1b>",
    "\x1bD\x1bM\x1bE",
    "\x1b7\x1b[99;99H\x1b8",
    "\x1b]4;1;rgb:00/00/00\x1b\\",
    "\x1b]10;?\x07",
    "\x1b]1337;File=name=eA==:eA==\x07",
    "\x1b]777;notify;a;b\x07",
    "\x1b]9;a\x07",
    "\x1b]133;A\x07",
    "\x1bPq#0;2;0;0;0#0!9~\x1b\\",  # a picture
    "\x1b_Ga=T,f=32;AAAA\x1b\\",
    "\x1b^private\x1b\\",
    "\x1bXstring\x1b\\",
    "\x9b?1049l",
    "\x9e\x9f\x98x\x9c",
    "\x8d\x84\x85",
    "\x05\x16\x18\x1a",
    "a\tb",
    "\u202b\u202a\u202c",
    "\u2067\u2068\u2066\u2069",
    "\u034f\u115f\u1160\u3164\uffa0",  # blanks that count as letters
    "\u180e\ufe0f\u2061",
    "\U0001d173\U0001d17a",
    "\ufff9",
    "a" + "\u0300\u0483\ufe2f\u1dc0\u1ab0",
    "\ud800",
    "\udfff\ud83d",
)
