// title = { en = "Resources with a single supplier", zh = "仅有一个供应方的资源" }
// purpose = { en = "Resources that are demanded on the day and that only one actor supplies. Whose loss would leave which demand unmet is told by the metric critical_supplier.", zh = "当天有需求却只有一个供应方的资源。失去哪个供应方会使哪些需求落空，由指标 critical_supplier 给出。" }
// act = { en = "Find a second supplier before the first one leaves.", zh = "在现有供应方退出之前找到第二个供应方。" }
// metric = "critical_supplier"
// [parameters]
// as_of = { type = "date", meaning = "the day", zh = "日期" }
// [columns]
// resource = { meaning = "resource with one supplier", zh = "资源" }
// name = { meaning = "its name", zh = "名称" }
// supplier = { meaning = "id of the supplier", zh = "供应方" }
// demands = { meaning = "demands that are open", zh = "未结束的需求" }
MATCH (g)-[x:SUPPLIES|DEMANDS]->(:Makerspace)
WHERE (x.valid_from IS NULL OR x.valid_from <= date($as_of)) AND (x.valid_to IS NULL OR x.valid_to > date($as_of))
WITH x.resource AS wanted, g, sum(CASE WHEN type(x) = 'SUPPLIES' THEN 1 ELSE 0 END) AS supplied,
  sum(CASE WHEN type(x) = 'DEMANDS' THEN 1 ELSE 0 END) AS asked
WITH wanted, sum(CASE WHEN supplied > 0 THEN 1 ELSE 0 END) AS suppliers,
  min(CASE WHEN supplied > 0 THEN g.id ELSE null END) AS supplier, sum(asked) AS demands
WHERE suppliers = 1 AND demands > 0
MATCH (r:Resource {id: wanted})
RETURN r.id AS resource, r.name AS name, supplier AS supplier, demands AS demands
ORDER BY demands DESC, resource
