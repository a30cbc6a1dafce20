"""Texts that pass the gate and that an engine answers; parameters are those of PARAMETERS."""

import re

PARAMETERS = {"as_of": "date", "id": "text", "days": "integer", "least": "number", "modes": "list", "open": "boolean"}
VALUES = {
    "as_of": "2025-06-30",
    "id": "project-07",
    "days": 30,
    "least": 2.5,
    "modes": ["media", "training"],
    "open": True,
}

CONDITIONS = """
p.id = 'project-07'
p.id = "project-07"
p.id <> $id
p.id = '港湾'
p.id = 'DELETE p'
p.id = '; MATCH (n) DETACH DELETE n //'
p.id = "it's"
p.id IN ['project-07', $id]
NOT p.id IN []
p.name IS NULL
p.name IS NOT NULL
p.name STARTS WITH 'a'
p.name ENDS WITH 'a'
p.name CONTAINS 'a'
toLower(p.name) CONTAINS 'a' OR toUpper(trim(p.name)) = 'A'
p.difficulty > 3
p.difficulty >= 3.5 AND p.difficulty < 9
p.difficulty = 3 OR p.difficulty = 4.0 XOR p.difficulty = 5
NOT (p.difficulty <= 3)
NOT NOT p.difficulty <= 3
p.difficulty + 1 > $least * 2 - 3
p.expected_cycle / 30 > 2 AND p.expected_cycle % 2 = 0
-p.difficulty < -3
p.difficulty - (-1) > 0
abs(p.difficulty - 3) < 1.5
coalesce(p.difficulty, 0) > 2
coalesce(p.difficulty, p.expected_cycle, 0) > 2
toInteger(p.difficulty) = 3 AND toFloat(3) = 3.0
p.valid_from <= date($as_of)
p.valid_from >= date('2024-01-01') AND p.valid_from < date('2025-01-01')
p.valid_from <= date($as_of) - duration({days: $days})
p.valid_from + duration({days: 30}) > date($as_of)
duration.inDays(p.valid_from, date($as_of)).days > $days
p.valid_from.year = 2024
p.valid_from.quarter = 1 AND p.valid_from.month < 3 AND p.valid_from.day > 1
p.kind = 'Project'
p:Project AND $open
EXISTS { (p)<-[:TRACKS]-() }
EXISTS { MATCH (p)<-[:TRACKS]-(m:Maker) }
EXISTS { (p)<-[t:TRACKS]-(m) WHERE t.valid_to IS NULL AND m:Maker }
NOT EXISTS { (p)<-[:TRACKS]-(m), (m)-[:MENTORS]->(p) }
COUNT { (p)<-[:TRACKS]-() } > 1
COUNT { (p)<-[t:TRACKS]-() WHERE t.valid_from <= date($as_of) } = 0
EXISTS { (p)<-[:INCUBATES {stage: '1'}]-(s:Makerspace) WHERE s.mode IN $modes }
any(x IN ['a', p.id] WHERE x = p.id)
all(x IN ['a'] WHERE x = p.id)
none(x IN ['a'] WHERE x = p.id)
size([x IN [1, 2, 3] WHERE x > 1 | x * 2]) = 2
head([1, 2]) = 1 AND last([1, 2]) = 2
CASE WHEN p.difficulty > 3 THEN true ELSE false END
CASE p.industry WHEN 'technology' THEN 1 WHEN 'other' THEN 2 ELSE 3 END < 3
true
p.industry = 'technology' // a comment with MERGE in it
""".strip().splitlines()

ITEMS = """
p.id AS project
p.id AS project, p.name AS name, p.kind AS kind
DISTINCT p.industry AS industry
count(*) AS many
count(p) AS many
count(DISTINCT p.industry) AS many
p.industry AS industry, count(*) AS many, avg(p.difficulty) AS mean
min(p.difficulty) AS least, max(p.difficulty) AS most, sum(p.difficulty) AS total
min(p.valid_from) AS first, max(p.valid_from) AS last_day
sum(CASE WHEN p.difficulty > 3 THEN 1 ELSE 0 END) AS hard
p.valid_from.year AS year, count(*) AS projects ORDER BY year
p.id AS project ORDER BY project DESC SKIP 2 LIMIT 3
p.id AS project ORDER BY project ASC LIMIT $days
p.difficulty AS difficulty, p.id AS project ORDER BY difficulty DESC, project LIMIT 5
p.industry AS industry, count(*) AS many ORDER BY many DESC, industry LIMIT 2
DISTINCT p.industry AS industry ORDER BY industry LIMIT 2
date($as_of) AS today, $id AS id, $days AS days, null AS nothing
[p.id, 'a'] AS names, 1.5 AS number, p.id + '-' + p.id AS twice
COUNT { (p)<-[:TRACKS]-() } AS trackers, EXISTS { (p)<-[:TRACKS]-() } AS tracked
CASE WHEN p.difficulty IS NULL THEN 'unknown' ELSE 'known' END AS state
""".strip().splitlines()

WHOLE = """
MATCH (m)-[t:TRACKS]->(p:Project) RETURN m.id AS tracker, p.id AS project, t.key AS key, t.valid_from AS since
MATCH (p:Project)<-[t:TRACKS|MENTORS]-(m:Person) RETURN type(t) AS relation, count(*) AS many ORDER BY relation
MATCH (m:Maker|Professional)-[:HAS_SKILL]->(s:Skill) RETURN s.id AS skill, count(DISTINCT m) AS people ORDER BY skill
MATCH (a:Maker)-[:COMMUNICATES]-(b:Maker) WHERE a.id < b.id RETURN a.id AS a, b.id AS b, count(*) AS times
MATCH (a:Maker {id: $id})-[c:COLLABORATES]-(b) RETURN b.id AS partner, b.kind AS kind, c.hours AS hours
MATCH (a:Maker)-[:COMMUNICATES*1..2]-(b:Maker) WHERE a.id = $id RETURN b.id AS maker, count(*) AS ways ORDER BY maker
MATCH (s:Makerspace)-[i:INCUBATES]->(p:Project), (p)<-[:TRACKS]-(m) RETURN s.id AS s, p.id AS p, m.id AS m, i.stage AS g
MATCH (p:Project) OPTIONAL MATCH (p)<-[:TRACKS]-(m) WITH p, count(m) AS n WHERE n = 0 RETURN p.id AS project
MATCH (p:Project) WITH p ORDER BY p.id LIMIT 3 MATCH (p)<-[:TRACKS]-(m) RETURN p.id AS project, m.id AS tracker
MATCH (p:Project) WITH p ORDER BY p.id RETURN p.industry AS industry, collect(p.id) AS projects ORDER BY industry
UNWIND $modes AS mode MATCH (s:Makerspace) WHERE s.mode = mode RETURN mode AS mode, s.id AS makerspace
UNWIND [1, 2] AS x RETURN x AS x
MATCH (d)-[w:DEMANDS]->(s:Makerspace) RETURN d.kind AS kind, w.resource AS resource, w.amount AS amount, w.unit AS unit
MATCH (g)-[t:TRANSFERS]->(d:Maker) WHERE t.at.year = 2024 RETURN g.id AS giver, sum(t.amount) AS amount ORDER BY giver
MATCH (o:Organisation)-[r:PARTICIPATES_IN]->(p:Project) RETURN o.id AS o, p.id AS p, r.order AS place
MATCH (a:Maker), (b:Makerspace) RETURN count(*) AS pairs
MATCH (a:Maker), (b:Maker) WHERE a = b AND NOT a <> b RETURN count(*) AS pairs
MATCH (o:Organisation)-[:EMPLOYS]->(w)-[:TRACKS]->(p) RETURN o.name AS organisation, count(DISTINCT p) AS projects
MATCH (m:Maker) WITH m.background AS background, count(*) AS many RETURN background AS background, many * 2 AS twice
MATCH (m:Maker) WITH m, m.background AS b WHERE b IS NOT NULL WITH b, count(m) AS n RETURN max(n) AS most
MATCH (t:Team)<-[:MEMBER_OF]-(m) MATCH (t)-[:WORKS_ON]->(p:Project) RETURN t.id AS team, m.id AS member, p.id AS project
MATCH (e:Event)<-[a:ATTENDS]-(m) WITH e, count(DISTINCT m) AS guests RETURN e.id AS event, guests AS guests
MATCH (m:Maker)-[x:SETTLED_IN]->(s), (m)-[y:SETTLED_IN]->(r) WHERE s.id < r.id RETURN m.id AS maker, count(*) AS pairs
MATCH (s:Makerspace)-[:DOCKS_WITH]-(e:ExternalPlatform) RETURN s.id AS makerspace, e.form AS form
""".strip().splitlines()
SHAPES = [
    "match (p:Project) return p.id as project order by project limit 3",
    "Match (p:Project)\r\n\tWhere p.id = 'x'\r\nReturn p.id As project;",
    "// every project\nMATCH (p:Project) // here\n// and here\nRETURN p.id AS project // ; DELETE p",
    "MATCH(p:Project)WHERE(p.id='x')RETURN(p.id)AS project",
    "MATCH (p :Project) - [ : RAISES ] -> (q) RETURN q.id AS problem",
]

HARMLESS = [
    *(f"MATCH (p:Project) WHERE {condition} \nRETURN p.id AS project" for condition in CONDITIONS),
    *(f"MATCH (p:Project) RETURN {items}" for items in ITEMS),
    *WHOLE,
    *SHAPES,
]


def needed(text: str) -> dict[str, object]:
    """Values of the parameters that stand in a text."""
    return {name: VALUES[name] for name in re.findall(r"\$(\w+)", text)}
