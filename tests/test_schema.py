"""A schema is data: it checks itself, answers questions about its tree, and survives as plain data."""

import json
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecograph.errors import EcographError, SchemaError, UnknownNameError
from ecograph.schema import Attribute, NodeKind, RelationKind, Schema, Vocabulary, Word

WOMEN = Schema("women", (NodeKind("Woman"), NodeKind("Event")), (RelationKind("ATTENDS", ("Woman",), ("Event",)),))

FOOD_WEB = Schema.from_dict(
    {
        "name": "food web",
        "kinds": [
            {"name": "Compartment", "zh": "组分"},
            {"name": "Living", "parent": "Compartment", "zh": "生物"},
            {"name": "Dead", "parent": "Compartment", "zh": "非生物"},
            {"name": "Outside", "zh": "外界"},
        ],
        "relations": [
            {
                "name": "FEEDS",
                "sources": ["Compartment", "Outside"],
                "targets": ["Compartment", "Outside"],
                "self_ties": True,
                "attributes": [{"name": "amount", "type": "number", "unit": "kcal/m2/day", "minimum": 0}],
            }
        ],
    }
)

CITY = Schema(
    "city",
    (
        NodeKind("Being", zh="生灵", attributes=(Attribute("weight", "number", "体重", unit="kg", minimum=0.5),)),
        NodeKind("Person", "Being", "人", branch=True, attributes=(Attribute("name", zh="姓名", personal=True),)),
        NodeKind("Child", "Person", "儿童", attributes=(Attribute("mood", vocabulary="mood"),)),
        NodeKind("Adult", "Person", "成人"),
        NodeKind("Dog", "Being", "狗"),
        NodeKind("House", zh="房屋"),
    ),
    (
        RelationKind("LIVES_IN", ("Being",), ("House",), "居住", "span"),
        RelationKind("MEETS", ("Being",), ("Being",), "相遇", "moment", directed=False),
        RelationKind("OWNS", ("Adult",), ("House",), "拥有", attributes=(Attribute("under", ref="House"),)),
    ),
    (Vocabulary("mood", (Word("glad", "高兴", "good"), Word("sad", "难过", "bad")), closed=True, zh="心情"),),
)


def refuse(message: str, **parts: Any) -> None:
    """Expect a schema of these parts to be refused with exactly this line."""
    with pytest.raises(SchemaError) as error:
        Schema(**({"name": "wrong", "kinds": (NodeKind("A"), NodeKind("B")), "relations": ()} | parts))
    assert str(error.value) == message


def refuse_plain(message: str, data: Mapping[str, Any]) -> None:
    """Expect plain data to be refused with exactly this line."""
    with pytest.raises(SchemaError) as error:
        Schema.from_dict(data)
    assert str(error.value) == message


def test_southern_women_take_two_kinds_and_one_relation() -> None:
    assert WOMEN.leaves() == ("Woman", "Event")
    assert [column.name for column in WOMEN.node_columns("Woman")] == ["id", "name", "valid_from", "valid_to"]
    assert [column.name for column in WOMEN.relation_columns("ATTENDS")] == [
        "source_kind",
        "source",
        "target_kind",
        "target",
        "key",
    ]


def test_a_food_web_takes_a_few_lines() -> None:
    feeds = FOOD_WEB.relation("FEEDS")
    assert FOOD_WEB.leaves(*feeds.sources) == ("Living", "Dead", "Outside")
    assert (feeds.time, feeds.directed, feeds.self_ties) == ("none", True, True)
    assert feeds.attributes == (Attribute("amount", "number", unit="kcal/m2/day", minimum=0),)
    assert FOOD_WEB.branch("Living") == "Compartment"


def test_an_end_may_be_written_as_one_name() -> None:
    assert RelationKind("ATTENDS", "Woman", "Event") == RelationKind("ATTENDS", ("Woman",), ("Event",))


def test_a_name_is_found_in_english_and_chinese() -> None:
    assert CITY.kind("Child") is CITY.kind("儿童")
    assert CITY.relation("MEETS") is CITY.relation("相遇")
    assert CITY.vocabulary("mood") is CITY.vocabulary("心情")
    assert CITY.leaves("人") == ("Child", "Adult")
    assert CITY.branch("儿童") == "Person"


@pytest.mark.parametrize(
    ("look", "name", "message"),
    [
        (CITY.kind, "Childs", "no kind 'Childs'; did you mean Child? Known: Adult, Being, Child, Dog, House, Person"),
        (CITY.relation, "EATS", "no relation 'EATS'; did you mean MEETS? Known: LIVES_IN, MEETS, OWNS"),
        (CITY.vocabulary, "colour", "no vocabulary 'colour'; Known: mood"),
        (WOMEN.vocabulary, "mood", "no vocabulary 'mood'; there is none"),
        (CITY.leaves, "", "no kind ''; Known: Adult, Being, Child, Dog, House, Person"),
    ],
)
def test_a_name_that_is_not_there(look: Any, name: str, message: str) -> None:
    with pytest.raises(UnknownNameError) as error:
        look(name)
    assert str(error.value) == message


def test_leaves_keep_the_order_of_the_schema_and_count_once() -> None:
    assert CITY.leaves() == ("Child", "Adult", "Dog", "House")
    assert CITY.leaves("House", "Adult", "Person") == ("Child", "Adult", "House")
    assert CITY.leaves("Being") == ("Child", "Adult", "Dog")


def test_ancestry_and_branch() -> None:
    assert CITY.ancestry("Child") == ("Child", "Person", "Being")
    assert [CITY.branch(name) for name in CITY.leaves()] == ["Person", "Person", "Being", "House"]


def test_columns_come_from_the_root_down_and_the_nearest_says_what_they_are() -> None:
    columns = CITY.node_columns("Child")
    assert [column.name for column in columns] == ["id", "name", "valid_from", "valid_to", "weight", "mood"]
    assert columns[1] == Attribute("name", zh="姓名", personal=True)
    assert not CITY.node_columns("Dog")[1].personal


@pytest.mark.parametrize(
    ("name", "columns"),
    [("LIVES_IN", ["valid_from", "valid_to"]), ("MEETS", ["at"]), ("OWNS", ["under"])],
)
def test_a_span_has_two_dates_and_a_moment_one(name: str, columns: list[str]) -> None:
    assert [column.name for column in CITY.relation_columns(name)][5:] == columns


def test_a_word_is_known_by_both_spellings() -> None:
    assert CITY.vocabulary("mood").names == {"glad": "glad", "高兴": "glad", "sad": "sad", "难过": "sad"}
    assert Vocabulary("bare", (Word("one"),)).names == {"one": "one"}


@pytest.mark.parametrize("schema", [WOMEN, FOOD_WEB, CITY], ids=lambda schema: schema.name)
def test_round_trip_through_plain_data(schema: Schema) -> None:
    again = Schema.from_dict(json.loads(json.dumps(schema.as_dict())))
    assert again == schema
    assert again.digest == schema.digest


FLAGS = st.booleans()
ATTRIBUTES = st.builds(
    Attribute,
    st.just("size"),
    st.sampled_from(["text", "integer", "number", "boolean", "date"]),
    unit=st.sampled_from(["", "m"]),
    vocabulary=st.sampled_from(["", "words"]),
    ref=st.sampled_from(["", "A"]),
    minimum=st.sampled_from([None, 0, 0.0, 1, -2.5]),
    personal=FLAGS,
)


@given(attribute=ATTRIBUTES, directed=FLAGS, self_ties=FLAGS, time=st.sampled_from(["span", "moment", "none"]))
def test_plain_data_keeps_every_field(attribute: Attribute, directed: bool, self_ties: bool, time: Any) -> None:
    tie = RelationKind("TIE", ("A",), ("B",), "连", time, directed, self_ties, (attribute,))
    kinds = (NodeKind("A", zh="甲", attributes=(attribute,)), NodeKind("B", "A", branch=directed))
    schema = Schema("any", kinds, (tie,), (Vocabulary("words", (Word("w", group="g"),), closed=self_ties),))
    assert Schema.from_dict(schema.as_dict()) == schema


def test_plain_data_shows_only_what_was_said() -> None:
    assert WOMEN.as_dict() == {
        "name": "women",
        "kinds": [{"name": "Woman"}, {"name": "Event"}],
        "relations": [
            {"name": "ATTENDS", "sources": ["Woman"], "targets": ["Event"], "time": "none", "directed": True}
        ],
        "vocabularies": [],
    }


def test_the_digest_tells_two_schemas_apart() -> None:
    attribute = Attribute("size", "number")
    variants = [
        NodeKind("A"),
        NodeKind("A", zh="甲"),
        NodeKind("A", attributes=(attribute,)),
        NodeKind("A", attributes=(Attribute("size", "number", minimum=0),)),
        NodeKind("A", attributes=(Attribute("size", "number", minimum=1),)),
    ]
    assert len({Schema("s", (kind,), ()).digest for kind in variants}) == len(variants)


def test_without_a_base_plain_data_replaces() -> None:
    assert Schema.from_dict({"kinds": [{"name": "Cell"}]}) == Schema("schema", (NodeKind("Cell"),), ())


def test_an_extension_adds_and_leaves_the_base_as_it_was() -> None:
    wider = Schema.from_dict(
        {
            "name": "town",
            "kinds": [
                {"name": "Child", "attributes": [{"name": "age", "type": "integer", "minimum": 0}]},
                {"name": "Cat", "parent": "Being"},
            ],
            "vocabularies": [{"name": "mood", "words": ["bored"]}, {"name": "colour", "words": ["red"]}],
        },
        CITY,
    )
    assert wider.name == "town"
    assert wider.leaves() == ("Child", "Adult", "Dog", "House", "Cat")
    assert wider.branch("Cat") == "Being"
    assert wider.ancestry("Child") == ("Child", "Person", "Being")
    assert [column.name for column in wider.node_columns("Child")][4:] == ["weight", "mood", "age"]
    assert [word.name for word in wider.vocabulary("mood").words] == ["glad", "sad", "bored"]
    assert wider.vocabulary("mood").closed
    assert wider.vocabulary("colour").words == (Word("red"),)
    assert wider.relations == CITY.relations
    assert CITY.leaves() == ("Child", "Adult", "Dog", "House")


def test_an_extension_says_anew_what_an_attribute_or_a_word_is() -> None:
    wider = Schema.from_dict(
        {
            "kinds": [{"name": "Being", "attributes": [{"name": "weight", "type": "number", "unit": "g"}]}],
            "vocabularies": [{"name": "mood", "words": [{"name": "sad", "zh": "悲伤"}]}],
        },
        CITY,
    )
    assert wider.kind("Being").attributes == (Attribute("weight", "number", unit="g"),)
    assert wider.vocabulary("mood").words == (Word("glad", "高兴", "good"), Word("sad", "悲伤"))


def test_a_schema_error_is_ours_and_a_value_error() -> None:
    assert issubclass(SchemaError, EcographError)
    assert issubclass(SchemaError, ValueError)


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        (
            {"kinds": (NodeKind("A"), NodeKind("A"))},
            "kinds: the name 'A' is used twice; give every one of the kinds its own",
        ),
        (
            {"kinds": (NodeKind("A", zh="甲"), NodeKind("B", zh="甲"))},
            "kinds: the name '甲' is used twice; give every one of the kinds its own",
        ),
        (
            {"kinds": (NodeKind("A", zh="B"), NodeKind("B"))},
            "kinds: the name 'B' is used twice; give every one of the kinds its own",
        ),
        (
            {"relations": (RelationKind("R", ("A",), ("B",)), RelationKind("R", ("B",), ("A",)))},
            "relations: the name 'R' is used twice; give every one of the relations its own",
        ),
        (
            {"vocabularies": (Vocabulary("v"), Vocabulary("v"))},
            "vocabularies: the name 'v' is used twice; give every one of the vocabularies its own",
        ),
        ({"kinds": (NodeKind("A"), NodeKind("B", "C"))}, "kind B: parent='C' is not a kind; known: A, B"),
        (
            {"kinds": (NodeKind("A", "B"), NodeKind("B", "A"))},
            "kind A is its own ancestor; a tree of kinds has no cycle",
        ),
        ({"kinds": (NodeKind("A", "A"),)}, "kind A is its own ancestor; a tree of kinds has no cycle"),
        (
            {"relations": (RelationKind("R", ("A", "C"), ("B",)),)},
            "relation R: end 'C' is not a kind; known: A, B",
        ),
        (
            {"relations": (RelationKind("R", ("A",), ("D",)),)},
            "relation R: end 'D' is not a kind; known: A, B",
        ),
        (
            {"kinds": (NodeKind("A", attributes=(Attribute("a", ref="C"),)),)},
            "A.a: ref='C' is not a kind",
        ),
        (
            {"relations": (RelationKind("R", ("A",), ("B",), attributes=(Attribute("a", vocabulary="v"),)),)},
            "R.a: vocabulary='v' does not exist",
        ),
    ],
)
def test_a_schema_that_contradicts_itself(parts: dict[str, Any], message: str) -> None:
    refuse(message, **parts)


@pytest.mark.parametrize("name", ["label", "type", "title", "kind", "source", "target"])
def test_a_reserved_attribute(name: str) -> None:
    message = f"A: attribute={name!r} is reserved; rename it (a type may be a background)"
    refuse(message, kinds=(NodeKind("A", attributes=(Attribute(name),)),))


def test_a_type_that_is_not_one() -> None:
    message = "attribute age: type='int'; allowed: text, integer, number, boolean, date"
    refuse_plain(message, {"kinds": [{"name": "A", "attributes": [{"name": "age", "type": "int"}]}]})


def test_a_time_that_is_not_one() -> None:
    message = "relation R: time='instant'; allowed: span, moment, none"
    refuse_plain(message, {"relations": [{"name": "R", "sources": "A", "targets": "A", "time": "instant"}]})


@pytest.mark.parametrize(
    ("made", "message", "data"),
    [
        (NodeKind, "NodeKind A: no field 'parents'", {"kinds": [{"name": "A", "parents": "B"}]}),
        (RelationKind, "RelationKind R: no field 'source'", {"relations": [{"name": "R", "source": "A"}]}),
        (Vocabulary, "Vocabulary v: no field 'open'", {"vocabularies": [{"name": "v", "open": True}]}),
        (Attribute, "Attribute a: no field 'max'", {"kinds": [{"name": "A", "attributes": [{"name": "a", "max": 1}]}]}),
        (Word, "Word w: no field 'en'", {"vocabularies": [{"name": "v", "words": [{"name": "w", "en": "x"}]}]}),
    ],
)
def test_a_field_that_is_not_there(made: type, message: str, data: dict[str, Any]) -> None:
    refuse_plain(f"{message}; allowed: {', '.join(field.name for field in fields(made))}", data)


def test_a_field_that_is_missing() -> None:
    with pytest.raises(SchemaError, match=r"^RelationKind R: .*missing 2 .*'sources' and 'targets'; allowed: name, "):
        Schema.from_dict({"relations": [{"name": "R"}]})
    with pytest.raises(SchemaError, match=r"^NodeKind \?: .*missing 1 .*'name'; allowed: name, parent, "):
        Schema.from_dict({"kinds": [{"zh": "甲"}]})


def test_an_extension_names_a_relation_and_says_only_what_it_adds() -> None:
    owns = {"name": "OWNS", "time": "span", "attributes": ["deed", {"name": "under", "zh": "所属"}]}
    wider = Schema.from_dict({"relations": [owns]}, CITY).relation("OWNS")
    assert (wider.sources, wider.targets, wider.zh, wider.time) == (("Adult",), ("House",), "拥有", "span")
    assert wider.attributes == (Attribute("under", zh="所属"), Attribute("deed"))


def test_equal_schemas_have_equal_digests() -> None:
    whole, broken = (
        Schema("s", (NodeKind("A", attributes=(Attribute("share", "number", minimum=least, maximum=1),)),), ())
        for least in (0, 0.0)
    )
    assert whole == broken
    assert whole.digest == broken.digest


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        (
            {"kinds": (NodeKind("A", attributes=(Attribute("a"), Attribute("a"))),)},
            "attributes of A: the name 'a' is used twice; give every one of the attributes of A its own",
        ),
        (
            {"relations": (RelationKind("R", ("A",), ("B",), attributes=(Attribute("key"),)),)},
            "columns of R: the name 'key' is used twice; give every one of the columns of R its own",
        ),
        (
            {"vocabularies": (Vocabulary("v", (Word("w", "词"), Word("x", "词"))),)},
            "words of v: the name '词' is used twice; give every one of the words of v its own",
        ),
    ],
)
def test_a_column_or_a_word_said_twice(parts: dict[str, Any], message: str) -> None:
    refuse(message, **parts)
