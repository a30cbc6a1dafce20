"""What a browser makes of the drawings: with its own fonts no text meets another or leaves the paper."""

import json
import re
import subprocess
from pathlib import Path

import numpy as np
import pytest

from ecograph.charts import Chart, bars, funnel, heat_map, interval, lines, network, sankey
from ecograph.charts.words import LANGUAGES
from ecograph.table import Language

MEASURE = """
<script>addEventListener("load", () => {
  const found = [];
  for (const svg of document.querySelectorAll("svg")) {
    const paper = svg.getBoundingClientRect();
    const level = [...svg.querySelectorAll("text")].filter(text => !text.closest("[transform*=rotate]"));
    const boxes = level.map(text => [text.getBoundingClientRect(), text.textContent]);
    boxes.forEach(([a, name], place) => {
      if (a.left < paper.left || a.right > paper.right || a.bottom > paper.bottom) found.push([name, "leaves"]);
      for (const [b, other] of boxes.slice(place + 1)) {
        const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        if (wide > 1 && high > 0.35 * a.height) found.push([name, other]);
      }
    });
  }
  document.title = JSON.stringify(found);
})</script>
"""


def drawings(language: Language) -> list[Chart]:
    """Charts of names and numbers as long as people have them."""
    name = {"en": "North Harbour Makerspace and Hardware Incubator", "zh": "北港创客空间与硬件孵化器"}[language]
    names = [f"{name} {place}" for place in range(12)]
    values = np.geomspace(1, 2e9, 12)
    generator = np.random.default_rng(8)
    sources, targets = generator.integers(0, 120, size=(2, 300))
    return [
        bars(names, values * np.where(np.arange(12) % 3, 1, -1), categories=names, title=name, language=language),
        lines(names, {label: values * place for place, label in enumerate(names)}, title=name, language=language),
        heat_map(names, names, generator.normal(size=(12, 12)), title=name, unit="%", language=language),
        heat_map(names[:3], names[:4], np.outer(values[:3], values[:4]), title=name, language=language),
        interval(names, values, values / 2, values * 2, title=name, language=language),
        funnel(names, values[::-1], title=name, language=language),
        sankey(names, names[::-1], values, title=name, language=language),
        network(
            [f"{name} {place}" for place in range(120)], names * 10, sources, targets, title=name, language=language
        ),
    ]


@pytest.mark.browser
@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_do_not_meet(language: Language, chromium: str, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    bodies = "".join(f"<div>{chart.svg}</div>" for chart in drawings(language))
    page.write_text(
        f'<!doctype html><meta charset="utf-8"><body style="width:700px">{bodies}{MEASURE}', encoding="utf-8"
    )
    flags = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
    flags += ["--disable-component-update", "--disable-sync", f"--user-data-dir={tmp_path / 'profile'}"]
    seen = subprocess.run(
        [chromium, *flags, "--dump-dom", page.as_uri()], capture_output=True, text=True, check=True, timeout=120
    )
    (told,) = re.findall(r"<title>(\[[^<]*\])</title>", seen.stdout)[:1]
    assert json.loads(told) == []
