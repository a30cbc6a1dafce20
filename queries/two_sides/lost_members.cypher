// title = { en = "Lost members", zh = "流失的成员" }
// purpose = { en = "Who left a makerspace, or stopped supplying it, within the last days and has not come back.", zh = "近期离开众创空间或停止供应、且尚未返回的成员。" }
// act = { en = "Ask why they left.", zh = "询问离开的原因。" }
// metric = "membership_survival"
// [parameters]
// as_of = { type = "date", meaning = "the day", zh = "日期" }
// days = { type = "integer", default = 90, meaning = "how many days back", zh = "回溯天数" }
// [columns]
// makerspace = { meaning = "makerspace they left", zh = "众创空间" }
// side = { meaning = "how they belonged to it", zh = "成员身份", words = "relation" }
// kind = { meaning = "kind of the member", zh = "成员类型", words = "kind" }
// member = { meaning = "who left", zh = "成员" }
// ended = { meaning = "first day no longer there", zh = "离开日期" }
MATCH (x)-[s:SETTLED_IN|SUPPLIES]->(h:Makerspace)
WHERE s.valid_to <= date($as_of) AND s.valid_to > date($as_of) - duration({days: $days})
WITH h, type(s) AS side, x, max(s.valid_to) AS ended
WHERE NOT EXISTS {
    (x)-[r:SETTLED_IN|SUPPLIES]->(h)
    WHERE type(r) = side
      AND (r.valid_from IS NULL OR r.valid_from <= date($as_of)) AND (r.valid_to IS NULL OR r.valid_to > date($as_of))
  }
RETURN h.id AS makerspace, side AS side, x.kind AS kind, x.id AS member, ended AS ended
ORDER BY makerspace, side, ended, kind, member
