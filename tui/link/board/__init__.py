"""Boards of a session: those that its thread computes, and rows of people that outlive it."""
