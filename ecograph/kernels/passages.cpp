// How much of the shortest paths between nodes leads through groups that neither end belongs to.
//
// Eight counts go along the paths from a node side by side: of all of them, and of those that keep clear of each of
// seven groups.

#include <nanobind/stl/optional.h>

#include <array>

#include "shortest.hpp"

namespace ecograph {
namespace {

constexpr int lanes = 8;
constexpr int32_t together = lanes - 1;
using Line = std::array<double, lanes>;

// One entry a group.
struct Sums {
    explicit Sums(int32_t count) : passing(count, 0.0), pairs(count, 0), whole(count, 0) {}

    void add(const Sums& other) {
        for (size_t group = 0; group < pairs.size(); ++group) {
            passing[group] += other.passing[group];
            pairs[group] += other.pairs[group];
            whole[group] += other.whole[group];
        }
    }

    Array<double> passing;
    Array<int64_t> pairs;
    Array<int64_t> whole;  // of these, whose every path leads through the group
};

class Search {
   public:
    Search(const Arcs& arcs, std::span<const uint8_t> ends, std::span<const int32_t> groups, Stop& stop)
        : arcs_(arcs),
          ends_(ends),
          groups_(groups),
          stop_(stop),
          nearest_(arcs.weighted ? arcs.n : 0),
          places_(arcs.n, unreached),
          paths_(arcs.n) {}

    void from(int32_t source, int32_t count, Sums& sums) {
        arcs_.weighted ? go_lengths(source) : go_steps(source);
        for (int32_t first = 0; first < count; first += together) {
            count_paths(source, first);
            for (const int32_t node : order_)
                if (node != source && ends_[node]) arrive(source, node, first, std::min(first + together, count), sums);
        }
        for (const int32_t node : order_) places_[node] = unreached;
    }

   private:
    static constexpr int32_t unreached = -1;

    // places_ is then the number of steps.
    void go_steps(int32_t source) {
        order_.assign(1, source);
        places_[source] = 0;
        for (size_t place = 0; place < order_.size(); ++place) {
            if (place % 1024 == 0) stop_.check();
            const int32_t node = order_[place];
            for (const int32_t target : arcs_.out.of(node)) {
                if (places_[target] != unreached) continue;
                places_[target] = places_[node] + 1;
                order_.push_back(target);
            }
        }
    }

    // places_ is then the place in the order of distances.
    void go_lengths(int32_t source) {
        order_ = nearest_.from(source, arcs_, stop_);
        for (size_t place = 0; place < order_.size(); ++place) places_[order_[place]] = static_cast<int32_t>(place);
    }

    // Whether an arc lies on a shortest path. Lengths that differ by rounding only are equal.
    bool leads_on(int32_t node, int64_t arc) const {
        constexpr double rounding = 1 + 1e-12;
        const int32_t target = arcs_.out.ends[arc];
        if (!arcs_.weighted) return places_[target] == places_[node] + 1;
        return places_[target] > places_[node] &&
               !(nearest_.length(node) + arcs_.distances[arc] > nearest_.length(target) * rounding);
    }

    void count_paths(int32_t source, int32_t first) {
        for (const int32_t node : order_) paths_[node] = Line{};
        paths_[source].fill(1);
        for (size_t place = 0; place < order_.size(); ++place) {
            if (place % 1024 == 0) stop_.check();
            const int32_t node = order_[place];
            const int32_t group = groups_[node];
            if (node != source && group >= first && group < first + together) paths_[node][1 + group - first] = 0;
            const Line here = paths_[node];
            for (int64_t arc = arcs_.out.pointers[node]; arc < arcs_.out.pointers[node + 1]; ++arc) {
                if (!leads_on(node, arc)) continue;
                Line& there = paths_[arcs_.out.ends[arc]];
                for (int lane = 0; lane < lanes; ++lane) there[lane] += here[lane];
            }
        }
    }

    void arrive(int32_t source, int32_t node, int32_t first, int32_t last, Sums& sums) const {
        const Line& paths = paths_[node];
        for (int32_t group = first; group < last; ++group) {
            if (groups_[source] == group || groups_[node] == group) continue;
            const double clear = paths[1 + group - first];
            ++sums.pairs[group];
            sums.passing[group] += (paths[0] - clear) / paths[0];
            if (clear == 0) ++sums.whole[group];
        }
    }

    const Arcs& arcs_;
    const std::span<const uint8_t> ends_;
    const std::span<const int32_t> groups_;
    Stop& stop_;
    Nearest nearest_;
    std::vector<int32_t> order_;
    Array<int32_t> places_;
    Array<Line> paths_;
};

Sums add_up(const Arcs& arcs, std::span<const int32_t> starts, std::span<const uint8_t> ends,
            std::span<const int32_t> groups, int32_t count, int threads) {
    Stop stop;
    const auto length = static_cast<int64_t>(starts.size());
    const int64_t blocks = blocks_of(length, 3 * int64_t{count});
    std::vector<Sums> parts;
    for (int64_t block = 0; block < blocks; ++block) parts.emplace_back(count);
    parallel_chunks(threads, blocks, stop, [&](int64_t block) {
        Search search(arcs, ends, groups, stop);
        for (int64_t place = length * block / blocks; place < length * (block + 1) / blocks; ++place)
            search.from(starts[place], count, parts[block]);
    });
    Sums whole(count);
    for (const auto& part : parts) whole.add(part);
    return whole;
}

void check_groups(std::span<const int32_t> groups, int32_t count) {
    const auto bad = std::find_if(groups.begin(), groups.end(),
                                  [&](int32_t group) { return group < -1 || group >= count; });
    if (bad != groups.end())
        refuse("groups[" + std::to_string(bad - groups.begin()) + "] = " + std::to_string(*bad) + " is outside -1.." +
               std::to_string(count - 1));
}

nb::tuple through(const Given& out_pointers, const Given& out_targets, const Given& in_pointers,
                  const Given& in_sources, int64_t n, const Given& starts, const Given& ends, const Given& groups,
                  int64_t count, const std::optional<Given>& distances, int64_t threads) {
    const Arcs arcs = arcs_of(out_pointers, out_targets, in_pointers, in_sources, distances, n);
    const auto sources = entries<int32_t>(starts, "starts");
    const auto marks = entries<uint8_t>(ends, "ends");
    const auto numbers = entries<int32_t>(groups, "groups");
    const int32_t wanted = check_count(count, "count");
    const int workers = check_threads(threads);
    Sums sums(0);
    {
        const nb::gil_scoped_release unlocked;
        arcs.check();
        check_range(sources, arcs.n, "starts");
        check_length(marks.size(), arcs.n, "ends", "as many as nodes");
        check_length(numbers.size(), arcs.n, "groups", "as many as nodes");
        check_groups(numbers, wanted);
        sums = add_up(arcs, sources, marks, numbers, wanted, workers);
    }
    return nb::make_tuple(std::move(sums.passing).numpy(), std::move(sums.pairs).numpy(),
                          std::move(sums.whole).numpy());
}

constexpr const char* signature =
    "def through(out_pointers: numpy.typing.NDArray[numpy.int64], out_targets: numpy.typing.NDArray[numpy.int32], "
    "in_pointers: numpy.typing.NDArray[numpy.int64], in_sources: numpy.typing.NDArray[numpy.int32], n: int, "
    "starts: numpy.typing.NDArray[numpy.int32], ends: numpy.typing.NDArray[numpy.uint8], "
    "groups: numpy.typing.NDArray[numpy.int32], count: int, *, "
    "distances: numpy.typing.NDArray[numpy.float64] | None = None, threads: int = 1) -> "
    "tuple[numpy.typing.NDArray[numpy.float64], numpy.typing.NDArray[numpy.int64], "
    "numpy.typing.NDArray[numpy.int64]]";

constexpr const char* text = R"(Sum up, for each group, the shares of shortest paths that lead through it.

Looked at are the pairs of an entry of starts and another node it reaches that is marked in ends, both outside the
group. Gives, for each of the groups 0 to count - 1, the sum over these pairs of the share of their shortest paths that
meet a node of the group, how many pairs there are, and of how many every shortest path meets it. groups holds the group
of each node, -1 for none.

distances holds one above 0 for each arc in out-order; without them every arc is one step long. Lengths of paths that
differ by less than 1e-12 of them are equal. The in-rows must be of the same arcs as the out-rows. A number of paths
beyond the range of float64 gives NaN. The result does not depend on threads.)";

}  // namespace
}  // namespace ecograph

NB_MODULE(passages, module) {
    using namespace ecograph;
    module.def("through", &through, nb::arg("out_pointers"), nb::arg("out_targets"), nb::arg("in_pointers"),
               nb::arg("in_sources"), nb::arg("n"), nb::arg("starts"), nb::arg("ends"), nb::arg("groups"),
               nb::arg("count"), nb::kw_only(), nb::arg("distances") = nb::none(), nb::arg("threads") = 1,
               nb::sig(signature), text);
}
