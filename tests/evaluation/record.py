"""Record what the contract's own scorer says of the planted tables, for test_figures.py to hold ours against.

    python -m tests.evaluation.record SCORE.PY

Needed where a gold file has changed. SCORE.PY is not part of this project.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.evaluation.planted import GOLD, write_tables

RECORDED = Path(__file__).with_name("recorded.json")


def main():
    told = {}
    with tempfile.TemporaryDirectory() as folder:
        for path in GOLD:
            write_tables(Path(folder), path)
            command = [sys.executable, sys.argv[1], folder, str(path), "--json"]
            done = subprocess.run(command, capture_output=True, text=True, check=True)
            told[path.stem] = json.loads(done.stdout.splitlines()[-1])
    RECORDED.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
