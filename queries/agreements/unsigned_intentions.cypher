// title = { en = "Intentions that led to no agreement", zh = "尚未签约的合作意向" }
// purpose = { en = "Enterprises that have intended to join a project for so many days without an agreement that both are party to.", zh = "有意参与项目已达若干天、但双方尚未签订协议的企业。" }
// act = { en = "Bring the enterprise and the project together, or close the intention.", zh = "促成双方签约，或了结该意向。" }
// metric = "tracking"
// [parameters]
// as_of = { type = "date", meaning = "the day", zh = "日期" }
// days = { type = "integer", default = 90, meaning = "how many days the intention lasts at least", zh = "意向至少持续的天数" }
// [columns]
// enterprise = { meaning = "who intends", zh = "企业" }
// project = { meaning = "project it intends to join", zh = "项目" }
// since = { meaning = "first day of the intention", zh = "意向起始日" }
// waiting = { meaning = "days since then", zh = "等待天数", unit = "days" }
MATCH (e:Enterprise)-[w:INTENDS]->(p:Project)
WHERE (w.valid_from IS NULL OR w.valid_from <= date($as_of)) AND (w.valid_to IS NULL OR w.valid_to > date($as_of))
  AND NOT EXISTS {
    (e)-[x:PARTY_TO]->(g:Agreement)<-[y:PARTY_TO]-(p)
    WHERE (x.valid_from IS NULL OR x.valid_from <= date($as_of))
      AND (y.valid_from IS NULL OR y.valid_from <= date($as_of))
  }
WITH e, p, min(w.valid_from) AS since
WITH e, p, since, duration.inDays(since, date($as_of)).days AS waiting
WHERE waiting >= $days
RETURN e.id AS enterprise, p.id AS project, since AS since, waiting AS waiting
ORDER BY waiting DESC, enterprise, project
