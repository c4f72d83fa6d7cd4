"""`python -m bot` is `packclerk`."""

from bot.start import main

main()
