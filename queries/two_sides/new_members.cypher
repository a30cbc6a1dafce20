// title = { en = "New members", zh = "新加入的成员" }
// purpose = { en = "Who settled in a makerspace, or began to supply it, for the first time within the last days.", zh = "近期首次入驻众创空间或首次向其供应资源的成员。" }
// act = { en = "Welcome them, and ask what they need.", zh = "表示欢迎，并了解其需求。" }
// [parameters]
// as_of = { type = "date", meaning = "the day", zh = "日期" }
// days = { type = "integer", default = 90, meaning = "how many days back", zh = "回溯天数" }
// [columns]
// makerspace = { meaning = "makerspace they came to", zh = "众创空间" }
// side = { meaning = "how they belong to it", zh = "成员身份", words = "relation" }
// kind = { meaning = "kind of the member", zh = "成员类型", words = "kind" }
// member = { meaning = "who came", zh = "成员" }
// since = { meaning = "first day", zh = "加入日期" }
MATCH (x)-[s:SETTLED_IN|SUPPLIES]->(h:Makerspace)
WHERE s.valid_from <= date($as_of) AND s.valid_from > date($as_of) - duration({days: $days})
WITH h, type(s) AS side, x, min(s.valid_from) AS since
WHERE NOT EXISTS {
    (x)-[r:SETTLED_IN|SUPPLIES]->(h)
    WHERE type(r) = side AND (r.valid_from IS NULL OR r.valid_from <= date($as_of) - duration({days: $days}))
  }
RETURN h.id AS makerspace, side AS side, x.kind AS kind, x.id AS member, since AS since
ORDER BY makerspace, side, since, kind, member
