"""Pseudonyms: what tells who a person is, replaced everywhere it stands, and nothing else."""

from collections import Counter

import pytest

import ecograph as eg
from ecograph.errors import ParameterError

NODES = {
    "Maker": {"id": ["ada", "bo"], "name": ["Ada Byron", "Ada Byron"], "background": ["student", "returnee"]},
    "Enterprise": {"id": ["acme"], "name": ["Acme"]},
    "Project": {"id": ["p"]},
}
RELATIONS = {
    "COLLABORATES": {"source": ["ada", "acme"], "target": ["bo", "ada"], "hours": [1.0, 2.0]},
    "EVALUATES": {"source": ["bo"], "target": ["p"], "key": ["bo on p"], "remark": ["Bo was here"]},
}


@pytest.fixture
def eco() -> eg.Ecosystem:
    return eg.from_tables(NODES, RELATIONS)


def everything(eco: eg.Ecosystem) -> str:
    """Every cell and every finding, as text."""
    tables = [*map(eco.nodes, eco.kinds), *map(eco.relations, eco.relation_kinds)]
    return "".join(table.to_json() for table in tables) + eco.quality.table().to_json()


def test_no_name_and_no_id_of_a_person_is_left(eco: eg.Ecosystem) -> None:
    text = everything(eco.pseudonymised("secret"))
    for personal in ("ada", "Ada", "Byron", "Bo was", '"bo"', "bo on p"):
        assert personal not in text
    for other in ("Acme", "acme", "student", "returnee"):
        assert other in text


def test_equal_texts_have_equal_pseudonyms_and_the_seed_decides_them(eco: eg.Ecosystem) -> None:
    one, again, other = (eco.pseudonymised(seed) for seed in ("a", "a", "b"))
    assert one == again != other
    assert len(set(one.nodes("Maker")["name"])) == 1
    assert not set(one.nodes("Maker")["id"]) & set(other.nodes("Maker")["id"])
    assert eco.pseudonymised(7) == eco.pseudonymised("7")


def test_the_structure_stays(eco: eg.Ecosystem) -> None:
    hidden = eco.pseudonymised("secret")
    assert hidden.summary()["count"].tolist() == eco.summary()["count"].tolist()
    degrees = [Counter(eg.degree(part.network("COLLABORATES"))["degree"].tolist()) for part in (eco, hidden)]
    assert degrees[0] == degrees[1]
    found = eg.degree(hidden.network("COLLABORATES"))
    assert eg.repeat(found, hidden) == found
    assert "secret" not in repr(found.provenance)


def test_findings_hide_their_values_and_origins_are_gone() -> None:
    strangers = {"source": ["ada"], "target": ["Eve Doe"]}
    eco = eg.from_tables(NODES, {"COLLABORATES": strangers})
    assert "Eve Doe" in everything(eco)
    hidden = eco.pseudonymised("secret")
    assert "Eve Doe" not in everything(hidden)
    assert hidden.quality.counts() == eco.quality.counts()
    assert not hidden.content.origins


def test_what_no_pseudonym_can_stand_for_is_emptied_with_a_finding() -> None:
    age = eg.Attribute("age", "integer", personal=True)
    schema = eg.Schema("club", (eg.NodeKind("Member", attributes=(age,)),), ())
    hidden = eg.from_tables({"Member": {"id": ["m", "n"], "age": [30, None]}}, {}, schema).pseudonymised(1)
    assert hidden.nodes("Member").arrow("age").null_count == 2
    assert hidden.quality.counts() == {"emptied_personal": 1}
    assert "age" in next(iter(hidden.quality)).reason() and "age" in next(iter(hidden.quality)).reason("zh")


def test_a_kind_without_persons_stays_as_it_is() -> None:
    eco = eg.dataset("cordis-h2020")
    assert eco.pseudonymised("x") == eco


def test_an_empty_seed_is_refused(eco: eg.Ecosystem) -> None:
    with pytest.raises(ParameterError, match="is empty"):
        eco.pseudonymised("")
