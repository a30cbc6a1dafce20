// title = { en = "Knowledge gaps by project", zh = "各项目的知识缺口" }
// purpose = { en = "Projects on which somebody works on the day, with how many of the skills they require nobody who works on them has, alone or in a team.", zh = "当天有人从事的项目，其所需技能中有多少项为全体成员（个人及团队成员）均不具备。" }
// act = { en = "Close the gap by training, or by a partner who has the skill.", zh = "通过培训或引入具备该技能的伙伴来弥补缺口。" }
// [parameters]
// as_of = { type = "date", meaning = "the day", zh = "日期" }
// [columns]
// project = { meaning = "project with gaps", zh = "项目" }
// name = { meaning = "its name", zh = "名称" }
// required = { meaning = "skills it requires", zh = "所需技能数" }
// missing = { meaning = "of these, those it lacks", zh = "缺少技能数" }
// skills = { meaning = "ids of the skills it lacks", zh = "缺少的技能" }
MATCH (p:Project)-[q:REQUIRES]->(k:Skill)
WHERE (q.valid_from IS NULL OR q.valid_from <= date($as_of)) AND (q.valid_to IS NULL OR q.valid_to > date($as_of))
  AND EXISTS {
    (p)<-[w:WORKS_ON]-(:Actor)
    WHERE (w.valid_from IS NULL OR w.valid_from <= date($as_of)) AND (w.valid_to IS NULL OR w.valid_to > date($as_of))
  }
WITH DISTINCT p, k
WITH p, k, NOT EXISTS {
    (p)<-[w:WORKS_ON]-(a:Person)-[b:HAS_SKILL]->(k)
    WHERE (w.valid_from IS NULL OR w.valid_from <= date($as_of)) AND (w.valid_to IS NULL OR w.valid_to > date($as_of))
      AND (b.valid_from IS NULL OR b.valid_from <= date($as_of)) AND (b.valid_to IS NULL OR b.valid_to > date($as_of))
  }
  AND NOT EXISTS {
    (p)<-[w:WORKS_ON]-(g:Team)<-[n:MEMBER_OF]-(a:Person)-[b:HAS_SKILL]->(k)
    WHERE (w.valid_from IS NULL OR w.valid_from <= date($as_of)) AND (w.valid_to IS NULL OR w.valid_to > date($as_of))
      AND (n.valid_from IS NULL OR n.valid_from <= date($as_of)) AND (n.valid_to IS NULL OR n.valid_to > date($as_of))
      AND (b.valid_from IS NULL OR b.valid_from <= date($as_of)) AND (b.valid_to IS NULL OR b.valid_to > date($as_of))
  } AS lacks
WITH p, k, lacks ORDER BY k.id
WITH p, count(k) AS required, sum(CASE WHEN lacks THEN 1 ELSE 0 END) AS missing,
  collect(CASE WHEN lacks THEN k.id ELSE null END) AS skills
WHERE missing > 0
RETURN p.id AS project, p.name AS name, required AS required, missing AS missing, skills AS skills
ORDER BY missing DESC, project
