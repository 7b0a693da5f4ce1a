"""python -m earnest does what the earnest command does."""

from earnest.cli import main

main()
