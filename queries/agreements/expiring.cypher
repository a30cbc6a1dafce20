// title = { en = "Agreements that end soon", zh = "即将到期的协议" }
// purpose = { en = "Agreements in force on the day that end within so many days. Where the agreement itself tells no last day, the last one of its parties counts.", zh = "当天有效、将在若干天内到期的协议；协议本身未注明结束日期的，以签约方中最晚的结束日期为准。" }
// act = { en = "Ask the parties whether they renew the agreement.", zh = "询问签约方是否续签。" }
// [parameters]
// as_of = { type = "date", meaning = "the day", zh = "日期" }
// days = { type = "integer", default = 90, meaning = "how many days ahead", zh = "未来天数" }
// [columns]
// agreement = { meaning = "agreement that ends", zh = "协议" }
// name = { meaning = "its name", zh = "名称" }
// expires = { meaning = "first day on which it is over", zh = "到期日" }
// remaining = { meaning = "days until then", zh = "剩余天数", unit = "days" }
// parties = { meaning = "how many parties it has", zh = "签约方数" }
MATCH (g:Agreement)<-[p:PARTY_TO]-(x)
WHERE (p.valid_from IS NULL OR p.valid_from <= date($as_of)) AND (p.valid_to IS NULL OR p.valid_to > date($as_of))
WITH g, count(DISTINCT x) AS parties, max(p.valid_to) AS last,
  sum(CASE WHEN p.valid_to IS NULL THEN 1 ELSE 0 END) AS open
WITH g, parties, CASE WHEN g.valid_to IS NOT NULL THEN g.valid_to WHEN open = 0 THEN last ELSE null END AS expires
WHERE expires > date($as_of) AND expires <= date($as_of) + duration({days: $days})
RETURN g.id AS agreement, g.name AS name, expires AS expires,
  duration.inDays(date($as_of), expires).days AS remaining, parties AS parties
ORDER BY expires, agreement
