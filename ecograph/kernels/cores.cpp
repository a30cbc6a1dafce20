// Core numbers: the largest k such that a node is in a group whose members all have k neighbours in it (Seidman 1983),
// by taking away the nodes with the fewest neighbours left, again and again (Batagelj & Zaversnik 2003), level by level.

#include <limits>
#include <numeric>

#include "door.hpp"

namespace ecograph {
namespace {

// Nodes not yet taken away, and how many neighbours each has left; of one that was taken, its core number. Each level
// looks at those that wait, of which each waits no longer than it has neighbours; so memory is gone through in order but
// for one number a tie.
class Peeling {
   public:
    Peeling(std::span<const int64_t> pointers, std::span<const int32_t> neighbours, int32_t n)
        : pointers_(pointers), neighbours_(neighbours), waiting_(n), left_(n) {
        std::iota(waiting_.begin(), waiting_.end(), 0);
        for (int32_t node = 0; node < n; ++node) left_[node] = static_cast<int32_t>(pointers[node + 1] - pointers[node]);
    }

    Array<int32_t> run(Stop& stop) {
        for (int32_t level = -1; rise(level);) {
            while (!taken_.empty()) {
                stop.check();
                for (int32_t more = a_while; more-- > 0 && !taken_.empty();) take(level);
            }
        }
        return std::move(left_);
    }

   private:
    static constexpr int32_t a_while = 1 << 12;

    // Goes on to the level of those that have the fewest neighbours left; false if nobody waits.
    bool rise(int32_t& level) {
        std::erase_if(waiting_, [&](int32_t node) { return left_[node] <= level; });
        if (waiting_.empty()) return false;
        level = std::numeric_limits<int32_t>::max();
        for (const int32_t node : waiting_) level = std::min(level, left_[node]);
        for (const int32_t node : waiting_)
            if (left_[node] == level) taken_.push_back(node);
        return true;
    }

    void take(int32_t level) {
        const int32_t node = taken_.back();
        taken_.pop_back();
        for (int64_t tie = pointers_[node]; tie < pointers_[node + 1]; ++tie) {
            const int32_t neighbour = neighbours_[tie];
            if (left_[neighbour] > level && --left_[neighbour] == level) taken_.push_back(neighbour);
        }
    }

    std::span<const int64_t> pointers_;
    std::span<const int32_t> neighbours_;
    std::vector<int32_t> waiting_;
    std::vector<int32_t> taken_;
    Array<int32_t> left_;
};

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
        Stop stop;
        found = Peeling(rows, ends, n).run(stop);
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
