// Weakly connected components: nodes joined by arcs, whatever their direction.

#include <numeric>

#include "door.hpp"

namespace ecograph {
namespace {

// Disjoint sets of nodes. The root of a set is its smallest member.
class Sets {
   public:
    explicit Sets(int32_t n) : parents_(n) {
        for (int32_t node = 0; node < n; ++node) parents_[node] = node;
    }

    int32_t root(int32_t node) {
        while (parents_[node] != node) node = parents_[node] = parents_[parents_[node]];
        return node;
    }

    void join(int32_t a, int32_t b) {
        a = root(a);
        b = root(b);
        parents_[std::max(a, b)] = std::min(a, b);
    }

   private:
    Array<int32_t> parents_;
};

// Numbers the sets by size, the largest first, then by smallest member.
Array<int32_t> number(Sets& sets, int32_t n, Stop& stop) {
    Array<int32_t> labels(n);
    Array<int32_t> sizes(n, 0);
    std::vector<int32_t> roots;
    in_chunks(0, n, stop, [&](int64_t begin, int64_t end) {
        for (int64_t node = begin; node < end; ++node) {
            labels[node] = sets.root(static_cast<int32_t>(node));
            if (labels[node] == node) roots.push_back(labels[node]);
            ++sizes[labels[node]];
        }
    });
    std::stable_sort(roots.begin(), roots.end(), [&](int32_t a, int32_t b) { return sizes[a] > sizes[b]; });
    Array<int32_t> numbers(n);
    for (size_t place = 0; place < roots.size(); ++place) numbers[roots[place]] = static_cast<int32_t>(place);
    for (int32_t node = 0; node < n; ++node) labels[node] = numbers[labels[node]];
    return labels;
}

Array<int32_t> label(std::span<const int64_t> pointers, std::span<const int32_t> targets, int32_t n) {
    Stop stop;
    Sets sets(n);
    in_chunks(0, n, stop, [&](int64_t begin, int64_t end) {
        for (int64_t node = begin; node < end; ++node)
            for (int64_t arc = pointers[node]; arc < pointers[node + 1]; ++arc)
                sets.join(static_cast<int32_t>(node), targets[arc]);
    });
    return number(sets, n, stop);
}

auto weak(const Given& out_pointers, const Given& out_targets, int64_t n) {
    const auto pointers = entries<int64_t>(out_pointers, "out_pointers");
    const auto targets = entries<int32_t>(out_targets, "out_targets");
    const int32_t nodes = check_count(n, "n");
    Array<int32_t> labels;
    {
        const nb::gil_scoped_release unlocked;
        check_pointers(pointers, nodes, targets.size(), "out_pointers");
        check_range(targets, nodes, "out_targets");
        labels = label(pointers, targets, nodes);
    }
    return std::move(labels).numpy();
}

constexpr const char* weak_signature =
    "def weak(out_pointers: numpy.typing.NDArray[numpy.int64], out_targets: numpy.typing.NDArray[numpy.int32], n: int) "
    "-> numpy.typing.NDArray[numpy.int32]";

constexpr const char* weak_text = R"(Number the weakly connected component of each node.

Components are numbered by size, the largest first, then by their smallest member.)";

}  // namespace
}  // namespace ecograph

NB_MODULE(components, module) {
    using namespace ecograph;
    module.def("weak", &weak, nb::arg("out_pointers"), nb::arg("out_targets"), nb::arg("n"), nb::sig(weak_signature),
               weak_text);
}
