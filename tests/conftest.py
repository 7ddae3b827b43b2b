"""Lets every test import the factories that stand beside this file (`from records import article`)."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
