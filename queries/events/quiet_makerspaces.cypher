// title = { en = "Makerspaces without events", zh = "久未举办活动的众创空间" }
// purpose = { en = "Makerspaces that hosted no event within the last days, with how many makers are settled there.", zh = "近期没有举办任何活动的众创空间，以及入驻其中的创客人数。" }
// act = { en = "Plan an event there.", zh = "在该空间安排一次活动。" }
// [parameters]
// as_of = { type = "date", meaning = "the day", zh = "日期" }
// days = { type = "integer", default = 90, meaning = "how many days back", zh = "回溯天数" }
// [columns]
// makerspace = { meaning = "makerspace without events", zh = "众创空间" }
// name = { meaning = "its name", zh = "名称" }
// last_event = { meaning = "day of its last event", zh = "上次活动日期" }
// makers = { meaning = "makers settled there", zh = "入驻创客数" }
MATCH (h:Makerspace)
OPTIONAL MATCH (h)-[o:HOSTS]->(:Event)
WHERE o.at <= date($as_of)
WITH h, max(o.at) AS last_event
WHERE last_event IS NULL OR last_event <= date($as_of) - duration({days: $days})
OPTIONAL MATCH (h)<-[s:SETTLED_IN]-(m:Maker)
WHERE (s.valid_from IS NULL OR s.valid_from <= date($as_of)) AND (s.valid_to IS NULL OR s.valid_to > date($as_of))
WITH h, last_event, count(DISTINCT m) AS makers
RETURN h.id AS makerspace, h.name AS name, last_event AS last_event, makers AS makers
ORDER BY makers DESC, makerspace
