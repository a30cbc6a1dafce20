// Nodes tied by the things they share, the ties not formed: as heavy as the sum over shared things of what both nodes
// have in it, so with as much memory as there are nodes in things.
#pragma once

#include "communities.hpp"

namespace ecograph {

// What nodes have in things, by node and by thing, and what each node gives and takes in its ties with others.
struct Sharing {
    struct Coarse;

    std::span<const int64_t> pointers;
    std::span<const int32_t> things;
    std::span<const double> amounts;
    std::span<const int64_t> thing_pointers;
    std::span<const int32_t> members;
    std::span<const double> member_amounts;
    std::span<const double> sent;

    int32_t n() const { return static_cast<int32_t>(sent.size()); }
    int32_t n_things() const { return static_cast<int32_t>(thing_pointers.size()) - 1; }
};

inline Share share_of(const Sharing& sharing, int32_t node) { return {sharing.sent[node], sharing.sent[node]}; }

// Calls visit(neighbour, weight) once for each thing that a node shares with another, there and back.
template <class Visit>
void each_tie(const Sharing& sharing, int32_t node, const Visit& visit) {
    for (int64_t place = sharing.pointers[node]; place < sharing.pointers[node + 1]; ++place) {
        const int32_t thing = sharing.things[place];
        const double amount = 2 * sharing.amounts[place];
        for (int64_t other = sharing.thing_pointers[thing]; other < sharing.thing_pointers[thing + 1]; ++other)
            if (sharing.members[other] != node) visit(sharing.members[other], amount * sharing.member_amounts[other]);
    }
}

// Calls visit(neighbours) for the members of each thing that a node has something in, itself among them.
template <class Visit>
void each_circle(const Sharing& sharing, int32_t node, const Visit& visit) {
    for (int64_t place = sharing.pointers[node]; place < sharing.pointers[node + 1]; ++place) {
        const int32_t thing = sharing.things[place];
        const int64_t first = sharing.thing_pointers[thing];
        visit(sharing.members.subspan(first, sharing.thing_pointers[thing + 1] - first));
    }
}

inline void prepare_ties(const Sharing&, int32_t) {}
inline void prepare_communities(const Sharing&, int32_t, const Communities&) {}

// Rows of nodes turned into rows of things.
struct Turned {
    std::vector<int64_t> pointers;
    std::vector<int32_t> members;
    std::vector<double> amounts;

    Turned() = default;
    Turned(std::span<const int64_t> rows, std::span<const int32_t> things, std::span<const double> values, int32_t n)
        : pointers(static_cast<size_t>(n) + 1, 0), members(things.size()), amounts(things.size()) {
        for (const int32_t thing : things) ++pointers[thing + 1];
        std::partial_sum(pointers.begin(), pointers.end(), pointers.begin());
        std::vector<int64_t> ends(pointers.begin(), pointers.end() - 1);
        for (size_t node = 0; node + 1 < rows.size(); ++node)
            for (int64_t place = rows[node]; place < rows[node + 1]; ++place) {
                const int64_t to = ends[things[place]]++;
                members[to] = static_cast<int32_t>(node);
                amounts[to] = values[place];
            }
    }
};

// Groups of nodes that share things, as nodes.
struct Sharing::Coarse {
    std::vector<int64_t> pointers{0};
    std::vector<int32_t> things;
    std::vector<double> amounts;
    std::vector<double> sent;
    Turned turned;

    operator Sharing() const {
        return {pointers, things, amounts, turned.pointers, turned.members, turned.amounts, sent};
    }
};

// The network of groups, whose members stand one group after the other.
template <class Pause>
Sharing::Coarse coarsen(const Sharing& sharing, const Members& groups, const Pause& pause) {
    Sharing::Coarse coarse;
    Tally tally(sharing.n_things());
    for (int32_t group = 0; group < groups.n(); ++group) {
        double sent = 0;
        for (const int32_t node : groups[group]) {
            pause();
            sent += sharing.sent[node];
            for (int64_t place = sharing.pointers[node]; place < sharing.pointers[node + 1]; ++place)
                tally.add(sharing.things[place], sharing.amounts[place]);
        }
        for (const int32_t thing : tally.groups()) {
            coarse.things.push_back(thing);
            coarse.amounts.push_back(tally[thing]);
        }
        coarse.pointers.push_back(static_cast<int64_t>(coarse.things.size()));
        coarse.sent.push_back(sent);
        tally.clear();
    }
    coarse.turned = Turned(coarse.pointers, coarse.things, coarse.amounts, sharing.n_things());
    return coarse;
}

}  // namespace ecograph
