"""The innovation schema: whom and what an innovation ecosystem is made of, in English and Chinese.

This file is a table: vocabularies, then kinds from the root down, then relations. The ends of a relation stand as they
are read: ``Maker, Team -> Project`` has a direction, ``Person - Person`` has none. A branch such as ``Actor`` stands
for all its leaves.
"""

from collections.abc import Mapping
from functools import partial

from ecograph.schema import Attribute, NodeKind, RelationKind, Schema, Time, Vocabulary, Word


def _words(name: str, zh: str, words: Mapping[str, str], *, closed: bool = False) -> Vocabulary:
    """Vocabulary from the Chinese of each word."""
    return Vocabulary(name, tuple(Word(word, chinese) for word, chinese in words.items()), closed, zh)


def _relation(
    time: Time, name: str, zh: str, ends: str, *attributes: Attribute, self_ties: bool = False
) -> RelationKind:
    """Relation kind from its ends as they are read."""
    directed = " -> " in ends
    sources, targets = (tuple(end.split(", ")) for end in ends.split(" -> " if directed else " - "))
    return RelationKind(name, sources, targets, zh, time, directed, self_ties, attributes)


_span = partial(_relation, "span")
_moment = partial(_relation, "moment")


VOCABULARIES = (
    _words(
        "background",
        "创客背景",
        {
            "student": "大学生",
            "technologist": "科技人员",
            "serial_entrepreneur": "连续创业者",
            "ex_executive": "离职大企业高管",
            "returnee": "归国留学生",
        },
    ),
    _words(
        "mode",
        "众创空间模式",
        {
            "event_aggregation": "活动聚合型",
            "training": "培训辅导型",
            "media": "媒体驱动型",
            "investment": "投资驱动型",
            "real_estate": "地产思维型",
            "industry_chain": "产业链服务型",
            "ecosystem": "综合创业生态体系型",
        },
    ),
    _words(
        "makerspace_form",
        "众创空间形态",
        {"incubator": "孵化器", "hackerspace": "创客空间", "cafe": "创业咖啡", "factory": "创新工厂"},
    ),
    _words("presence", "线上线下", {"online": "线上", "offline": "线下", "both": "线上线下结合"}),
    _words("platform_form", "外部平台形态", {"park": "科技园区", "town": "特色小镇", "accelerator": "加速器"}),
    _words(
        "industry",
        "项目行业",
        {
            "technology": "技术类",
            "e_commerce": "电子商务类",
            "consulting": "服务咨询",
            "traditional": "传统行业",
            "other": "其他",
        },
    ),
    _words(
        "activity",
        "内创业活动",
        {
            "new_business": "开拓新业务",
            "innovation": "创新",
            "self_renewal": "自我更新",
            "proactiveness": "先动性",
        },
    ),
    _words("resource_group", "资源大类", {"hard": "硬件", "soft": "文化"}),
    Vocabulary(
        "resource_category",
        (
            Word("space", "场地", "hard"),
            Word("equipment", "设备", "hard"),
            Word("capital", "资金", "hard"),
            Word("knowledge", "专业知识", "soft"),
            Word("information", "信息", "soft"),
            Word("talent", "人才", "soft"),
            Word("service", "服务"),
        ),
        closed=True,
        zh="资源类别",
    ),
    _words("area", "知识领域", {"technology": "技术开发", "operation": "运营管理", "marketing": "市场营销"}),
    _words(
        "event_format",
        "活动形式",
        {"exchange": "交流会", "roadshow": "项目路演", "lecture": "讲座", "workshop": "工作坊", "meetup": "聚会"},
    ),
    _words(
        "service",
        "服务种类",
        {
            "training": "培训",
            "finance_matching": "融资对接",
            "registration": "工商注册",
            "legal_accounting": "法律与财会",
            "media": "媒体宣传",
        },
    ),
    _words(
        "stage",
        "孵化阶段",
        {"-1": "-1阶段", "0": "0阶段", "1": "1阶段", "beyond": "1之后"},
        closed=True,
    ),
    _words(
        "participation_role",
        "参与角色",
        {
            "coordinator": "牵头方",
            "participant": "参与方",
            "thirdParty": "第三方",
            "partner": "合作伙伴",
            "internationalPartner": "国际合作伙伴",
        },
    ),
    _words(
        "evaluation_action",
        "评价后的处置",
        {"invest_more": "追加投入", "hold": "维持", "abandon": "放弃"},
        closed=True,
    ),
)


KINDS = (
    NodeKind("Actor", zh="主体"),
    NodeKind(
        "Person",
        "Actor",
        "人员",
        branch=True,
        attributes=(Attribute("name", zh="姓名", meaning="name of the person", personal=True),),
    ),
    NodeKind(
        "Maker",
        "Person",
        "创客",
        attributes=(Attribute("background", zh="背景", meaning="where the maker comes from", vocabulary="background"),),
    ),
    NodeKind(
        "Professional",
        "Person",
        "专业人员",
        attributes=(Attribute("executive", "boolean", "是否高管", "whether the person is an executive"),),
    ),
    NodeKind("Team", "Actor", "创客团队", branch=True),
    NodeKind(
        "Organisation",
        "Actor",
        "组织",
        branch=True,
        attributes=(Attribute("country", zh="国家或地区", meaning="country or territory, in the code of the source"),),
    ),
    NodeKind(
        "Enterprise",
        "Organisation",
        "企业",
        attributes=(
            Attribute("sector", zh="所属行业", meaning="sector of the enterprise"),
            Attribute("size", zh="规模", meaning="size class of the enterprise"),
        ),
    ),
    NodeKind("University", "Organisation", "高校"),
    NodeKind("ResearchOrganisation", "Organisation", "科研机构"),
    NodeKind("PublicBody", "Organisation", "政府"),
    NodeKind(
        "ServiceProvider",
        "Organisation",
        "服务提供商",
        attributes=(Attribute("service", zh="主营服务", meaning="its main service", vocabulary="service"),),
    ),
    NodeKind(
        "Makerspace",
        "Organisation",
        "众创空间",
        attributes=(
            Attribute("mode", zh="模式", meaning="mode it declares", vocabulary="mode"),
            Attribute("form", zh="形态", meaning="form it takes", vocabulary="makerspace_form"),
            Attribute("presence", zh="线上线下", meaning="whether it meets online or offline", vocabulary="presence"),
        ),
    ),
    NodeKind(
        "ExternalPlatform",
        "Organisation",
        "外部平台",
        attributes=(Attribute("form", zh="形态", meaning="form it takes", vocabulary="platform_form"),),
    ),
    NodeKind("OtherOrganisation", "Organisation", "其他组织"),
    NodeKind(
        "Project",
        zh="项目",
        attributes=(
            Attribute("industry", zh="行业", meaning="industry the project works in", vocabulary="industry"),
            Attribute("difficulty", "number", "难度", "score of difficulty; higher is harder"),
            Attribute("expected_cycle", "number", "预期周期", "expected length of the project", "days", minimum=0),
            Attribute("activity", zh="内创业活动", meaning="intrapreneurial activity", vocabulary="activity"),
        ),
    ),
    NodeKind(
        "Resource",
        zh="资源",
        attributes=(
            Attribute("category", zh="类别", meaning="what sort of thing it is", vocabulary="resource_category"),
        ),
    ),
    NodeKind(
        "Skill",
        zh="技能",
        attributes=(Attribute("area", zh="领域", meaning="area of knowledge it belongs to", vocabulary="area"),),
    ),
    NodeKind(
        "Event",
        zh="活动",
        attributes=(Attribute("format", zh="形式", meaning="how people meet there", vocabulary="event_format"),),
    ),
    NodeKind("Agreement", zh="合作协议"),
    NodeKind("Problem", zh="问题"),
    NodeKind("Market", zh="市场"),
)


_RESOURCE = Attribute("resource", zh="资源", meaning="the resource", ref="Resource")
_AMOUNT = Attribute("amount", "number", "数量", "how much, in the unit of the row", minimum=0)
_UNIT = Attribute("unit", zh="单位", meaning="unit of the amount")
_FEE = Attribute("amount", "number", "费用", "fee for the service, in the unit of the row", minimum=0)
_SERVICE = Attribute("service", zh="服务", meaning="the service", vocabulary="service")
_HOURS = Attribute("hours", "number", "小时数", "hours spent together", "hours", minimum=0)

RELATIONS = (
    _span("MEMBER_OF", "加入团队", "Person -> Team"),
    _span("WORKS_ON", "从事项目", "Person, Team -> Project"),
    _span("SETTLED_IN", "入驻", "Maker, Team, Project -> Makerspace"),
    _span("EMPLOYS", "聘用", "Organisation -> Person"),
    _span("STUDIES_AT", "就读", "Person -> University"),
    _span("MENTORS", "指导", "Person -> Maker, Project"),
    _span("TEACHES", "授课", "Person -> Person"),
    _span("TRACKS", "一对一跟踪", "Person -> Project"),
    _span("SUPPLIES", "供应", "Actor -> Makerspace", _RESOURCE, _AMOUNT, _UNIT),
    _span("DEMANDS", "需求", "Maker, Team, Project -> Makerspace", _RESOURCE, _AMOUNT, _UNIT),
    _span("PARTY_TO", "签约", "Actor, Project -> Agreement"),
    _span("SUPERVISES", "第三方监督", "Actor -> Agreement"),
    _span("COLLABORATES", "合作", "Actor - Actor", _HOURS),
    _span("COMPETES", "竞争", "Actor - Actor"),
    _span("DOCKS_WITH", "对接", "Makerspace - ExternalPlatform"),
    _span(
        "OFFERS_SERVICE",
        "提供服务",
        "ServiceProvider, Makerspace -> Makerspace",
        _SERVICE,
        _FEE,
        Attribute("unit", zh="单位", meaning="unit of the fee"),
        self_ties=True,
    ),
    _span(
        "INCUBATES",
        "孵化",
        "Makerspace -> Project",
        Attribute("stage", zh="阶段", meaning="stage the project is in", vocabulary="stage"),
    ),
    _span(
        "PARTICIPATES_IN",
        "参与项目",
        "Organisation -> Project",
        Attribute("role", zh="角色", meaning="role in the consortium", vocabulary="participation_role"),
        Attribute("order", "integer", "次序", "position in the consortium, from 1", minimum=1),
        _AMOUNT,
        _UNIT,
        Attribute("ended", "boolean", "是否已退出", "whether the participation ended before the project"),
    ),
    _span("REQUIRES", "需要技能", "Project -> Skill"),
    _span("HAS_SKILL", "具备技能", "Person -> Skill"),
    _span("INTENDS", "意向", "Enterprise -> Project"),
    _moment(
        "TRANSFERS",
        "资源流转",
        "Actor, Market -> Actor, Project, Market",
        _RESOURCE,
        _AMOUNT,
        _UNIT,
        Attribute("value", "number", "价值", "what the amount is worth, in the currency of the row", minimum=0),
        Attribute("currency", zh="币种", meaning="currency of the value"),
    ),
    _moment("INVESTS_IN", "投资", "Actor -> Project, Team, Enterprise", _AMOUNT, _UNIT),
    _moment("ATTENDS", "参加", "Person -> Event"),
    _moment("HOSTS", "举办", "Makerspace -> Event"),
    _moment("COMMUNICATES", "交流", "Person - Person", _HOURS),
    _moment(
        "EVALUATES",
        "评价",
        "Person -> Project",
        Attribute("score", "number", "得分", "score given"),
        Attribute("criterion", zh="评价标准", meaning="what the score is about"),
        Attribute("action", zh="处置", meaning="what the evaluation asks to do", vocabulary="evaluation_action"),
    ),
    _moment("GIVES_FEEDBACK", "反馈", "Person -> Project"),
    _moment(
        "PROGRESS",
        "可视化进度",
        "Project -> Makerspace",
        Attribute("share_done", "number", "完成比例", "share of the work that is done, 0 to 1", minimum=0, maximum=1),
    ),
    _moment("RAISES", "提出问题", "Project -> Problem"),
    _moment("ANSWERS", "解答问题", "Person -> Problem"),
    _moment("CHOOSES_SERVICE", "自由选择", "Maker -> ServiceProvider", _SERVICE),
    _moment("DECIDES", "参与运营", "Maker -> Makerspace"),
)


SCHEMA = Schema("innovation", KINDS, RELATIONS, VOCABULARIES)

ROLES: Mapping[str, str] = {
    "investor": "INVESTS_IN",
    "mentor": "MENTORS",
    "teacher": "TEACHES",
    "tracker": "TRACKS",
    "supplier": "SUPPLIES",
    "demander": "DEMANDS",
    "customer": "CHOOSES_SERVICE",
    "student": "STUDIES_AT",
}
"""Relation kind whose sources have the role."""
