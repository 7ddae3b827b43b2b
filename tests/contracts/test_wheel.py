"""The wheel holds all that the package needs, and runs from it alone, with the network out of reach."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LARGEST = 10_000_000  # bytes
ALONE = """
import socket, sys
def cut(*_, **__): raise OSError("the network is cut")
socket.socket.connect = socket.create_connection = socket.getaddrinfo = cut
import detente
assert detente.__file__.startswith(sys.argv[1]), detente.__file__
from detente.serving.cli.main import main
sys.argv[1:] = sys.argv[2:]
main()
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if importlib.util.find_spec("hatchling") is None:
        pytest.skip("hatchling, which builds the wheel, is not installed here")
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(command, check=True, cwd=ROOT, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


@pytest.mark.slow
def test_every_file_of_the_package_and_every_example_is_in_it(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    source = ROOT / "src"
    package = {
        str(path.relative_to(source))
        for path in (source / "detente").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    examples = {f"detente/serving/examples/{path.name}" for path in (ROOT / "examples").glob("*.txt")}
    assert len(examples) >= 16
    assert not (package | examples) - names
    assert {Path(name).name for name in names} >= {"LICENSE", "NOTICE", "entry_points.txt"}
    assert wheel.stat().st_size < LARGEST


@pytest.mark.slow
def test_the_demo_runs_from_it_without_the_network(wheel: Path, tmp_path: Path) -> None:
    alone, here = tmp_path / "alone", tmp_path / "here"
    zipfile.ZipFile(wheel).extractall(alone)
    here.mkdir()
    environment = {**os.environ, "PYTHONPATH": str(alone)}
    command = [sys.executable, "-c", ALONE, str(alone), "demo"]
    done = subprocess.run(command, cwd=here, env=environment, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("18 sample articles")
    assert (here / "detente-demo.db").is_file()
