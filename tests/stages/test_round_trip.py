"""Round trips: many questions at once, what is refused, what the driver forgets, what no socket takes at once."""

import pytest
from django.db import ProgrammingError, connection, transaction

from lantern.plumbing import sql

pytestmark = pytest.mark.django_db


def test_each_question_has_its_answer_and_each_sees_what_the_one_before_did():
    answers = sql.together(
        ("SELECT %s::int + %s", [1, 2]),
        ("CREATE TEMPORARY TABLE noted (word text)", []),
        ("INSERT INTO noted VALUES (%(word)s), (%(word)s || '%%')", {"word": "a"}),
        ("SELECT word FROM noted ORDER BY word", []),
    )
    assert answers == [[(3,)], [], [], [("a",), ("a%",)]]


def test_what_is_refused_is_djangos_error_and_the_connection_goes_on_after_it():
    for _ in range(2):  # the second time, what was prepared the first time is asked for again
        with pytest.raises(ProgrammingError), transaction.atomic():
            sql.together(("SELECT 1", []), ("SELECT * FROM no_such_table", []), ("SELECT 2", []))
    assert sql.together(("SELECT 1", []), ("SELECT 2", [])) == [[(1,)], [(2,)]]


def test_statements_are_prepared_again_after_the_driver_let_the_server_forget_them():
    asked = ("SELECT 'still there'", [])
    assert sql.together(asked) == [[("still there",)]]
    with connection.cursor() as cursor:
        for _ in range(4):
            cursor.execute("SELECT %s::int", [1])
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        raise ZeroDivisionError
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::int", [1])
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE name LIKE 'lantern%%'")
        assert cursor.fetchone() == (0,)
    assert sql.together(asked) == [[("still there",)]]


def test_more_than_a_socket_takes_at_once_goes_while_answers_come():
    long = "a" * 3_000_000
    with sql.ahead() as talking:
        first = talking.send([("SELECT %s::text", [long])] * 2)
        last = talking.send([("SELECT length(%s)", [long])])
        assert talking.hear(first) == [[(long,)]] * 2
        assert talking.hear(last) == [[(3_000_000,)]]


def test_rows_of_elements_arrive_as_they_were():
    words = ["", "null", "a,b", 'say "so"', "back\\slash", "{brace}", "two\nlines", "\u00e9\U0001f426"]
    columns = sql.columns([(sql.element(word), sql.hexed(word.encode()), sql.NULL) for word in words])
    (found,) = sql.together(("SELECT * FROM unnest(%s::text[], %s::bytea[], %s::int[])", columns))
    assert found == [(word, word.encode(), None) for word in words]
