"""Known vulnerabilities of the packages that are installed. Exit code 1 when there are some.

A service that cannot be reached is said, and is no failure: the pipeline also runs where there is no network.
"""

import json
import subprocess
import sys
from typing import Any


def main() -> int:
    """Audits; returns the exit code."""
    command = [sys.executable, "-m", "pip_audit", "--local", "--format", "json", "--progress-spinner", "off"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
        packages: list[dict[str, Any]] = json.loads(done.stdout)["dependencies"]
    except (subprocess.TimeoutExpired, json.JSONDecodeError, KeyError):
        packages = []
    audited = [package for package in packages if "vulns" in package]
    if not audited:
        print("audit: the service of known vulnerabilities was not reached. Nothing was audited.")
        return 0
    vulnerabilities = [
        f"  {package['name']} {package['version']}: {entry['id']}, mended in {', '.join(entry['fix_versions']) or 'no version yet'}"
        for package in audited
        for entry in package["vulns"]
    ]
    print(f"audit: {len(audited)} packages of {len(packages)} audited, {len(vulnerabilities)} known vulnerabilities.")
    print(*vulnerabilities, sep="\n", end="\n" if vulnerabilities else "")
    return 1 if vulnerabilities else 0


if __name__ == "__main__":
    sys.exit(main())
