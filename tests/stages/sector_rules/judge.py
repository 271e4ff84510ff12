"""Runs in the environment of csc-validator-be-903, not in ours: judges the CSV files of a folder.

    python judge.py FOLDER

The folder holds missing.csv, header.csv, episodes.csv and, if there is one, last_year/missing.csv. Prints one
JSON object: `rules_run` (those that touch the table), `skipped`, and `flags`: rule to the numbers of the rows
it objects to, from 0.
"""

import importlib
import json
import logging
import sys
import warnings
from pathlib import Path

YEAR_IT_ENDS_IN = "2026"
KINGSTON = "E09000021"
RULES = [
    *("564", "565", "566", "567", "570", "571", "574", "575", "576", "577", "578", "580", "581", "586"),
    *("1004", "1005", "1006", "1012", "INT04", "INT13"),
]


def judge(folder: Path) -> dict[str, object]:
    """Run the rules on the `Missing` table over all files of the folder."""
    from lac_validator.lac_validator import LacValidator

    registry = importlib.import_module("lac_validator.rules.lac2025_26").registry
    files = [_file(path, "This year") for path in sorted(folder.glob("*.csv"))]
    files += [_file(path, "Prev year") for path in sorted((folder / "last_year").glob("*.csv"))]
    metadata = {"collectionYear": YEAR_IT_ENDS_IN, "localAuthority": KINGSTON}
    result = LacValidator(metadata=metadata, files=files, registry=registry, selected_rules=RULES)
    table = result.ds_results["Missing"]
    flags = {
        name.removeprefix("ERR_"): [int(row) for row in table.index[table[name].fillna(False).astype(bool)]]
        for name in table.columns
        if name.startswith("ERR_") and table[name].fillna(False).astype(bool).any()
    }
    return {
        "rules_run": sorted(map(str, result.dones)),
        "skipped": sorted(map(str, result.skips)),
        "failed": sorted(map(str, result.fails)),
        "flags": flags,
    }


def _file(path: Path, description: str) -> dict[str, object]:
    return {"name": path.name, "file_content": path.read_bytes(), "description": description}


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    sys.stdout.write(json.dumps(judge(Path(sys.argv[1]))) + "\n")
