// Triangles of each node, and what goes round over their third nodes. Every tie is followed from the end with fewer
// neighbours, which bounds the work by the number of ties to the power of 3/2 (Chiba & Nishizeki 1985; Latapy 2008,
// forward).

#include "door.hpp"

namespace ecograph {
namespace {

// Ties in the rows of the end that comes first: the one with fewer neighbours.
struct Forward {
    Forward(std::span<const int64_t> pointers, std::span<const int32_t> neighbours, int32_t n) : marks(n, -1) {
        const auto before = [&](int32_t one, int32_t other) {
            const auto degree = pointers[one + 1] - pointers[one], another = pointers[other + 1] - pointers[other];
            return degree != another ? degree < another : one < other;
        };
        for (int32_t node = 0; node < n; ++node) {
            for (int64_t arc = pointers[node]; arc < pointers[node + 1]; ++arc) {
                if (!before(node, neighbours[arc])) continue;
                later.push_back(neighbours[arc]);
                arcs.push_back(arc);
            }
            starts.push_back(static_cast<int64_t>(later.size()));
        }
    }

    // Runs found(node, one, other, third) for every triangle: its first node, and the places of the ties to the
    // second, to the third, and from the second to the third.
    template <class Found>
    void each(const Found& found) {
        Stop stop;
        int64_t steps = 0;
        for (int32_t node = 0; node < static_cast<int32_t>(marks.size()); ++node) {
            for (int64_t one = starts[node]; one < starts[node + 1]; ++one) marks[later[one]] = one;
            for (int64_t one = starts[node]; one < starts[node + 1]; ++one) {
                if ((++steps & 0xfff) == 0) stop.check();
                for (int64_t third = starts[later[one]]; third < starts[later[one] + 1]; ++third)
                    if (const int64_t other = marks[later[third]]; other >= 0) found(node, one, other, third);
            }
            for (int64_t one = starts[node]; one < starts[node + 1]; ++one) marks[later[one]] = -1;
        }
    }

    std::vector<int64_t> starts{0};
    std::vector<int32_t> later;
    std::vector<int64_t> arcs;  // place of each in the rows given
    Array<int64_t> marks;       // place of the tie from the node at hand, -1 without one
};

Array<int64_t> count(std::span<const int64_t> pointers, std::span<const int32_t> neighbours, int32_t n) {
    Array<int64_t> triangles(n, 0);
    Forward forward(pointers, neighbours, n);
    forward.each([&](int32_t node, int64_t one, int64_t other, int64_t) {
        ++triangles[node];
        ++triangles[forward.later[one]];
        ++triangles[forward.later[other]];
    });
    return triangles;
}

// The way back of each arc: where rows ascend, arcs into a node come in the order of its row.
Array<int64_t> ways_back(std::span<const int64_t> pointers, std::span<const int32_t> neighbours, int32_t n) {
    Array<int64_t> back(neighbours.size());
    std::vector<int64_t> next(pointers.begin(), pointers.end() - 1);
    for (int32_t node = 0; node < n; ++node) {
        for (int64_t arc = pointers[node]; arc < pointers[node + 1]; ++arc) {
            const int32_t other = neighbours[arc];
            if (next[other] >= pointers[other + 1] || neighbours[next[other]] != node)
                refuse("neighbours[" + std::to_string(arc) + "] joins " + std::to_string(node) + " to " +
                       std::to_string(other) + ", and the way back is missing or out of order; rows must ascend and " +
                       "hold every tie from both ends");
            back[arc] = next[other]++;
        }
    }
    return back;
}

Array<double> go_round(std::span<const int64_t> pointers, std::span<const int32_t> neighbours, int32_t n,
                       std::span<const double> firsts, std::span<const double> seconds) {
    const Array<int64_t> back = ways_back(pointers, neighbours, n);
    Array<double> sums(neighbours.size(), 0.0);
    Forward forward(pointers, neighbours, n);
    forward.each([&](int32_t, int64_t one, int64_t other, int64_t third) {
        const int64_t ab = forward.arcs[one], ac = forward.arcs[other], bc = forward.arcs[third];
        const int64_t ba = back[ab], ca = back[ac], cb = back[bc];
        sums[ab] += firsts[ac] * seconds[cb];
        sums[ba] += firsts[bc] * seconds[ca];
        sums[ac] += firsts[ab] * seconds[bc];
        sums[ca] += firsts[cb] * seconds[ba];
        sums[bc] += firsts[ba] * seconds[ac];
        sums[cb] += firsts[ca] * seconds[ab];
    });
    return sums;
}

auto counts(const Given& pointers, const Given& neighbours) {
    const auto rows = entries<int64_t>(pointers, "pointers");
    const auto ends = entries<int32_t>(neighbours, "neighbours");
    const int32_t n = check_count(static_cast<int64_t>(rows.size()) - 1, "nodes");
    Array<int64_t> found;
    {
        const nb::gil_scoped_release unlocked;
        check_pointers(rows, n, ends.size(), "pointers");
        check_range(ends, n, "neighbours");
        found = count(rows, ends, n);
    }
    return std::move(found).numpy();
}

auto detours(const Given& pointers, const Given& neighbours, const Given& firsts, const Given& seconds) {
    const auto rows = entries<int64_t>(pointers, "pointers");
    const auto ends = entries<int32_t>(neighbours, "neighbours");
    const auto one = entries<double>(firsts, "firsts");
    const auto other = entries<double>(seconds, "seconds");
    const int32_t n = check_count(static_cast<int64_t>(rows.size()) - 1, "nodes");
    Array<double> found;
    {
        const nb::gil_scoped_release unlocked;
        check_pointers(rows, n, ends.size(), "pointers");
        check_range(ends, n, "neighbours");
        check_length(one.size(), ends.size(), "firsts", "as many as neighbours");
        check_length(other.size(), ends.size(), "seconds", "as many as neighbours");
        found = go_round(rows, ends, n, one, other);
    }
    return std::move(found).numpy();
}

constexpr const char* counts_signature =
    "def counts(pointers: numpy.typing.NDArray[numpy.int64], neighbours: numpy.typing.NDArray[numpy.int32]) "
    "-> numpy.typing.NDArray[numpy.int64]";

constexpr const char* counts_text = R"(Number of triangles each node is in.

Rows hold the neighbours of each node: each once, every tie from both ends, none of a node with itself.)";

constexpr const char* detours_signature =
    "def detours(pointers: numpy.typing.NDArray[numpy.int64], neighbours: numpy.typing.NDArray[numpy.int32], "
    "firsts: numpy.typing.NDArray[numpy.float64], seconds: numpy.typing.NDArray[numpy.float64]) "
    "-> numpy.typing.NDArray[numpy.float64]";

constexpr const char* detours_text = R"(Add up, for each tie from i to j, what goes round over their common neighbours.

That is the sum, over the nodes q joined to both, of the first value of the tie from i to q times the second value of
the tie from q to j. Values and sums are one for each entry of neighbours. Rows hold the neighbours of each node: each
once, ascending, every tie from both ends, none of a node with itself.)";

}  // namespace
}  // namespace ecograph

NB_MODULE(triangles, module) {
    using namespace ecograph;
    module.def("counts", &counts, nb::arg("pointers"), nb::arg("neighbours"), nb::sig(counts_signature), counts_text);
    module.def("detours", &detours, nb::arg("pointers"), nb::arg("neighbours"), nb::arg("firsts"), nb::arg("seconds"),
               nb::sig(detours_signature), detours_text);
}
