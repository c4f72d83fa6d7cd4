"""The settings, read from the environment or a `.env` file in this one place."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from urllib.parse import urlsplit

from corpus.errors import SettingError


def _default_home() -> str:
    base = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return str(Path(base) / "packclerk")


def setting(name: str, default: str = "") -> str:
    """Declare a field that is read from the variable `name`."""
    return field(default=default, metadata={"name": name})


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one file may take: its pages in all, and for each step (opening it, a range of its pages) the
    seconds, and the megabytes of memory of the process that takes it."""

    pages: int = 5000
    seconds: float = 120
    megabytes: int = 1000


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be set, as text; the properties below give what is derived."""

    home: str = setting("PACKCLERK_HOME")
    database_url: str = setting("PACKCLERK_DATABASE_URL")
    chroma_url: str = setting("PACKCLERK_CHROMA_URL")
    embedding_model: str = setting("PACKCLERK_EMBEDDING_MODEL")
    reranking_model: str = setting("PACKCLERK_RERANKING_MODEL")
    llm_base_url: str = setting("PACKCLERK_LLM_BASE_URL")
    llm_model: str = setting("PACKCLERK_LLM_MODEL")
    llm_api_key: str = setting("PACKCLERK_LLM_API_KEY")
    slack_bot_token: str = setting("SLACK_BOT_TOKEN")
    slack_app_token: str = setting("SLACK_APP_TOKEN")
    slack_signing_secret: str = setting("SLACK_SIGNING_SECRET")
    slack_api_url: str = setting("SLACK_API_URL", "https://slack.com/api/")
    cleared_usergroups: str = setting("PACKCLERK_CLEARED_USERGROUPS")
    officer_usergroups: str = setting("PACKCLERK_OFFICER_USERGROUPS")
    cleared_channels: str = setting("PACKCLERK_CLEARED_CHANNELS")
    retention: str = setting("PACKCLERK_RETENTION_DAYS", "90")
    most_pages: str = setting("PACKCLERK_MOST_PAGES", "5000")
    most_seconds: str = setting("PACKCLERK_MOST_SECONDS", "120")
    most_megabytes: str = setting("PACKCLERK_MOST_MEGABYTES", "1000")

    @property
    def home_path(self) -> Path:
        """The folder of the index."""
        return Path(self.home or _default_home()).expanduser()

    @property
    def database(self) -> str:
        """The database's URL: SQLite in the home unless set otherwise."""
        return self.database_url or f"sqlite:///{self.home_path / 'packclerk.db'}"

    @property
    def retention_days(self) -> int:
        """For how many days answers given in Slack are kept. Raises SettingError."""
        if not self.retention.isdecimal():
            raise SettingError(f"PACKCLERK_RETENTION_DAYS is {self.retention!r}, and must be a whole number")
        return int(self.retention)

    @property
    def limits(self) -> Limits:
        """What reading one file may take. Raises SettingError."""
        given = {"PACKCLERK_MOST_PAGES": self.most_pages, "PACKCLERK_MOST_SECONDS": self.most_seconds,
                 "PACKCLERK_MOST_MEGABYTES": self.most_megabytes}  # fmt: skip
        for name, value in given.items():
            if not value.isdecimal() or int(value) < 1:
                raise SettingError(f"{name} is {value!r}, and must be a whole number from 1")
        return Limits(*map(int, given.values()))


def ids(listed: str) -> tuple[str, ...]:
    """Slack ids out of a setting that lists them, separated by commas."""
    return tuple(filter(None, (one.strip() for one in listed.split(","))))


def names() -> list[str]:
    """Every variable that is read, in order."""
    return [f.metadata["name"] for f in fields(Settings)]


def read_env_file(path: Path) -> dict[str, str]:
    """The pairs of a `.env` file; {} where there is none. Comments, `export` and quotes are understood."""
    if not path.is_file():
        return {}
    found = {}
    for number, raw in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        line = raw.strip().removeprefix("export ")
        if not line or line.startswith("#"):
            continue
        name, equals, value = line.partition("=")
        if not equals:
            raise SettingError(f"{path}, line {number}: expected NAME=value")
        value = value.strip()
        quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "'\""
        found[name.strip()] = value[1:-1] if quoted else value.split(" #")[0].strip()
    return found


def load(environ: Mapping[str, str] = os.environ, env_file: Path = Path(".env"), home: str | None = None) -> Settings:
    """Settings out of `environ`, over those of `env_file`; `home` (the --data option) wins over both."""
    known = read_env_file(env_file) | {k: v for k, v in environ.items() if v}
    values = {f.name: known[f.metadata["name"]] for f in fields(Settings) if f.metadata["name"] in known}
    if home:
        values["home"] = home
    settings = Settings(**values)
    for url in (settings.slack_api_url, settings.chroma_url, settings.llm_base_url):
        if url and urlsplit(url).scheme not in ("http", "https"):
            raise SettingError(f"{url!r} is not an http or https address")
    return settings
