// title = { en = "Projects beyond their expected cycle", zh = "超出预期周期的项目" }
// purpose = { en = "Active projects that have been incubated for longer than they expected.", zh = "入孵时间已超过预期周期的活跃项目。" }
// act = { en = "Talk with the project about what keeps it, and set a new date.", zh = "与项目沟通延误原因，并重新约定时间。" }
// [parameters]
// as_of = { type = "date", meaning = "the day", zh = "日期" }
// [columns]
// project = { meaning = "project that takes longer", zh = "项目" }
// name = { meaning = "its name", zh = "名称" }
// entered = { meaning = "first day of its incubation", zh = "入孵日" }
// spent = { meaning = "days since then", zh = "已孵化天数", unit = "days" }
// expected = { meaning = "days it expected", zh = "预期周期", unit = "days" }
// beyond = { meaning = "days beyond these", zh = "超出天数", unit = "days" }
MATCH (p:Project)<-[i:INCUBATES]-(:Makerspace)
WHERE p.expected_cycle IS NOT NULL AND (i.valid_from IS NULL OR i.valid_from <= date($as_of))
WITH p, min(i.valid_from) AS entered,
  max(CASE WHEN i.valid_to IS NULL OR i.valid_to > date($as_of) THEN 1 ELSE 0 END) AS active
WHERE active = 1
WITH p, entered, duration.inDays(entered, date($as_of)).days AS spent
WHERE spent > p.expected_cycle
RETURN p.id AS project, p.name AS name, entered AS entered, spent AS spent, p.expected_cycle AS expected,
  spent - p.expected_cycle AS beyond
ORDER BY beyond DESC, project
