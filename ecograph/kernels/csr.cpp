// Compressed sparse rows of a network, both ways, from its relations.
//
// Three stable counting sorts: the relations by source; those by target, which leaves every in-row sorted by source
// and lays parallel relations side by side; and the arcs they collapse to by source again, which gives the out-rows.
// Directed relations that come in order are their own out-rows, and one sort gives the in-rows.

#include <nanobind/stl/optional.h>
#include <nanobind/stl/string.h>

#include <cmath>
#include <optional>
#include <utility>

#include "door.hpp"

namespace ecograph {
namespace {

using Places = Array<uint32_t>;

// A stable counting sort, in parts of equal length that threads may share: each part counts its keys, the counts
// become places, and each part puts its items down. The order does not depend on the number of parts.
class Sorting {
   public:
    Sorting(int32_t keys, int64_t length, int threads, Stop& stop) : keys_(keys), length_(length), stop_(stop) {
        const int64_t coarse = std::max(int64_t{1} << 18, int64_t{keys});  // so the counts take no more than the items
        const auto parts = std::clamp<int64_t>(length / coarse, 1, threads);
        for (int64_t part = 0; part < parts; ++part) places_.emplace_back(keys, 0);
    }

    // walk(begin, end, visit) calls visit(key) for each item. Gives the row pointers of the sorted items.
    template <class Walk>
    Array<int64_t> count(const Walk& walk) {
        run(walk, [](Places& places, int32_t key) { ++places[key]; });
        Array<int64_t> pointers(static_cast<size_t>(keys_) + 1);
        uint32_t place = 0;
        for (int32_t key = 0; key < keys_; ++key) {
            pointers[key] = place;
            for (auto& places : places_) place += std::exchange(places[key], place);
        }
        pointers[keys_] = place;
        return pointers;
    }

    // walk(begin, end, visit) calls visit(key, …) for each item, in the same order; put(place, …) gets the same, with
    // the item's place instead of its key.
    template <class Walk, class Put>
    void place(const Walk& walk, const Put& put) {
        run(walk, [&put](Places& places, int32_t key, auto... rest) { put(places[key]++, rest...); });
    }

   private:
    template <class Walk, class Each>
    void run(const Walk& walk, const Each& each) {
        const auto parts = static_cast<int64_t>(places_.size());
        parallel_chunks(static_cast<int>(parts), parts, stop_, [&](int64_t part) {
            Places& places = places_[part];
            in_chunks(length_ * part / parts, length_ * (part + 1) / parts, stop_, [&](int64_t begin, int64_t end) {
                walk(begin, end, [&](int32_t key, auto... rest) { each(places, key, rest...); });
            });
        });
    }

    int32_t keys_;
    int64_t length_;
    Stop& stop_;
    std::vector<Places> places_;
};

// Walks over keys that lie in an array.
auto over(std::span<const int32_t> keys) {
    return [keys](int64_t begin, int64_t end, const auto& visit) {
        for (int64_t entry = begin; entry < end; ++entry) visit(keys[entry]);
    };
}

// Walks over the entries of compressed rows, whose keys lie in an array: the key, the row and the entry's position.
auto over(std::span<const int64_t> pointers, std::span<const int32_t> keys) {
    return [pointers, keys](int64_t begin, int64_t end, const auto& visit) {
        const auto above = std::upper_bound(pointers.begin(), pointers.end(), begin);
        auto row = static_cast<int32_t>(above - pointers.begin() - 1);
        for (int64_t entry = begin; entry < end; ++row)
            for (const auto last = std::min(end, pointers[row + 1]); entry < last; ++entry)
                visit(keys[entry], row, entry);
    };
}

struct Relations {
    std::span<const int32_t> sources;
    std::span<const int32_t> targets;
    bool symmetric;

    // Visits the source, the target and the number of each relation, and with `symmetric` once more the other way
    // round, unless it ties a node to itself. The way back has no number.
    template <class Visit>
    void each(int64_t begin, int64_t end, const Visit& visit) const {
        for (int64_t relation = begin; relation < end; ++relation) {
            const int32_t source = sources[relation];
            const int32_t target = targets[relation];
            visit(source, target, static_cast<int32_t>(relation));
            if (symmetric && source != target) visit(target, source, -1);
        }
    }
};

struct Rows {
    Array<int64_t> out_pointers;
    Array<int32_t> out_targets;
    Array<int64_t> in_pointers;
    Array<int32_t> in_sources;
    Array<int32_t> in_arcs;
    Array<int32_t> multiplicity;
    Array<int32_t> relation_arcs;
};

// Relations sorted by target, then by source, then by number.
struct Ordered {
    Array<int64_t> pointers;
    Array<int32_t> sources;
    Array<int32_t> numbers;
};

Ordered order(const Relations& relations, int32_t n, bool numbered, int threads, Stop& stop) {
    Sorting by_source(n, static_cast<int64_t>(relations.sources.size()), threads, stop);
    const auto pointers = by_source.count([&](int64_t begin, int64_t end, const auto& visit) {
        relations.each(begin, end, [&](int32_t source, int32_t, int32_t) { visit(source); });
    });
    const auto length = pointers[n];
    Array<int32_t> targets(length);
    Array<int32_t> numbers(numbered ? length : 0);
    by_source.place([&](int64_t begin, int64_t end, const auto& visit) { relations.each(begin, end, visit); },
                    [&](uint32_t place, int32_t target, int32_t number) {
                        targets[place] = target;
                        if (numbered) numbers[place] = number;
                    });

    Sorting by_target(n, length, threads, stop);
    Ordered ordered{by_target.count(over(targets)), Array<int32_t>(length), Array<int32_t>(numbers.size())};
    by_target.place(over(pointers, targets), [&](uint32_t place, int32_t source, int64_t entry) {
        ordered.sources[place] = source;
        if (numbered) ordered.numbers[place] = numbers[entry];
    });
    return ordered;
}

struct Repeat {
    int32_t arc;
    int32_t multiplicity;
};

// Makes one arc of neighbouring relations with equal ends, in place; gives the arcs made of more than one.
std::vector<Repeat> collapse(Ordered& ordered, int32_t n, Array<int32_t>& relation_arcs, Stop& stop) {
    auto& [pointers, sources, numbers] = ordered;
    const bool numbered = relation_arcs.size() > 0;
    std::vector<Repeat> repeats;
    int32_t arcs = 0;
    in_chunks(0, n, stop, [&](int64_t begin, int64_t end) {
        int32_t arc = arcs - 1;  // a local stays in a register
        int64_t entry = pointers[begin];
        for (int64_t target = begin; target < end; ++target) {
            int32_t previous = -1;
            for (pointers[target] = arc + 1; entry < pointers[target + 1]; ++entry) {
                const int32_t source = sources[entry];
                if (source != previous)
                    sources[++arc] = previous = source;
                else if (!repeats.empty() && repeats.back().arc == arc)
                    ++repeats.back().multiplicity;
                else
                    repeats.push_back({arc, 2});
                if (numbered && numbers[entry] >= 0) relation_arcs[numbers[entry]] = arc;
            }
        }
        arcs = arc + 1;
    });
    pointers[n] = arcs;
    return repeats;
}

// Sorts the arcs by source, which gives the out-rows and ties each arc in in-order to its place there.
void add_out_rows(Rows& rows, int32_t n, int threads, Stop& stop) {
    const size_t arcs = rows.in_sources.size();
    Sorting by_source(n, static_cast<int64_t>(arcs), threads, stop);
    rows.out_pointers = by_source.count(over(rows.in_sources));
    rows.out_targets = Array<int32_t>(arcs);
    rows.in_arcs = Array<int32_t>(arcs);
    by_source.place(over(rows.in_pointers, rows.in_sources), [&](uint32_t arc, int32_t target, int64_t entry) {
        rows.out_targets[arc] = target;
        rows.in_arcs[entry] = static_cast<int32_t>(arc);
    });
}

// Whether the relations stand by source, then by target, as those of an ecosystem do.
bool in_order(const Relations& relations, Stop& stop) {
    bool ascending = true;
    in_chunks(1, static_cast<int64_t>(relations.sources.size()), stop, [&](int64_t begin, int64_t end) {
        for (int64_t relation = begin; relation < end && ascending; ++relation) {
            const int32_t before = relations.sources[relation - 1], source = relations.sources[relation];
            ascending = before < source ||
                        (before == source && relations.targets[relation - 1] <= relations.targets[relation]);
        }
    });
    return ascending;
}

// The out-rows of relations in order, which are their arcs as they stand.
void add_own_out_rows(Rows& rows, const Relations& relations, int32_t n, bool want_arcs, Stop& stop) {
    const size_t length = relations.sources.size();
    rows.out_pointers = Array<int64_t>(static_cast<size_t>(n) + 1, 0);
    rows.out_targets = Array<int32_t>(length);
    rows.multiplicity = Array<int32_t>(length);
    rows.relation_arcs = Array<int32_t>(want_arcs ? length : 0);
    int64_t arcs = 0;
    in_chunks(0, static_cast<int64_t>(length), stop, [&](int64_t begin, int64_t end) {
        for (int64_t relation = begin; relation < end; ++relation) {
            const int32_t source = relations.sources[relation], target = relations.targets[relation];
            if (relation > 0 && source == relations.sources[relation - 1] &&
                target == relations.targets[relation - 1]) {
                ++rows.multiplicity[arcs - 1];
            } else {
                rows.out_targets[arcs] = target;
                rows.multiplicity[arcs++] = 1;
                ++rows.out_pointers[source + 1];
            }
            if (want_arcs) rows.relation_arcs[relation] = static_cast<int32_t>(arcs - 1);
        }
    });
    for (int32_t node = 0; node < n; ++node) rows.out_pointers[node + 1] += rows.out_pointers[node];
    rows.out_targets.shrink(arcs);
    rows.multiplicity.shrink(arcs);
}

// Sorts the out-rows by target, which gives the in-rows.
void add_in_rows(Rows& rows, int32_t n, int threads, Stop& stop) {
    const size_t arcs = rows.out_targets.size();
    Sorting by_target(n, static_cast<int64_t>(arcs), threads, stop);
    rows.in_pointers = by_target.count(over(rows.out_targets));
    rows.in_sources = Array<int32_t>(arcs);
    rows.in_arcs = Array<int32_t>(arcs);
    by_target.place(over(rows.out_pointers, rows.out_targets), [&](uint32_t place, int32_t source, int64_t arc) {
        rows.in_sources[place] = source;
        rows.in_arcs[place] = static_cast<int32_t>(arc);
    });
}

Rows build_rows(const Relations& relations, int32_t n, bool want_arcs, int threads) {
    Stop stop;
    Rows rows;
    if (!relations.symmetric && in_order(relations, stop)) {
        add_own_out_rows(rows, relations, n, want_arcs, stop);
        add_in_rows(rows, n, threads, stop);
        return rows;
    }
    auto& relation_arcs = rows.relation_arcs = Array<int32_t>(want_arcs ? relations.sources.size() : 0);
    auto ordered = order(relations, n, want_arcs, threads, stop);
    const auto repeats = collapse(ordered, n, relation_arcs, stop);
    rows.in_pointers = std::move(ordered.pointers);
    rows.in_sources = std::move(ordered.sources);
    rows.in_sources.shrink(rows.in_pointers[n]);
    add_out_rows(rows, n, threads, stop);

    rows.multiplicity = Array<int32_t>(rows.in_arcs.size(), 1);
    for (const auto& repeat : repeats) rows.multiplicity[rows.in_arcs[repeat.arc]] = repeat.multiplicity;
    in_chunks(0, static_cast<int64_t>(relation_arcs.size()), stop, [&](int64_t begin, int64_t end) {
        for (int64_t relation = begin; relation < end; ++relation)
            relation_arcs[relation] = rows.in_arcs[relation_arcs[relation]];
    });
    return rows;
}

// Calls put(arc, value) for each relation in their order, for both arcs of a relation that has a way back.
template <class Put>
void each_value(std::span<const double> values, std::span<const int32_t> relation_arcs,
                std::span<const int32_t> mirror, Stop& stop, const Put& put) {
    in_chunks(0, static_cast<int64_t>(values.size()), stop, [&](int64_t begin, int64_t end) {
        for (int64_t relation = begin; relation < end; ++relation) {
            const int32_t arc = relation_arcs[relation];
            put(arc, values[relation]);
            if (!mirror.empty() && mirror[arc] != arc) put(mirror[arc], values[relation]);
        }
    });
}

enum class How { sum, mean, max, min };

Array<double> reduce_values(std::span<const double> values, std::span<const int32_t> relation_arcs, int32_t arcs,
                            How how, std::span<const int32_t> mirror) {
    Stop stop;
    const auto each = [&](const auto& put) { each_value(values, relation_arcs, mirror, stop, put); };
    // Every comparison with NaN is false, so the first value of an arc always takes its place.
    Array<double> reduced(arcs, how == How::max || how == How::min ? std::nan("") : 0.0);
    if (how == How::max)
        each([&](int32_t arc, double value) { reduced[arc] = reduced[arc] >= value ? reduced[arc] : value; });
    else if (how == How::min)
        each([&](int32_t arc, double value) { reduced[arc] = reduced[arc] <= value ? reduced[arc] : value; });
    else
        each([&](int32_t arc, double value) { reduced[arc] += value; });
    if (how == How::mean) {
        Array<int32_t> counts(arcs, 0);
        each([&](int32_t arc, double) { ++counts[arc]; });
        for (int32_t arc = 0; arc < arcs; ++arc) reduced[arc] /= counts[arc];
    }
    return reduced;
}

How parse_how(const std::string& how) {
    if (how == "sum") return How::sum;
    if (how == "mean") return How::mean;
    if (how == "max") return How::max;
    if (how == "min") return How::min;
    refuse("how='" + how + "' is not one of sum, mean, max, min");
}

nb::tuple build(const Given& sources, const Given& targets, int64_t n, bool symmetric, bool want_arcs,
                int64_t threads) {
    const Relations relations{entries<int32_t>(sources, "sources"), entries<int32_t>(targets, "targets"), symmetric};
    const int32_t nodes = check_count(n, "n");
    const int workers = check_threads(threads);
    check_length(relations.targets.size(), relations.sources.size(), "targets", "as many as sources");
    check_count(static_cast<int64_t>(relations.sources.size()) * (symmetric ? 2 : 1), "arcs");
    Rows rows;
    {
        const nb::gil_scoped_release unlocked;
        check_range(relations.sources, nodes, "sources");
        check_range(relations.targets, nodes, "targets");
        rows = build_rows(relations, nodes, want_arcs, workers);
    }
    return nb::make_tuple(std::move(rows.out_pointers).numpy(), std::move(rows.out_targets).numpy(),
                          std::move(rows.in_pointers).numpy(), std::move(rows.in_sources).numpy(),
                          std::move(rows.in_arcs).numpy(), std::move(rows.multiplicity).numpy(),
                          std::move(rows.relation_arcs).numpy());
}

nb::tuple order_of(const Given& sources, const Given& targets, int64_t n, int64_t threads) {
    // Ordered is by target, then by source: the ends change places.
    const Relations turned{entries<int32_t>(targets, "targets"), entries<int32_t>(sources, "sources"), false};
    const int32_t nodes = check_count(n, "n");
    const int workers = check_threads(threads);
    check_length(turned.sources.size(), turned.targets.size(), "targets", "as many as sources");
    check_count(static_cast<int64_t>(turned.sources.size()), "relations");
    Ordered ordered;
    {
        const nb::gil_scoped_release unlocked;
        check_range(turned.targets, nodes, "sources");
        check_range(turned.sources, nodes, "targets");
        Stop stop;
        ordered = order(turned, nodes, true, workers, stop);
    }
    return nb::make_tuple(std::move(ordered.pointers).numpy(), std::move(ordered.sources).numpy(),
                          std::move(ordered.numbers).numpy());
}

auto reduce(const Given& values, const Given& relation_arcs, int64_t arcs, const std::string& how,
            const std::optional<Given>& mirror) {
    const auto amounts = entries<double>(values, "values");
    const auto places = entries<int32_t>(relation_arcs, "relation_arcs");
    const auto back = mirror ? entries<int32_t>(*mirror, "mirror") : std::span<const int32_t>();
    const int32_t count = check_count(arcs, "arcs");
    const How chosen = parse_how(how);
    check_length(places.size(), amounts.size(), "relation_arcs", "as many as values");
    if (mirror) check_length(back.size(), count, "mirror", "as many as arcs");
    Array<double> reduced;
    {
        const nb::gil_scoped_release unlocked;
        check_numbers(amounts, "values");
        check_range(places, count, "relation_arcs");
        check_range(back, count, "mirror");
        reduced = reduce_values(amounts, places, count, chosen, back);
    }
    return std::move(reduced).numpy();
}

constexpr const char* build_signature =
    "def build(sources: numpy.typing.NDArray[numpy.int32], targets: numpy.typing.NDArray[numpy.int32], n: int, *, "
    "symmetric: bool = False, want_arcs: bool = False, threads: int = 1) -> tuple["
    "numpy.typing.NDArray[numpy.int64], numpy.typing.NDArray[numpy.int32], "
    "numpy.typing.NDArray[numpy.int64], numpy.typing.NDArray[numpy.int32], numpy.typing.NDArray[numpy.int32], "
    "numpy.typing.NDArray[numpy.int32], numpy.typing.NDArray[numpy.int32]]";

constexpr const char* build_text = R"(Compress relations into rows, both ways, one arc for each ordered pair.

Gives out_pointers, out_targets, in_pointers, in_sources, in_arcs, multiplicity and relation_arcs. The entries of a row
ascend. Out-order is the order of out_targets and multiplicity; in_arcs holds the place in out-order of each arc of
in_sources, relation_arcs that of the arc of each relation. relation_arcs is empty unless want_arcs.

With symmetric every relation makes an arc each way, and a self-tie one arc; in_arcs is then the way back of each arc.
The result does not depend on threads.)";

constexpr const char* order_signature =
    "def order(sources: numpy.typing.NDArray[numpy.int32], targets: numpy.typing.NDArray[numpy.int32], n: int, *, "
    "threads: int = 1) -> tuple[numpy.typing.NDArray[numpy.int64], numpy.typing.NDArray[numpy.int32], "
    "numpy.typing.NDArray[numpy.int32]]";

constexpr const char* order_text = R"(Order relations by source, then by target, then as they came.

Gives the pointers to each source's relations, their targets, and their numbers among the relations that came in.

The result does not depend on threads.)";

constexpr const char* reduce_signature =
    "def reduce(values: numpy.typing.NDArray[numpy.float64], relation_arcs: numpy.typing.NDArray[numpy.int32], "
    "arcs: int, how: typing.Literal['sum', 'mean', 'max', 'min'], *, "
    "mirror: numpy.typing.NDArray[numpy.int32] | None = None) -> numpy.typing.NDArray[numpy.float64]";

constexpr const char* reduce_text = R"(Reduce a value for each relation to one for each arc, in the relations' order.

mirror is in_arcs of a symmetric build: every value then counts for both arcs of its relation, once for a self-tie.
An arc without a relation gets 0 with sum and NaN otherwise.)";

}  // namespace
}  // namespace ecograph

NB_MODULE(csr, module) {
    using namespace ecograph;
    module.def("build", &build, nb::arg("sources"), nb::arg("targets"), nb::arg("n"), nb::kw_only(),
               nb::arg("symmetric") = false, nb::arg("want_arcs") = false, nb::arg("threads") = 1,
               nb::sig(build_signature), build_text);
    module.def("order", &order_of, nb::arg("sources"), nb::arg("targets"), nb::arg("n"), nb::kw_only(),
               nb::arg("threads") = 1, nb::sig(order_signature), order_text);
    module.def("reduce", &reduce, nb::arg("values"), nb::arg("relation_arcs"), nb::arg("arcs"), nb::arg("how"),
               nb::kw_only(), nb::arg("mirror") = nb::none(), nb::sig(reduce_signature), reduce_text);
}
