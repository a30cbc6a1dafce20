// title = { en = "Ties kept after graduation", zh = "毕业项目保持的联系" }
// purpose = { en = "Projects that reached stage 1 at a makerspace and are incubated nowhere on the day: how many of the makers who worked on them are still settled there, and how many makers settled there these collaborate with.", zh = "曾在众创空间到达 1 阶段、当天已不再孵化的项目：其参与创客中仍入驻该空间的人数，以及他们当天与该空间多少名入驻创客保持合作。" }
// act = { en = "Invite the makers of projects without ties as mentors or guests.", zh = "邀请已无联系的毕业项目的创客回来担任导师或嘉宾。" }
// [parameters]
// as_of = { type = "date", meaning = "the day", zh = "日期" }
// [columns]
// project = { meaning = "project that has graduated", zh = "项目" }
// makerspace = { meaning = "where it reached stage 1", zh = "众创空间" }
// ended = { meaning = "first day on which it was incubated no longer", zh = "孵化结束日" }
// makers = { meaning = "makers who worked on it", zh = "参与创客数" }
// settled = { meaning = "of these, still settled there", zh = "仍入驻人数" }
// partners = { meaning = "makers settled there they collaborate with", zh = "保持合作的入驻创客数" }
MATCH (p:Project)<-[i:INCUBATES]-(h:Makerspace)
WHERE i.stage IN ['1', 'beyond'] AND i.valid_to <= date($as_of)
  AND NOT EXISTS {
    (p)<-[j:INCUBATES]-(:Makerspace)
    WHERE (j.valid_from IS NULL OR j.valid_from <= date($as_of)) AND (j.valid_to IS NULL OR j.valid_to > date($as_of))
  }
WITH p, h, max(i.valid_to) AS ended
OPTIONAL MATCH (p)<-[w:WORKS_ON]-(m:Maker)
WHERE (w.valid_from IS NULL OR w.valid_from <= date($as_of))
WITH p, h, ended, count(DISTINCT m) AS makers
OPTIONAL MATCH (p)<-[w:WORKS_ON]-(m:Maker)-[s:SETTLED_IN]->(h)
WHERE (w.valid_from IS NULL OR w.valid_from <= date($as_of))
  AND (s.valid_from IS NULL OR s.valid_from <= date($as_of)) AND (s.valid_to IS NULL OR s.valid_to > date($as_of))
WITH p, h, ended, makers, count(DISTINCT m) AS settled
OPTIONAL MATCH (p)<-[w:WORKS_ON]-(m:Maker)-[c:COLLABORATES]-(o:Maker)-[s:SETTLED_IN]->(h)
WHERE (w.valid_from IS NULL OR w.valid_from <= date($as_of))
  AND (c.valid_from IS NULL OR c.valid_from <= date($as_of)) AND (c.valid_to IS NULL OR c.valid_to > date($as_of))
  AND (s.valid_from IS NULL OR s.valid_from <= date($as_of)) AND (s.valid_to IS NULL OR s.valid_to > date($as_of))
WITH p, h, ended, makers, settled, count(DISTINCT o) AS partners
RETURN p.id AS project, h.id AS makerspace, ended AS ended, makers AS makers, settled AS settled, partners AS partners
ORDER BY ended, project, makerspace
