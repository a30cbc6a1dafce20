// title = { en = "Stalled projects", zh = "停滞项目" }
// purpose = { en = "Projects in stage -1 or 0 of which nothing was heard for more than so many days: no progress report, no feedback, no resource received, no new incubation.", zh = "处于 -1 或 0 阶段、超过若干天没有任何动态的项目：没有进度更新、没有反馈、没有收到资源，也没有进入新的孵化。" }
// act = { en = "Visit the project, find it what it lacks, or decide to end it.", zh = "走访该项目，补其所缺，或决定终止。" }
// metric = "stalled"
// check = true
// [parameters]
// as_of = { type = "date", meaning = "the day", zh = "日期" }
// days = { type = "integer", default = 90, meaning = "how many days without news are still in order", zh = "允许无动态的天数" }
// [columns]
// project = { meaning = "project that has stalled", zh = "项目" }
// name = { meaning = "its name", zh = "名称" }
// stage = { meaning = "stage it is in", zh = "所处阶段", words = "stage" }
// last_news = { meaning = "day of the last news", zh = "最近动态日" }
// days = { meaning = "days since then", zh = "无动态天数", unit = "days" }
MATCH (p:Project)<-[i:INCUBATES]-(:Makerspace)
WHERE i.stage IN ['-1', '0']
  AND (i.valid_from IS NULL OR i.valid_from <= date($as_of)) AND (i.valid_to IS NULL OR i.valid_to > date($as_of))
WITH p, max(i.stage) AS stage
MATCH (p)<-[c:INCUBATES]-(:Makerspace)
WHERE (c.valid_from IS NULL OR c.valid_from <= date($as_of))
WITH p, stage, max(c.valid_from) AS entered
OPTIONAL MATCH (p)-[n:PROGRESS|GIVES_FEEDBACK|TRANSFERS]-()
WHERE n.at <= date($as_of)
WITH p, stage, entered, max(n.at) AS heard
WITH p, stage, CASE WHEN heard IS NULL OR heard < entered THEN entered ELSE heard END AS last_news
WITH p, stage, last_news, duration.inDays(last_news, date($as_of)).days AS days
WHERE days IS NULL OR days > $days
RETURN p.id AS project, p.name AS name, stage AS stage, last_news AS last_news, days AS days
ORDER BY days DESC, project
