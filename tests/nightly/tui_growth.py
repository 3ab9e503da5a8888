"""Growth to 50,000 people: `python -m tests.nightly.tui_growth`, as tests/bench/growth.py shows it to 10,000."""

from tests.bench.growth import main

SIZES = ((300, 40), (2_000, 4), (2_000, 40), (2_000, 400), (50_000, 40))
RUNS = 5

if __name__ == "__main__":
    main(SIZES, RUNS)
