// title = { en = "Skills that one person has", zh = "仅一人具备的技能" }
// purpose = { en = "Skills that active projects require on the day and that only one person has.", zh = "活跃项目当天所需、却只有一人具备的技能。" }
// act = { en = "Let the person teach the skill to others before they leave.", zh = "在该人离开之前，请其把技能传授给他人。" }
// [parameters]
// as_of = { type = "date", meaning = "the day", zh = "日期" }
// [columns]
// skill = { meaning = "skill that one person has", zh = "技能" }
// name = { meaning = "its name", zh = "名称" }
// person = { meaning = "who has it", zh = "具备者" }
// projects = { meaning = "active projects that require it", zh = "需要该技能的活跃项目数" }
MATCH (k:Skill)<-[x:HAS_SKILL]-(a:Person)
WHERE (x.valid_from IS NULL OR x.valid_from <= date($as_of)) AND (x.valid_to IS NULL OR x.valid_to > date($as_of))
WITH k, count(DISTINCT a) AS holders, min(a.id) AS person
WHERE holders = 1
MATCH (k)<-[q:REQUIRES]-(p:Project)
WHERE (q.valid_from IS NULL OR q.valid_from <= date($as_of)) AND (q.valid_to IS NULL OR q.valid_to > date($as_of))
  AND EXISTS {
    (p)<-[i:INCUBATES]-(:Makerspace)
    WHERE (i.valid_from IS NULL OR i.valid_from <= date($as_of)) AND (i.valid_to IS NULL OR i.valid_to > date($as_of))
  }
WITH k, person, count(DISTINCT p) AS projects
RETURN k.id AS skill, k.name AS name, person AS person, projects AS projects
ORDER BY projects DESC, skill
