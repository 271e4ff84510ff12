"""Pages as the server makes them: middleware, gate, queries, template; without the network."""

from typing import TYPE_CHECKING

from bench.timing import Measure, Samples
from bench.world import Known

if TYPE_CHECKING:
    from django.test import Client

    from lantern.access.models import Person

RUNS = 40
WARM_UP = 3


def measure(county: list[Known], worker: "Person") -> list[Measure]:
    """*Missing now* and the episode with most duties, asked for by a front-door worker who is signed in."""
    from django.db.models import Count
    from django.test import Client

    from lantern.access import context
    from lantern.duties.models import Duty
    from lantern.evaluations.models import EpisodeNow
    from lantern.record.models import Episode
    from tests.personas import signed_in_client

    with context.system("bench"):
        busiest = Duty.objects.exclude(episode=None).values("episode").annotate(n=Count("id")).order_by("-n")[0]
        episode = Episode.objects.get(pk=busiest["episode"])
        away = EpisodeNow.objects.filter(state__in=("noticed", "away", "missing")).count()
    client = signed_in_client(worker, Client(SERVER_NAME="localhost"))
    asked = {
        f"page Missing now, {away} children": "/",
        f"page of an episode, {busiest['n']} duties": f"/episodes/{episode.ref}/",
    }
    return [_fetch(client, address).measure(name) for name, address in asked.items()]


def _fetch(client: "Client", address: str) -> Samples:
    taken = Samples()
    for run in range(WARM_UP + RUNS):
        response = taken.run(lambda: client.get(address))
        if response.status_code != 200:
            raise RuntimeError(f"{address} answered {response.status_code}")
        if run < WARM_UP:
            taken.seconds.clear()
    return taken
