// title = { en = "Newcomers without a mentor", zh = "没有导师的新入驻创客" }
// purpose = { en = "Makers who settled in a makerspace within the last days, are still there, and whom nobody mentors on the day.", zh = "近期入驻并仍在众创空间、但当天无人指导的创客。" }
// act = { en = "Find a mentor for the maker.", zh = "为该创客安排导师。" }
// [parameters]
// as_of = { type = "date", meaning = "the day", zh = "日期" }
// days = { type = "integer", default = 180, meaning = "how many days back", zh = "回溯天数" }
// [columns]
// maker = { meaning = "newcomer", zh = "创客" }
// makerspace = { meaning = "where the maker is settled", zh = "众创空间" }
// since = { meaning = "first day there", zh = "入驻日期" }
MATCH (m:Maker)-[s:SETTLED_IN]->(h:Makerspace)
WHERE s.valid_from <= date($as_of) AND s.valid_from > date($as_of) - duration({days: $days})
  AND (s.valid_to IS NULL OR s.valid_to > date($as_of))
  AND NOT EXISTS {
    (m)<-[g:MENTORS]-(:Person)
    WHERE (g.valid_from IS NULL OR g.valid_from <= date($as_of)) AND (g.valid_to IS NULL OR g.valid_to > date($as_of))
  }
WITH m, h, min(s.valid_from) AS since
RETURN m.id AS maker, h.id AS makerspace, since AS since
ORDER BY since, makerspace, maker
