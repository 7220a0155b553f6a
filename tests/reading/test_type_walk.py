"""Locations of pydantic errors, followed through types that label them in their own ways."""

from __future__ import annotations

import datetime
from typing import Annotated, Any, Literal

import pytest
from pydantic import BaseModel, Discriminator, Field, RootModel, Tag, TypeAdapter, ValidationError
from typing_extensions import TypeAliasType

from router.reading.expectation import expectation
from router.reading.type_walk import Typed, locate, unwrapped
from router.reading.validation import problems_from
from router.reading.yaml_reader import read_yaml_text

DAY = datetime.date(2026, 1, 1)


class Dog(BaseModel):
    sound: Literal["dog"]
    age: int


class Cat(BaseModel):
    sound: Literal["cat"]
    age: int


class Ages(RootModel[dict[str, int]]):
    pass


def tag_of(value: Any) -> str:
    return "feline" if isinstance(value, dict) and value.get("sound") == "cat" else "canine"


Pet = TypeAliasType("Pet", Annotated[Dog | Cat, Field(discriminator="sound")])
Told = Annotated[Annotated[Dog, Tag("canine")] | Annotated[Cat, Tag("feline")], Discriminator(tag_of)]


class Home(BaseModel):
    pets: dict[str, Pet] = {}
    told: list[Told] = []
    ages: Ages = Ages({})
    either: Ages | list[Dog] | int = 0
    days: dict[datetime.date, list[int]] = {}


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        # The tag of a union is no key, also where the data has a key of that name.
        (
            "pets: {a: {sound: cat, age: x, cat: {age: 1}}}",
            ["1:29: pets.a.age: found text 'x', expected a whole number"],
        ),
        (
            "told: [{sound: cat, age: x}, {sound: dog, age: y}]",
            [
                "1:26: told[0].age: found text 'x', expected a whole number",
                "1:48: told[1].age: found text 'y', expected a whole number",
            ],
        ),
        ("ages: {a: x}", ["1:11: ages.a: found text 'x', expected a whole number"]),
        ("either: {a: 1, b: x}", ["1:19: either.b: found text 'x', expected a whole number"]),
        (
            "either: [{sound: dog, age: x}]",
            ["1:28: either[0].age: found text 'x', expected a whole number"],
        ),
        ("days: {2026-01-01: [1, x]}", ["1:24: days.2026-01-01[1]: found text 'x', expected a whole number"]),
    ],
)
def test_every_location_leads_to_its_value(text: str, lines: list[str]) -> None:
    document = read_yaml_text(text, "f.yaml")
    with pytest.raises(ValidationError) as caught:
        Home.model_validate(document.data)
    problems = problems_from(caught.value, document, Home)
    assert [str(problem) for problem in problems] == [f"f.yaml:{line}" for line in lines]


def test_a_location_that_fits_no_type_still_follows_the_data() -> None:
    located = locate(Home, ("elsewhere", 0, "deep"), {"elsewhere": [{"deep": 1}]})
    assert located.path == ("elsewhere", 0, "deep")
    assert located.typed is None


@pytest.mark.parametrize(
    ("annotation", "words"),
    [
        (bool, "true or false"),
        (int, "a whole number"),
        (float | None, "a number"),
        (Annotated[int, Field(gt=0, lt=9)], "a whole number above 0 and below 9"),
        (Annotated[float, Field(le=0.5)] | None, "a number of at most 0.5"),
        (Annotated[datetime.date, Field(gt=DAY)], "a date such as 2026-01-31 after 2026-01-01"),
        (Annotated[str, Field(pattern="^a")], "text that matches ^a"),
        (Annotated[list[int], Field(min_length=2)], "a list of at least 2 entries"),
        (Annotated[list[int], Field(max_length=1)], "a list of at most one entry"),
        (set[int], "a list"),
        (dict[str, int], "a mapping"),
        (Literal["a"], "'a'"),
        (Literal["a", "b"], "one of a, b"),
        (Literal[1, 2], "1 or 2"),
        (Dog, "a mapping with the keys sound, age"),
        (int | Literal["all"], "a whole number or 'all'"),
        (object, None),
        (Any, None),
    ],
)
def test_what_a_type_expects(annotation: Any, words: str | None) -> None:
    TypeAdapter(annotation)  # the type is one that pydantic takes
    assert expectation(unwrapped(Typed(annotation))) == words
