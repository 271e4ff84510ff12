"""The agencies of the county and the people who work for them. Everybody is made up."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from lantern.access import context, grants
from lantern.access.models import Agency, Person
from lantern.access.people import add_person, new_totp_secret, random_password
from lantern.record.actor import Actor

AGENCIES = (
    ("kingston", "Kingston children's services", "authority", "Kingston"),
    ("richmond", "Richmond children's services", "authority", "Richmond"),
    ("surrey", "Surrey children's services", "authority", "Surrey"),
    ("police", "Metropolitan Police", "police", ""),
    ("elm-house", "Elm House", "provider", ""),
    ("towpath", "Towpath Fostering", "provider", ""),
    ("listening-ear", "The Listening Ear", "charity", ""),
)
# how others reach the front door: numbers that are kept for fiction
CONTACTS = {
    "kingston": "020 7946 0412, front-door@kingston.example",
    "richmond": "020 7946 0638, front-door@richmond.example",
    "surrey": "01632 960157, front-door@surrey.example",
}
# agency, role, name: the first of each role also signs what the role decided in the past
PEOPLE = (
    ("kingston", "front_door", "Amara Nwosu"),
    ("kingston", "out_of_hours", "Owen Prosser"),
    ("kingston", "social_worker", "Priya Raman"),
    ("kingston", "team_manager", "Malcolm Teague"),
    ("kingston", "service_manager", "Helen Sarkis"),
    ("kingston", "head_of_service", "Dilwyn Marsh"),
    ("kingston", "independent_reviewing_officer", "Judith Abara"),
    ("kingston", "return_interviewer", "Femi Lawal"),
    ("kingston", "return_interview_manager", "Ruth Ellery"),
    ("kingston", "strategic_lead", "Callum Baird"),
    ("kingston", "analyst", "Mei Tan"),
    ("kingston", "administrator", "Sam Okoro"),
    ("richmond", "front_door", "Isla Fenwick"),
    ("richmond", "social_worker", "Tomasz Wilk"),
    ("richmond", "team_manager", "Grace Oduya"),
    ("richmond", "return_interviewer", "Nia Powell"),
    ("surrey", "front_door", "Beth Corrigan"),
    ("surrey", "social_worker", "Andre Simms"),
    ("police", "police_call_handler", "Lorna Petrie"),
    ("police", "police_officer", "PC Dev Malik"),
    ("police", "police_sergeant", "PS Karen Holt"),
    ("police", "duty_inspector", "Inspector Yusuf Adeyemi"),
    ("police", "police_superintendent", "Supt Moira Quayle"),
    ("police", "missing_person_coordinator", "Stefan Brandt"),
    ("police", "auditor", "Ines Ferro"),
    ("elm-house", "residential_manager", "Patrice Monroe"),
    ("elm-house", "carer", "Josh Winter"),
    ("towpath", "foster_carer", "Marian Cole"),
    ("listening-ear", "charity_return_service", "Zeynep Aydin"),
)
IN_POST_FOR = timedelta(days=1000)  # the people were in post before the first absence


@dataclass(frozen=True, slots=True)
class Cast:
    """Who is who: people by agency and role, and what they sign in by."""

    people: dict[tuple[str, str], UUID]
    sign_ins: list[dict[str, str]]

    def actor(self, agency: str, role: str) -> Actor:
        """Somebody of this role in this agency; a role that nobody of the county holds acts without a person."""
        return Actor(self.people.get((agency, role)), role, agency, source_kind="command", source_ref="county")


def gather(at: datetime) -> Cast:
    """Make agencies and people, with fresh passwords."""
    people: dict[tuple[str, str], UUID] = {}
    sign_ins: list[dict[str, str]] = []
    with context.system("build county"):
        agencies = {
            code: grants.add_agency(code, name, kind, authority=authority, contact=CONTACTS.get(code, ""))
            for code, name, kind, authority in AGENCIES
        }
        for code, role, name in PEOPLE:
            email = f"{role.replace('_', '-')}@{code}.example"
            password = random_password()
            person = Person.objects.filter(email=email).first()
            if person:  # from a build that was interrupted: nobody knows the password any more
                person.set_password(password)
                person.save(update_fields=["password"])
            else:
                person = add_person(email, name, password, totp_secret=new_totp_secret())
            grants.give_role(person, agencies[code], role, at - IN_POST_FOR)
            people[code, role] = person.id
            sign_ins.append({"email": email, "password": password, "who": _who(name, role, agencies[code])})
    return Cast(people, sign_ins)


def _who(name: str, role: str, agency: Agency) -> str:
    return f"{name}, {role.replace('_', ' ')}, {agency.name}"
