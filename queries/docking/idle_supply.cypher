// title = { en = "Idle supply", zh = "闲置供给" }
// purpose = { en = "Supplies still open on the day of which something is left: supplied, less what the supplier transferred of that resource within the span, in the same unit.", zh = "当天仍在供应且尚有剩余的供给：供给量减去供应方在供应期内以同一单位转出的该资源数量。" }
// act = { en = "Offer what is left to those who demand the resource.", zh = "把剩余部分提供给需要该资源的一方。" }
// metric = "idle_supply"
// [parameters]
// as_of = { type = "date", meaning = "the day", zh = "日期" }
// [columns]
// supplier = { meaning = "who supplies", zh = "供应方" }
// kind = { meaning = "kind of the supplier", zh = "供应方类型", words = "kind" }
// makerspace = { meaning = "where it is supplied", zh = "众创空间" }
// resource = { meaning = "resource supplied", zh = "资源" }
// supplied = { meaning = "amount supplied", zh = "供给量" }
// idle = { meaning = "amount that nobody got", zh = "闲置量" }
// unit = { meaning = "unit of the amounts", zh = "单位" }
// key = { meaning = "key of the supply", zh = "键" }
MATCH (g)-[s:SUPPLIES]->(m:Makerspace)
WHERE s.amount > 0 AND (s.valid_from IS NULL OR s.valid_from <= date($as_of))
  AND (s.valid_to IS NULL OR s.valid_to > date($as_of))
OPTIONAL MATCH (g)-[t:TRANSFERS]->()
WHERE t.resource = s.resource AND t.unit = s.unit AND t.at <= date($as_of)
  AND (s.valid_from IS NULL OR t.at >= s.valid_from) AND (s.valid_to IS NULL OR t.at < s.valid_to)
WITH g, s, m, sum(t.amount) AS delivered
WHERE s.amount - delivered > s.amount * 0.000000001
RETURN g.id AS supplier, g.kind AS kind, m.id AS makerspace, s.resource AS resource, s.amount AS supplied,
  s.amount - delivered AS idle, s.unit AS unit, s.key AS key
ORDER BY resource, supplier, key
