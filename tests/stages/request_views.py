"""Views and addresses of the tests of what surrounds every request."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path

from lantern.access import gate
from lantern.access.models import ReadAudit
from lantern.access.permissions import Permission
from lantern.access.rules import PUBLIC, SIGNED_IN, access_rule
from tests.personas import NOON


@access_rule(PUBLIC)
def public(request: HttpRequest) -> HttpResponse:
    return HttpResponse("public")


@access_rule(SIGNED_IN)
def inside(request: HttpRequest) -> HttpResponse:
    return HttpResponse("inside")


@access_rule(Permission.SEE_FIGURES)
def figures(request: HttpRequest) -> HttpResponse:
    return HttpResponse("figures")


@access_rule(Permission.SEE_CHILD)
def child(request: HttpRequest, ref: str) -> HttpResponse:
    return HttpResponse(gate.child_for(request.user, ref, "child page", NOON).ref)


@access_rule(Permission.SEE_CHILD)
def fails(request: HttpRequest, ref: str) -> HttpResponse:
    gate.child_for(request.user, ref, "child page", NOON)
    raise RuntimeError


@access_rule(SIGNED_IN)
def looks_without_the_gate(request: HttpRequest) -> HttpResponse:
    """What a careless view would do: the database still answers for this person alone."""
    from lantern.record.models import Child

    return HttpResponse(f"{Child.objects.count()} {ReadAudit.objects.count()}")


def forgotten(request: HttpRequest) -> HttpResponse:
    return HttpResponse("forgotten")


@access_rule(SIGNED_IN)
def absent(request: HttpRequest) -> HttpResponse:
    raise Http404


urlpatterns = [
    path("sign-in/", public, name="account_login"),
    path("add/", public, name="mfa_activate_totp"),
    path("public/", public, name="public"),
    path("inside/", inside, name="inside"),
    path("figures/", figures, name="figures"),
    path("children/<ref>/", child, name="child"),
    path("fails/<ref>/", fails, name="fails"),
    path("careless/", looks_without_the_gate, name="careless"),
    path("forgotten/", forgotten, name="forgotten"),
    path("absent/", absent, name="absent"),
]
