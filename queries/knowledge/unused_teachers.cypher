// title = { en = "Teachers not used", zh = "闲置的讲师" }
// purpose = { en = "People who have taught somebody and who neither teach nor mentor anybody on the day, those with most pupils first.", zh = "曾经授课、但当天既不授课也不指导任何人的讲师，学员最多的排在最前。" }
// act = { en = "Ask the teacher for another course.", zh = "邀请该讲师再次授课。" }
// [parameters]
// as_of = { type = "date", meaning = "the day", zh = "日期" }
// [columns]
// teacher = { meaning = "who has taught", zh = "讲师" }
// kind = { meaning = "kind of the teacher", zh = "类型", words = "kind" }
// pupils = { meaning = "whom they taught, by now", zh = "授课学员数" }
// ended = { meaning = "day on which the last course was over", zh = "上次授课结束日" }
MATCH (a:Person)-[t:TEACHES]->(x:Person)
WHERE (t.valid_from IS NULL OR t.valid_from <= date($as_of))
WITH a, count(DISTINCT x) AS pupils, max(t.valid_to) AS ended
WHERE NOT EXISTS {
    (a)-[c:TEACHES|MENTORS]->()
    WHERE (c.valid_from IS NULL OR c.valid_from <= date($as_of)) AND (c.valid_to IS NULL OR c.valid_to > date($as_of))
  }
RETURN a.id AS teacher, a.kind AS kind, pupils AS pupils, ended AS ended
ORDER BY pupils DESC, teacher
