// # These lines hold TOML and say what the query is; below them stands the query. Change both.
// title = { en = "Projects of a makerspace", zh = "众创空间的项目" }
// purpose = { en = "Projects that a makerspace incubates on the day.", zh = "众创空间当天孵化的项目。" }
// act = { en = "What somebody does about a row.", zh = "看到一行结果后应采取的行动。" }
// # If every row is something to be put right, add: check = true
// # Every $name in the query is a parameter: text, integer, number, boolean, date or list.
// # Without a default it must be given; as_of is the day of the data.
// [parameters]
// as_of = { type = "date", meaning = "the day", zh = "日期" }
// least = { type = "integer", default = 0, meaning = "only those incubated for so many days", zh = "最少孵化天数" }
// # Every column that the query returns, in the same order.
// [columns]
// project = { meaning = "project", zh = "项目" }
// makerspace = { meaning = "where it is incubated", zh = "众创空间" }
// since = { meaning = "first day there", zh = "入孵日" }
// # Kinds, relations and attributes are those of the schema. Spans that hold the day are found as below.
// # ORDER BY ends in an id, so that the rows always stand in one order.
MATCH (h:Makerspace)-[i:INCUBATES]->(p:Project)
WHERE i.valid_from <= date($as_of) - duration({days: $least})
  AND (i.valid_to IS NULL OR i.valid_to > date($as_of))
WITH h, p, min(i.valid_from) AS since
RETURN p.id AS project, h.id AS makerspace, since AS since
ORDER BY since, makerspace, project
