// Betweenness of nodes and of arcs (Brandes 2001), from some or all nodes.
//
// Without distances on arcs 8 searches run at once, in lanes side by side, so that a node's numbers of paths are one
// line of the cache. A step sums for each node it may arrive at what lies on the nodes of the step before: no number
// is written twice, and the order of a sum does not depend on how the nodes were found.

#include <nanobind/stl/optional.h>

#include <array>

#include "shortest.hpp"

namespace ecograph {
namespace {

constexpr int lanes = 8;
using Line = std::array<double, lanes>;

struct Visit {
    int32_t node;
    uint8_t lanes;
};

// What the searches of one block of sources add up.
struct Sums {
    Sums(size_t n, size_t wanted_arcs) : nodes(n, 0.0), squares(n, 0.0), arcs(wanted_arcs, 0.0) {}

    void add(const Sums& other) {
        for (size_t node = 0; node < nodes.size(); ++node) nodes[node] += other.nodes[node];
        for (size_t node = 0; node < nodes.size(); ++node) squares[node] += other.squares[node];
        for (size_t arc = 0; arc < arcs.size(); ++arc) arcs[arc] += other.arcs[arc];
    }

    Array<double> nodes;
    Array<double> squares;  // of what each source adds to a node
    Array<double> arcs;     // none unless wanted
};

// Searches from up to 8 sources at once.
class Sweep {
   public:
    Sweep(const Arcs& arcs, Stop& stop)
        : arcs_(arcs),
          stop_(stop),
          paths_(arcs.n),
          carried_(arcs.n, Line{}),
          seen_(arcs.n, 0),
          front_(arcs.n, 0),
          marked_(arcs.n, 0) {}

    void from(std::span<const int32_t> sources, Sums& sums) {
        start(sources);
        while (begins_.end()[-2] < begins_.back()) step();
        begins_.pop_back();
        for (size_t step = begins_.size() - 1; step-- > 0;) step_back(step, sums);
        put_down(visits(0));
        for (const auto& visit : visits_) seen_[visit.node] = 0;
    }

   private:
    void start(std::span<const int32_t> sources) {
        visits_.clear();
        all_ = static_cast<uint8_t>((1 << sources.size()) - 1);
        open_.clear();
        for (int32_t node = 0; node < arcs_.n; ++node)
            if (arcs_.in.degree(node) > 0) open_.push_back(node);
        for (size_t lane = 0; lane < sources.size(); ++lane) {
            const int32_t source = sources[lane];
            if (!seen_[source]) visits_.push_back({source, 0});
            seen_[source] |= static_cast<uint8_t>(1 << lane);
            paths_[source][lane] = 1;
        }
        for (auto& visit : visits_) visit.lanes = seen_[visit.node];
        begins_ = {0, visits_.size()};
    }

    std::span<const Visit> visits(size_t step) const {
        return std::span(visits_).subspan(begins_[step], begins_[step + 1] - begins_[step]);
    }

    // Lays the numbers of a step where the neighbours of its nodes look for them.
    void carry(std::span<const Visit> visits) {
        for (const auto& [node, bits] : visits) {
            front_[node] = bits;
            for (int lane = 0; lane < lanes; ++lane)
                carried_[node][lane] = bits >> lane & 1 ? paths_[node][lane] : 0.0;
        }
    }

    void put_down(std::span<const Visit> visits) {
        for (const auto& visit : visits) {
            front_[visit.node] = 0;
            carried_[visit.node] = Line{};
        }
    }

    // Whether so many arcs end at what is carried that it is faster to add nothing than to ask.
    bool crowded(std::span<const Visit> visits, const Rows& rows) const {
        int64_t spread = 0;
        for (const auto& visit : visits) spread += rows.degree(visit.node);
        return spread > static_cast<int64_t>(rows.ends.size()) / 3;
    }

    void step() {
        const size_t number = begins_.size() - 2;
        carry(visits(number));
        find_candidates(visits(number));
        const bool dense = crowded(visits(number), arcs_.out);
        for (size_t begin = 0; begin < candidates_.size(); begin += chunk) {
            stop_.check();
            const auto some = std::span(candidates_).subspan(begin, std::min(chunk, candidates_.size() - begin));
            dense ? arrive_in_crowd(some) : arrive(some);
        }
        put_down(visits(number));
        begins_.push_back(visits_.size());
    }

    // Fills candidates_ with the nodes that may be arrived at: the neighbours of these, or, where these are many, all
    // that are left (Beamer et al. 2012).
    void find_candidates(std::span<const Visit> visits) {
        int64_t spread = 0;
        for (const auto& visit : visits) spread += arcs_.out.degree(visit.node);
        candidates_.clear();
        if (spread > static_cast<int64_t>(open_.size()) / 2) {
            std::erase_if(open_, [&](int32_t node) { return seen_[node] == all_; });
            candidates_ = open_;
            return;
        }
        for (const auto& visit : visits)
            for (const int32_t target : arcs_.out.of(visit.node))
                if ((visit.lanes & ~seen_[target]) && !std::exchange(marked_[target], 1))
                    candidates_.push_back(target);
        for (const int32_t node : candidates_) marked_[node] = 0;
    }

    ECO_CLONES void arrive(std::span<const int32_t> nodes) {
        for (const int32_t node : nodes) {
            const auto wanted = static_cast<uint8_t>(all_ & ~seen_[node]);
            uint8_t found = 0;
            Line sum{};
            for (const int32_t source : arcs_.in.of(node)) {
                if (!(front_[source] & wanted)) continue;
                found |= front_[source];
                for (int lane = 0; lane < lanes; ++lane) sum[lane] += carried_[source][lane];
            }
            found &= wanted;
            if (found) take(node, found, sum);
        }
    }

    ECO_CLONES void arrive_in_crowd(std::span<const int32_t> nodes) {
        for (const int32_t node : nodes) {
            Line sum{};
            for (const int32_t source : arcs_.in.of(node))
                for (int lane = 0; lane < lanes; ++lane) sum[lane] += carried_[source][lane];
            uint8_t found = 0;
            for (int lane = 0; lane < lanes; ++lane) found |= static_cast<uint8_t>((sum[lane] > 0) << lane);
            found &= static_cast<uint8_t>(all_ & ~seen_[node]);
            if (found) take(node, found, sum);
        }
    }

    ECO_INLINED void take(int32_t node, uint8_t found, const Line& sum) {
        seen_[node] |= found;
        visits_.push_back({node, found});
        for (int lane = 0; lane < lanes; ++lane)
            if (found >> lane & 1) paths_[node][lane] = sum[lane];
    }

    void step_back(size_t number, Sums& sums) {
        const bool last = number + 2 >= begins_.size();
        if (!last) {
            const bool dense = crowded(visits(number + 1), arcs_.in);
            const auto here = visits(number);
            for (size_t begin = 0; begin < here.size(); begin += chunk) {
                stop_.check();
                const auto some = here.subspan(begin, std::min(chunk, here.size() - begin));
                if (sums.arcs.size() > 0) depend_on_arcs(some, sums);
                if (number > 0) dense ? depend_in_crowd(some, sums) : depend(some, sums);
            }
            put_down(visits(number + 1));
        } else if (number > 0) {
            depend(visits(number), sums);
        }
        carry(visits(number));
    }

    // Adds what the paths to the nodes of the step after, and beyond, owe to these. Their numbers of paths then give way
    // to (1 + dependency) / paths, which is what the step before looks for.
    ECO_CLONES void depend(std::span<const Visit> visits, Sums& sums) {
        for (const auto& visit : visits) {
            Line sum{};
            for (const int32_t target : arcs_.out.of(visit.node)) {
                if (!(front_[target] & visit.lanes)) continue;
                for (int lane = 0; lane < lanes; ++lane) sum[lane] += carried_[target][lane];
            }
            owe(visit, sum, sums);
        }
    }

    ECO_CLONES void depend_in_crowd(std::span<const Visit> visits, Sums& sums) {
        for (const auto& visit : visits) {
            Line sum{};
            for (const int32_t target : arcs_.out.of(visit.node))
                for (int lane = 0; lane < lanes; ++lane) sum[lane] += carried_[target][lane];
            owe(visit, sum, sums);
        }
    }

    ECO_INLINED void owe(const Visit& visit, const Line& sum, Sums& sums) {
        Line& paths = paths_[visit.node];
        for (int lane = 0; lane < lanes; ++lane) {
            if (!(visit.lanes >> lane & 1)) continue;
            const double dependency = paths[lane] * sum[lane];
            sums.nodes[visit.node] += dependency;
            sums.squares[visit.node] += dependency * dependency;
            paths[lane] = sum[lane] + 1 / paths[lane];
        }
    }

    void depend_on_arcs(std::span<const Visit> visits, Sums& sums) {
        for (const auto& visit : visits) {
            Line own;
            for (int lane = 0; lane < lanes; ++lane)
                own[lane] = visit.lanes >> lane & 1 ? paths_[visit.node][lane] : 0.0;
            for (int64_t arc = arcs_.out.pointers[visit.node]; arc < arcs_.out.pointers[visit.node + 1]; ++arc) {
                if (!(front_[arcs_.out.ends[arc]] & visit.lanes)) continue;
                const Line& carried = carried_[arcs_.out.ends[arc]];
                for (int lane = 0; lane < lanes; ++lane) sums.arcs[arc] += own[lane] * carried[lane];
            }
        }
    }

    static constexpr size_t chunk = 1024;

    const Arcs& arcs_;
    Stop& stop_;
    uint8_t all_ = 0;
    Array<Line> paths_;
    Array<Line> carried_;    // 0 but for nodes in front, and there in lanes that are not in front
    Array<uint8_t> seen_;    // lanes that arrived at a node
    Array<uint8_t> front_;   // lanes whose carried numbers lie on a node
    Array<uint8_t> marked_;  // whether a node is already a candidate
    std::vector<Visit> visits_;
    std::vector<size_t> begins_;  // of the visits of each step, and their end
    std::vector<int32_t> candidates_;
    std::vector<int32_t> open_;  // nodes that may still miss a lane
};

// Searches from one source at a time over arcs that have a distance.
class Tree {
   public:
    Tree(const Arcs& arcs, Stop& stop)
        : arcs_(arcs), stop_(stop), nearest_(arcs.n), paths_(arcs.n), shares_(arcs.n), places_(arcs.n, -1) {}

    void from(int32_t source, Sums& sums) {
        const auto& order = nearest_.from(source, arcs_, stop_);
        for (size_t place = 0; place < order.size(); ++place) {
            places_[order[place]] = static_cast<int32_t>(place);
            paths_[order[place]] = 0;
        }
        paths_[source] = 1;
        next_.clear();
        begins_.clear();
        for (const int32_t node : order) go_on(node);
        begins_.push_back(next_.size());
        for (size_t place = order.size(); place-- > 0;) {
            if (place % 1024 == 0) stop_.check();
            depend(order[place], place, sums);
        }
        for (const int32_t node : order) places_[node] = -1;
    }

   private:
    struct Next {
        int32_t target;
        int64_t arc;
    };

    // Finds the arcs from a node that lie on shortest paths. Lengths that differ by rounding only are equal.
    void go_on(int32_t node) {
        constexpr double rounding = 1 + 1e-12;
        begins_.push_back(next_.size());
        for (int64_t arc = arcs_.out.pointers[node]; arc < arcs_.out.pointers[node + 1]; ++arc) {
            const int32_t target = arcs_.out.ends[arc];
            if (nearest_.length(node) + arcs_.distances[arc] > nearest_.length(target) * rounding) continue;
            if (places_[target] <= places_[node]) continue;
            paths_[target] += paths_[node];
            next_.push_back({target, arc});
        }
    }

    void depend(int32_t node, size_t place, Sums& sums) {
        double sum = 0;
        for (size_t next = begins_[place]; next < begins_[place + 1]; ++next) {
            const auto [target, arc] = next_[next];
            sum += shares_[target];
            if (sums.arcs.size() > 0) sums.arcs[arc] += paths_[node] * shares_[target];
        }
        if (place == 0) return;
        const double dependency = paths_[node] * sum;
        sums.nodes[node] += dependency;
        sums.squares[node] += dependency * dependency;
        shares_[node] = sum + 1 / paths_[node];
    }

    const Arcs& arcs_;
    Stop& stop_;
    Nearest nearest_;
    Array<double> paths_;
    Array<double> shares_;   // (1 + dependency) / paths
    Array<int32_t> places_;  // in the order of distances; -1 where it was not reached
    std::vector<Next> next_;
    std::vector<size_t> begins_;  // of what is next to each node, in the order of distances
};

// The sources such that those stand side by side whose searches reach the same nodes at the same step: the more so, the
// more they share of the four neighbours that lead furthest.
std::vector<int32_t> grouped(const Arcs& arcs, std::span<const int32_t> sources) {
    struct Source {
        std::array<int64_t, 4> neighbours;
        int32_t node;
    };
    std::vector<Source> found;
    found.reserve(sources.size());
    for (const int32_t source : sources) {
        std::array<int64_t, 4> first;
        first.fill(std::numeric_limits<int64_t>::max());
        for (const int32_t target : arcs.out.of(source)) {
            int64_t neighbour = (int64_t{arcs.n} - std::min(arcs.out.degree(target), int64_t{arcs.n})) << 32 | target;
            for (int64_t& place : first)
                if (neighbour < place) std::swap(neighbour, place);
        }
        found.push_back({first, source});
    }
    std::stable_sort(found.begin(), found.end(),
                     [](const Source& one, const Source& other) { return one.neighbours < other.neighbours; });
    std::vector<int32_t> order;
    for (const auto& source : found) order.push_back(source.node);
    return order;
}

Sums add_up(const Arcs& arcs, std::span<const int32_t> sources, bool want_arcs, int threads) {
    Stop stop;
    const size_t length = want_arcs ? arcs.out.ends.size() : 0;
    std::vector<int32_t> order;
    if (!arcs.weighted) sources = order = grouped(arcs, sources);
    const auto count = static_cast<int64_t>(sources.size());
    const int64_t together = arcs.weighted ? 1 : lanes;
    const int64_t batches = (count + together - 1) / together;
    const int64_t blocks = blocks_of(batches, 2 * int64_t{arcs.n} + static_cast<int64_t>(length));
    std::vector<Sums> parts;
    for (int64_t block = 0; block < blocks; ++block) parts.emplace_back(0, 0);
    parallel_chunks(threads, blocks, stop, [&](int64_t block) {
        Sums sums(arcs.n, length);
        const int64_t begin = batches * block / blocks * together;
        const int64_t end = std::min(batches * (block + 1) / blocks * together, count);
        if (arcs.weighted) {
            Tree tree(arcs, stop);
            for (int64_t place = begin; place < end; ++place) tree.from(sources[place], sums);
        } else {
            Sweep sweep(arcs, stop);
            for (int64_t place = begin; place < end; place += together)
                sweep.from(sources.subspan(place, std::min(together, end - place)), sums);
        }
        parts[block] = std::move(sums);
    });
    Sums whole(arcs.n, length);
    for (const auto& part : parts) whole.add(part);
    return whole;
}

nb::tuple from_sources(const Given& out_pointers, const Given& out_targets, const Given& in_pointers,
                       const Given& in_sources, int64_t n, const Given& sources, const std::optional<Given>& distances,
                       bool want_arcs, int64_t threads) {
    const Arcs arcs = arcs_of(out_pointers, out_targets, in_pointers, in_sources, distances, n);
    const auto starts = entries<int32_t>(sources, "sources");
    const int workers = check_threads(threads);
    Sums sums(0, 0);
    {
        const nb::gil_scoped_release unlocked;
        arcs.check();
        check_range(starts, arcs.n, "sources");
        sums = add_up(arcs, starts, want_arcs, workers);
    }
    return nb::make_tuple(std::move(sums.nodes).numpy(), std::move(sums.squares).numpy(),
                          std::move(sums.arcs).numpy());
}

constexpr const char* signature =
    "def from_sources(out_pointers: numpy.typing.NDArray[numpy.int64], "
    "out_targets: numpy.typing.NDArray[numpy.int32], in_pointers: numpy.typing.NDArray[numpy.int64], "
    "in_sources: numpy.typing.NDArray[numpy.int32], n: int, sources: numpy.typing.NDArray[numpy.int32], *, "
    "distances: numpy.typing.NDArray[numpy.float64] | None = None, want_arcs: bool = False, threads: int = 1) -> "
    "tuple[numpy.typing.NDArray[numpy.float64], numpy.typing.NDArray[numpy.float64], "
    "numpy.typing.NDArray[numpy.float64]]";

constexpr const char* text = R"(Sum up the dependencies of the sources on every node and on every arc.

The dependency of s on v is the sum, over all t, of the share of the shortest paths from s to t that lead through v,
which is neither s nor t; that of s on an arc likewise. Gives the sum of dependencies on each node, the sum of their
squares, and the sum on each arc in out-order, empty unless want_arcs. Every entry of sources counts.

distances holds one above 0 for each arc in out-order; without them every arc is one step long. Lengths of paths that
differ by less than 1e-12 of them are equal. The in-rows must be of the same arcs as the out-rows. A number of paths
beyond the range of float64 gives NaN. The result does not depend on threads.)";

}  // namespace
}  // namespace ecograph

NB_MODULE(betweenness, module) {
    using namespace ecograph;
    module.def("from_sources", &from_sources, nb::arg("out_pointers"), nb::arg("out_targets"), nb::arg("in_pointers"),
               nb::arg("in_sources"), nb::arg("n"), nb::arg("sources"), nb::kw_only(),
               nb::arg("distances") = nb::none(), nb::arg("want_arcs") = false, nb::arg("threads") = 1,
               nb::sig(signature), text);
}
