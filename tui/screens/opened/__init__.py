"""Screens opened from another one: the calls and certificates behind F4, one site behind F3, the numbers of F2."""
