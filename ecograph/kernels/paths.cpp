// Distances between all nodes, summed up for each: how many it reaches, how far they are, how near.
//
// Without distances on arcs 512 searches run at once, one bit each, from their ends backwards: a bit that arrives at a
// node is one node it reaches, so that bits need to be counted for a node and never for a search (Then et al. 2014,
// The more the merrier, PVLDB 8). Each step looks at the arcs of the nodes that were just arrived at, or, where these
// are many, at those of all nodes that still miss a bit (Beamer et al. 2012).

#include <nanobind/stl/optional.h>

#include <array>
#include <bit>

#include "shortest.hpp"

namespace ecograph {
namespace {

constexpr int words = 8;
constexpr int32_t lanes = 64 * words;

struct Bits {
    std::array<uint64_t, words> words_;

    void add(const Bits& other) {
        for (int word = 0; word < words; ++word) words_[word] |= other.words_[word];
    }
    // Those of `all` that are not here.
    Bits missing(const Bits& all) const {
        Bits rest;
        for (int word = 0; word < words; ++word) rest.words_[word] = all.words_[word] & ~words_[word];
        return rest;
    }
    void keep(const Bits& other) {
        for (int word = 0; word < words; ++word) words_[word] &= other.words_[word];
    }
    bool any() const {
        uint64_t found = 0;
        for (const uint64_t word : words_) found |= word;
        return found != 0;
    }
    int count() const {
        int found = 0;
        for (const uint64_t word : words_) found += std::popcount(word);
        return found;
    }
};

// One entry a node.
struct Sums {
    explicit Sums(int32_t n) : reached(n, 0), farness(n, 0), nearness(n, 0.0) {}

    void add(const Sums& other) {
        for (size_t node = 0; node < reached.size(); ++node) {
            reached[node] += other.reached[node];
            farness[node] += other.farness[node];
            nearness[node] += other.nearness[node];
        }
    }

    Array<int64_t> reached;
    Array<double> farness;  // whole numbers, and so exact, where arcs have no distances
    Array<double> nearness;
};

// Searches from up to 512 nodes at once, against the direction of the arcs.
class Search {
   public:
    Search(const Arcs& arcs, Stop& stop)
        : arcs_(arcs), stop_(stop), seen_(arcs.n), front_(arcs.n), fresh_(arcs.n), marked_(arcs.n, 0) {}

    void from(int32_t begin, int32_t end, Sums& sums) {
        start(begin, end);
        for (int64_t step = 1; !active_.empty(); ++step) {
            find_candidates();
            for (const int32_t node : active_) marked_[node] = 1;
            arrived_.clear();
            for (size_t place = 0; place < candidates_.size(); ++place) {
                if (place % 1024 == 0) stop_.check();
                arrive(candidates_[place], static_cast<double>(step), sums);
            }
            for (const int32_t node : active_) marked_[node] = 0;
            std::swap(front_, fresh_);
            std::swap(active_, arrived_);
        }
    }

   private:
    void start(int32_t begin, int32_t end) {
        std::fill_n(&seen_[0], seen_.size(), Bits{});
        all_ = Bits{};
        active_.clear();
        open_.clear();
        for (int32_t node = begin; node < end; ++node) {
            const int32_t lane = node - begin;
            const uint64_t bit = uint64_t{1} << (lane % 64);
            front_[node] = Bits{};
            front_[node].words_[lane / 64] = bit;
            seen_[node].words_[lane / 64] = bit;
            all_.words_[lane / 64] |= bit;
            active_.push_back(node);
        }
        for (int32_t node = 0; node < arcs_.n; ++node)
            if (arcs_.out.degree(node) > 0) open_.push_back(node);
    }

    // Fills candidates_ with the nodes that may be arrived at.
    void find_candidates() {
        int64_t spread = 0;
        for (const int32_t node : active_) spread += arcs_.in.degree(node);
        candidates_.clear();
        if (spread > static_cast<int64_t>(open_.size()) / 2) {
            std::erase_if(open_, [&](int32_t node) { return !seen_[node].missing(all_).any(); });
            candidates_ = open_;
            return;
        }
        for (const int32_t node : active_)
            for (const int32_t source : arcs_.in.of(node))
                if (!std::exchange(marked_[source], 1)) candidates_.push_back(source);
        for (const int32_t node : candidates_) marked_[node] = 0;
    }

    void arrive(int32_t node, double step, Sums& sums) {
        const Bits wanted = seen_[node].missing(all_);
        Bits found{};
        for (const int32_t target : arcs_.out.of(node))
            if (marked_[target]) found.add(front_[target]);
        found.keep(wanted);
        const int count = found.count();
        if (count == 0) return;
        fresh_[node] = found;
        seen_[node].add(found);
        arrived_.push_back(node);
        sums.reached[node] += count;
        sums.farness[node] += step * count;
        sums.nearness[node] += count / step;
    }

    const Arcs& arcs_;
    Stop& stop_;
    Bits all_{};
    Array<Bits> seen_;
    Array<Bits> front_;      // of active nodes only
    Array<Bits> fresh_;      // of nodes arrived at only
    Array<uint8_t> marked_;  // whether a node is active, or already a candidate
    std::vector<int32_t> active_;
    std::vector<int32_t> arrived_;
    std::vector<int32_t> candidates_;
    std::vector<int32_t> open_;  // nodes that may still miss a bit
};

Sums count_steps(const Arcs& arcs, int threads) {
    Stop stop;
    const int64_t batches = (int64_t{arcs.n} + lanes - 1) / lanes;
    const int64_t blocks = blocks_of(batches, 3 * int64_t{arcs.n});
    std::vector<Sums> parts;
    for (int64_t block = 0; block < blocks; ++block) parts.emplace_back(0);
    parallel_chunks(threads, blocks, stop, [&](int64_t block) {
        Sums sums(arcs.n);
        Search search(arcs, stop);
        for (int64_t batch = batches * block / blocks; batch < batches * (block + 1) / blocks; ++batch)
            search.from(static_cast<int32_t>(batch * lanes),
                        static_cast<int32_t>(std::min<int64_t>((batch + 1) * lanes, arcs.n)), sums);
        parts[block] = std::move(sums);
    });
    Sums whole(arcs.n);
    for (const auto& part : parts) whole.add(part);
    return whole;
}

Sums add_lengths(const Arcs& arcs, int threads) {
    Stop stop;
    Sums sums(arcs.n);
    const int64_t blocks = std::min<int64_t>(arcs.n, 64);  // each sets up a search of its own
    parallel_chunks(threads, blocks, stop, [&](int64_t block) {
        Nearest nearest(arcs.n);
        for (int64_t source = arcs.n * block / blocks; source < arcs.n * (block + 1) / blocks; ++source)
            for (const int32_t node : nearest.from(static_cast<int32_t>(source), arcs, stop)) {
                if (node == source) continue;
                ++sums.reached[source];
                sums.farness[source] += nearest.length(node);
                sums.nearness[source] += 1 / nearest.length(node);
            }
    });
    return sums;
}

nb::tuple reach(const Given& out_pointers, const Given& out_targets, const Given& in_pointers, const Given& in_sources,
                int64_t n, const std::optional<Given>& distances, int64_t threads) {
    const Arcs arcs = arcs_of(out_pointers, out_targets, in_pointers, in_sources, distances, n);
    const int workers = check_threads(threads);
    Sums sums(0);
    {
        const nb::gil_scoped_release unlocked;
        arcs.check();
        sums = arcs.weighted ? add_lengths(arcs, workers) : count_steps(arcs, workers);
    }
    return nb::make_tuple(std::move(sums.reached).numpy(), std::move(sums.farness).numpy(),
                          std::move(sums.nearness).numpy());
}

constexpr const char* reach_signature =
    "def reach(out_pointers: numpy.typing.NDArray[numpy.int64], out_targets: numpy.typing.NDArray[numpy.int32], "
    "in_pointers: numpy.typing.NDArray[numpy.int64], in_sources: numpy.typing.NDArray[numpy.int32], n: int, *, "
    "distances: numpy.typing.NDArray[numpy.float64] | None = None, threads: int = 1) -> tuple["
    "numpy.typing.NDArray[numpy.int64], numpy.typing.NDArray[numpy.float64], numpy.typing.NDArray[numpy.float64]]";

constexpr const char* reach_text = R"(Sum up the distances from each node to all others along arcs.

Gives how many others it reaches, the sum of their distances, and the sum of 1 / distance, infinite where one is at
distance 0. distances holds one for each arc in out-order; without them every arc is one step long. The in-rows must be
of the same arcs as the out-rows. The result does not depend on threads.)";

}  // namespace
}  // namespace ecograph

NB_MODULE(paths, module) {
    using namespace ecograph;
    module.def("reach", &reach, nb::arg("out_pointers"), nb::arg("out_targets"), nb::arg("in_pointers"),
               nb::arg("in_sources"), nb::arg("n"), nb::kw_only(), nb::arg("distances") = nb::none(),
               nb::arg("threads") = 1, nb::sig(reach_signature), reach_text);
}
