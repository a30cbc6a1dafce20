// title = { en = "Attendance of events", zh = "活动出席情况" }
// purpose = { en = "Events of the last days, with how many people came and how many of them are makers settled with the host on that day.", zh = "近期活动的出席人数，以及其中当天入驻主办空间的创客人数。" }
// act = { en = "Repeat what many come to, and change what few come to.", zh = "人多的活动可再办，人少的活动需改进。" }
// [parameters]
// as_of = { type = "date", meaning = "the day", zh = "日期" }
// days = { type = "integer", default = 90, meaning = "how many days back", zh = "回溯天数" }
// [columns]
// event = { meaning = "event", zh = "活动" }
// format = { meaning = "how people met", zh = "形式", words = "event_format" }
// makerspace = { meaning = "who hosted it", zh = "主办空间" }
// held = { meaning = "day of the event", zh = "活动日期" }
// guests = { meaning = "people who came", zh = "出席人数" }
// members = { meaning = "of these, makers settled there", zh = "其中本空间入驻创客" }
MATCH (h:Makerspace)-[o:HOSTS]->(e:Event)
WHERE o.at <= date($as_of) AND o.at > date($as_of) - duration({days: $days})
WITH h, e, max(o.at) AS held
OPTIONAL MATCH (e)<-[:ATTENDS]-(a:Person)
WITH h, e, held, count(DISTINCT a) AS guests
OPTIONAL MATCH (e)<-[:ATTENDS]-(m:Maker)-[s:SETTLED_IN]->(h)
WHERE (s.valid_from IS NULL OR s.valid_from <= held) AND (s.valid_to IS NULL OR s.valid_to > held)
WITH h, e, held, guests, count(DISTINCT m) AS members
RETURN e.id AS event, e.format AS format, h.id AS makerspace, held AS held, guests AS guests, members AS members
ORDER BY held DESC, event, makerspace
