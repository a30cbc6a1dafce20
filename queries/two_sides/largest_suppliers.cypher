// title = { en = "Largest suppliers", zh = "最大的供应方" }
// purpose = { en = "Those who supply most on the day, by open supplies. How concentrated the side is as a whole is told by the metric concentration.", zh = "当天供给条数最多的供应方。整体集中程度由指标 concentration 给出。" }
// act = { en = "Where few hold most, look for others beside them.", zh = "若少数供应方占据大部分，应另寻他人。" }
// metric = "concentration"
// [parameters]
// as_of = { type = "date", meaning = "the day", zh = "日期" }
// most = { type = "integer", default = 10, meaning = "how many of them", zh = "显示个数" }
// [columns]
// supplier = { meaning = "who supplies", zh = "供应方" }
// kind = { meaning = "kind of the supplier", zh = "供应方类型", words = "kind" }
// supplies = { meaning = "open supplies", zh = "供给条数" }
// resources = { meaning = "resources they are of", zh = "资源种数" }
// makerspaces = { meaning = "makerspaces they go to", zh = "众创空间数" }
MATCH (g)-[s:SUPPLIES]->(h:Makerspace)
WHERE (s.valid_from IS NULL OR s.valid_from <= date($as_of)) AND (s.valid_to IS NULL OR s.valid_to > date($as_of))
WITH g, count(s) AS supplies, count(DISTINCT s.resource) AS resources, count(DISTINCT h) AS makerspaces
RETURN g.id AS supplier, g.kind AS kind, supplies AS supplies, resources AS resources, makerspaces AS makerspaces
ORDER BY supplies DESC, kind, supplier
LIMIT $most
