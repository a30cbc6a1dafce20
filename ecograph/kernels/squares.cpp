// Four-cycles, and what the neighbourhoods of nodes have in common. A four-cycle is counted at the one of its nodes
// with the most neighbours, which bounds the work by the sum over ties of the smaller number of neighbours of its ends
// (Chiba & Nishizeki 1985; Wang et al. 2019).

#include <numeric>
#include <utility>

#include "door.hpp"

namespace ecograph {
namespace {

struct Rows {
    std::span<const int64_t> pointers;
    std::span<const int32_t> neighbours;

    int32_t n() const { return static_cast<int32_t>(pointers.size()) - 1; }
    int64_t degree(int32_t node) const { return pointers[node + 1] - pointers[node]; }
    std::span<const int32_t> of(int32_t node) const { return neighbours.subspan(pointers[node], degree(node)); }
};

// The same ties with nodes numbered by their number of neighbours, the fewest first, and rows ascending.
struct Ranked {
    std::vector<int64_t> pointers;
    std::vector<int32_t> neighbours;

    explicit Ranked(const Rows& rows) : pointers(rows.n() + 1, 0), neighbours(rows.neighbours.size()) {
        std::vector<int32_t> nodes(rows.n()), ranks(rows.n());
        std::iota(nodes.begin(), nodes.end(), 0);
        std::stable_sort(nodes.begin(), nodes.end(),
                         [&](int32_t one, int32_t other) { return rows.degree(one) < rows.degree(other); });
        for (int32_t rank = 0; rank < rows.n(); ++rank) ranks[nodes[rank]] = rank;
        for (const int32_t neighbour : rows.neighbours) ++pointers[ranks[neighbour] + 1];
        std::partial_sum(pointers.begin(), pointers.end(), pointers.begin());
        std::vector<int64_t> next(pointers);
        for (int32_t rank = 0; rank < rows.n(); ++rank)
            for (const int32_t neighbour : rows.of(nodes[rank])) neighbours[next[ranks[neighbour]]++] = rank;
    }
};

int64_t count(const Rows& given) {
    Stop stop;
    const Ranked ranked(given);
    const Rows rows{ranked.pointers, ranked.neighbours};
    std::vector<int32_t> met(rows.n(), 0);  // two-paths from the node to each node of a lower rank
    int64_t cycles = 0, steps = 0;
    for (int32_t node = 0; node < rows.n(); ++node) {
        const auto over_two_paths = [&](const auto& visit) {
            for (const int32_t between : rows.of(node)) {
                if (between >= node) break;
                if ((++steps & 0xfff) == 0) stop.check();
                for (const int32_t end : rows.of(between)) {
                    if (end >= node) break;
                    visit(end);
                }
            }
        };
        over_two_paths([&](int32_t end) { cycles += met[end]++; });
        over_two_paths([&](int32_t end) { met[end] = 0; });
    }
    return cycles;
}

struct Overlap {
    Array<int32_t> others;
    Array<double> shares;
};

// Of each node: how many others have a neighbour in common with it, and the sum over them of the share of the
// neighbours of either that are neighbours of both.
Overlap overlap(const Rows& rows) {
    Stop stop;
    Overlap found{Array<int32_t>(rows.n()), Array<double>(rows.n())};
    std::vector<int32_t> met(rows.n(), 0);  // neighbours that each node has in common with the node
    std::vector<int32_t> others;
    int64_t steps = 0;
    for (int32_t node = 0; node < rows.n(); ++node) {
        others.clear();
        for (const int32_t between : rows.of(node)) {
            if ((++steps & 0xfff) == 0) stop.check();
            for (const int32_t other : rows.of(between))
                if (other != node && met[other]++ == 0) others.push_back(other);
        }
        double shares = 0;
        for (const int32_t other : others) {
            const int64_t both = std::exchange(met[other], 0);
            shares += static_cast<double>(both) / static_cast<double>(rows.degree(node) + rows.degree(other) - both);
        }
        found.others[node] = static_cast<int32_t>(others.size());
        found.shares[node] = shares;
    }
    return found;
}

Rows taken(const Given& pointers, const Given& neighbours) {
    const Rows rows{entries<int64_t>(pointers, "pointers"), entries<int32_t>(neighbours, "neighbours")};
    check_count(static_cast<int64_t>(rows.pointers.size()) - 1, "nodes");
    return rows;
}

void check(const Rows& rows) {
    check_pointers(rows.pointers, rows.n(), rows.neighbours.size(), "pointers");
    check_range(rows.neighbours, rows.n(), "neighbours");
}

int64_t cycles(const Given& pointers, const Given& neighbours) {
    const Rows rows = taken(pointers, neighbours);
    const nb::gil_scoped_release unlocked;
    check(rows);
    return count(rows);
}

auto overlaps(const Given& pointers, const Given& neighbours) {
    const Rows rows = taken(pointers, neighbours);
    Overlap found;
    {
        const nb::gil_scoped_release unlocked;
        check(rows);
        found = overlap(rows);
    }
    return nb::make_tuple(std::move(found.others).numpy(), std::move(found.shares).numpy());
}

constexpr const char* cycles_signature =
    "def cycles(pointers: numpy.typing.NDArray[numpy.int64], neighbours: numpy.typing.NDArray[numpy.int32]) -> int";

constexpr const char* cycles_text = R"(Number of four-cycles.

Rows hold the neighbours of each node: each once, every tie from both ends, none of a node with itself.)";

constexpr const char* overlaps_signature =
    "def overlaps(pointers: numpy.typing.NDArray[numpy.int64], neighbours: numpy.typing.NDArray[numpy.int32]) "
    "-> tuple[numpy.typing.NDArray[numpy.int32], numpy.typing.NDArray[numpy.float64]]";

constexpr const char* overlaps_text = R"(What each node's neighbours have in common with those of others.

Gives for each node how many others have a neighbour in common with it, and the sum over these of the neighbours of both
over the neighbours of either.

Rows hold the neighbours of each node: each once, every tie from both ends, none of a node with itself.)";

}  // namespace
}  // namespace ecograph

NB_MODULE(squares, module) {
    using namespace ecograph;
    module.def("cycles", &cycles, nb::arg("pointers"), nb::arg("neighbours"), nb::sig(cycles_signature), cycles_text);
    module.def("overlaps", &overlaps, nb::arg("pointers"), nb::arg("neighbours"), nb::sig(overlaps_signature),
               overlaps_text);
}
