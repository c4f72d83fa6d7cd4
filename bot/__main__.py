"""`python -m bot` is `packclerk`."""

from bot.cli import main

main(prog_name="packclerk")
