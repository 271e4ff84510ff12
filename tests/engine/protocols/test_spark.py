"""The same figures on Apache Spark as on this machine's own cores."""

import json
import os
import shutil
import subprocess
import sys
from importlib.util import find_spec

import pytest

from tests.engine.protocols.test_simulate import AS_OF, PACK, lines

pytestmark = pytest.mark.skipif(
    shutil.which("java") is None or find_spec("pyspark") is None,
    reason="not run: it needs Java, and Spark by scripts/spark",
)


def test_spark_gives_the_same_output_as_the_local_engine(tmp_path):
    log = tmp_path / "logs.jsonl"
    log.write_text("\n".join(json.dumps(line) for day in range(2, 8) for line in lines(f"C{day}", day)))
    given = [sys.executable, "-m", "lantern", "simulate", "--pack", PACK.name, "--log", str(log)]
    given += ["--as-of", AS_OF.isoformat(), "--json"]
    # a local cluster of two, on this machine alone
    here = {**os.environ, "SPARK_LOCAL_IP": "127.0.0.1", "PYSPARK_SUBMIT_ARGS": "--master local[2] pyspark-shell"}
    local, spark = (
        subprocess.run([*given, "--engine", how], capture_output=True, text=True, check=True, env=here).stdout
        for how in ("local", "spark")
    )
    assert json.loads(local)["duties"] > 0
    assert spark == local
