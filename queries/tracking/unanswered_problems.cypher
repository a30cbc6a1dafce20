// title = { en = "Problems that nobody answered", zh = "无人解答的问题" }
// purpose = { en = "Problems that a project raised by the day and to which there is no answer yet, the oldest first.", zh = "截至当天已由项目提出但尚无解答的问题，最早提出的排在最前。" }
// act = { en = "Find somebody who can answer the problem.", zh = "为该问题寻找能够解答的人。" }
// metric = "tracking"
// check = true
// [parameters]
// as_of = { type = "date", meaning = "the day", zh = "日期" }
// days = { type = "integer", default = 0, meaning = "only problems open for at least so many days", zh = "至少未解答天数" }
// [columns]
// problem = { meaning = "problem without an answer", zh = "问题" }
// project = { meaning = "project that raised it", zh = "项目" }
// raised = { meaning = "day on which it was raised", zh = "提出日期" }
// waiting = { meaning = "days since then", zh = "等待天数", unit = "days" }
MATCH (p:Project)-[r:RAISES]->(q:Problem)
WHERE r.at <= date($as_of) AND NOT EXISTS {
  (q)<-[a:ANSWERS]-(:Person)
  WHERE a.at >= r.at AND a.at <= date($as_of)
}
WITH p, q, r.at AS raised, duration.inDays(r.at, date($as_of)).days AS waiting
WHERE waiting >= $days
RETURN q.id AS problem, p.id AS project, raised AS raised, waiting AS waiting
ORDER BY waiting DESC, problem, project
