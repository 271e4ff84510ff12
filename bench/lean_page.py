"""The yardstick for a page: a list of a hundred duties as lean as Django makes one, in a project of its own.

Session, user, one query, a plain table in one template; its rows are of two plain tables in a schema of their own. No
audit of who looked, no row-level security, no reasons, no citations, no design system. `python -m bench.lean_page`
makes the tables and prints the number of a session; the database comes from the libpq variables.
"""

import os
from typing import Any, ClassVar

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection, models
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.shortcuts import render
from django.urls import path

SCHEMA = "lean_page"
ROWS = 100
OPEN, CHILDREN = 100_000, 10_000  # as many open duties as `sweep` has
TEMPLATE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Duties</title></head><body>
<h1>Duties of {{ user.username }}</h1>
<table>
{% for duty in duties %}
<tr class="{{ duty.status }}"><td><a href="/children/{{ duty.child_id }}/">{{ duty.child.name }}</a></td>
<td>{{ duty.rule }}</td><td>{{ duty.owner }}</td><td>{{ duty.due|date:"j M Y H:i" }}</td><td>{{ duty.because }}</td>
<td><form method="post" action="/duties/{{ duty.id }}/">{% csrf_token %}<button>Done</button></form></td></tr>
{% endfor %}
</table></body></html>"""
CHILD_ROWS = "INSERT INTO lean_child SELECT n, 'Child ' || n FROM generate_series(1, %s) n"
DUTY_ROWS = """
INSERT INTO lean_duty (id, child_id, rule, owner, due, status, because)
SELECT n, 1 + n %% %s, 'return_interview', 'social_worker', now() + n * interval '1 minute', 'open',
       'the child was found and is back home'
FROM generate_series(1, %s) n"""

settings.configure(
    SECRET_KEY="of a scratch database",
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF=__name__,
    USE_TZ=True,
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions"],
    MIDDLEWARE=[
        "django.middleware.security.SecurityMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
    ],
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "OPTIONS": {
                "loaders": [
                    ("django.template.loaders.cached.Loader", [
                        ("django.template.loaders.locmem.Loader", {"duties.html": TEMPLATE})
                    ])
                ]
            },
        }
    ],
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "HOST": os.environ["PGHOST"],
            "USER": os.environ["PGUSER"],
            "PASSWORD": os.environ["PGPASSWORD"],
            "NAME": os.environ["PGDATABASE"],
            "CONN_MAX_AGE": None,
            "OPTIONS": {"options": f"-c search_path={SCHEMA}"},
        }
    },
)  # fmt: skip
django.setup()


class LeanChild(models.Model):
    """A child."""

    name = models.CharField(max_length=80)

    class Meta:
        app_label = "lean"
        db_table = "lean_child"

    def __str__(self) -> str:
        return self.name


class LeanDuty(models.Model):
    """What is owed."""

    child = models.ForeignKey(LeanChild, models.CASCADE)
    rule = models.CharField(max_length=40)
    owner = models.CharField(max_length=40)
    due = models.DateTimeField()
    status = models.CharField(max_length=10)
    because = models.CharField(max_length=120)

    class Meta:
        app_label = "lean"
        db_table = "lean_duty"
        indexes: ClassVar = [models.Index(fields=["due"], name="lean_open", condition=models.Q(status="open"))]

    def __str__(self) -> str:
        return f"{self.rule} of {self.child_id}"


def duties(request: HttpRequest) -> HttpResponse:
    """The open duties that are due first."""
    if not request.user.is_authenticated:
        return HttpResponseForbidden()
    found = LeanDuty.objects.filter(status="open").select_related("child").order_by("due")[:ROWS]
    return render(request, "duties.html", {"duties": found, "user": request.user})


urlpatterns = [path("duties/", duties)]
application = get_wsgi_application()


def main() -> None:
    """Make schema, tables and rows, and somebody who is signed in."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.auth.models import User
    from django.contrib.sessions.backends.db import SessionStore
    from django.core.management import call_command

    with connection.cursor() as cursor:
        cursor.execute(f"CREATE SCHEMA {SCHEMA}")
    call_command("migrate", verbosity=0)
    with connection.schema_editor() as editor:
        editor.create_model(LeanChild)
        editor.create_model(LeanDuty)
    with connection.cursor() as cursor:
        cursor.execute(CHILD_ROWS, [CHILDREN])
        cursor.execute(DUTY_ROWS, [CHILDREN, OPEN])
        cursor.execute("ANALYZE lean_child")
        cursor.execute("ANALYZE lean_duty")
    user = User.objects.create_user("worker")
    session: Any = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    print(session.session_key)


if __name__ == "__main__":
    main()
