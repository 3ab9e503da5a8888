"""Each test that makes a desk is there on both of a desk's homes."""

from tests.homes import home, pytest_generate_tests

__all__ = ["home", "pytest_generate_tests"]
