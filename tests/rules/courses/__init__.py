"""Whole courses of people, drawn at random: registered, assessed, moved, tested, ill, corrected, released, back again.

An officer who errs works a small desk for weeks. Each act is plausible, not always right: the rules take it or refuse
it. After each act, and at instants between, the desk is asked for what may never be.
"""
