"""Chapters: what is told of the setting - people, projects, knowledge, exchange, agreements, ties."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from ecograph.generate import (
    agreements,
    brokers,
    docking,
    events,
    incubation,
    knowledge,
    money,
    news,
    organisations,
    people,
    projects,
    resources,
    ties,
    truth,
)
from ecograph.generate.demands import members
from ecograph.generate.names import named
from ecograph.generate.setting import Setting
from ecograph.generate.tables import Columns

FEWEST_TALKS = 0.01  # of all relations


@dataclass(frozen=True)
class Chapter:
    """Columns of nodes and relations by kind, and planted truth by name."""

    nodes: Mapping[str, Columns] = field(default_factory=dict)
    relations: Mapping[str, Columns] = field(default_factory=dict)
    truth: Mapping[str, pa.Table] = field(default_factory=dict)


def chapters(place: Setting, relations: int, random: np.random.Generator) -> list[Chapter]:
    """Tell everything; conversations come last, as many as are missing to the number of relations."""
    told = [
        _people(place, random),
        _projects(place, random),
        _knowledge(place, random),
        _exchange(place, relations, random),
        _agreements(place, random),
        _ties(place, relations, random),
    ]
    rows = sum(len(columns["source"]) for chapter in told for columns in chapter.relations.values())
    missing = max(relations - rows, round(FEWEST_TALKS * relations))
    talks = ties.conversations(place.population, place.settlement, missing, random)
    return [*told, Chapter(relations={"COMMUNICATES": talks})]


def _people(place: Setting, random: np.random.Generator) -> Chapter:
    population, settlement = place.population, place.settlement
    makers, backgrounds = people.makers(settlement, random)
    gatherings, meetings = events.events(population, settlement, random)
    nodes: dict[str, Columns] = {
        "Maker": makers,
        "Professional": people.professionals(population.sizes["Professional"], random),
        "Team": {"name": named("Team", population.sizes["Team"], random)},
        "Event": gatherings,
        "Market": {"name": named("Market", population.sizes["Market"], random)},
    }
    relations: dict[str, Columns] = {
        "MEMBER_OF": people.members(population, settlement, place.leaders, place.teams, random),
        "SETTLED_IN": incubation.settled(population, settlement, place.teams, place.found),
        "EMPLOYS": people.employed(population, place.work, random),
        "STUDIES_AT": people.studying(population, backgrounds, random),
        **events.choices(population, settlement, random),
        **meetings,
    }
    planted = {"communities": truth.communities(population, settlement), **truth.sides(population, place.panel)}
    return Chapter(nodes, relations, planted)


def _projects(place: Setting, random: np.random.Generator) -> Chapter:
    population, found, tracks = place.population, place.found, place.tracks
    relations = {
        "WORKS_ON": incubation.worked(population, place.settlement, place.teams, found, random),
        "INCUBATES": incubation.incubated(population, found),
        "TRACKS": incubation.tracked(population, tracks),
        "PROGRESS": news.progress(population, found, random),
        "GIVES_FEEDBACK": news.feedback(population, tracks, found, random),
        "EVALUATES": news.evaluated(population, found, random),
        **news.problems(population, found, random),
    }
    nodes = {
        "Project": projects.nodes(found, random),
        "Problem": {"name": named("Problem", population.sizes["Problem"], random)},
    }
    return Chapter(nodes, relations, truth.incubation(population, found, tracks))


def _knowledge(place: Setting, random: np.random.Generator) -> Chapter:
    population, settlement, found = place.population, place.settlement, place.found
    skills = knowledge.held(population, random)
    needed, lacking, scarce = knowledge.required(population, skills, found, random)
    relations = {
        "HAS_SKILL": skills,
        "REQUIRES": needed,
        "MENTORS": knowledge.mentored(population, settlement, place.work, found, random),
        "TEACHES": knowledge.taught(population, settlement, random),
    }
    nodes = {"Skill": knowledge.nodes(population, random)}
    return Chapter(nodes, relations, {"knowledge_gaps": truth.gaps(population, lacking, scarce)})


def _exchange(place: Setting, relations: int, random: np.random.Generator) -> Chapter:
    population, settlement = place.population, place.settlement
    known = resources.catalogue(population)
    offered = resources.supplies(population, settlement, place.enterprises, place.supplying, known, random)
    who = members(population, settlement, place.teams, place.found)
    told, planted = docking.docked(population, known, who, offered, relations, random)
    return Chapter({"Resource": resources.nodes(known, random)}, told, planted)


def _agreements(place: Setting, random: np.random.Generator) -> Chapter:
    population, found = place.population, place.found
    wishes = agreements.intentions(population, place.tracks, found, random)
    contracts, signed = agreements.agreements(population, wishes, found, random)
    relations = {
        "INTENDS": agreements.intended(population, wishes, found),
        "INVESTS_IN": money.invested(population, wishes, found, random),
        "PARTICIPATES_IN": money.participated(population, found, random),
        **signed,
    }
    return Chapter({"Agreement": contracts}, relations)


def _ties(place: Setting, relations: int, random: np.random.Generator) -> Chapter:
    population, settlement = place.population, place.settlement
    nodes, sectors = organisations.nodes(population, settlement, random)
    hubs = brokers.brokers(population, relations, random)
    joined = ties.collaborations(population, settlement, hubs, random)
    told = {
        "COLLABORATES": joined,
        "COMPETES": ties.rivalries(population, settlement, sectors, joined, random),
        **organisations.relations(population, settlement, random),
    }
    return Chapter(nodes, told, {"brokers": truth.brokers(population, hubs)})
