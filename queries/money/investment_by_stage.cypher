// title = { en = "Investment by stage", zh = "各阶段的投资" }
// purpose = { en = "What was invested in projects within the last days, by the furthest stage in which the project was on the day of the investment; without one where it was in none.", zh = "近期对项目的投资，按投资当天项目所处的最高阶段统计；当时不在任何阶段的，阶段为空。" }
// act = { en = "Look for investors for the stages that get little.", zh = "为获投较少的阶段寻找投资人。" }
// [parameters]
// as_of = { type = "date", meaning = "the day", zh = "日期" }
// days = { type = "integer", default = 1095, meaning = "how many days back", zh = "回溯天数" }
// [columns]
// stage = { meaning = "stage of the project", zh = "阶段", words = "stage" }
// unit = { meaning = "unit of the amount", zh = "单位" }
// investments = { meaning = "how many investments", zh = "投资笔数" }
// projects = { meaning = "projects that got them", zh = "获投项目数" }
// amount = { meaning = "what was invested", zh = "投资额" }
MATCH (p:Project)<-[v:INVESTS_IN]-()
WHERE v.at <= date($as_of) AND v.at > date($as_of) - duration({days: $days})
OPTIONAL MATCH (p)<-[i:INCUBATES]-(:Makerspace)
WHERE (i.valid_from IS NULL OR i.valid_from <= v.at) AND (i.valid_to IS NULL OR i.valid_to > v.at)
WITH p, v, max(i.stage) AS stage
RETURN stage AS stage, v.unit AS unit, count(v) AS investments, count(DISTINCT p) AS projects, sum(v.amount) AS amount
ORDER BY stage, unit
