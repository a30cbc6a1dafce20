// title = { en = "Ties that followed an event", zh = "活动后形成的联系" }
// purpose = { en = "Events of the last days after which guests talked with each other for the first time, within so many days.", zh = "近期活动之后若干天内，有多少对嘉宾首次相互交流。" }
// act = { en = "Hold such events again, and ask the new pairs what they plan.", zh = "再次举办此类活动，并了解新结识者的打算。" }
// [parameters]
// as_of = { type = "date", meaning = "the day", zh = "日期" }
// days = { type = "integer", default = 90, meaning = "how many days back", zh = "回溯天数" }
// within = { type = "integer", default = 30, meaning = "how many days after the event count", zh = "活动后计入的天数" }
// [columns]
// event = { meaning = "event", zh = "活动" }
// format = { meaning = "how people met", zh = "形式", words = "event_format" }
// held = { meaning = "day of the event", zh = "活动日期" }
// pairs = { meaning = "pairs of guests who then first talked", zh = "首次交流的嘉宾对数" }
MATCH (:Makerspace)-[o:HOSTS]->(e:Event)
WHERE o.at <= date($as_of) AND o.at > date($as_of) - duration({days: $days})
WITH e, max(o.at) AS held
MATCH (e)<-[:ATTENDS]-(a:Person)
MATCH (a)-[c:COMMUNICATES]-(b:Person)
WHERE a.id < b.id AND c.at > held AND c.at <= held + duration({days: $within}) AND c.at <= date($as_of)
WITH DISTINCT e, held, a, b
WHERE EXISTS {
    (b)-[:ATTENDS]->(e)
  }
  AND NOT EXISTS {
    (a)-[d:COMMUNICATES]-(b)
    WHERE d.at <= held
  }
WITH e, held, count(*) AS pairs
RETURN e.id AS event, e.format AS format, held AS held, pairs AS pairs
ORDER BY pairs DESC, held DESC, event
