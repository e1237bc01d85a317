"""What participants and members of the working group have in common."""

from meetings.models import Participant, PokjaMember
from meetings.models.person import PERSON_FIELDS, Person
from meetings.models.pokja import MEMBER_FIELDS


def test_lists_take_along_every_field_of_a_person():
    assert tuple(field.name for field in Person._meta.fields) == PERSON_FIELDS
    own = {field.name for field in PokjaMember._meta.fields} - {"id", "decree"}
    assert set(MEMBER_FIELDS) == own - {"version", "changed_by", "changed_at"}


def test_both_are_named_by_position_where_the_name_is_missing():
    for model in (Participant, PokjaMember):
        unnamed = model(position="Lurah", organisation="Kelurahan Banjar")
        assert (unnamed.display_name, str(unnamed)) == ("Lurah", "Lurah, Kelurahan Banjar")
        named = model(name="Ani", position="Lurah", organisation="Kelurahan Banjar")
        assert (named.display_name, str(named)) == ("Ani", "Ani")
