// title = { en = "Both sides of each makerspace", zh = "众创空间的两边规模" }
// purpose = { en = "How many makers are settled in each makerspace on the day, and how many actors supply it.", zh = "当天各众创空间的入驻创客数和供应方数。" }
// act = { en = "Win members for the side that is small.", zh = "为规模较小的一边招募成员。" }
// metric = "concentration"
// [parameters]
// as_of = { type = "date", meaning = "the day", zh = "日期" }
// [columns]
// makerspace = { meaning = "makerspace", zh = "众创空间" }
// name = { meaning = "its name", zh = "名称" }
// mode = { meaning = "mode it declares", zh = "模式", words = "mode" }
// makers = { meaning = "makers settled there", zh = "入驻创客数" }
// suppliers = { meaning = "actors who supply it", zh = "供应方数" }
MATCH (h:Makerspace)
OPTIONAL MATCH (h)<-[s:SETTLED_IN]-(m:Maker)
WHERE (s.valid_from IS NULL OR s.valid_from <= date($as_of)) AND (s.valid_to IS NULL OR s.valid_to > date($as_of))
WITH h, count(DISTINCT m) AS makers
OPTIONAL MATCH (h)<-[u:SUPPLIES]-(g)
WHERE (u.valid_from IS NULL OR u.valid_from <= date($as_of)) AND (u.valid_to IS NULL OR u.valid_to > date($as_of))
WITH h, makers, count(DISTINCT g) AS suppliers
RETURN h.id AS makerspace, h.name AS name, h.mode AS mode, makers AS makers, suppliers AS suppliers
ORDER BY makers DESC, suppliers DESC, makerspace
