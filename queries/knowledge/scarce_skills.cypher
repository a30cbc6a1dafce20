// title = { en = "Skills required by more projects than people have them", zh = "供不应求的技能" }
// purpose = { en = "Skills that more active projects require on the day than people have them.", zh = "需要该技能的活跃项目数多于具备该技能的人数的技能。" }
// act = { en = "Hold a course on the skill, or look for people who have it.", zh = "开设相关课程，或引进具备该技能的人。" }
// [parameters]
// as_of = { type = "date", meaning = "the day", zh = "日期" }
// [columns]
// skill = { meaning = "skill that is scarce", zh = "技能" }
// name = { meaning = "its name", zh = "名称" }
// area = { meaning = "area of knowledge", zh = "知识领域", words = "area" }
// projects = { meaning = "active projects that require it", zh = "需要该技能的活跃项目数" }
// people = { meaning = "people who have it", zh = "具备者人数" }
MATCH (k:Skill)<-[q:REQUIRES]-(p:Project)
WHERE (q.valid_from IS NULL OR q.valid_from <= date($as_of)) AND (q.valid_to IS NULL OR q.valid_to > date($as_of))
  AND EXISTS {
    (p)<-[i:INCUBATES]-(:Makerspace)
    WHERE (i.valid_from IS NULL OR i.valid_from <= date($as_of)) AND (i.valid_to IS NULL OR i.valid_to > date($as_of))
  }
WITH k, count(DISTINCT p) AS projects
OPTIONAL MATCH (k)<-[x:HAS_SKILL]-(a:Person)
WHERE (x.valid_from IS NULL OR x.valid_from <= date($as_of)) AND (x.valid_to IS NULL OR x.valid_to > date($as_of))
WITH k, projects, count(DISTINCT a) AS people
WHERE projects > people
RETURN k.id AS skill, k.name AS name, k.area AS area, projects AS projects, people AS people
ORDER BY people, projects DESC, skill
