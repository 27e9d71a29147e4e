"""House rules of the imports: they follow the data, as the contracts in pyproject.toml say."""

import subprocess
import sys
from pathlib import Path

from .source import ROOT


def test_the_contracts_hold():
    program = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([program, "--no-cache"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
