// Open two-paths a -> b -> c by the groups of the three, counted at b under many labellings of the nodes side by side
// (Gould & Fernandez 1989). All two-paths follow from how many neighbours of each group b has; those that are closed
// are found once for all labellings, and taken away.

#include <array>

#include "shortest.hpp"

namespace ecograph {
namespace {

enum Role { coordinator, itinerant, gatekeeper, representative, liaison, roles };

// The group of every node under each labelling, the labellings of a node side by side.
struct Labels {
    std::span<const int32_t> groups;
    size_t labellings;

    const int32_t* of(int32_t node) const { return groups.data() + node * labellings; }
};

class Counter {
   public:
    Counter(const Arcs& arcs, const Labels& labels, int32_t groups)
        : arcs_(arcs),
          labels_(labels),
          marks_(arcs.n, -1),
          arrivals_(std::max(groups, 1) * labels.labellings, 0),
          same_in_(labels.labellings),
          other_in_(labels.labellings),
          same_out_(labels.labellings),
          other_out_(labels.labellings),
          returning_(labels.labellings) {}

    // Fills the counts of a node: those of a role under each labelling, role by role.
    void at(int32_t node, int64_t* counts) {
        tally(node);
        const size_t many = labels_.labellings;
        for (size_t lane = 0; lane < many; ++lane) {
            counts[coordinator * many + lane] = same_in_[lane] * same_out_[lane];
            counts[itinerant * many + lane] = returning_[lane];
            counts[gatekeeper * many + lane] = other_in_[lane] * same_out_[lane];
            counts[representative * many + lane] = same_in_[lane] * other_out_[lane];
            counts[liaison * many + lane] = other_in_[lane] * other_out_[lane] - returning_[lane];
        }
        each_closed(node, [&](int32_t first, int32_t last) { take_away(first, node, last, counts); });
    }

   private:
    void tally(int32_t node) {
        const size_t many = labels_.labellings;
        for (auto* sums : {&same_in_, &other_in_, &same_out_, &other_out_, &returning_}) std::ranges::fill(*sums, 0);
        each_neighbour(node, arcs_.in, [&](size_t lane, int32_t group, bool same, bool other) {
            same_in_[lane] += same;
            other_in_[lane] += other;
            arrivals_[group * many + lane] += other;
        });
        each_neighbour(node, arcs_.out, [&](size_t lane, int32_t group, bool same, bool other) {
            same_out_[lane] += same;
            other_out_[lane] += other;
            returning_[lane] += other ? arrivals_[group * many + lane] : 0;
        });
        each_neighbour(node, arcs_.in, [&](size_t lane, int32_t group, bool, bool) {
            arrivals_[group * many + lane] = 0;
        });
    }

    // Runs found(labelling, group, whether it is the node's own, whether it is another) for all neighbours. If one of
    // the two has no group it is neither, and the group 0: labels are drawn, so that a branch would be a guess.
    template <class Found>
    void each_neighbour(int32_t node, const Rows& rows, const Found& found) {
        const int32_t* own = labels_.of(node);
        for (const int32_t other : rows.of(node)) {
            if (other == node) continue;
            const int32_t* groups = labels_.of(other);
            for (size_t lane = 0; lane < labels_.labellings; ++lane) {
                const bool known = (own[lane] | groups[lane]) >= 0, same = groups[lane] == own[lane];
                found(lane, known ? groups[lane] : 0, known & same, known & !same);
            }
        }
    }

    // Runs closed(a, c) for every two-path a -> node -> c that ends where it began or has an arc a -> c.
    template <class Closed>
    void each_closed(int32_t node, const Closed& closed) {
        const auto targets = arcs_.out.of(node);
        for (const int32_t last : targets)
            if (last != node) marks_[last] = node;
        for (const int32_t first : arcs_.in.of(node)) {
            if (first == node) continue;
            const auto onward = arcs_.out.of(first);
            if (marks_[first] == node) closed(first, first);
            if (onward.size() <= targets.size()) {
                for (const int32_t last : onward)
                    if (last != first && marks_[last] == node) closed(first, last);
            } else {
                for (const int32_t last : targets)
                    if (last != first && last != node && std::binary_search(onward.begin(), onward.end(), last))
                        closed(first, last);
            }
        }
    }

    void take_away(int32_t first, int32_t node, int32_t last, int64_t* counts) const {
        const size_t many = labels_.labellings;
        const int32_t *a = labels_.of(first), *b = labels_.of(node), *c = labels_.of(last);
        for (size_t lane = 0; lane < many; ++lane) {
            const bool known = (a[lane] | b[lane] | c[lane]) >= 0;
            const bool in = known & (a[lane] == b[lane]), across = known & (a[lane] != b[lane]);
            const bool stays = b[lane] == c[lane], back = a[lane] == c[lane];
            counts[coordinator * many + lane] -= in & stays;
            counts[itinerant * many + lane] -= across & back;
            counts[gatekeeper * many + lane] -= across & stays;
            counts[representative * many + lane] -= in & !stays;
            counts[liaison * many + lane] -= across & !stays & !back;
        }
    }

    const Arcs& arcs_;
    const Labels& labels_;
    Array<int32_t> marks_;     // the node whose targets are marked
    Array<int32_t> arrivals_;  // neighbours into the node at hand, by their group
    std::vector<int64_t> same_in_, other_in_, same_out_, other_out_;
    std::vector<int64_t> returning_;  // two-paths that leave the group of the node for it and end in that they began in
};

Array<int64_t> count(const Arcs& arcs, const Labels& labels, int32_t groups, int threads) {
    Stop stop;
    const size_t length = roles * labels.labellings;
    Array<int64_t> counts(arcs.n * length);
    const int64_t blocks = std::min<int64_t>(arcs.n, 8 * threads);  // each sets up a counter of its own
    parallel_chunks(threads, blocks, stop, [&](int64_t block) {
        Counter counter(arcs, labels, groups);
        const int64_t end = arcs.n * (block + 1) / blocks;
        for (int64_t node = arcs.n * block / blocks; node < end; ++node) {
            stop.check();
            counter.at(static_cast<int32_t>(node), &counts[node * length]);
        }
    });
    return counts;
}

auto counts(const Given& out_pointers, const Given& out_targets, const Given& in_pointers, const Given& in_sources,
            int64_t n, const Given& labels, int64_t groups, int64_t labellings, int64_t threads) {
    const Arcs arcs = arcs_of(out_pointers, out_targets, in_pointers, in_sources, std::nullopt, n);
    const auto numbers = entries<int32_t>(labels, "labels");
    const int32_t most = check_count(groups, "groups"), many = check_count(labellings, "labellings");
    const int workers = check_threads(threads);
    Array<int64_t> found;
    {
        const nb::gil_scoped_release unlocked;
        arcs.check();
        check_length(numbers.size(), static_cast<size_t>(arcs.n) * many, "labels", "one a node and labelling");
        const auto bad = std::ranges::find_if(numbers, [&](int32_t group) { return group < -1 || group >= most; });
        if (bad != numbers.end())
            refuse("labels[" + std::to_string(bad - numbers.begin()) + "] = " + std::to_string(*bad) +
                   " is outside -1.." + std::to_string(most - 1));
        found = count(arcs, {numbers, static_cast<size_t>(many)}, most, workers);
    }
    return std::move(found).numpy();
}

constexpr const char* signature =
    "def counts(out_pointers: numpy.typing.NDArray[numpy.int64], out_targets: numpy.typing.NDArray[numpy.int32], "
    "in_pointers: numpy.typing.NDArray[numpy.int64], in_sources: numpy.typing.NDArray[numpy.int32], n: int, "
    "labels: numpy.typing.NDArray[numpy.int32], groups: int, labellings: int, *, threads: int = 1) -> "
    "numpy.typing.NDArray[numpy.int64]";

constexpr const char* text = R"(Count open two-paths a -> b -> c at b by the groups A, B, C of the three.

labels holds the group of each node, below groups or -1 for none, under every labelling: those of the first node, those
of the second, and so on. Gives the counts of the first node, those of the second, and so on, and of each node those of
coordinator (A = B = C), itinerant (A = C, not B), gatekeeper (B = C, not A), representative (A = B, not C) and liaison
(all different) one after another, each under every labelling. The three are three nodes, without an arc a -> c; paths
over a node without a group are left out. The in-rows must be of the same arcs as the out-rows, and rows ascend. The
result does not depend on threads.)";

}  // namespace
}  // namespace ecograph

NB_MODULE(brokers, module) {
    using namespace ecograph;
    module.def("counts", &counts, nb::arg("out_pointers"), nb::arg("out_targets"), nb::arg("in_pointers"),
               nb::arg("in_sources"), nb::arg("n"), nb::arg("labels"), nb::arg("groups"), nb::arg("labellings"),
               nb::kw_only(), nb::arg("threads") = 1, nb::sig(signature), text);
}
