// title = { en = "Skills that a project lacks", zh = "项目缺少的技能" }
// purpose = { en = "Skills that a project requires on the day and that nobody who works on it has, alone or in a team, with how many others have them.", zh = "项目当天所需、但从事该项目的个人和团队成员均不具备的技能，以及具备该技能的其他人数。" }
// act = { en = "Introduce somebody who has the skill to the project.", zh = "为该项目介绍具备该技能的人。" }
// [parameters]
// as_of = { type = "date", meaning = "the day", zh = "日期" }
// [columns]
// project = { meaning = "project that lacks the skill", zh = "项目" }
// skill = { meaning = "skill it lacks", zh = "技能" }
// name = { meaning = "name of the skill", zh = "技能名称" }
// people = { meaning = "people who have the skill", zh = "具备者人数" }
MATCH (p:Project)-[q:REQUIRES]->(k:Skill)
WHERE (q.valid_from IS NULL OR q.valid_from <= date($as_of)) AND (q.valid_to IS NULL OR q.valid_to > date($as_of))
  AND EXISTS {
    (p)<-[w:WORKS_ON]-(:Actor)
    WHERE (w.valid_from IS NULL OR w.valid_from <= date($as_of)) AND (w.valid_to IS NULL OR w.valid_to > date($as_of))
  }
  AND NOT EXISTS {
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
WITH DISTINCT p, k
OPTIONAL MATCH (k)<-[h:HAS_SKILL]-(o:Person)
WHERE (h.valid_from IS NULL OR h.valid_from <= date($as_of)) AND (h.valid_to IS NULL OR h.valid_to > date($as_of))
WITH p, k, count(DISTINCT o) AS people
RETURN p.id AS project, k.id AS skill, k.name AS name, people AS people
ORDER BY project, skill
