"""The page of the language that queries are written in, from its grammar."""

from ecograph.cypher.functions import DATE_PARTS, FUNCTIONS, Function
from ecograph.cypher.gate import DEEPEST, GRAMMAR, LONGEST, TYPES
from ecograph.cypher.patterns import STEPS
from ecograph.cypher.values import WORDS
from writers.markdown import code, escaped, page, table

INTRODUCTION = """
A query is one statement that reads, in a part of Neo4j 5 Cypher: what an embedded engine and a Neo4j server answer
alike. It runs as it stands, and may be pasted into a Neo4j browser. What does not parse by the grammar below, or breaks
one of the rules, is refused before it runs, with line, column, a caret before the place, and what is allowed there.

查询语句只读数据，采用 Neo4j 5 Cypher 的一个子集，内置引擎与 Neo4j 服务器对它的回答一致。
不符合以下语法或规则的语句不会运行；报错时会指出行、列和位置，并说明允许的写法。
"""
RULES = f"""
## Rules 规则

- Kinds, relation kinds and attributes are those of the schema, in English and spelled as there. A node has its
  attributes and `kind`, the name of its leaf kind; a relation has its attributes and `key`. A node that stands alone
  names its kind.
- A relation joins the kinds that the schema lets it join, in that direction. A relation without direction is written
  `-[:COLLABORATES]-`.
- Attributes marked as personal are refused unless they are asked for.
- Parameters are declared with a type: {", ".join(TYPES)}. Dates come in as text: `date($as_of)`.
- Every column has a name, and holds a value: a node is returned by its attributes.
- Names are Latin letters, digits and `_`, and none of the words below.
- Values of two types are not compared: the engines would differ. Dates have the parts {", ".join(DATE_PARTS)}.
- An aggregate is a whole item of WITH or RETURN; what is calculated from it stands after a WITH.
- `collect()` stands right behind a WITH that has an ORDER BY.
- LIMIT and SKIP stand behind an ORDER BY that ends in an `id` or `key`, or that names all the rows are grouped by.
- A path has at most {STEPS} steps.
- No backslash and no backtick: a text that holds one sort of quotes stands in the other. Characters that are not seen
  are refused everywhere.
- At most {LONGEST:,} characters, and {DEEPEST} parts in one another.
"""


def files() -> dict[str, str]:
    """The page of the grammar, the rules and the functions."""
    functions = [(code(_called(name, one)), escaped(one.meaning)) for name, one in FUNCTIONS.items()]
    parts = [
        INTRODUCTION,
        RULES,
        "## Functions 函数\n\n" + table(("function", "gives"), functions),
        "## Words that are no names 保留词\n\n" + WORDS.upper(),
        "## Grammar 语法\n\nIn the notation of [Lark](https://lark-parser.readthedocs.io/en/stable/grammar.html).",
        *_sections(),
    ]
    return {"docs/reference/dialect.md": page("The language of queries", *parts)}


def _called(name: str, function: Function) -> str:
    return f"{name}({', '.join(function.takes)}{', …' * function.more})"


def _sections() -> list[str]:
    """Each comment of the grammar as text, and the rules below it."""
    sections = []
    for block in GRAMMAR.read_text(encoding="utf-8").strip().split("\n\n"):
        lines = block.split("\n")
        told = [line.removeprefix("// ") for line in lines if line.startswith("//")]
        rules = [line for line in lines if not line.startswith("//")]
        sections.append("\n\n".join(part for part in (escaped("\n".join(told)), _code(rules)) if part))
    return sections


def _code(rules: list[str]) -> str:
    return "\n".join(["```text", *rules, "```"]) if rules else ""
