// title = { en = "Trackers and how many projects they track", zh = "跟踪人负担" }
// purpose = { en = "People who track at least so many active projects on the day, the busiest first.", zh = "当天跟踪的活跃项目达到一定数量的跟踪人，负担最重的排在最前。" }
// act = { en = "Hand projects of those at the top of the list to others.", zh = "把排名靠前的跟踪人的部分项目转交他人。" }
// metric = "tracking"
// [parameters]
// as_of = { type = "date", meaning = "the day", zh = "日期" }
// least = { type = "integer", default = 2, meaning = "only those who track at least so many", zh = "最少跟踪项目数" }
// [columns]
// tracker = { meaning = "who tracks", zh = "跟踪人" }
// kind = { meaning = "kind of the tracker", zh = "类型", words = "kind" }
// many = { meaning = "active projects tracked", zh = "跟踪项目数" }
// projects = { meaning = "ids of these projects", zh = "项目列表" }
MATCH (m:Person)-[t:TRACKS]->(p:Project)
WHERE (t.valid_from IS NULL OR t.valid_from <= date($as_of)) AND (t.valid_to IS NULL OR t.valid_to > date($as_of))
  AND EXISTS {
    (p)<-[i:INCUBATES]-(:Makerspace)
    WHERE (i.valid_from IS NULL OR i.valid_from <= date($as_of)) AND (i.valid_to IS NULL OR i.valid_to > date($as_of))
  }
WITH DISTINCT m, p
WITH m, p ORDER BY p.id
WITH m, collect(p.id) AS projects, count(p) AS many
WHERE many >= $least
RETURN m.id AS tracker, m.kind AS kind, many AS many, projects AS projects
ORDER BY many DESC, tracker
