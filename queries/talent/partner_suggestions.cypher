// title = { en = "Partners for projects that lack a skill", zh = "项目合作伙伴推荐" }
// purpose = { en = "People who have a skill that an incubated project requires and that nobody who works on it has: makers settled in its makerspace, and, where only few people have the skill, all of them.", zh = "具备孵化中项目所需、而项目成员均不具备的技能的人：入驻该项目所在众创空间的创客；若具备该技能的人很少，则列出全部。" }
// act = { en = "Introduce them to the project, those of the same makerspace first.", zh = "把他们介绍给项目，同一众创空间者优先。" }
// [parameters]
// as_of = { type = "date", meaning = "the day", zh = "日期" }
// few = { type = "integer", default = 3, meaning = "how many people are few", zh = "多少人算很少" }
// [columns]
// project = { meaning = "project that lacks the skill", zh = "项目" }
// skill = { meaning = "skill it lacks", zh = "技能" }
// person = { meaning = "who has the skill", zh = "具备者" }
// kind = { meaning = "kind of the person", zh = "类型", words = "kind" }
// near = { meaning = "whether settled in a makerspace of the project", zh = "是否同在一个众创空间" }
MATCH (h:Makerspace)-[i:INCUBATES]->(p:Project)-[q:REQUIRES]->(k:Skill)
WHERE (i.valid_from IS NULL OR i.valid_from <= date($as_of)) AND (i.valid_to IS NULL OR i.valid_to > date($as_of))
  AND (q.valid_from IS NULL OR q.valid_from <= date($as_of)) AND (q.valid_to IS NULL OR q.valid_to > date($as_of))
WITH DISTINCT h, p, k
WHERE NOT EXISTS {
    (p)<-[w:WORKS_ON]-(a:Person)-[b:HAS_SKILL]->(k)
    WHERE (w.valid_from IS NULL OR w.valid_from <= date($as_of)) AND (w.valid_to IS NULL OR w.valid_to > date($as_of))
      AND (b.valid_from IS NULL OR b.valid_from <= date($as_of)) AND (b.valid_to IS NULL OR b.valid_to > date($as_of))
  }
  AND NOT EXISTS {
    (p)<-[w:WORKS_ON]-(g:Team)<-[n:MEMBER_OF]-(a:Person)-[b:HAS_SKILL]->(k)
    WHERE (w.valid_from IS NULL OR w.valid_from <= date($as_of)) AND (w.valid_to IS NULL OR w.valid_to > date($as_of))
      AND (n.valid_from IS NULL OR n.valid_from <= date($as_of)) AND (n.valid_to IS NULL OR n.valid_to > date($as_of))
      AND (b.valid_from IS NULL OR b.valid_from <= date($as_of)) AND (b.valid_to IS NULL OR b.valid_to > date($as_of))
  }
MATCH (k)<-[x:HAS_SKILL]-(o:Person)
WHERE (x.valid_from IS NULL OR x.valid_from <= date($as_of)) AND (x.valid_to IS NULL OR x.valid_to > date($as_of))
WITH h, p, k, count(DISTINCT o) AS people
MATCH (k)<-[r:HAS_SKILL]-(m:Person)
WHERE (r.valid_from IS NULL OR r.valid_from <= date($as_of)) AND (r.valid_to IS NULL OR r.valid_to > date($as_of))
WITH p, k, m, people, EXISTS {
    (m)-[s:SETTLED_IN]->(h)
    WHERE (s.valid_from IS NULL OR s.valid_from <= date($as_of)) AND (s.valid_to IS NULL OR s.valid_to > date($as_of))
  } AS here
WITH p, k, m, people, max(CASE WHEN here THEN 1 ELSE 0 END) AS near
WHERE near = 1 OR people <= $few
RETURN p.id AS project, k.id AS skill, m.id AS person, m.kind AS kind, near = 1 AS near
ORDER BY project, skill, person
