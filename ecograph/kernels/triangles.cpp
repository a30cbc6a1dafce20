// Triangles of each node. Every tie is followed from the end with fewer neighbours, which bounds the work by the number
// of ties to the power of 3/2 (Chiba & Nishizeki 1985; Latapy 2008, forward).

#include "door.hpp"

namespace ecograph {
namespace {

Array<int64_t> count(std::span<const int64_t> pointers, std::span<const int32_t> neighbours, int32_t n) {
    Stop stop;
    const auto before = [&](int32_t one, int32_t other) {
        const auto degree = pointers[one + 1] - pointers[one], another = pointers[other + 1] - pointers[other];
        return degree != another ? degree < another : one < other;
    };
    std::vector<int64_t> starts{0};
    std::vector<int32_t> later;
    for (int32_t node = 0; node < n; ++node) {
        for (int64_t tie = pointers[node]; tie < pointers[node + 1]; ++tie)
            if (before(node, neighbours[tie])) later.push_back(neighbours[tie]);
        starts.push_back(static_cast<int64_t>(later.size()));
    }
    Array<int64_t> triangles(n, 0);
    std::vector<int32_t> marks(n, -1);
    int64_t steps = 0;
    for (int32_t node = 0; node < n; ++node) {
        for (int64_t one = starts[node]; one < starts[node + 1]; ++one) marks[later[one]] = node;
        for (int64_t one = starts[node]; one < starts[node + 1]; ++one) {
            if ((++steps & 0xfff) == 0) stop.check();
            for (int64_t other = starts[later[one]]; other < starts[later[one] + 1]; ++other) {
                if (marks[later[other]] != node) continue;
                ++triangles[node];
                ++triangles[later[one]];
                ++triangles[later[other]];
            }
        }
    }
    return triangles;
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

constexpr const char* counts_signature =
    "def counts(pointers: numpy.typing.NDArray[numpy.int64], neighbours: numpy.typing.NDArray[numpy.int32]) "
    "-> numpy.typing.NDArray[numpy.int64]";

constexpr const char* counts_text = R"(Number of triangles each node is in.

Rows hold the neighbours of each node: each once, every tie from both ends, none of a node with itself.)";

}  // namespace
}  // namespace ecograph

NB_MODULE(triangles, module) {
    using namespace ecograph;
    module.def("counts", &counts, nb::arg("pointers"), nb::arg("neighbours"), nb::sig(counts_signature), counts_text);
}
