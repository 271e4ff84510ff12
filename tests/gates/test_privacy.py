"""Every field of every model has a privacy class, and no class speaks of a field that is not there."""

from django.apps import apps
from django.db import models

from lantern.plumbing.privacy import PrivacyClass


def gaps(model: type[models.Model]) -> set[str]:
    """What is wrong with a model's privacy classes, by field."""
    fields = {field.name for field in model._meta.local_fields + model._meta.local_many_to_many}
    declared = vars(model.Privacy) if hasattr(model, "Privacy") else {}
    classed = {name: value for name, value in declared.items() if not name.startswith("_")}
    wrong = {name for name, value in classed.items() if not isinstance(value, PrivacyClass)}
    return (fields ^ classed.keys()) | wrong


def ours() -> list[type[models.Model]]:
    """The models of Lantern."""
    return [model for model in apps.get_models() if model.__module__.startswith("lantern.")]


def test_every_field_has_a_privacy_class():
    models_of_ours = ours()
    assert len(models_of_ours) >= 15
    assert {model.__name__: found for model in models_of_ours if (found := gaps(model))} == {}


def test_a_field_without_a_class_and_a_class_without_a_field_are_found():
    class Forgetful(models.Model):
        name = models.TextField()

        class Privacy:
            id = PrivacyClass.OPERATIONAL
            surname = PrivacyClass.PERSONAL

        class Meta:
            app_label = "planted"

        def __str__(self) -> str:
            return ""

    class Silent(models.Model):
        class Meta:
            app_label = "planted"

        def __str__(self) -> str:
            return ""

    assert gaps(Forgetful) == {"name", "surname"}
    assert gaps(Silent) == {"id"}
