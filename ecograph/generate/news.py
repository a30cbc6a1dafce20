"""News of projects: progress, feedback, evaluations, problems and answers."""

import numpy as np

from ecograph.generate import days
from ecograph.generate.draws import Groups, Numbers, first_of, weighted, zipf
from ecograph.generate.incubation import Tracking
from ecograph.generate.names import named, picked
from ecograph.generate.people import free
from ecograph.generate.population import Population
from ecograph.generate.projects import Projects
from ecograph.generate.tables import Columns, vocabulary

REPORTS = 2.0  # per project
FEEDBACKS = 1.5  # per tracker's turn
EVALUATIONS = 1.0  # per project
CRITERIA = ("market", "technology", "team")
BOUNDS = (40.0, 70.0)  # scores below which a project is abandoned, and held
ANSWERED = 0.8
LONGEST_WAIT = 60
