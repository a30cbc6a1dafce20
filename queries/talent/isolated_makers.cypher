// title = { en = "Isolated makers", zh = "孤立的创客" }
// purpose = { en = "Makers settled in a makerspace on the day who have neither talked nor worked with anybody within the last days.", zh = "当天入驻众创空间、但近期既未与他人交流也未与他人合作的创客。" }
// act = { en = "Invite the maker to an event, or introduce them to others.", zh = "邀请该创客参加活动，或介绍其认识他人。" }
// [parameters]
// as_of = { type = "date", meaning = "the day", zh = "日期" }
// days = { type = "integer", default = 180, meaning = "how many days back", zh = "回溯天数" }
// [columns]
// maker = { meaning = "maker without contacts", zh = "创客" }
// makerspace = { meaning = "where the maker is settled", zh = "众创空间" }
MATCH (m:Maker)-[s:SETTLED_IN]->(h:Makerspace)
WHERE (s.valid_from IS NULL OR s.valid_from <= date($as_of)) AND (s.valid_to IS NULL OR s.valid_to > date($as_of))
  AND NOT EXISTS {
    (m)-[c:COMMUNICATES]-(:Person)
    WHERE c.at <= date($as_of) AND c.at > date($as_of) - duration({days: $days})
  }
  AND NOT EXISTS {
    (m)-[c:COLLABORATES]-(:Actor)
    WHERE (c.valid_from IS NULL OR c.valid_from <= date($as_of))
      AND (c.valid_to IS NULL OR c.valid_to > date($as_of) - duration({days: $days}))
  }
WITH DISTINCT m.id AS maker, h.id AS makerspace
RETURN maker AS maker, makerspace AS makerspace
ORDER BY makerspace, maker
