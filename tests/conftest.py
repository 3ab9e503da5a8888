"""Settings of every property test: no example is failed by a slow machine."""

from hypothesis import settings

settings.register_profile("desk", deadline=None)
settings.load_profile("desk")
