"""The rota of both seats as text."""
