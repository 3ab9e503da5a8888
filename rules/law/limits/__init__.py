"""Limits of the desk's own making: the notice writes none of them."""
