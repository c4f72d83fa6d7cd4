"""Files that go between processes, named so that those of a process that was killed are found and deleted: they may
hold what is exempt."""

import os
from contextlib import suppress
from pathlib import Path

_NAME = "packclerk-{pid}-"


def prefix() -> str:
    """What the names of this process's files begin with."""
    return _NAME.format(pid=os.getpid())


def clear() -> None:
    """Delete the files and folders of processes that are no more."""
    from shutil import rmtree
    from tempfile import gettempdir

    for path in Path(gettempdir()).glob(_NAME.format(pid="*") + "*"):
        pid = path.name.split("-")[1]
        if pid.isdigit() and not _runs(int(pid)):
            with suppress(OSError):
                rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True  # another user's
    return True
