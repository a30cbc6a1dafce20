"""News of projects: progress, feedback, evaluations, problems and answers."""

import numpy as np

from ecograph.generate import days
from ecograph.generate.draws import Numbers, first_of, portion, weighted, zipf
from ecograph.generate.incubation import Tracking
from ecograph.generate.names import picked
from ecograph.generate.people import free
from ecograph.generate.population import Population
from ecograph.generate.projects import PATIENCE, Projects
from ecograph.generate.tables import Columns

REPORTS = 2.0  # per project
FEEDBACKS = 1.5  # per tracker's turn
EVALUATIONS = 1.0  # per project
UNEVEN = 0.5  # exponent of the Zipf law over projects
CRITERIA = ("market", "technology", "team")
ACTIONS = ("abandon", "hold", "invest_more")
BOUNDS = (40.0, 65.0)  # scores from which a project is held, and gets more
ANSWERED = 0.8
LONGEST_WAIT = 60


def progress(population: Population, found: Projects, random: np.random.Generator) -> Columns:
    """PROGRESS: reports until the project falls quiet; those of the greenhouse that have not stalled report in time.

    Parameters
    ----------
    population : Population
        Who there is.
    found : Projects
        The projects.
    random : numpy.random.Generator
        Draws days.

    Returns
    -------
    mapping of str to array
        Columns.
    """
    heard = np.flatnonzero(~found.silent)
    rows = heard[weighted(zipf(len(heard), UNEVEN, random), round(REPORTS * len(found)), random)]
    drawn = days.uniform(found.starts[rows], found.quiet[rows], random)
    last = np.flatnonzero(found.greenhouse & ~found.silent)
    fresh = days.AS_OF - random.integers(PATIENCE, size=len(last))
    words = np.where(found.quiet[last] < days.END, found.quiet[last] - 1, np.maximum(fresh, found.starts[last]))
    rows, drawn = np.concatenate([last, rows]), np.concatenate([words, drawn])
    kept = first_of(rows, drawn)
    rows, drawn = rows[kept], drawn[kept]
    done = np.minimum(1.0, (drawn - found.starts[rows]) / found.cycles[rows])
    ends = {"source": population.at("Project", rows), "target": population.at("Makerspace", found.hosts[rows])}
    return ends | {"at": drawn, "share_done": np.round(done, 2)}


def feedback(population: Population, tracks: Tracking, found: Projects, random: np.random.Generator) -> Columns:
    """GIVES_FEEDBACK: from trackers during their turns, until the project falls quiet."""
    turns = random.integers(len(tracks.projects), size=round(FEEDBACKS * len(tracks.projects)))
    highs = np.minimum(tracks.stops, found.quiet[tracks.projects])
    turns = turns[highs[turns] > tracks.starts[turns]]
    drawn = days.uniform(tracks.starts[turns], highs[turns], random)
    givers, rows = tracks.trackers[turns], tracks.projects[turns]
    kept = first_of(givers, rows, drawn)
    ends = {"source": population.at("Professional", givers[kept]), "target": population.at("Project", rows[kept])}
    return ends | {"at": drawn[kept]}


def evaluated(population: Population, found: Projects, random: np.random.Generator) -> Columns:
    """EVALUATES: scores of professionals, and what they ask to do."""
    n = portion(len(found), EVALUATIONS)
    rows = weighted(zipf(len(found), UNEVEN, random), n, random)
    judges = random.integers(free(population.sizes["Professional"]), size=n)
    drawn = days.uniform(found.starts[rows], np.minimum(found.stops[rows], days.END), random)
    kept = first_of(judges, rows, drawn)
    scores = np.clip(np.round(random.normal(58.0, 16.0, int(kept.sum()))), 0.0, 100.0)
    ends = {"source": population.at("Professional", judges[kept]), "target": population.at("Project", rows[kept])}
    return ends | {
        "at": drawn[kept],
        "score": scores,
        "criterion": picked(CRITERIA, random.integers(len(CRITERIA), size=len(scores))),
        "action": picked(ACTIONS, np.searchsorted(BOUNDS, scores, side="right")),
    }


def problems(population: Population, found: Projects, random: np.random.Generator) -> dict[str, Columns]:
    """RAISES and ANSWERS: every problem is raised by one project, most are answered by a professional.

    Parameters
    ----------
    population : Population
        Who there is.
    found : Projects
        The projects.
    random : numpy.random.Generator
        Draws who, when and whether.

    Returns
    -------
    dict of str to mapping
        Columns by relation kind.
    """
    n = population.sizes["Problem"]
    rows = weighted(zipf(len(found), UNEVEN, random), n, random)
    raised = days.uniform(found.starts[rows], np.minimum(found.stops[rows], days.END), random)
    waited = raised + np.floor(LONGEST_WAIT * random.random(n) ** 2).astype(np.int64)
    open_ = random.permutation(n)[: n - portion(n, ANSWERED, 1)]
    answered = np.setdiff1d(np.flatnonzero(waited < days.END), open_)
    guides = free(population.sizes["Professional"])
    helpers: Numbers = weighted(zipf(guides, UNEVEN, random), len(answered), random)
    ends = {"source": population.at("Professional", helpers), "target": population.at("Problem", answered)}
    return {
        "RAISES": {"source": population.at("Project", rows), "target": population.at("Problem"), "at": raised},
        "ANSWERS": ends | {"at": waited[answered]},
    }
