// title = { en = "Agreements that no third party supervises", zh = "没有第三方监督的协议" }
// purpose = { en = "Agreements in force on the day that are supervised by nobody, or only by their own parties.", zh = "当天有效、却无人监督或仅由签约方自己监督的协议。" }
// act = { en = "Find a third party who supervises the agreement.", zh = "为该协议寻找第三方监督者。" }
// metric = "supervision"
// check = true
// [parameters]
// as_of = { type = "date", meaning = "the day", zh = "日期" }
// [columns]
// agreement = { meaning = "agreement without a third party", zh = "协议" }
// name = { meaning = "its name", zh = "名称" }
// parties = { meaning = "ids of its parties", zh = "签约方" }
MATCH (g:Agreement)<-[p:PARTY_TO]-(x)
WHERE (p.valid_from IS NULL OR p.valid_from <= date($as_of)) AND (p.valid_to IS NULL OR p.valid_to > date($as_of))
  AND NOT EXISTS {
    (g)<-[s:SUPERVISES]-(a:Actor)
    WHERE (s.valid_from IS NULL OR s.valid_from <= date($as_of)) AND (s.valid_to IS NULL OR s.valid_to > date($as_of))
      AND NOT EXISTS {
        (a)-[o:PARTY_TO]->(g)
        WHERE (o.valid_from IS NULL OR o.valid_from <= date($as_of))
          AND (o.valid_to IS NULL OR o.valid_to > date($as_of))
      }
  }
WITH DISTINCT g, x
WITH g, x ORDER BY x.kind, x.id
WITH g, collect(x.id) AS parties
RETURN g.id AS agreement, g.name AS name, parties AS parties
ORDER BY agreement
