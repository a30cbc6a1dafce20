// What is left of the largest component while nodes are taken away. Nodes are put back in reverse order, which only
// ever joins sets (Newman & Ziff 2001).

#include <utility>

#include "door.hpp"

namespace ecograph {
namespace {

struct Ties {
    std::span<const int64_t> pointers;
    std::span<const int32_t> neighbours;

    int32_t n() const { return static_cast<int32_t>(pointers.size()) - 1; }
    std::span<const int32_t> of(int32_t node) const {
        return neighbours.subspan(pointers[node], pointers[node + 1] - pointers[node]);
    }
};

// Sets of nodes; a root has its size below 0.
class Sets {
   public:
    explicit Sets(int32_t n) : parents_(n, -1) {}

    int32_t root(int32_t node) {
        while (parents_[node] >= 0) {
            if (parents_[parents_[node]] >= 0) parents_[node] = parents_[parents_[node]];
            node = parents_[node];
        }
        return node;
    }

    // The size of the set that two become.
    int32_t join(int32_t one, int32_t other) {
        one = root(one);
        other = root(other);
        if (one == other) return -parents_[one];
        if (parents_[one] > parents_[other]) std::swap(one, other);
        parents_[one] += parents_[other];
        parents_[other] = one;
        return -parents_[one];
    }

   private:
    std::vector<int32_t> parents_;
};

// sizes[k]: nodes of the largest component without the first k of the order.
void sizes_of(const Ties& ties, std::span<const int32_t> order, int32_t* sizes, Stop& stop) {
    Sets sets(ties.n());
    std::vector<uint8_t> present(ties.n(), 0);
    int32_t largest = 0;
    sizes[ties.n()] = 0;
    for (int32_t place = ties.n() - 1; place >= 0; --place) {
        if ((place & 0xfff) == 0) stop.check();
        const int32_t node = order[place];
        present[node] = 1;
        largest = std::max(largest, 1);
        for (const int32_t neighbour : ties.of(node))
            if (present[neighbour]) largest = std::max(largest, sets.join(node, neighbour));
        sizes[place] = largest;
    }
}

// Nodes in the order in which each has the most neighbours among those that are left; of equals the earliest in turn.
// A node waits in the row of a number of neighbours it had, and moves down when that row comes and it has fewer: rows
// only ever get nodes before they come.
void degree_order(const Ties& ties, std::span<const int32_t> turns, int32_t* order, Stop& stop) {
    const int32_t n = ties.n();
    std::vector<int32_t> left(n);
    size_t most = 0;
    for (int32_t node = 0; node < n; ++node) most = std::max(most, ties.of(node).size());
    std::vector<std::vector<int32_t>> waiting(most + 1);  // places in turn
    for (int32_t place = 0; place < n; ++place) {
        left[turns[place]] = static_cast<int32_t>(ties.of(turns[place]).size());
        waiting[left[turns[place]]].push_back(place);
    }
    int64_t steps = 0;
    for (auto row = static_cast<int32_t>(most); row >= 0; --row) {
        std::sort(waiting[row].begin(), waiting[row].end());
        for (const int32_t place : waiting[row]) {
            if ((++steps & 0xfff) == 0) stop.check();
            const int32_t node = turns[place];
            if (left[node] < row) {
                waiting[left[node]].push_back(place);
                continue;
            }
            *order++ = node;
            left[node] = -1;
            for (const int32_t neighbour : ties.of(node))
                if (left[neighbour] > 0) --left[neighbour];
        }
        waiting[row] = {};
    }
}

Ties taken(const Given& pointers, const Given& neighbours) {
    const Ties ties{entries<int64_t>(pointers, "pointers"), entries<int32_t>(neighbours, "neighbours")};
    check_count(static_cast<int64_t>(ties.pointers.size()) - 1, "nodes");
    return ties;
}

// How many orders there are, each of which must name every node once.
int64_t check(const Ties& ties, std::span<const int32_t> orders, const std::string& name) {
    const int32_t n = ties.n();
    check_pointers(ties.pointers, n, ties.neighbours.size(), "pointers");
    check_range(ties.neighbours, n, "neighbours");
    check_count(static_cast<int64_t>(ties.neighbours.size()), "neighbours");
    check_range(orders, n, name);
    if (n == 0) return 0;
    if (orders.size() % n != 0)
        refuse(name + " has " + std::to_string(orders.size()) + " entries; it needs " + std::to_string(n) +
               " of each order");
    std::vector<int64_t> seen(n, -1);
    for (size_t entry = 0; entry < orders.size(); ++entry) {
        const auto order = static_cast<int64_t>(entry) / n;
        if (std::exchange(seen[orders[entry]], order) == order)
            refuse(name + "[" + std::to_string(entry) + "] = " + std::to_string(orders[entry]) +
                   " stands twice in an order");
    }
    return static_cast<int64_t>(orders.size()) / n;
}

auto largest(const Given& pointers, const Given& neighbours, const Given& orders, int64_t threads) {
    const Ties ties = taken(pointers, neighbours);
    const auto given = entries<int32_t>(orders, "orders");
    const int most = check_threads(threads);
    Array<int32_t> sizes;
    {
        const nb::gil_scoped_release unlocked;
        const int64_t n = ties.n(), count = check(ties, given, "orders");
        sizes = Array<int32_t>(count * (n + 1));
        Stop stop;
        parallel_chunks(most, count, stop, [&](int64_t order) {
            sizes_of(ties, given.subspan(order * n, n), &sizes[order * (n + 1)], stop);
        });
    }
    return std::move(sizes).numpy();
}

auto by_degree_left(const Given& pointers, const Given& neighbours, const Given& turns, int64_t threads) {
    const Ties ties = taken(pointers, neighbours);
    const auto given = entries<int32_t>(turns, "turns");
    const int most = check_threads(threads);
    Array<int32_t> orders;
    {
        const nb::gil_scoped_release unlocked;
        const int64_t n = ties.n(), count = check(ties, given, "turns");
        orders = Array<int32_t>(count * n);
        Stop stop;
        parallel_chunks(most, count, stop, [&](int64_t order) {
            degree_order(ties, given.subspan(order * n, n), &orders[order * n], stop);
        });
    }
    return std::move(orders).numpy();
}

constexpr const char* largest_signature =
    "def largest(pointers: numpy.typing.NDArray[numpy.int64], neighbours: numpy.typing.NDArray[numpy.int32], "
    "orders: numpy.typing.NDArray[numpy.int32], threads: int = 1) -> numpy.typing.NDArray[numpy.int32]";

constexpr const char* largest_text = R"(Nodes in the largest component while nodes are taken away in each of several orders.

Orders stand one after the other, each with every node once. Gives for each n + 1 sizes: before the first is taken
away, after each, and 0 at the end.

Rows hold the neighbours of each node: each once, every tie from both ends, none of a node with itself.)";

constexpr const char* by_degree_left_signature =
    "def by_degree_left(pointers: numpy.typing.NDArray[numpy.int64], neighbours: numpy.typing.NDArray[numpy.int32], "
    "turns: numpy.typing.NDArray[numpy.int32], threads: int = 1) -> numpy.typing.NDArray[numpy.int32]";

constexpr const char* by_degree_left_text = R"(Orders in which the node with the most neighbours left comes next.

Turns stand one after the other, each with every node once: of nodes with equally many the first in turn comes next.
Gives an order for each.

Rows hold the neighbours of each node: each once, every tie from both ends, none of a node with itself.)";

}  // namespace
}  // namespace ecograph

NB_MODULE(removals, module) {
    using namespace ecograph;
    module.def("largest", &largest, nb::arg("pointers"), nb::arg("neighbours"), nb::arg("orders"),
               nb::arg("threads") = 1, nb::sig(largest_signature), largest_text);
    module.def("by_degree_left", &by_degree_left, nb::arg("pointers"), nb::arg("neighbours"), nb::arg("turns"),
               nb::arg("threads") = 1, nb::sig(by_degree_left_signature), by_degree_left_text);
}
