// title = { en = "Overdue feedback", zh = "逾期未反馈的项目" }
// purpose = { en = "Trackers of active projects who have given the project no feedback for so many days, or none since they began to track it.", zh = "跟踪活跃项目、但已有较长时间未给出反馈（或自开始跟踪以来从未反馈）的跟踪人。" }
// act = { en = "Ask the tracker for feedback on the project.", zh = "请跟踪人就该项目给出反馈。" }
// metric = "tracking"
// check = true
// [parameters]
// as_of = { type = "date", meaning = "the day", zh = "日期" }
// days = { type = "integer", default = 90, meaning = "how many days without feedback are too many", zh = "超过多少天未反馈即为逾期" }
// [columns]
// project = { meaning = "project that waits for feedback", zh = "项目" }
// tracker = { meaning = "who tracks it", zh = "跟踪人" }
// since = { meaning = "first day of the present tracking", zh = "跟踪起始日" }
// last_feedback = { meaning = "day of the tracker's last feedback", zh = "上次反馈日" }
// waiting = { meaning = "days since then, or since the tracking began", zh = "未反馈天数", unit = "days" }
MATCH (m:Person)-[t:TRACKS]->(p:Project)
WHERE (t.valid_from IS NULL OR t.valid_from <= date($as_of)) AND (t.valid_to IS NULL OR t.valid_to > date($as_of))
  AND EXISTS {
    (p)<-[i:INCUBATES]-(:Makerspace)
    WHERE (i.valid_from IS NULL OR i.valid_from <= date($as_of)) AND (i.valid_to IS NULL OR i.valid_to > date($as_of))
  }
WITH m, p, min(t.valid_from) AS earliest, sum(CASE WHEN t.valid_from IS NULL THEN 1 ELSE 0 END) AS undated
WITH m, p, CASE WHEN undated = 0 THEN earliest ELSE null END AS since
OPTIONAL MATCH (m)-[f:GIVES_FEEDBACK]->(p)
WHERE f.at <= date($as_of)
WITH m, p, since, max(f.at) AS last_feedback
WITH m, p, since, last_feedback,
  CASE WHEN last_feedback IS NULL OR last_feedback < since THEN since ELSE last_feedback END AS begun
WITH m, p, since, last_feedback, duration.inDays(begun, date($as_of)).days AS waiting
WHERE waiting IS NULL OR waiting >= $days
RETURN p.id AS project, m.id AS tracker, since AS since, last_feedback AS last_feedback, waiting AS waiting
ORDER BY waiting DESC, project, tracker
