"""Agencies, people and what they may do."""

import uuid

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from lantern.plumbing.privacy import OPERATIONAL, PERSONAL, SECRET


class PersonManager(BaseUserManager["Person"]):
    """Creates people."""

    def create_person(self, email: str, name: str, password: str | None = None) -> "Person":
        """A person who signs in with `email`."""
        person = self.model(email=self.normalize_email(email), name=name)
        person.set_password(password)
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser):
    """Somebody who signs in."""

    class Privacy:
        id = OPERATIONAL
        email = PERSONAL
        name = PERSONAL
        is_active = OPERATIONAL
        password = SECRET
        last_login = OPERATIONAL

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "email"
    objects = PersonManager()
