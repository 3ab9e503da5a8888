"""Says what an audit of the packages found, and of which packages it could learn nothing.

pip-audit passes over a package of which its service knows nothing, says "No known vulnerabilities found" and ends well.
Here nothing is passed over in silence: a weakness fails, and what could not be asked is named as not asked.
"""

import json
import subprocess
import sys
from typing import Any

SECONDS = 120


def verdict(report: dict[str, Any]) -> tuple[int, list[str]]:
    """Return the exit code and the lines that say what a report of pip-audit holds."""
    asked = [each for each in report["dependencies"] if "skip_reason" not in each]
    passed = [each["name"] for each in report["dependencies"] if "skip_reason" in each]
    found = [(each, flaw) for each in asked for flaw in each["vulns"]]
    lines = [
        f"audit: {each['name']} {each['version']}: {flaw['id']}, mended in {', '.join(flaw['fix_versions']) or '-'}"
        for each, flaw in found
    ]
    if passed:
        lines.append(f"audit: COULD NOT ASK about {len(passed)} of {len(asked) + len(passed)}: {', '.join(passed)}")
    if not asked:
        lines.append("audit: nothing was asked, so nothing is known: run it where the service answers")
    else:
        lines.append(f"audit: asked about {len(asked)}, {len(found)} known weaknesses")
    return bool(found), lines


def main(*locks: str) -> int:
    named = [word for lock in locks for word in ("--requirement", lock)]
    words = ["pip-audit", *named, "--disable-pip", "--require-hashes", "--format", "json"]
    done = subprocess.run(words, capture_output=True, text=True, timeout=SECONDS, check=False)
    try:
        report = json.loads(done.stdout)
    except ValueError:
        print(f"audit: COULD NOT ASK about any package: {done.stderr.strip().splitlines()[-1:]}")
        return 0
    code, lines = verdict(report)
    print("\n".join(lines))
    return code


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
