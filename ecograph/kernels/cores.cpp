// Core numbers: the largest k such that a node is in a group whose members all have k neighbours in it (Seidman 1983),
// by taking away the node with the fewest neighbours left, again and again (Batagelj & Zaversnik 2003).

#include <numeric>

#include "door.hpp"

namespace ecograph {
namespace {

// Nodes by how many neighbours they have left, the fewest first.
class Shelf {
   public:
    Shelf(std::span<const int64_t> pointers, int32_t n) : left_(n), nodes_(n), places_(n) {
        int32_t most = 0;
        for (int32_t node = 0; node < n; ++node) {
            left_[node] = static_cast<int32_t>(pointers[node + 1] - pointers[node]);
            most = std::max(most, left_[node]);
        }
        starts_.assign(static_cast<size_t>(most) + 2, 0);
        for (int32_t node = 0; node < n; ++node) ++starts_[left_[node] + 1];
        std::partial_sum(starts_.begin(), starts_.end(), starts_.begin());
        std::vector<int32_t> next(starts_);
        for (int32_t node = 0; node < n; ++node) {
            places_[node] = next[left_[node]]++;
            nodes_[places_[node]] = node;
        }
    }

    int32_t at(int32_t place) const { return nodes_[place]; }
    int32_t left(int32_t node) const { return left_[node]; }

    // One neighbour less: the node changes places with the first of its row and joins the row before.
    void take(int32_t node) {
        const int32_t first = starts_[left_[node]]++;
        const int32_t other = nodes_[first];
        std::swap(nodes_[first], nodes_[places_[node]]);
        std::swap(places_[other], places_[node]);
        --left_[node];
    }

    std::vector<int32_t> numbers() && { return std::move(left_); }

   private:
    std::vector<int32_t> left_;
    std::vector<int32_t> nodes_;
    std::vector<int32_t> places_;
    std::vector<int32_t> starts_;
};

Array<int32_t> peel(std::span<const int64_t> pointers, std::span<const int32_t> neighbours, int32_t n) {
    Stop stop;
    Shelf shelf(pointers, n);
    in_chunks(0, n, stop, [&](int64_t begin, int64_t end) {
        for (int64_t place = begin; place < end; ++place) {
            const int32_t node = shelf.at(static_cast<int32_t>(place));
            for (int64_t tie = pointers[node]; tie < pointers[node + 1]; ++tie)
                if (shelf.left(neighbours[tie]) > shelf.left(node)) shelf.take(neighbours[tie]);
        }
    });
    const auto found = std::move(shelf).numbers();
    Array<int32_t> numbers(n);
    std::copy(found.begin(), found.end(), &numbers[0]);
    return numbers;
}

auto numbers(const Given& pointers, const Given& neighbours) {
    const auto rows = entries<int64_t>(pointers, "pointers");
    const auto ends = entries<int32_t>(neighbours, "neighbours");
    const int32_t n = check_count(static_cast<int64_t>(rows.size()) - 1, "nodes");
    Array<int32_t> found;
    {
        const nb::gil_scoped_release unlocked;
        check_pointers(rows, n, ends.size(), "pointers");
        check_range(ends, n, "neighbours");
        check_count(static_cast<int64_t>(ends.size()), "neighbours");
        found = peel(rows, ends, n);
    }
    return std::move(found).numpy();
}

constexpr const char* numbers_signature =
    "def numbers(pointers: numpy.typing.NDArray[numpy.int64], neighbours: numpy.typing.NDArray[numpy.int32]) "
    "-> numpy.typing.NDArray[numpy.int32]";

constexpr const char* numbers_text = R"(Core number of each node.

Rows hold the neighbours of each node: each once, every tie from both ends, none of a node with itself.)";

}  // namespace
}  // namespace ecograph

NB_MODULE(cores, module) {
    using namespace ecograph;
    module.def("numbers", &numbers, nb::arg("pointers"), nb::arg("neighbours"), nb::sig(numbers_signature),
               numbers_text);
}
