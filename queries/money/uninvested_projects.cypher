// title = { en = "Projects in stage 1 without an investor", zh = "尚无投资的 1 阶段项目" }
// purpose = { en = "Projects in stage 1 or beyond on the day in which nobody has invested, neither in them nor in a team that works on them.", zh = "当天处于 1 阶段或之后、项目本身及从事该项目的团队均未获得投资的项目。" }
// act = { en = "Invite investors to the project's next roadshow.", zh = "邀请投资人参加该项目的下一次路演。" }
// [parameters]
// as_of = { type = "date", meaning = "the day", zh = "日期" }
// [columns]
// project = { meaning = "project without an investor", zh = "项目" }
// name = { meaning = "its name", zh = "名称" }
// since = { meaning = "first day in stage 1", zh = "进入 1 阶段的日期" }
MATCH (p:Project)<-[i:INCUBATES]-(:Makerspace)
WHERE i.stage IN ['1', 'beyond']
  AND (i.valid_from IS NULL OR i.valid_from <= date($as_of)) AND (i.valid_to IS NULL OR i.valid_to > date($as_of))
  AND NOT EXISTS {
    (p)<-[v:INVESTS_IN]-()
    WHERE v.at <= date($as_of)
  }
  AND NOT EXISTS {
    (p)<-[w:WORKS_ON]-(g:Team)<-[v:INVESTS_IN]-()
    WHERE v.at <= date($as_of)
      AND (w.valid_from IS NULL OR w.valid_from <= date($as_of)) AND (w.valid_to IS NULL OR w.valid_to > date($as_of))
  }
WITH p, min(i.valid_from) AS since
RETURN p.id AS project, p.name AS name, since AS since
ORDER BY since, project
