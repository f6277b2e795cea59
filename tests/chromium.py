"""The Chromium that browser tests drive: found, or installed where that is allowed.

`python -m tests.chromium` prints its path; `make test` hands that to the tests as BACKLIGHT_BROWSER.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
PLACES = (
    Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
    Path("/Applications/Chromium.app/Contents/MacOS/Chromium"),
)
NONE = "none"
HOW = (
    "There is no Chromium for the browser tests: install 'chromium' or Google Chrome, set BACKLIGHT_BROWSER to one, "
    "or leave those tests out with 'make test BACKLIGHT_BROWSER=none'."
)


def find() -> str | None:
    """Path of an installed Chromium, `none` where the person chose to go without, or None."""
    if chosen := os.environ.get("BACKLIGHT_BROWSER"):
        return chosen if chosen == NONE else shutil.which(chosen)
    found = [path for name in NAMES if (path := shutil.which(name))]
    return next(iter(found + [str(place) for place in PLACES if place.exists()]), None)


def install() -> None:
    """Debian's own package, only as root: Playwright's download of a browser is not needed."""
    if shutil.which("apt-get") is None or os.geteuid() != 0:
        return
    print("Installing Debian's chromium for the browser tests", file=sys.stderr)
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in ("apt-get update", "apt-get install -y --no-install-recommends chromium"):
        subprocess.run(["sh", "-c", f"{command} >&2"], check=False, env=environment, stdin=subprocess.DEVNULL)


def main() -> int:
    """Print the path; exit 2 with one sentence where there is none."""
    path = find()
    if path is None and not os.environ.get("BACKLIGHT_BROWSER"):
        install()
        path = find()
    print(path or HOW, file=sys.stdout if path else sys.stderr)
    return 0 if path else 2


if __name__ == "__main__":
    sys.exit(main())
