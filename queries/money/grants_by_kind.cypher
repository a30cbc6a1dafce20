// title = { en = "Shares in funded projects", zh = "各类组织的项目经费" }
// purpose = { en = "Organisations that take part in projects on the day, by kind and role: how many take part how often, and the amounts of the rows that tell them, each without its decimals.", zh = "当天参与项目的组织，按类型和角色统计：组织数、参与次数，以及已注明的经费合计（逐条舍去小数）。" }
// act = { en = "Ask kinds that take part seldom into the next proposal.", zh = "在下一次申报中邀请参与较少的组织类型。" }
// [parameters]
// as_of = { type = "date", meaning = "the day", zh = "日期" }
// [columns]
// kind = { meaning = "kind of the organisation", zh = "组织类型", words = "kind" }
// role = { meaning = "role in the project", zh = "角色", words = "participation_role" }
// unit = { meaning = "unit of the amounts", zh = "单位" }
// organisations = { meaning = "organisations that take part", zh = "组织数" }
// projects = { meaning = "projects they take part in", zh = "项目数" }
// amount = { meaning = "amounts together", zh = "经费合计" }
MATCH (o:Organisation)-[r:PARTICIPATES_IN]->(p:Project)
WHERE (r.valid_from IS NULL OR r.valid_from <= date($as_of)) AND (r.valid_to IS NULL OR r.valid_to > date($as_of))
RETURN o.kind AS kind, r.role AS role, r.unit AS unit, count(DISTINCT o) AS organisations,
  count(DISTINCT p) AS projects, sum(toInteger(r.amount)) AS amount
ORDER BY kind, role, unit
