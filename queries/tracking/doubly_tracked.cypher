// title = { en = "Projects with several trackers", zh = "有多名跟踪人的项目" }
// purpose = { en = "Active projects that more than one person tracks on the day, though tracking is one to one.", zh = "当天由多人跟踪的活跃项目；跟踪应当一对一。" }
// act = { en = "Agree on one tracker for the project.", zh = "为该项目确定唯一的跟踪人。" }
// metric = "tracking"
// check = true
// [parameters]
// as_of = { type = "date", meaning = "the day", zh = "日期" }
// [columns]
// project = { meaning = "project with several trackers", zh = "项目" }
// name = { meaning = "its name", zh = "名称" }
// trackers = { meaning = "ids of its trackers", zh = "跟踪人" }
// many = { meaning = "how many trackers it has", zh = "跟踪人数" }
MATCH (p:Project)<-[t:TRACKS]-(m:Person)
WHERE (t.valid_from IS NULL OR t.valid_from <= date($as_of)) AND (t.valid_to IS NULL OR t.valid_to > date($as_of))
  AND EXISTS {
    (p)<-[i:INCUBATES]-(:Makerspace)
    WHERE (i.valid_from IS NULL OR i.valid_from <= date($as_of)) AND (i.valid_to IS NULL OR i.valid_to > date($as_of))
  }
WITH DISTINCT p, m
WITH p, m ORDER BY m.id
WITH p, collect(m.id) AS trackers, count(m) AS many
WHERE many > 1
RETURN p.id AS project, p.name AS name, trackers AS trackers, many AS many
ORDER BY many DESC, project
