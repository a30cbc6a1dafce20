// title = { en = "Unmet demand", zh = "未满足的需求" }
// purpose = { en = "Demands that began within the last days and are still open for which less came than was asked: what the demander received of that resource within the span, in the same unit. Several demands of one resource by one demander share it; the metric unmet_demand gives each its own, and tells of all demands, however old.", zh = "近期开始、当天仍未结束且到货不足的需求，按需求方在需求期内以同一单位收到的该资源数量计算。同一需求方对同一资源的多项需求共用到货量；指标 unmet_demand 会逐项分配，并涵盖所有需求，不论起始早晚。" }
// act = { en = "Look for a supplier of the resource.", zh = "为该资源寻找供应方。" }
// metric = "unmet_demand"
// check = true
// [parameters]
// as_of = { type = "date", meaning = "the day", zh = "日期" }
// days = { type = "integer", default = 90, meaning = "how many days back demands may have begun", zh = "需求起始的回溯天数" }
// [columns]
// demander = { meaning = "who demands", zh = "需求方" }
// kind = { meaning = "kind of the demander", zh = "需求方类型", words = "kind" }
// makerspace = { meaning = "where it is demanded", zh = "众创空间" }
// resource = { meaning = "resource demanded", zh = "资源" }
// demanded = { meaning = "amount demanded", zh = "需求量" }
// missing = { meaning = "amount that did not come", zh = "缺口" }
// unit = { meaning = "unit of the amounts", zh = "单位" }
// since = { meaning = "first day of the demand", zh = "起始日期" }
// key = { meaning = "key of the demand", zh = "键" }
MATCH (d)-[w:DEMANDS]->(m:Makerspace)
WHERE (w.valid_from IS NULL OR w.valid_from <= date($as_of)) AND (w.valid_to IS NULL OR w.valid_to > date($as_of))
  AND (w.valid_from IS NULL OR w.valid_from > date($as_of) - duration({days: $days}))
OPTIONAL MATCH (d)<-[t:TRANSFERS]-()
WHERE t.resource = w.resource AND t.unit = w.unit AND t.at <= date($as_of)
  AND (w.valid_from IS NULL OR t.at >= w.valid_from) AND (w.valid_to IS NULL OR t.at < w.valid_to)
WITH d, w, m, sum(t.amount) AS came
WHERE w.amount - came > w.amount * 0.000000001
RETURN d.id AS demander, d.kind AS kind, m.id AS makerspace, w.resource AS resource, w.amount AS demanded,
  w.amount - came AS missing, w.unit AS unit, w.valid_from AS since, w.key AS key
ORDER BY since, demander, key
