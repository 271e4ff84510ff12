"""People who sign in."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower

from lantern.plumbing.ids import new_id
from lantern.plumbing.privacy import OPERATIONAL, PERSONAL, SECRET


class PersonManager(BaseUserManager["Person"]):
    """Creates people and finds them by e-mail address, whatever its case."""

    def create_person(self, email: str, name: str, password: str | None = None) -> "Person":
        """A person who signs in with `email`; without a password nobody can sign in as them."""
        person = self.model(email=email.strip().lower(), name=name)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def get_by_natural_key(self, username: str | None) -> "Person":
        """The person with this e-mail address."""
        return self.get(email__iexact=username)


class Person(AbstractBaseUser):
    """Somebody who signs in: an e-mail address, a name to show, and no other identity."""

    class Privacy:
        id = OPERATIONAL
        email = PERSONAL
        name = PERSONAL
        is_active = OPERATIONAL
        password = SECRET
        last_login = OPERATIONAL

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    email = models.EmailField()
    name = models.CharField(max_length=200)
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    objects = PersonManager()

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="access_person_one_per_email")]

    def __str__(self) -> str:
        return str(self.id)

    def get_full_name(self) -> str:
        """The name to show."""
        return self.name

    def clean(self) -> None:
        """Keep the address in one case."""
        super().clean()
        self.email = self.email.strip().lower()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save with the address in one case."""
        self.email = self.email.strip().lower()
        super().save(*args, **kwargs)
