// title = { en = "Resources demanded more than supplied", zh = "供不应求的资源" }
// purpose = { en = "Resources of which the open demands of the day ask for more than the open supplies offer, in the same unit.", zh = "当天未结束的需求量超过当天供给量的资源（按同一单位比较）。" }
// act = { en = "Look for a supplier of the resource, those with most demands first.", zh = "为该资源寻找供应方，需求项数最多的优先。" }
// metric = "coverage"
// [parameters]
// as_of = { type = "date", meaning = "the day", zh = "日期" }
// [columns]
// resource = { meaning = "resource that is short", zh = "资源" }
// name = { meaning = "its name", zh = "名称" }
// category = { meaning = "its category", zh = "资源类别", words = "resource_category" }
// demands = { meaning = "open demands", zh = "需求项数" }
// demanded = { meaning = "amount they ask for", zh = "需求量" }
// supplies = { meaning = "open supplies", zh = "供给条数" }
// supplied = { meaning = "amount they offer", zh = "供给量" }
// unit = { meaning = "unit of the amounts", zh = "单位" }
MATCH ()-[x:DEMANDS|SUPPLIES]->(:Makerspace)
WHERE (x.valid_from IS NULL OR x.valid_from <= date($as_of)) AND (x.valid_to IS NULL OR x.valid_to > date($as_of))
WITH x.resource AS wanted, x.unit AS unit,
  sum(CASE WHEN type(x) = 'DEMANDS' THEN 1 ELSE 0 END) AS demands,
  sum(CASE WHEN type(x) = 'DEMANDS' THEN x.amount ELSE 0.0 END) AS demanded,
  sum(CASE WHEN type(x) = 'SUPPLIES' THEN 1 ELSE 0 END) AS supplies,
  sum(CASE WHEN type(x) = 'SUPPLIES' THEN x.amount ELSE 0.0 END) AS supplied
WHERE demanded > supplied
MATCH (r:Resource {id: wanted})
RETURN r.id AS resource, r.name AS name, r.category AS category, demands AS demands, demanded AS demanded,
  supplies AS supplies, supplied AS supplied, unit AS unit
ORDER BY demands DESC, unit, resource
