"""The first page of the reference."""

from writers.markdown import contents, page

PARTS = {
    "metrics/index": ("Metrics", "what each metric measures, its columns, its formula and its source"),
    "api/index": ("Python", "the functions and classes of `import ecograph as eg`"),
    "cli": ("Command line", "every command and its options"),
    "schema": ("The innovation schema", "kinds, relations and words, in English and Chinese"),
    "dialect": ("The language of queries", "the grammar, the rules and the functions of queries"),
    "findings": ("Findings", "everything that may be found in data, with reason and remedy"),
    "../glossary": ("Glossary", "one word, one meaning"),
}
INTRODUCTION = "Written from the code itself, but for the glossary."


def files() -> dict[str, str]:
    """The page that leads to all parts."""
    lines = "\n".join(f"- [{title}]({path}.md): {words}." for path, (title, words) in PARTS.items())
    return {"docs/reference/index.md": page("Reference", INTRODUCTION, lines, contents(PARTS))}
