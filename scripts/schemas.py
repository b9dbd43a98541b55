#!/usr/bin/env python3
"""Write the published JSON Schemas from the contracts in the code; a test says when they differ."""

from __future__ import annotations

import json
from pathlib import Path

from zhiheng.publication.contract import SCHEMAS

ASSETS = Path(__file__).resolve().parent.parent / "src/zhiheng/publication/assets"

if __name__ == "__main__":
    for name, schema in SCHEMAS.items():
        (ASSETS / name).write_text(json.dumps(schema, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        print(name)
