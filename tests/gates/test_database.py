"""The database of the tests is the database of production."""

import psycopg
import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection

from lantern.plumbing.postgres.safe import check_safe


@pytest.mark.django_db
def test_the_application_works_through_a_safe_role() -> None:
    connection.ensure_connection()
    check_safe(connection.connection)
    assert connection.settings_dict["USER"] == "lantern_app"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_what_a_committing_test_wrote_is_gone_and_what_the_migrations_wrote_is_not(turn: int) -> None:
    assert not ContentType.objects.filter(app_label="left_over").exists()
    assert ContentType.objects.filter(app_label="access").exists()
    ContentType.objects.create(app_label="left_over", model=f"turn_{turn}")


@pytest.mark.django_db
def test_the_application_role_may_not_change_tables() -> None:
    with connection.cursor() as cursor, pytest.raises(Exception, match="permission denied") as refused:
        cursor.execute("CREATE TABLE public.forbidden (id int)")
    assert isinstance(refused.value.__cause__, psycopg.errors.InsufficientPrivilege)
