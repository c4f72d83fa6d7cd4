"""The store as an officer corrected it: what was read from the papers, with `corrections.toml` laid over it."""

from corpus.settings import Settings
from kpi_tools.corrections import FILE, Corrections, beside
from kpi_tools.measures import Observation, Target
from kpi_tools.store import Store


class CorrectedStore(Store):
    """The store as the corrections have it. Every reading may raise SettingError where the file makes no sense."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings.database)
        self._home = settings.home_path

    @property
    def corrections(self) -> Corrections | None:
        """What the file says now; None where there is none."""
        return beside(self._home)

    def generation(self) -> int:
        """Changes with the file too."""
        file = self._home / FILE
        return super().generation() + (file.stat().st_mtime_ns if file.is_file() else 0)

    def observations(self, exempt: bool = True) -> list[Observation]:
        """All observations, put right."""
        read, fixes = super().observations(exempt), self.corrections
        return fixes.observations(read) if fixes else read

    def targets(self, exempt: bool = True) -> list[Target]:
        """All targets, put right and completed."""
        read, fixes = super().targets(exempt), self.corrections
        return fixes.aims(read, self.observations(exempt)) if fixes else read
