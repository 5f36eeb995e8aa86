"""What keeps the libraries below from calling home: each is told so before it is imported.

Three of them would otherwise: ONNX Runtime from 1.31 sends events to its vendor and keeps a queue
of them in the user's cache folder, Gradio asks for its newest version and reports its use, and Ray
reports its own.
docs/network.md goes through all of them, and tests/test_network.py counts the system calls.
"""

from __future__ import annotations

import os
import sys
import warnings

# Each is read once, when its library is imported; that of ONNX Runtime by its shared object, and
# `onnxruntime.disable_telemetry_events()` afterwards does not take back what the import began.
SILENCED = {
    "ORT_DISABLE_TELEMETRY": "1",
    "GRADIO_ANALYTICS_ENABLED": "False",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "RAY_USAGE_STATS_ENABLED": "0",
    "DO_NOT_TRACK": "1",
}


def silence() -> None:
    """Set `SILENCED` in the environment of this process and of those it starts.

    Called when any package of ours is imported, so that no module of ours can come first. Warns
    where the program imported ONNX Runtime before, with its telemetry on.
    """
    late = "onnxruntime" in sys.modules and "ORT_DISABLE_TELEMETRY" not in os.environ
    os.environ.update(SILENCED)
    if late:
        warnings.warn(
            "onnxruntime was imported before Ibid, with its telemetry on; import rag first, or "
            "set ORT_DISABLE_TELEMETRY=1",
            stacklevel=2,
        )
