// title = { en = "Projects without a tracker", zh = "无人跟踪的项目" }
// purpose = { en = "Active projects that nobody tracks on the day.", zh = "当天处于活跃状态却无人跟踪的项目。" }
// act = { en = "Assign a tracker to the project.", zh = "为该项目指派一名跟踪人。" }
// metric = "untracked"
// check = true
// [parameters]
// as_of = { type = "date", meaning = "the day", zh = "日期" }
// [columns]
// project = { meaning = "project that nobody tracks", zh = "项目" }
// name = { meaning = "its name", zh = "名称" }
// active_since = { meaning = "first day of its earliest incubation that holds the day", zh = "孵化起始日" }
// last_stop = { meaning = "day on which its last tracker was gone", zh = "上次跟踪结束日" }
MATCH (p:Project)<-[i:INCUBATES]-(:Makerspace)
WHERE (i.valid_from IS NULL OR i.valid_from <= date($as_of)) AND (i.valid_to IS NULL OR i.valid_to > date($as_of))
WITH p, min(i.valid_from) AS active_since
WHERE NOT EXISTS {
  (p)<-[t:TRACKS]-(:Person)
  WHERE (t.valid_from IS NULL OR t.valid_from <= date($as_of)) AND (t.valid_to IS NULL OR t.valid_to > date($as_of))
}
OPTIONAL MATCH (p)<-[e:TRACKS]-(:Person)
WHERE e.valid_to <= date($as_of)
WITH p, active_since, max(e.valid_to) AS last_stop
RETURN p.id AS project, p.name AS name, active_since AS active_since, last_stop AS last_stop
ORDER BY project
