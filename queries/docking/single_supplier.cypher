// title = { en = "Resources with a single supplier", zh = "仅有一个供应方的资源" }
// purpose = { en = "Resources that are demanded on the day and that only one actor supplies.", zh = "当天有需求却只有一个供应方的资源。" }
// act = { en = "Find a second supplier before the first one leaves.", zh = "在现有供应方退出之前找到第二个供应方。" }
// [parameters]
// as_of = { type = "date", meaning = "the day", zh = "日期" }
// [columns]
// resource = { meaning = "resource with one supplier", zh = "资源" }
// name = { meaning = "its name", zh = "名称" }
// supplier = { meaning = "id of the supplier", zh = "供应方" }
// demands = { meaning = "demands that are open", zh = "未结束的需求" }
MATCH (g)-[s:SUPPLIES]->(:Makerspace)
WHERE (s.valid_from IS NULL OR s.valid_from <= date($as_of)) AND (s.valid_to IS NULL OR s.valid_to > date($as_of))
WITH s.resource AS wanted, count(DISTINCT g) AS suppliers, min(g.id) AS supplier
WHERE suppliers = 1
MATCH (r:Resource {id: wanted}), ()-[w:DEMANDS]->(:Makerspace)
WHERE w.resource = wanted AND (w.valid_from IS NULL OR w.valid_from <= date($as_of))
  AND (w.valid_to IS NULL OR w.valid_to > date($as_of))
WITH r, supplier, count(w) AS demands
RETURN r.id AS resource, r.name AS name, supplier AS supplier, demands AS demands
ORDER BY demands DESC, resource
