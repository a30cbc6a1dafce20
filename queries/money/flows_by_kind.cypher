// title = { en = "Flows by kind", zh = "各类主体之间的资源流转" }
// purpose = { en = "What was transferred within the last days between kinds of actors: how often, and the worth of the rows that tell it, by currency.", zh = "近期各类主体之间的资源流转：次数，以及已注明价值者的价值合计（按币种）。" }
// act = { en = "Ask why kinds that should deal with each other do not stand in the list.", zh = "留意本应往来却未出现在表中的类型。" }
// metric = "flow_statistics"
// [parameters]
// as_of = { type = "date", meaning = "the day", zh = "日期" }
// days = { type = "integer", default = 365, meaning = "how many days back", zh = "回溯天数" }
// [columns]
// giver = { meaning = "kind of who gave", zh = "转出方类型", words = "kind" }
// taker = { meaning = "kind of who got", zh = "接收方类型", words = "kind" }
// currency = { meaning = "currency of the worth", zh = "币种" }
// transfers = { meaning = "how many transfers", zh = "流转次数" }
// value = { meaning = "worth of these", zh = "价值合计" }
MATCH (a)-[t:TRANSFERS]->(b)
WHERE t.at <= date($as_of) AND t.at > date($as_of) - duration({days: $days})
RETURN a.kind AS giver, b.kind AS taker, t.currency AS currency, count(t) AS transfers, sum(t.value) AS value
ORDER BY giver, taker, currency
