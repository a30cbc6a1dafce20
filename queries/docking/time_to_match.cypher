// title = { en = "How long demands wait", zh = "需求等待时间" }
// purpose = { en = "Demands that began within the last days, by category of the resource: how many had a first delivery, how many of these in time, and the longest wait. A delivery is what the demander received of the resource within the span, in the same unit, and counts for each demand it fits; the metric time_to_match gives it to one and counts those who still wait.", zh = "近期开始的需求，按资源类别统计：多少项已得到首次交付、多少项及时交付、最长等待多少天。交付指需求方在需求期内以同一单位收到的该资源，并计入每一项与之相符的需求；指标 time_to_match 只把它计入一项，并考虑仍在等待的需求。" }
// act = { en = "Look for more suppliers in the categories with few deliveries in time.", zh = "为及时交付较少的类别寻找更多供应方。" }
// metric = "time_to_match"
// [parameters]
// as_of = { type = "date", meaning = "the day", zh = "日期" }
// days = { type = "integer", default = 90, meaning = "how many days back", zh = "回溯天数" }
// within = { type = "integer", default = 30, meaning = "how many days are in time", zh = "多少天内算及时" }
// [columns]
// category = { meaning = "category of the resource", zh = "资源类别", words = "resource_category" }
// demands = { meaning = "demands that began", zh = "需求项数" }
// matched = { meaning = "of these, had a delivery", zh = "已得到交付的项数" }
// in_time = { meaning = "of these, in time", zh = "及时交付的项数" }
// longest = { meaning = "longest wait for a first delivery", zh = "最长等待天数", unit = "days" }
MATCH (d)-[w:DEMANDS]->(:Makerspace)
WHERE w.valid_from <= date($as_of) AND w.valid_from > date($as_of) - duration({days: $days})
OPTIONAL MATCH (d)<-[t:TRANSFERS]-()
WHERE t.resource = w.resource AND t.unit = w.unit AND t.at <= date($as_of)
  AND t.at >= w.valid_from AND (w.valid_to IS NULL OR t.at < w.valid_to)
WITH w, min(t.at) AS came
WITH w.resource AS wanted, duration.inDays(w.valid_from, came).days AS waited
WITH wanted, count(*) AS demands, count(waited) AS matched,
  sum(CASE WHEN waited <= $within THEN 1 ELSE 0 END) AS in_time, max(waited) AS longest
MATCH (r:Resource {id: wanted})
RETURN r.category AS category, sum(demands) AS demands, sum(matched) AS matched, sum(in_time) AS in_time,
  max(longest) AS longest
ORDER BY category
