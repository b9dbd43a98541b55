"""Where does the installation keep its records?"""

from __future__ import annotations

import os
from argparse import Namespace
from pathlib import Path

from zhiheng.base.errors import UsageError
from zhiheng.evidence.lake.home import Home
from zhiheng.flow.knowledge import HOME


def home_of(arguments: Namespace) -> Home:
    """The folder of `--home`, else of ZHIHENG_HOME; `UsageError` when neither says one."""
    named = arguments.home or os.environ.get(HOME)
    if not named:
        raise UsageError("cli.no_home", variable=HOME)
    return Home(Path(named).expanduser().absolute())
