"""The same counting on Apache Spark, for a region whose years outgrow one machine: the parts' tallies add up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import reduce

from pyspark.sql import SparkSession

from lantern.engine.log import Log
from lantern.engine.protocols.simulate import Tally


def count_on_spark(batches: Sequence[list[Log]], count: Callable[[list[Log]], Tally]) -> Tally:
    """`count` on every batch, wherever Spark runs; its own settings (`spark-defaults.conf`) say where that is."""
    session = (
        SparkSession.builder.appName("lantern simulate")
        .config("spark.ui.enabled", "false")  # a page of its own would show what is counted to the whole network
        .getOrCreate()
    )
    try:
        parts = session.sparkContext.parallelize(batches, max(1, len(batches))).map(count).collect()
    finally:
        session.stop()
    return reduce(_added, parts, Tally())


def _added(total: Tally, part: Tally) -> Tally:
    total.add(part)
    return total
