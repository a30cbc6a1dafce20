"""The innovation schema says what is known of an innovation ecosystem, each fact written out here by hand."""

import json
import re

import pytest

from ecograph.errors import SchemaError
from ecograph.innovation import SCHEMA
from ecograph.schema import END_COLUMNS, NODE_COLUMNS, TIME_COLUMNS, Attribute, Schema

ROOTS = {
    "Project": "项目",
    "Resource": "资源",
    "Skill": "技能",
    "Event": "活动",
    "Agreement": "合作协议",
    "Problem": "问题",
    "Market": "市场",
}
PERSONS = ("Maker", "Professional")
ORGANISATIONS = (
    "Enterprise",
    "University",
    "ResearchOrganisation",
    "PublicBody",
    "ServiceProvider",
    "Makerspace",
    "ExternalPlatform",
    "OtherOrganisation",
)
ACTORS = (*PERSONS, "Team", *ORGANISATIONS)
GUESTS = ("Maker", "Team", "Project")

SPANS = {
    "MEMBER_OF": (PERSONS, ("Team",)),
    "WORKS_ON": ((*PERSONS, "Team"), ("Project",)),
    "SETTLED_IN": (GUESTS, ("Makerspace",)),
    "EMPLOYS": (ORGANISATIONS, PERSONS),
    "STUDIES_AT": (PERSONS, ("University",)),
    "MENTORS": (PERSONS, ("Maker", "Project")),
    "TEACHES": (PERSONS, PERSONS),
    "TRACKS": (PERSONS, ("Project",)),
    "SUPPLIES": (ACTORS, ("Makerspace",)),
    "DEMANDS": (GUESTS, ("Makerspace",)),
    "PARTY_TO": ((*ACTORS, "Project"), ("Agreement",)),
    "SUPERVISES": (ACTORS, ("Agreement",)),
    "COLLABORATES": (ACTORS, ACTORS),
    "COMPETES": (ACTORS, ACTORS),
    "DOCKS_WITH": (("Makerspace",), ("ExternalPlatform",)),
    "OFFERS_SERVICE": (("ServiceProvider", "Makerspace"), ("Makerspace",)),
    "INCUBATES": (("Makerspace",), ("Project",)),
    "PARTICIPATES_IN": (ORGANISATIONS, ("Project",)),
    "REQUIRES": (("Project",), ("Skill",)),
    "HAS_SKILL": (PERSONS, ("Skill",)),
    "INTENDS": (("Enterprise",), ("Project",)),
}
MOMENTS = {
    "TRANSFERS": ((*ACTORS, "Market"), (*ACTORS, "Project", "Market")),
    "INVESTS_IN": (ACTORS, ("Team", "Enterprise", "Project")),
    "ATTENDS": (PERSONS, ("Event",)),
    "HOSTS": (("Makerspace",), ("Event",)),
    "COMMUNICATES": (PERSONS, PERSONS),
    "EVALUATES": (PERSONS, ("Project",)),
    "GIVES_FEEDBACK": (PERSONS, ("Project",)),
    "PROGRESS": (("Project",), ("Makerspace",)),
    "RAISES": (("Project",), ("Problem",)),
    "ANSWERS": (PERSONS, ("Problem",)),
    "CHOOSES_SERVICE": (("Maker",), ("ServiceProvider",)),
    "DECIDES": (("Maker",), ("Makerspace",)),
}

TEXT, NUMBER, YES_NO, COUNT = "text", "number", "boolean", "integer"
NODE_ATTRIBUTES = {
    "Maker": {"background": TEXT},
    "Professional": {"executive": YES_NO},
    "Team": {},
    "Enterprise": {"country": TEXT, "sector": TEXT, "size": TEXT},
    "University": {"country": TEXT},
    "ResearchOrganisation": {"country": TEXT},
    "PublicBody": {"country": TEXT},
    "ServiceProvider": {"country": TEXT, "service": TEXT},
    "Makerspace": {"country": TEXT, "mode": TEXT, "form": TEXT, "presence": TEXT},
    "ExternalPlatform": {"country": TEXT, "form": TEXT},
    "OtherOrganisation": {"country": TEXT},
    "Project": {"industry": TEXT, "difficulty": NUMBER, "expected_cycle": NUMBER, "activity": TEXT},
    "Resource": {"category": TEXT},
    "Skill": {"area": TEXT},
    "Event": {"format": TEXT},
    "Agreement": {},
    "Problem": {},
    "Market": {},
}
RELATION_ATTRIBUTES = {
    "SUPPLIES": {"resource": TEXT, "amount": NUMBER, "unit": TEXT},
    "DEMANDS": {"resource": TEXT, "amount": NUMBER, "unit": TEXT},
    "COLLABORATES": {"hours": NUMBER},
    "OFFERS_SERVICE": {"service": TEXT, "amount": NUMBER, "unit": TEXT},
    "INCUBATES": {"stage": TEXT},
    "PARTICIPATES_IN": {"role": TEXT, "order": COUNT, "amount": NUMBER, "unit": TEXT, "ended": YES_NO},
    "TRANSFERS": {"resource": TEXT, "amount": NUMBER, "unit": TEXT, "value": NUMBER, "currency": TEXT},
    "INVESTS_IN": {"amount": NUMBER, "unit": TEXT},
    "COMMUNICATES": {"hours": NUMBER},
    "EVALUATES": {"score": NUMBER, "criterion": TEXT, "action": TEXT},
    "PROGRESS": {"share_done": NUMBER},
    "CHOOSES_SERVICE": {"service": TEXT},
}
VOCABULARIES = {
    "Maker.background": "student technologist serial_entrepreneur ex_executive returnee",
    "ServiceProvider.service": "training finance_matching registration legal_accounting media",
    "Makerspace.mode": "event_aggregation training media investment real_estate industry_chain ecosystem",
    "Makerspace.form": "incubator hackerspace cafe factory",
    "Makerspace.presence": "online offline both",
    "ExternalPlatform.form": "park town accelerator",
    "Project.industry": "technology e_commerce consulting traditional other",
    "Project.activity": "new_business innovation self_renewal proactiveness",
    "Resource.category": "space equipment capital knowledge information talent service",
    "Skill.area": "technology operation marketing",
    "Event.format": "exchange roadshow lecture workshop meetup",
    "OFFERS_SERVICE.service": "training finance_matching registration legal_accounting media",
    "INCUBATES.stage": "-1 0 1 beyond",
    "PARTICIPATES_IN.role": "coordinator participant thirdParty partner internationalPartner",
    "EVALUATES.action": "invest_more hold abandon",
    "CHOOSES_SERVICE.service": "training finance_matching registration legal_accounting media",
}
SPOKEN = {
    "background": {
        "大学生": "student",
        "科技人员": "technologist",
        "连续创业者": "serial_entrepreneur",
        "离职大企业高管": "ex_executive",
        "归国留学生": "returnee",
    },
    "mode": {
        "活动聚合型": "event_aggregation",
        "培训辅导型": "training",
        "媒体驱动型": "media",
        "投资驱动型": "investment",
        "地产思维型": "real_estate",
        "产业链服务型": "industry_chain",
        "综合创业生态体系型": "ecosystem",
    },
    "makerspace_form": {"孵化器": "incubator", "创客空间": "hackerspace", "创业咖啡": "cafe", "创新工厂": "factory"},
    "platform_form": {"科技园区": "park", "特色小镇": "town"},
    "industry": {
        "技术类": "technology",
        "电子商务类": "e_commerce",
        "服务咨询": "consulting",
        "传统行业": "traditional",
        "其他": "other",
    },
    "activity": {
        "开拓新业务": "new_business",
        "创新": "innovation",
        "自我更新": "self_renewal",
        "先动性": "proactiveness",
    },
    "resource_group": {"硬件": "hard", "文化": "soft"},
    "resource_category": {
        "场地": "space",
        "设备": "equipment",
        "资金": "capital",
        "专业知识": "knowledge",
        "信息": "information",
        "人才": "talent",
    },
    "area": {"技术开发": "technology", "运营管理": "operation", "市场营销": "marketing"},
    "event_format": {
        "交流会": "exchange",
        "项目路演": "roadshow",
        "讲座": "lecture",
        "工作坊": "workshop",
        "聚会": "meetup",
    },
}


def columns(name: str) -> dict[str, Attribute]:
    """Columns of a node or relation table by name."""
    known = {relation.name for relation in SCHEMA.relations}
    return {one.name: one for one in (SCHEMA.relation_columns if name in known else SCHEMA.node_columns)(name)}


def tables() -> list[str]:
    """Names of all node and relation tables."""
    return [*SCHEMA.leaves(), *(relation.name for relation in SCHEMA.relations)]


def test_kinds_form_the_tree() -> None:
    assert {kind.name for kind in SCHEMA.kinds} == {"Actor", "Person", "Organisation", *ACTORS, *ROOTS}
    assert len(SCHEMA.kinds) == 21
    assert SCHEMA.leaves() == (*ACTORS, *ROOTS)
    assert len(SCHEMA.leaves()) == 18
    assert all(SCHEMA.ancestry(name) == (name, "Person", "Actor") for name in PERSONS)
    assert all(SCHEMA.ancestry(name) == (name, "Organisation", "Actor") for name in ORGANISATIONS)
    assert SCHEMA.ancestry("Team") == ("Team", "Actor")
    assert all(SCHEMA.ancestry(name) == (name,) for name in ROOTS)


def test_selecting_a_branch_selects_its_leaves() -> None:
    assert SCHEMA.leaves("Person") == PERSONS
    assert SCHEMA.leaves("Organisation") == ORGANISATIONS
    assert SCHEMA.leaves("Actor") == ACTORS
    assert SCHEMA.leaves("Project", "Person") == (*PERSONS, "Project")


def test_an_id_is_unique_among_persons_teams_organisations_or_in_a_kind_of_its_own() -> None:
    assert {SCHEMA.branch(name) for name in PERSONS} == {"Person"}
    assert {SCHEMA.branch(name) for name in ORGANISATIONS} == {"Organisation"}
    assert all(SCHEMA.branch(name) == name for name in ("Team", *ROOTS))


def test_relations_are_these() -> None:
    names = {time: [one.name for one in SCHEMA.relations if one.time == time] for time in ("span", "moment", "none")}
    assert names == {"span": list(SPANS), "moment": list(MOMENTS), "none": []}
    assert (len(SPANS), len(MOMENTS)) == (21, 12)


@pytest.mark.parametrize("name", [*SPANS, *MOMENTS])
def test_ends(name: str) -> None:
    relation, (sources, targets) = SCHEMA.relation(name), (SPANS | MOMENTS)[name]
    assert SCHEMA.leaves(*relation.sources) == sources
    assert SCHEMA.leaves(*relation.targets) == targets


def test_only_these_have_no_direction() -> None:
    undirected = {relation.name for relation in SCHEMA.relations if not relation.directed}
    assert undirected == {"COLLABORATES", "COMPETES", "DOCKS_WITH", "COMMUNICATES"}


def test_only_a_service_may_be_offered_to_oneself() -> None:
    assert [relation.name for relation in SCHEMA.relations if relation.self_ties] == ["OFFERS_SERVICE"]


@pytest.mark.parametrize("kind", SCHEMA.leaves())
def test_node_columns(kind: str) -> None:
    plain = {column.name for column in NODE_COLUMNS}
    own = {name: column.type for name, column in columns(kind).items() if name not in plain}
    assert own == NODE_ATTRIBUTES[kind]
    assert list(columns(kind))[:4] == ["id", "name", "valid_from", "valid_to"]


@pytest.mark.parametrize("name", [*SPANS, *MOMENTS])
def test_relation_columns(name: str) -> None:
    ends = ["source_kind", "source", "target_kind", "target", "key"]
    dates = ["valid_from", "valid_to"] if name in SPANS else ["at"]
    attributes = RELATION_ATTRIBUTES.get(name, {})
    assert [one.name for one in SCHEMA.relation_columns(name)] == [*ends, *dates, *attributes]
    assert {key: columns(name)[key].type for key in attributes} == attributes


def test_names_of_persons_are_personal_and_nothing_else_is() -> None:
    personal = [(table, name) for table in tables() for name, one in columns(table).items() if one.personal]
    assert personal == [("Maker", "name"), ("Professional", "name")]


def test_a_resource_that_moves_is_a_node() -> None:
    refs = {(table, name): one.ref for table in tables() for name, one in columns(table).items() if one.ref}
    assert refs == {(table, "resource"): "Resource" for table in ("SUPPLIES", "DEMANDS", "TRANSFERS")}


def test_no_quantity_is_below_zero_but_a_score_may_be() -> None:
    least = {
        (table, name): one.minimum
        for table in tables()
        for name, one in columns(table).items()
        if one.type in ("number", "integer")
    }
    assert least.pop(("PARTICIPATES_IN", "order")) == 1
    assert {one for one, minimum in least.items() if minimum is None} == {
        ("EVALUATES", "score"),
        ("Project", "difficulty"),
    }
    assert set(least.values()) == {0, None}


def test_units_that_are_fixed() -> None:
    units = {(table, name): one.unit for table in tables() for name, one in columns(table).items() if one.unit}
    assert units == {
        ("Project", "expected_cycle"): "days",
        ("COLLABORATES", "hours"): "hours",
        ("COMMUNICATES", "hours"): "hours",
    }


def test_an_amount_has_its_unit_and_a_value_its_currency() -> None:
    for table in tables():
        assert ("amount" in columns(table)) == ("unit" in columns(table))
        assert ("value" in columns(table)) == ("currency" in columns(table))


def test_words() -> None:
    named = {
        f"{table}.{name}": [word.name for word in SCHEMA.vocabulary(one.vocabulary).words]
        for table in tables()
        for name, one in columns(table).items()
        if one.vocabulary
    }
    assert named == {column: words.split() for column, words in VOCABULARIES.items()}


def test_only_these_vocabularies_are_closed() -> None:
    closed = {vocabulary.name for vocabulary in SCHEMA.vocabularies if vocabulary.closed}
    assert closed == {"resource_category", "stage", "evaluation_action"}


def test_resources_are_hard_or_soft_and_service_is_neither() -> None:
    groups = {word.name: word.group for word in SCHEMA.vocabulary("resource_category").words}
    assert groups == {
        "space": "hard",
        "equipment": "hard",
        "capital": "hard",
        "knowledge": "soft",
        "information": "soft",
        "talent": "soft",
        "service": "",
    }
    assert {word.name for word in SCHEMA.vocabulary("resource_group").words} == set(groups.values()) - {""}


@pytest.mark.parametrize("name", SPOKEN)
def test_words_in_chinese(name: str) -> None:
    names = SCHEMA.vocabulary(name).names
    assert {spelling: names.get(spelling) for spelling in SPOKEN[name]} == SPOKEN[name]


@pytest.mark.parametrize(
    ("zh", "name"),
    [
        *((zh, name) for name, zh in ROOTS.items()),
        ("创客", "Maker"),
        ("人员", "Person"),
        ("创客团队", "Team"),
        ("企业", "Enterprise"),
        ("高校", "University"),
        ("科研机构", "ResearchOrganisation"),
        ("政府", "PublicBody"),
        ("服务提供商", "ServiceProvider"),
        ("众创空间", "Makerspace"),
        ("外部平台", "ExternalPlatform"),
        ("其他组织", "OtherOrganisation"),
    ],
)
def test_kinds_in_chinese(zh: str, name: str) -> None:
    assert SCHEMA.kind(zh).name == name


@pytest.mark.parametrize(
    ("zh", "name"),
    [
        ("入驻", "SETTLED_IN"),
        ("一对一跟踪", "TRACKS"),
        ("第三方监督", "SUPERVISES"),
        ("对接", "DOCKS_WITH"),
        ("意向", "INTENDS"),
        ("可视化进度", "PROGRESS"),
        ("自由选择", "CHOOSES_SERVICE"),
        ("参与运营", "DECIDES"),
    ],
)
def test_relations_in_chinese(zh: str, name: str) -> None:
    assert SCHEMA.relation(zh).name == name


def test_everything_has_a_chinese_name() -> None:
    words = [word for vocabulary in SCHEMA.vocabularies for word in vocabulary.words]
    attributes = [one for table in tables() for one in columns(table).values()]
    shown = [*SCHEMA.kinds, *SCHEMA.relations, *SCHEMA.vocabularies, *words, *attributes]
    assert [one.name for one in shown if not re.search("[\u4e00-\u9fff]", one.zh)] == []


def test_every_column_says_what_it_means() -> None:
    assert [(table, one.name) for table in tables() for one in columns(table).values() if not one.meaning] == []


def test_no_two_kinds_or_relations_share_a_name() -> None:
    names = [name for one in (*SCHEMA.kinds, *SCHEMA.relations) for name in (one.name, one.zh)]
    assert len(set(names)) == len(names) == 2 * (21 + 33)


@pytest.mark.parametrize("table", tables())
def test_no_two_columns_share_a_name(table: str) -> None:
    names = [name for one in columns(table).values() for name in (one.name, one.zh)]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("vocabulary", [one.name for one in SCHEMA.vocabularies])
def test_no_two_words_share_a_spelling(vocabulary: str) -> None:
    words = SCHEMA.vocabulary(vocabulary).words
    assert len(SCHEMA.vocabulary(vocabulary).names) == 2 * len(words)


def test_no_attribute_hides_a_column_of_ours() -> None:
    ours = {one.name for one in (*END_COLUMNS, *TIME_COLUMNS["span"], *TIME_COLUMNS["moment"])}
    assert [one for relation in SCHEMA.relations for one in relation.attributes if one.name in ours] == []


def test_round_trip_through_plain_data() -> None:
    again = Schema.from_dict(json.loads(json.dumps(SCHEMA.as_dict())))
    assert again == SCHEMA
    assert again.digest == SCHEMA.digest


def test_an_extension_adds_attributes_kinds_relations_and_words() -> None:
    wider = Schema.from_dict(
        {
            "kinds": [
                {"name": "Maker", "attributes": [{"name": "cohort", "type": "integer", "zh": "届别"}]},
                {"name": "Association", "parent": "Organisation", "zh": "协会"},
            ],
            "relations": [{"name": "OBSERVES", "sources": "Association", "targets": "Project", "time": "span"}],
            "vocabularies": [{"name": "background", "words": [{"name": "farmer", "zh": "农民"}, "artist"]}],
        },
        SCHEMA,
    )
    assert wider.name == "innovation"
    assert [one.name for one in wider.node_columns("Maker")][-2:] == ["background", "cohort"]
    assert wider.leaves("Organisation") == (*ORGANISATIONS, "Association")
    assert wider.branch("Association") == "Organisation"
    assert [one.name for one in wider.node_columns("Association")][-1] == "country"
    assert wider.leaves(*wider.relation("EMPLOYS").sources) == (*ORGANISATIONS, "Association")
    assert wider.relations[-1].name == "OBSERVES"
    assert len(wider.relations) == 34
    names = wider.vocabulary("background").names
    assert (names["农民"], names["artist"], names["大学生"]) == ("farmer", "artist", "student")
    assert wider.digest != SCHEMA.digest
    assert len(SCHEMA.kinds) == 21


def test_an_extension_may_not_use_a_chinese_name_again() -> None:
    with pytest.raises(SchemaError) as error:
        Schema.from_dict({"kinds": [{"name": "Inventor", "zh": "创客"}]}, SCHEMA)
    assert str(error.value) == "kinds: the name '创客' is used twice; give every one of the kinds its own"


def test_an_empty_extension_changes_nothing() -> None:
    assert Schema.from_dict({}, SCHEMA) == SCHEMA
