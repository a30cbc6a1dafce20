// Shortest paths over rows of arcs: what the kernels of distances and of betweenness share.
#pragma once

#include <cmath>
#include <optional>
#include <utility>

#include "door.hpp"

// A function whose loops are compiled for wider registers as well; the machine's own are chosen when it is loaded. Only
// what is inlined into it is compiled so. -ffp-contract=off keeps the bytes the same.
#if defined(__x86_64__) && defined(__linux__) && defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__) && \
    ((defined(__GNUC__) && !defined(__clang__)) || (defined(__clang__) && __clang_major__ >= 16))
#define ECO_CLONES __attribute__((target_clones("arch=x86-64-v4", "avx2", "default")))
#define ECO_INLINED __attribute__((always_inline)) inline
#else
#define ECO_CLONES
#define ECO_INLINED inline
#endif

namespace ecograph {

// Compressed rows of one direction: the other ends of each node's arcs.
struct Rows {
    std::span<const int64_t> pointers;
    std::span<const int32_t> ends;

    int64_t degree(int32_t node) const { return pointers[node + 1] - pointers[node]; }
    std::span<const int32_t> of(int32_t node) const {
        return ends.subspan(pointers[node], static_cast<size_t>(degree(node)));
    }
};

// The arcs of a network in rows both ways, and a distance for each in out-order or none at all.
struct Arcs {
    Rows out;
    Rows in;
    std::span<const double> distances;
    bool weighted;
    int32_t n;

    // Needs no GIL.
    void check() const {
        check_pointers(out.pointers, n, out.ends.size(), "out_pointers");
        check_pointers(in.pointers, n, in.ends.size(), "in_pointers");
        check_length(in.ends.size(), out.ends.size(), "in_sources", "as many as out_targets");
        check_range(out.ends, n, "out_targets");
        check_range(in.ends, n, "in_sources");
        if (!weighted) return;
        check_length(distances.size(), out.ends.size(), "distances", "as many as out_targets");
        const auto bad = std::find_if(distances.begin(), distances.end(),
                                      [](double distance) { return !(distance >= 0 && std::isfinite(distance)); });
        if (bad != distances.end())
            refuse("distances[" + std::to_string(bad - distances.begin()) + "] = " + std::to_string(*bad) +
                   "; it must be finite and not below 0");
    }
};

inline Arcs arcs_of(const Given& out_pointers, const Given& out_targets, const Given& in_pointers,
                    const Given& in_sources, const std::optional<Given>& distances, int64_t n) {
    return {{entries<int64_t>(out_pointers, "out_pointers"), entries<int32_t>(out_targets, "out_targets")},
            {entries<int64_t>(in_pointers, "in_pointers"), entries<int32_t>(in_sources, "in_sources")},
            distances ? entries<double>(*distances, "distances") : std::span<const double>(),
            distances.has_value(),
            check_count(n, "n")};
}

// Into how many blocks work is cut whose sums of `length` doubles are added up block by block, so that they do not
// depend on the number of threads: few enough to hold the sums of all blocks.
inline int64_t blocks_of(int64_t items, int64_t length) {
    constexpr int64_t most_doubles = int64_t{1} << 25;
    return std::min(items, std::clamp<int64_t>(most_doubles / std::max<int64_t>(length, 1), 2, 16));
}

// Distances from one source at a time (Dijkstra 1959), nodes that wait in a heap of four children a node.
class Nearest {
   public:
    explicit Nearest(int32_t n) : lengths_(n, unreached), places_(n) {}

    // The nodes reached, nearest first, the source included.
    const std::vector<int32_t>& from(int32_t source, const Arcs& arcs, Stop& stop) {
        for (const int32_t node : order_) lengths_[node] = unreached;
        order_.clear();
        heap_.clear();
        lengths_[source] = 0;
        heap_.push_back({0, source});
        while (!heap_.empty()) {
            const int32_t node = take();
            order_.push_back(node);
            if (order_.size() % 1024 == 0) stop.check();
            for (int64_t arc = arcs.out.pointers[node]; arc < arcs.out.pointers[node + 1]; ++arc)
                offer(arcs.out.ends[arc], lengths_[node] + arcs.distances[arc]);
        }
        return order_;
    }

    double length(int32_t node) const { return lengths_[node]; }

   private:
    struct Waiting {
        double length;
        int32_t node;
    };

    static constexpr double unreached = std::numeric_limits<double>::infinity();

    void offer(int32_t node, double length) {
        if (!(length < lengths_[node])) return;
        if (lengths_[node] == unreached) {
            places_[node] = static_cast<int32_t>(heap_.size());
            heap_.push_back({});
        }
        lengths_[node] = length;
        size_t place = places_[node];
        for (; place > 0 && length < heap_[(place - 1) / 4].length; place = (place - 1) / 4)
            put(place, heap_[(place - 1) / 4]);
        put(place, {length, node});
    }

    // Takes the nearest away and closes the gap with the last.
    int32_t take() {
        const int32_t nearest = heap_.front().node;
        const Waiting last = heap_.back();
        heap_.pop_back();
        if (heap_.empty()) return nearest;
        size_t place = 0;
        for (size_t child = 1; child < heap_.size(); child = 4 * place + 1) {
            const size_t end = std::min(child + 4, heap_.size());
            size_t least = child;
            while (++child < end)
                if (heap_[child].length < heap_[least].length) least = child;
            if (!(heap_[least].length < last.length)) break;
            put(place, heap_[least]);
            place = least;
        }
        put(place, last);
        return nearest;
    }

    void put(size_t place, const Waiting& waiting) {
        heap_[place] = waiting;
        places_[waiting.node] = static_cast<int32_t>(place);
    }

    Array<double> lengths_;
    Array<int32_t> places_;  // in the heap
    std::vector<int32_t> order_;
    std::vector<Waiting> heap_;
};

}  // namespace ecograph
