"""Holds the locked dependencies against the known vulnerabilities.

    python scripts/audit.py [requirements.lock]

pip-audit asks the package index for advisories. An index that gives none (many mirrors do not) or cannot be reached is
no clean bill: this says NOT AUDITED then, and ends with 3. It ends with 1 for a known vulnerability, with 0 without.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

CLEAN, VULNERABLE, NOT_AUDITED = 0, 1, 3
#: Seconds for some eighty packages; one that cannot be reached must not hold up CI.
_PATIENCE = 300


def verdict(report: Mapping[str, Any] | None) -> tuple[int, list[str]]:
    """The exit code and what to print for a report of pip-audit, None where it could make none."""
    found = [] if report is None else report["dependencies"]
    asked = [each for each in found if "skip_reason" not in each]
    if not asked:
        return NOT_AUDITED, ["NOT AUDITED: no advisories can be had here; the versions are those of the lock"]
    lines = [
        f"VULNERABLE: {each['name']} {each['version']}: {fault['id']}, mended in {', '.join(fault['fix_versions'])}"
        for each in asked
        for fault in each["vulns"]
    ]
    lines += [f"NOT AUDITED: {each['name']} ({each['skip_reason']})" for each in found if each not in asked]
    lines.append(f"audited: {len(asked)} of {len(found)} packages")
    if any(each["vulns"] for each in asked):
        return VULNERABLE, lines
    return (CLEAN if asked == found else NOT_AUDITED), lines


def main() -> int:
    """Audit the lock."""
    lock = Path(sys.argv[1] if len(sys.argv) > 1 else "requirements.lock")
    command = [sys.executable, "-m", "pip_audit", "--requirement", str(lock), "--require-hashes", "--disable-pip"]
    try:
        done = subprocess.run(  # noqa: S603  # an argument list of our own
            [*command, "--format=json", "--progress-spinner=off"],
            capture_output=True,
            text=True,
            timeout=_PATIENCE,
            check=False,
        )
        report = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, ValueError):
        report = None
    code, lines = verdict(report)
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    return code


if __name__ == "__main__":
    sys.exit(main())
