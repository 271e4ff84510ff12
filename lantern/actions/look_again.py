"""Time passed, or a log ran ahead of its evaluation: look at a child again."""

from datetime import datetime

from lantern.actions.judge import judge
from lantern.evaluations.judgement import Judgement
from lantern.record.models import Child


def look_again(child: Child, *, at: datetime) -> Judgement:
    """evaluate → differ → plan alerts, as of `at`. The clock acts here, so there is nobody to name."""
    return judge(child, at=at)
