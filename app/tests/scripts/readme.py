"""What the README says to type, typed, against the real binary: each command has to succeed.

Usage: readme.py <rapport binary> <sqlite|postgres> [README.md]

PostgreSQL: see house.py. Prints every answer; the exit status is 0 when all commands worked.
"""

import os
import re
import subprocess
import sys

from house import PASSWORD, House

CHAPTERS = ("The first five minutes", "A day in Rapport")
# As the reader's shell, but it stops at the first thing that does not work.
BEFORE = """
set -euo pipefail
curl() {
    echo "--- ${*: -3}" >&2
    local answer
    answer=$(command curl -S --fail-with-body "$@") || { echo "$answer" >&2; return 22; }
    echo "$answer"
}
"""


def typed(readme):
    """The commands of the chapters that talk to the server, in their order."""
    chapters = dict(re.findall(r"^## (.+?)\n(.*?)(?=^## |\Z)", readme, re.MULTILINE | re.DOTALL))
    blocks = [block for name in CHAPTERS for block in re.findall(r"^```sh\n(.*?)^```", chapters[name], re.MULTILINE | re.DOTALL)]
    return [block for block in blocks if "api" in block]


def main():
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    at = sys.argv[3] if len(sys.argv) == 4 else os.path.join(os.path.dirname(__file__), "../../../README.md")
    with open(at, encoding="utf-8") as file:
        blocks = typed(file.read())
    with House(*sys.argv[1:3], MAIL_TRANSPORT="file") as house:
        house.run("migrate", "up")
        house.serve()
        house.make_person("you@example.com", "Ada King", "Example Ltd")
        script = BEFORE + "".join(blocks).replace("http://localhost:8000", house.base).replace("<your password>", PASSWORD)
        status = subprocess.run(["bash", "-c", script], cwd=house.folder, check=False).returncode
        if status:
            house.tell_log()
    print(f"{len(blocks)} blocks of commands on {house.engine}: {'all worked' if status == 0 else 'stopped'}")
    return status


if __name__ == "__main__":
    sys.exit(main())
