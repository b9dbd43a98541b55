"""What does this installation know: which rulebook, which catalogue?"""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from zhiheng.rules.catalogue import Catalogue, load_catalogue
from zhiheng.rules.rulebook import Rulebook, open_rulebook

HOME = "ZHIHENG_HOME"


@dataclass(frozen=True)
class Knowledge:
    """The rulebook of an installation and the catalogue of indicators in it."""

    rulebook: Rulebook
    catalogue: Catalogue

    @property
    def layers(self) -> tuple[str, ...]:
        """The names of the layers that speak, widest first."""
        return tuple(layer.name for layer in self.rulebook.layers)


def knowledge(region_code: str | None = None, home: Path | None = None) -> Knowledge:
    """Rulebook and catalogue, the layers of the region and of `rulebook/` in the installation's folder included; read once
    a process. The folder is `home`, else the one that ZHIHENG_HOME names."""
    return _known(region_code, str(home) if home else os.environ.get(HOME))


@lru_cache(maxsize=8)
def _known(region_code: str | None, home: str | None) -> Knowledge:
    rulebook = open_rulebook(region_code, Path(home) / "rulebook" if home else None)
    return Knowledge(rulebook, load_catalogue(rulebook))
