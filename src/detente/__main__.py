"""`python -m detente` is `detente`."""

from detente.serving.cli.main import main

main()
