"""``python -m linkindex`` is the command ``linkindex``."""

from linkindex.cli import main

main(prog_name="linkindex")
