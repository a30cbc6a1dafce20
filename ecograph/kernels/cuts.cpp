// What falls apart when a node or a tie is taken away (Hopcroft & Tarjan 1973).

#include "door.hpp"

namespace ecograph {
namespace {

using Nodes = std::vector<int32_t>;

struct Ties {
    std::span<const int64_t> pointers;
    std::span<const int32_t> neighbours;

    int32_t n() const { return static_cast<int32_t>(pointers.size()) - 1; }

    template <class Visit>
    void each(int32_t node, const Visit& visit) const {
        for (int64_t tie = pointers[node]; tie < pointers[node + 1]; ++tie) visit(neighbours[tie]);
    }
};

// A walk over every component, deeper first: nodes in the order they were met, and how.
struct Walk {
    Nodes order;
    Nodes times;    // place of each node in the order
    Nodes parents;  // -1 of the first of a component
    Nodes roots;

    Walk(const Ties& ties, Stop& stop) : times(ties.n(), -1), parents(ties.n(), -1), roots(ties.n()) {
        std::vector<int64_t> next(ties.pointers.begin(), ties.pointers.end() - 1);
        for (int32_t root = 0; root < ties.n(); ++root) {
            if (times[root] >= 0) continue;
            for (int32_t node = meet(root, -1, root); node >= 0;) {
                if ((++steps_ & 0x3ffff) == 0) stop.check();
                if (next[node] == ties.pointers[node + 1]) {
                    node = parents[node];
                    continue;
                }
                const int32_t other = ties.neighbours[next[node]++];
                if (times[other] < 0) node = meet(other, node, root);
            }
        }
    }

   private:
    int32_t meet(int32_t node, int32_t parent, int32_t root) {
        times[node] = static_cast<int32_t>(order.size());
        order.push_back(node);
        parents[node] = parent;
        roots[node] = root;
        return node;
    }

    int64_t steps_ = 0;
};

struct Cuts {
    Array<int32_t> pieces;
    Array<int32_t> cut_off;
    Nodes bridge_sources;
    Nodes bridge_targets;
    Nodes bridge_cut_off;
};

// Goes back over a walk. A branch that no tie leads out of, above the node it hangs on, is a piece when that is gone.
Cuts find(const Ties& ties, Stop& stop) {
    const int32_t n = ties.n();
    const Walk walk(ties, stop);
    Nodes lowest(walk.times), sizes(n, 1), branches(n, 0), hanging(n, 0), largest(n, 0);
    for (int32_t place = n; place-- > 0;) {
        if ((place & 0x3ffff) == 0) stop.check();
        const int32_t node = walk.order[place], parent = walk.parents[node];
        ties.each(node, [&](int32_t other) {
            if (other != parent) lowest[node] = std::min(lowest[node], walk.times[other]);
        });
        if (parent < 0) continue;
        sizes[parent] += sizes[node];
        lowest[parent] = std::min(lowest[parent], lowest[node]);
        if (lowest[node] < walk.times[parent]) continue;
        ++branches[parent];
        hanging[parent] += sizes[node];
        largest[parent] = std::max(largest[parent], sizes[node]);
    }
    Cuts cuts{Array<int32_t>(n), Array<int32_t>(n), {}, {}, {}};
    for (int32_t node = 0; node < n; ++node) {
        const int32_t whole = sizes[walk.roots[node]], rest = whole - 1 - hanging[node];
        cuts.pieces[node] = branches[node] + (rest > 0);
        cuts.cut_off[node] = whole - 1 - std::max(largest[node], rest);
        const int32_t parent = walk.parents[node];
        if (parent < 0 || lowest[node] <= walk.times[parent]) continue;
        cuts.bridge_sources.push_back(std::min(node, parent));
        cuts.bridge_targets.push_back(std::max(node, parent));
        cuts.bridge_cut_off.push_back(std::min(sizes[node], whole - sizes[node]));
    }
    return cuts;
}

auto given_out(const Nodes& nodes) {
    Array<int32_t> out(nodes.size());
    std::copy(nodes.begin(), nodes.end(), &out[0]);
    return std::move(out).numpy();
}

nb::tuple cuts(const Given& pointers, const Given& neighbours) {
    const Ties ties{entries<int64_t>(pointers, "pointers"), entries<int32_t>(neighbours, "neighbours")};
    const int32_t n = check_count(static_cast<int64_t>(ties.pointers.size()) - 1, "nodes");
    Cuts found;
    {
        const nb::gil_scoped_release unlocked;
        check_pointers(ties.pointers, n, ties.neighbours.size(), "pointers");
        check_range(ties.neighbours, n, "neighbours");
        Stop stop;
        found = find(ties, stop);
    }
    return nb::make_tuple(std::move(found.pieces).numpy(), std::move(found.cut_off).numpy(),
                          given_out(found.bridge_sources), given_out(found.bridge_targets),
                          given_out(found.bridge_cut_off));
}

constexpr const char* cuts_signature =
    "def cuts(pointers: numpy.typing.NDArray[numpy.int64], neighbours: numpy.typing.NDArray[numpy.int32]) -> tuple["
    "numpy.typing.NDArray[numpy.int32], numpy.typing.NDArray[numpy.int32], numpy.typing.NDArray[numpy.int32], "
    "numpy.typing.NDArray[numpy.int32], numpy.typing.NDArray[numpy.int32]]";

constexpr const char* cuts_text = R"(What falls apart without a node, and without a tie.

Gives for each node in how many pieces the others of its component lie without it, and how many of them lie outside the
largest piece; and of each bridge its two ends, the smaller first, and how many nodes its smaller side has.

Rows hold the neighbours of each node: each once, every tie from both ends, none of a node with itself.)";

}  // namespace
}  // namespace ecograph

NB_MODULE(cuts, module) {
    using namespace ecograph;
    module.def("cuts", &cuts, nb::arg("pointers"), nb::arg("neighbours"), nb::sig(cuts_signature), cuts_text);
}
