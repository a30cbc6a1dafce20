// title = { en = "Makerspaces docked with no platform", zh = "未对接外部平台的众创空间" }
// purpose = { en = "Makerspaces that dock with no external platform on the day, with how many makers are settled there.", zh = "当天没有与任何外部平台对接的众创空间，以及入驻其中的创客人数。" }
// act = { en = "Introduce the makerspace to an external platform.", zh = "为该众创空间引荐外部平台。" }
// [parameters]
// as_of = { type = "date", meaning = "the day", zh = "日期" }
// [columns]
// makerspace = { meaning = "makerspace without a platform", zh = "众创空间" }
// name = { meaning = "its name", zh = "名称" }
// makers = { meaning = "makers settled there", zh = "入驻创客数" }
// last_docked = { meaning = "day on which its last docking ended", zh = "上次对接结束日" }
MATCH (h:Makerspace)
WHERE NOT EXISTS {
    (h)-[d:DOCKS_WITH]-(:ExternalPlatform)
    WHERE (d.valid_from IS NULL OR d.valid_from <= date($as_of)) AND (d.valid_to IS NULL OR d.valid_to > date($as_of))
  }
OPTIONAL MATCH (h)-[e:DOCKS_WITH]-(:ExternalPlatform)
WHERE e.valid_to <= date($as_of)
WITH h, max(e.valid_to) AS last_docked
OPTIONAL MATCH (h)<-[s:SETTLED_IN]-(m:Maker)
WHERE (s.valid_from IS NULL OR s.valid_from <= date($as_of)) AND (s.valid_to IS NULL OR s.valid_to > date($as_of))
WITH h, last_docked, count(DISTINCT m) AS makers
RETURN h.id AS makerspace, h.name AS name, makers AS makers, last_docked AS last_docked
ORDER BY makers DESC, makerspace
