// title = { en = "Makers of several makerspaces", zh = "多归属的创客" }
// purpose = { en = "Makers settled in two or more makerspaces on the day.", zh = "当天同时入驻两个或更多众创空间的创客。" }
// act = { en = "Ask the maker what each makerspace gives, and what yours lacks.", zh = "了解各众创空间分别提供了什么、本空间还缺什么。" }
// metric = "multi_homing"
// [parameters]
// as_of = { type = "date", meaning = "the day", zh = "日期" }
// [columns]
// maker = { meaning = "maker of several makerspaces", zh = "创客" }
// many = { meaning = "how many makerspaces", zh = "众创空间数" }
// makerspaces = { meaning = "ids of these", zh = "众创空间列表" }
MATCH (m:Maker)-[s:SETTLED_IN]->(h:Makerspace)
WHERE (s.valid_from IS NULL OR s.valid_from <= date($as_of)) AND (s.valid_to IS NULL OR s.valid_to > date($as_of))
WITH DISTINCT m, h
WITH m, h ORDER BY h.id
WITH m, collect(h.id) AS makerspaces, count(h) AS many
WHERE many > 1
RETURN m.id AS maker, many AS many, makerspaces AS makerspaces
ORDER BY many DESC, maker
