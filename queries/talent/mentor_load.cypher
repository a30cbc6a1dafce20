// title = { en = "Mentors and how many they mentor", zh = "导师负担" }
// purpose = { en = "People who mentor at least so many makers and projects on the day, the busiest first.", zh = "当天指导的创客和项目达到一定数量的导师，负担最重的排在最前。" }
// act = { en = "Relieve those at the top of the list.", zh = "减轻排名靠前的导师的负担。" }
// [parameters]
// as_of = { type = "date", meaning = "the day", zh = "日期" }
// least = { type = "integer", default = 1, meaning = "only those who mentor at least so many", zh = "最少指导数" }
// [columns]
// mentor = { meaning = "who mentors", zh = "导师" }
// kind = { meaning = "kind of the mentor", zh = "类型", words = "kind" }
// makers = { meaning = "makers mentored", zh = "指导的创客数" }
// projects = { meaning = "projects mentored", zh = "指导的项目数" }
// total = { meaning = "both together", zh = "合计" }
MATCH (m:Person)-[g:MENTORS]->(x)
WHERE (g.valid_from IS NULL OR g.valid_from <= date($as_of)) AND (g.valid_to IS NULL OR g.valid_to > date($as_of))
WITH DISTINCT m, x
WITH m, sum(CASE WHEN x:Maker THEN 1 ELSE 0 END) AS makers, count(x) AS total
WHERE total >= $least
RETURN m.id AS mentor, m.kind AS kind, makers AS makers, total - makers AS projects, total AS total
ORDER BY total DESC, mentor
