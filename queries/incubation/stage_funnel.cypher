// title = { en = "Projects by stage", zh = "各阶段的项目" }
// purpose = { en = "How many projects were ever in each stage of incubation by the day, and how many are there now. How likely and how fast a stage leads to the next is told by the metric stage_funnel.", zh = "截至当天曾处于各孵化阶段的项目数，以及当天处于该阶段的项目数。进入下一阶段的概率和所需时间由指标 stage_funnel 给出。" }
// act = { en = "Ask where the numbers fall most from one stage to the next.", zh = "关注相邻阶段之间数量下降最多之处。" }
// metric = "stage_funnel"
// [parameters]
// as_of = { type = "date", meaning = "the day", zh = "日期" }
// [columns]
// stage = { meaning = "stage of incubation", zh = "阶段", words = "stage" }
// projects = { meaning = "projects that were ever in it", zh = "曾到达的项目数" }
// now = { meaning = "projects in it on the day", zh = "目前的项目数" }
MATCH (p:Project)<-[i:INCUBATES]-(:Makerspace)
WHERE i.stage IS NOT NULL AND (i.valid_from IS NULL OR i.valid_from <= date($as_of))
WITH i.stage AS stage, p, max(CASE WHEN i.valid_to IS NULL OR i.valid_to > date($as_of) THEN 1 ELSE 0 END) AS here
RETURN stage AS stage, count(p) AS projects, sum(here) AS now
ORDER BY stage
