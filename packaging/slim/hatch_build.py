"""What `ibid-qa-slim` says of itself: what `ibid-qa` does, with fewer dependencies."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from hatchling.metadata.plugin.interface import MetadataHookInterface


class WholeProject(MetadataHookInterface):
    """Takes each dynamic field from the project's pyproject.toml."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Fill in the fields; raises KeyError where the project has no such field."""
        file = Path(self.root, "..", "..", "pyproject.toml")
        project = tomllib.loads(file.read_text("utf-8"))["project"]
        metadata |= {field: project[field] for field in metadata["dynamic"]}
        metadata["dependencies"] = [
            needed
            for needed in project["dependencies"]
            if re.split(r"[^\w.-]", needed)[0] not in self.config["without"]
        ]


class WheelOnly(BuildHookInterface[Any]):
    """Refuses to build anything but a wheel: the code lies above this folder."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Raises RuntimeError for another target."""
        if self.target_name != "wheel":
            raise RuntimeError("the sources are those of ibid-qa; build a wheel alone: -t wheel")
