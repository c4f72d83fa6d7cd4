"""The errors that packclerk raises, all of them.

PackclerkError
├── PaperError       one paper cannot be read; the others go on
├── StoreError       the index cannot be opened, read or written
├── SettingError     a setting is missing or makes no sense
└── RequestError     a command or question asks for what there is not

Each carries one sentence for the person who asked, saying what and where.
"""


class PackclerkError(Exception):
    """Something that a person can be told in one sentence."""


class PaperError(PackclerkError):
    """One paper cannot be read. `str(error)` names the file and says why."""

    def __init__(self, document: str, reason: str) -> None:
        self.document = document.encode("utf-8", "replace").decode()  # a file's name may be no UTF-8
        super().__init__(f"{self.document}: {reason}")
        self.reason = reason

    def __reduce__(self) -> tuple[type["PaperError"], tuple[str, str]]:
        return type(self), (self.document, self.reason)


class StoreError(PackclerkError):
    """The index cannot be opened, read or written."""


class SettingError(PackclerkError):
    """A setting is missing or makes no sense."""


class RequestError(PackclerkError):
    """A command or question asks for what there is not."""
