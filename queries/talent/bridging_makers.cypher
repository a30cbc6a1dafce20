// title = { en = "Makers who bridge makerspaces", zh = "跨众创空间的桥梁创客" }
// purpose = { en = "Makers who on the day collaborate with makers settled in at least so many makerspaces. Who stands between others is told by the metric brokerage.", zh = "当天与入驻至少若干个众创空间的创客合作的创客。至于谁处于他人之间，由指标 brokerage 给出。" }
// act = { en = "Ask the maker to introduce people of the makerspaces to one another.", zh = "请该创客为这些众创空间的成员牵线搭桥。" }
// metric = "brokerage"
// [parameters]
// as_of = { type = "date", meaning = "the day", zh = "日期" }
// least = { type = "integer", default = 3, meaning = "only those who reach at least so many makerspaces", zh = "最少众创空间数" }
// [columns]
// maker = { meaning = "maker who bridges", zh = "创客" }
// makerspaces = { meaning = "makerspaces of the partners", zh = "合作伙伴所在众创空间数" }
// partners = { meaning = "makers settled somewhere with whom they collaborate", zh = "有入驻的合作创客数" }
MATCH (m:Maker)-[c:COLLABORATES]-(o:Maker)
WHERE (c.valid_from IS NULL OR c.valid_from <= date($as_of)) AND (c.valid_to IS NULL OR c.valid_to > date($as_of))
WITH DISTINCT m, o
MATCH (o)-[s:SETTLED_IN]->(h:Makerspace)
WHERE (s.valid_from IS NULL OR s.valid_from <= date($as_of)) AND (s.valid_to IS NULL OR s.valid_to > date($as_of))
WITH m, count(DISTINCT h) AS makerspaces, count(DISTINCT o) AS partners
WHERE makerspaces >= $least
RETURN m.id AS maker, makerspaces AS makerspaces, partners AS partners
ORDER BY makerspaces DESC, partners DESC, maker
