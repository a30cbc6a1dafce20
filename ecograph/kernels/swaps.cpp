// Networks drawn evenly from all that have the same degrees: ends of arcs change places again and again.
//
// Of one mode: two arcs a -> b and c -> d become a -> d and c -> b. Where a tie would join a node with itself or stand
// twice, the network stays as it is and the attempt counts, or the draw would not be even (Fosdick, Larremore, Nishimura
// & Ugander 2018). Only arcs whose ends are of the same kinds change places, so every node keeps how many neighbours it
// has of each kind. With direction, swaps alone cannot turn a cycle of three arcs round; one attempt in eight tries just
// that, and so every network can be reached (Rao, Jana & Bandyopadhyay 1996).
//
// Of two modes: two nodes of one side put the neighbours that only one of them has together and deal them out anew
// (Strona et al. 2014; even draws: Carstens 2015).

#include <tuple>

#include "door.hpp"
#include "random.hpp"

namespace ecograph {
namespace {

// A set of pairs of nodes.
class Pairs {
   public:
    explicit Pairs(size_t most) {
        while ((size_t{1} << bits_) < 2 * most) ++bits_;
        cells_.assign(size_t{1} << bits_, none);
    }

    // False if the pair was there.
    bool add(uint64_t pair) {
        size_t cell = home(pair);
        for (; cells_[cell] != none; cell = after(cell))
            if (cells_[cell] == pair) return false;
        cells_[cell] = pair;
        return true;
    }

    bool has(uint64_t pair) const {
        for (size_t cell = home(pair); cells_[cell] != none; cell = after(cell))
            if (cells_[cell] == pair) return true;
        return false;
    }

    // Of a pair that is there. Pairs behind it move up, so that no search ends at its place.
    void remove(uint64_t pair) {
        size_t hole = home(pair);
        while (cells_[hole] != pair) hole = after(hole);
        for (size_t cell = after(hole); cells_[cell] != none; cell = after(cell)) {
            if (((cell - home(cells_[cell])) & mask()) < ((cell - hole) & mask())) continue;
            cells_[hole] = cells_[cell];
            hole = cell;
        }
        cells_[hole] = none;
    }

   private:
    static constexpr uint64_t none = ~uint64_t{0};

    size_t mask() const { return (size_t{1} << bits_) - 1; }
    size_t after(size_t cell) const { return (cell + 1) & mask(); }
    size_t home(uint64_t pair) const { return static_cast<size_t>((pair * 0x9e3779b97f4a7c15) >> (64 - bits_)); }

    int bits_ = 1;
    std::vector<uint64_t> cells_;
};

struct Arc {
    int32_t source;
    int32_t target;
};

// Where arcs of the same kinds of ends begin and end, and whether both ends are of one kind.
struct Class {
    int32_t begin;
    int32_t end;
    bool alike;
};

// A network whose arcs change places. Arcs stand by kinds of their ends, and of one source in a row, which swaps with
// direction keep.
class Web {
   public:
    Web(std::span<const int32_t> sources, std::span<const int32_t> targets, std::span<const int32_t> kinds,
        bool directed)
        : directed_(directed), pairs_(sources.size()), class_of_(sources.size()) {
        arcs_.reserve(sources.size());
        for (size_t arc = 0; arc < sources.size(); ++arc) {
            const Arc one{sources[arc], targets[arc]};
            if (one.source == one.target)
                refuse("arc " + std::to_string(arc) + " joins node " + std::to_string(one.source) +
                       " with itself; leave it out");
            if (!pairs_.add(pair(one)))
                refuse("arc " + std::to_string(arc) + " stands twice; leave one out");
            const bool falls = std::pair(kinds[one.source], one.source) > std::pair(kinds[one.target], one.target);
            arcs_.push_back(falls && !directed ? turned(one) : one);
        }
        std::sort(arcs_.begin(), arcs_.end(), [&](const Arc& one, const Arc& other) {
            return std::tuple(of(kinds, one), one.source, one.target) <
                   std::tuple(of(kinds, other), other.source, other.target);
        });
        classify(kinds);
    }

    int32_t size() const { return static_cast<int32_t>(arcs_.size()); }
    const std::vector<Arc>& arcs() const { return arcs_; }

    // Whether anything changed.
    bool attempt(Random& random) {
        const int32_t first = random.below(size());
        const Class& own = classes_[class_of_[first]];
        if (directed_ && random.below(8) == 0) return own.alike && turn(first, random);
        const int32_t second = own.begin + random.below(own.end - own.begin);
        const bool turns = !directed_ && own.alike && random.below(2) == 0;
        return first != second && swap(arcs_[first], arcs_[second], turns);
    }

   private:
    static Arc turned(const Arc& arc) { return {arc.target, arc.source}; }

    static std::pair<int32_t, int32_t> of(std::span<const int32_t> kinds, const Arc& arc) {
        return {kinds[arc.source], kinds[arc.target]};
    }

    uint64_t pair(Arc arc) const {
        if (!directed_ && arc.source > arc.target) arc = turned(arc);
        return static_cast<uint64_t>(arc.source) << 32 | static_cast<uint32_t>(arc.target);
    }

    void classify(std::span<const int32_t> kinds) {
        starts_.assign(kinds.size(), 0);
        counts_.assign(kinds.size(), 0);
        for (int32_t arc = 0; arc < size(); ++arc) {
            const auto own = of(kinds, arcs_[arc]);
            const bool alike = own.first == own.second;
            if (arc == 0 || own != of(kinds, arcs_[arc - 1])) classes_.push_back({arc, arc, alike});
            classes_.back().end = arc + 1;
            class_of_[arc] = static_cast<int32_t>(classes_.size()) - 1;
            if (alike && counts_[arcs_[arc].source]++ == 0) starts_[arcs_[arc].source] = arc;
        }
    }

    bool swap(Arc& one, Arc& other, bool turns) {
        const Arc second = turns ? turned(other) : other;
        const Arc there{one.source, second.target}, back{second.source, one.target};
        if (there.source == there.target || back.source == back.target) return false;
        if (pairs_.has(pair(there)) || pairs_.has(pair(back))) return false;
        for (const Arc& old : {one, other}) pairs_.remove(pair(old));
        for (const Arc& made : {there, back}) pairs_.add(pair(made));
        one = there;
        other = back;
        return true;
    }

    // Turns a cycle a -> b -> c -> a round, found from its first arc and any arc that leaves b for its own kind. From
    // the cycle turned round it is found as often, for a, b and c keep how many arcs leave them.
    bool turn(int32_t first, Random& random) {
        const Arc one = arcs_[first];
        if (counts_[one.target] == 0) return false;
        const int32_t second = starts_[one.target] + random.below(counts_[one.target]);
        const Arc two = arcs_[second], three{two.target, one.source};
        if (three.source == three.target || !pairs_.has(pair(three))) return false;
        for (const Arc& old : {one, two, three})
            if (pairs_.has(pair(turned(old)))) return false;
        int32_t third = starts_[three.source];
        while (arcs_[third].target != three.target) ++third;
        for (const Arc& old : {one, two, three}) {
            pairs_.remove(pair(old));
            pairs_.add(pair(turned(old)));
        }
        arcs_[first].target = three.source;
        arcs_[second].target = one.source;
        arcs_[third].target = two.source;
        return true;
    }

    bool directed_;
    Pairs pairs_;
    std::vector<Arc> arcs_;
    std::vector<Class> classes_;
    std::vector<int32_t> class_of_;
    std::vector<int32_t> starts_;  // of each node: its first arc to its own kind
    std::vector<int32_t> counts_;  // and how many they are
};

// Rows of the neighbours of one side, dealt out between two of them.
class Hands {
   public:
    Hands(std::span<const int64_t> pointers, std::span<const int32_t> neighbours, int32_t others)
        : pointers_(pointers), neighbours_(neighbours.begin(), neighbours.end()), met_(others, 0) {}

    const std::vector<int32_t>& neighbours() const { return neighbours_; }
    int32_t size() const { return static_cast<int32_t>(pointers_.size()) - 1; }

    bool attempt(Random& random) {
        const int32_t one = random.below(size());
        int32_t other = random.below(size() - 1);
        other += other >= one;
        gather(one, other);
        const bool changed = deal(random);
        for (const int32_t row : {one, other})
            for (int64_t place = pointers_[row]; place < pointers_[row + 1]; ++place) met_[neighbours_[place]] = 0;
        return changed;
    }

   private:
    // Places of the neighbours that only one of two rows has.
    void gather(int32_t one, int32_t other) {
        for (const int32_t row : {one, other})
            for (int64_t place = pointers_[row]; place < pointers_[row + 1]; ++place) ++met_[neighbours_[place]];
        places_.clear();
        for (const int32_t row : {one, other}) {
            for (int64_t place = pointers_[row]; place < pointers_[row + 1]; ++place)
                if (met_[neighbours_[place]] == 1) places_.push_back(place);
            if (row == one) first_ = static_cast<int32_t>(places_.size());
        }
    }

    // Each neighbour of the first row changes places with any that is not dealt yet; whether one came over.
    bool deal(Random& random) {
        const auto all = static_cast<int32_t>(places_.size());
        bool changed = false;
        for (int32_t dealt = 0; dealt < first_; ++dealt) {
            const int32_t drawn = dealt + random.below(all - dealt);
            changed |= drawn >= first_;
            std::swap(neighbours_[places_[dealt]], neighbours_[places_[drawn]]);
        }
        return changed;
    }

    std::span<const int64_t> pointers_;
    std::vector<int32_t> neighbours_;
    std::vector<uint8_t> met_;
    std::vector<int64_t> places_;
    int32_t first_ = 0;
};

// How many samples to draw, from which on, and by how many attempts each.
struct Order {
    uint64_t seed;
    int64_t first;
    int64_t samples;
    int64_t attempts;
    int threads;
};

Order checked_order(int64_t seed, int64_t first, int64_t samples, int64_t attempts, int64_t threads) {
    check_count(seed, "seed");
    check_count(first, "first");
    check_count(samples, "samples");
    if (attempts < 0) refuse("attempts=" + std::to_string(attempts) + " is below 0");
    return {static_cast<uint64_t>(seed), first, samples, attempts, check_threads(threads)};
}

// Draws samples, each from the start and with a seed of its own, and gives how many attempts changed something.
template <class State, class Keep>
Array<int64_t> draw(const State& start, const Order& order, bool fixed, const Keep& keep) {
    Stop stop;
    Array<int64_t> accepted(static_cast<size_t>(order.samples), 0);
    parallel_chunks(order.threads, order.samples, stop, [&](int64_t sample) {
        Random random(Random(order.seed).from(order.first + sample).next());
        State state = start;
        for (int64_t attempt = 0; attempt < order.attempts && !fixed; ++attempt) {
            if ((attempt & 0x3fff) == 0) stop.check();
            accepted[sample] += state.attempt(random);
        }
        keep(sample, state);
    });
    return accepted;
}

auto arcs(const Given& sources, const Given& targets, const Given& kinds, bool directed, int64_t seed, int64_t first,
          int64_t samples, int64_t attempts, int64_t threads) {
    const auto from = entries<int32_t>(sources, "sources"), to = entries<int32_t>(targets, "targets");
    const auto kind_of = entries<int32_t>(kinds, "kinds");
    const int32_t n = check_count(static_cast<int64_t>(kind_of.size()), "nodes");
    check_length(to.size(), from.size(), "targets", "as many as sources");
    check_count(static_cast<int64_t>(from.size()), "arcs");
    const Order order = checked_order(seed, first, samples, attempts, threads);
    Array<int32_t> made_sources, made_targets;
    Array<int64_t> accepted;
    {
        const nb::gil_scoped_release unlocked;
        check_range(from, n, "sources");
        check_range(to, n, "targets");
        const Web start(from, to, kind_of, directed);
        made_sources = Array<int32_t>(from.size() * static_cast<size_t>(samples));
        made_targets = Array<int32_t>(from.size() * static_cast<size_t>(samples));
        accepted = draw(start, order, from.size() < 2, [&](int64_t sample, const Web& web) {
            size_t place = static_cast<size_t>(sample) * from.size();
            for (const Arc& arc : web.arcs()) {
                made_sources[place] = arc.source;
                made_targets[place++] = arc.target;
            }
        });
    }
    return nb::make_tuple(std::move(made_sources).numpy(), std::move(made_targets).numpy(),
                          std::move(accepted).numpy());
}

void check_rising(std::span<const int64_t> pointers, std::span<const int32_t> neighbours) {
    for (size_t row = 0; row + 1 < pointers.size(); ++row)
        for (int64_t place = pointers[row] + 1; place < pointers[row + 1]; ++place)
            if (neighbours[place] <= neighbours[place - 1])
                refuse("neighbours[" + std::to_string(place) + "] = " + std::to_string(neighbours[place]) +
                       " does not rise within its row");
}

auto rows(const Given& pointers, const Given& neighbours, int64_t others, int64_t seed, int64_t first, int64_t samples,
          int64_t attempts, int64_t threads) {
    const auto starts = entries<int64_t>(pointers, "pointers");
    const auto ends = entries<int32_t>(neighbours, "neighbours");
    const int32_t n = check_count(static_cast<int64_t>(starts.size()) - 1, "rows");
    const int32_t most = check_count(others, "others");
    const Order order = checked_order(seed, first, samples, attempts, threads);
    Array<int32_t> made;
    Array<int64_t> accepted;
    {
        const nb::gil_scoped_release unlocked;
        check_pointers(starts, n, ends.size(), "pointers");
        check_range(ends, most, "neighbours");
        check_rising(starts, ends);
        const Hands start(starts, ends, ends.empty() ? 0 : most);
        made = Array<int32_t>(ends.size() * static_cast<size_t>(samples));
        accepted = draw(start, order, n < 2, [&](int64_t sample, const Hands& hands) {
            if (ends.empty()) return;
            std::copy(hands.neighbours().begin(), hands.neighbours().end(),
                      &made[static_cast<size_t>(sample) * ends.size()]);
        });
    }
    return nb::make_tuple(std::move(made).numpy(), std::move(accepted).numpy());
}

constexpr const char* arcs_signature =
    "def arcs(sources: numpy.typing.NDArray[numpy.int32], targets: numpy.typing.NDArray[numpy.int32], "
    "kinds: numpy.typing.NDArray[numpy.int32], *, directed: bool, seed: int = 0, first: int = 0, samples: int = 1, "
    "attempts: int = 0, threads: int = 1) -> tuple[numpy.typing.NDArray[numpy.int32], "
    "numpy.typing.NDArray[numpy.int32], numpy.typing.NDArray[numpy.int64]]";

constexpr const char* arcs_text = R"(Draw simple networks in which every node has as many neighbours of each kind.

Without direction each pair stands once, either way. Gives sources and targets, arcs of a sample after those of the one
before, and how many attempts changed something, by sample. Samples are numbered from `first`: each starts from the
network given, with a seed of its own, and makes `attempts` attempts. The result does not depend on threads or on the
order of arcs.)";

constexpr const char* rows_signature =
    "def rows(pointers: numpy.typing.NDArray[numpy.int64], neighbours: numpy.typing.NDArray[numpy.int32], "
    "others: int, *, seed: int = 0, first: int = 0, samples: int = 1, attempts: int = 0, threads: int = 1) "
    "-> tuple[numpy.typing.NDArray[numpy.int32], numpy.typing.NDArray[numpy.int64]]";

constexpr const char* rows_text = R"(Draw two-mode networks in which every node of both sides has as many neighbours.

Rows hold the neighbours of each node of one side, rising; the other side has `others` nodes. Gives neighbours, rows of
a sample after those of the one before, each as long as given, and how many attempts changed something, by sample.
Samples are those of `arcs`; an attempt is a trade between two rows.)";

}  // namespace
}  // namespace ecograph

NB_MODULE(swaps, module) {
    using namespace ecograph;
    module.def("arcs", &arcs, nb::arg("sources"), nb::arg("targets"), nb::arg("kinds"), nb::kw_only(),
               nb::arg("directed"), nb::arg("seed") = 0, nb::arg("first") = 0, nb::arg("samples") = 1,
               nb::arg("attempts") = 0, nb::arg("threads") = 1, nb::sig(arcs_signature), arcs_text);
    module.def("rows", &rows, nb::arg("pointers"), nb::arg("neighbours"), nb::arg("others"), nb::kw_only(),
               nb::arg("seed") = 0, nb::arg("first") = 0, nb::arg("samples") = 1, nb::arg("attempts") = 0,
               nb::arg("threads") = 1, nb::sig(rows_signature), rows_text);
}
