"""Bytes through a pipe between processes, each piece behind its length. The standard library's own connections do
more, and to import them takes as long as to find the tables of several pages."""

from io import FileIO

LENGTH = 8  # bytes


def send(pipe: FileIO, packed: bytes) -> None:
    """Raises OSError where nobody listens."""
    for part in (len(packed).to_bytes(LENGTH), packed):
        rest = memoryview(part)
        while rest:
            rest = rest[pipe.write(rest) :]


def receive(pipe: FileIO) -> bytearray:
    """Waits for a piece. Raises EOFError where the pipe was closed before its end, and OSError."""
    return _exactly(pipe, int.from_bytes(_exactly(pipe, LENGTH)))


def _exactly(pipe: FileIO, count: int) -> bytearray:
    found = bytearray(count)
    rest = memoryview(found)
    while rest:
        if not (got := pipe.readinto(rest)):
            raise EOFError
        rest = rest[got:]
    return found
