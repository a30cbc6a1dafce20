// Maximum flow from some nodes to others, by blocking flows on shortest paths (Dinic 1970).

#include <limits>

#include "door.hpp"

namespace ecograph {
namespace {

// Arcs and their ways back, in rows of the node they leave.
struct Residual {
    Array<int64_t> pointers;
    Array<int32_t> heads;
    Array<int64_t> twins;    // the same arc, the other way
    Array<double> room;     // what may still be sent along
    Array<int64_t> places;  // where each arc stands
};

Residual both_ways(std::span<const int64_t> pointers, std::span<const int32_t> targets,
                   std::span<const double> capacities, int32_t n, Stop& stop) {
    Array<int64_t> starts(static_cast<size_t>(n) + 1, 0);
    for (int32_t node = 0; node < n; ++node) starts[node + 1] = pointers[node + 1] - pointers[node];
    for (const int32_t target : targets) ++starts[target + 1];
    for (int32_t node = 0; node < n; ++node) starts[node + 1] += starts[node];
    Array<int64_t> next(n);
    for (int32_t node = 0; node < n; ++node) next[node] = starts[node];
    const size_t edges = 2 * targets.size();
    Residual made{std::move(starts), Array<int32_t>(edges), Array<int64_t>(edges), Array<double>(edges),
                  Array<int64_t>(targets.size())};
    in_chunks(0, n, stop, [&](int64_t begin, int64_t end) {
        for (int64_t node = begin; node < end; ++node)
            for (int64_t arc = pointers[node]; arc < pointers[node + 1]; ++arc) {
                const int64_t there = next[node]++, back = next[targets[arc]]++;
                made.heads[there] = targets[arc];
                made.heads[back] = static_cast<int32_t>(node);
                made.twins[there] = back;
                made.twins[back] = there;
                made.room[there] = targets[arc] == node ? 0.0 : capacities[arc];
                made.room[back] = 0.0;
                made.places[arc] = there;
            }
    });
    return made;
}

constexpr int32_t unreached = -1;

class Flow {
   public:
    Flow(Residual& arcs, std::span<const int32_t> sources, std::span<const int32_t> sinks, int32_t n)
        : arcs_(arcs), sources_(sources), ends_(n, uint8_t{0}), levels_(n), queue_(n), cursors_(n) {
        for (const int32_t sink : sinks) ends_[sink] = 1;
    }

    // Levels by distance from the sources, up to the first sink; whether there is one.
    bool reach() {
        for (size_t node = 0; node < levels_.size(); ++node) levels_[node] = unreached;
        int32_t length = 0;
        for (const int32_t source : sources_)
            if (levels_[source] == unreached) {
                levels_[source] = 0;
                queue_[length++] = source;
            }
        int32_t last = std::numeric_limits<int32_t>::max();
        for (int32_t place = 0; place < length; ++place) {
            const int32_t node = queue_[place];
            if (levels_[node] >= last) break;
            for (int64_t arc = arcs_.pointers[node]; arc < arcs_.pointers[node + 1]; ++arc) {
                const int32_t head = arcs_.heads[arc];
                if (arcs_.room[arc] <= 0.0 || levels_[head] != unreached) continue;
                levels_[head] = levels_[node] + 1;
                if (ends_[head]) last = levels_[head];
                queue_[length++] = head;
            }
        }
        return last < std::numeric_limits<int32_t>::max();
    }

    // Sends along paths of ascending levels until every such path has an arc without room.
    void block(Stop& stop) {
        for (size_t node = 0; node < cursors_.size(); ++node) cursors_[node] = arcs_.pointers[node];
        for (const int32_t source : sources_) {
            path_.clear();
            int64_t steps = 0;
            for (int32_t node = source;;) {
                if ((++steps & 0xffff) == 0) stop.check();
                if (ends_[node]) {
                    node = send();
                } else if (const int64_t arc = onward(node); arc < arcs_.pointers[node + 1]) {
                    path_.push_back(arc);
                    node = arcs_.heads[arc];
                } else if (path_.empty()) {
                    break;
                } else {
                    node = arcs_.heads[arcs_.twins[path_.back()]];
                    path_.pop_back();
                    ++cursors_[node];
                }
            }
        }
    }

    bool reached(int32_t node) const { return levels_[node] != unreached; }

   private:
    int64_t onward(int32_t node) {
        int64_t& arc = cursors_[node];
        while (arc < arcs_.pointers[node + 1] &&
               (arcs_.room[arc] <= 0.0 || levels_[arcs_.heads[arc]] != levels_[node] + 1))
            ++arc;
        return arc;
    }

    // Fills the narrowest arc of the path and goes back to where the first such arc begins.
    int32_t send() {
        double least = std::numeric_limits<double>::infinity();
        for (const int64_t arc : path_) least = std::min(least, arcs_.room[arc]);
        size_t first = path_.size();
        for (size_t place = path_.size(); place-- > 0;) {
            const int64_t arc = path_[place];
            arcs_.room[arc] -= least;
            arcs_.room[arcs_.twins[arc]] += least;
            if (arcs_.room[arc] <= 0.0) first = place;
        }
        const int32_t node = arcs_.heads[arcs_.twins[path_[first]]];
        path_.resize(first);
        return node;
    }

    Residual& arcs_;
    std::span<const int32_t> sources_;
    Array<uint8_t> ends_;
    Array<int32_t> levels_;
    Array<int32_t> queue_;
    Array<int64_t> cursors_;
    std::vector<int64_t> path_;
};

auto flow(const Given& out_pointers, const Given& out_targets, const Given& capacities, int64_t n, const Given& sources,
          const Given& sinks) {
    const auto pointers = entries<int64_t>(out_pointers, "out_pointers");
    const auto targets = entries<int32_t>(out_targets, "out_targets");
    const auto limits = entries<double>(capacities, "capacities");
    const auto starts = entries<int32_t>(sources, "sources");
    const auto stops = entries<int32_t>(sinks, "sinks");
    const int32_t nodes = check_count(n, "n");
    Array<double> sent(targets.size());
    Array<uint8_t> side(nodes);
    {
        const nb::gil_scoped_release unlocked;
        check_pointers(pointers, nodes, targets.size(), "out_pointers");
        check_range(targets, nodes, "out_targets");
        check_length(limits.size(), targets.size(), "capacities", "as many as arcs");
        check_numbers(limits, "capacities");
        const auto bad = std::find_if(limits.begin(), limits.end(), [](double limit) {
            return limit < 0 || limit == std::numeric_limits<double>::infinity();
        });
        if (bad != limits.end())
            refuse("capacities[" + std::to_string(bad - limits.begin()) + "] is negative or infinite; mend it");
        check_range(starts, nodes, "sources");
        check_range(stops, nodes, "sinks");
        std::vector<bool> ends(nodes);
        for (const int32_t stop : stops) ends[stop] = true;
        for (const int32_t start : starts)
            if (ends[start])
                refuse("node " + std::to_string(start) + " is among sources and sinks; leave it in one of them");
        Stop stop;
        Residual arcs = both_ways(pointers, targets, limits, nodes, stop);
        Flow found(arcs, starts, stops, nodes);
        while (found.reach()) {
            stop.check();
            found.block(stop);
        }
        for (size_t arc = 0; arc < targets.size(); ++arc)
            sent[arc] = std::max(0.0, limits[arc] - arcs.room[arcs.places[arc]]);
        for (int32_t node = 0; node < nodes; ++node) side[node] = found.reached(node);
        for (int32_t node = 0; node < nodes; ++node)
            for (int64_t arc = pointers[node]; arc < pointers[node + 1]; ++arc)
                if (targets[arc] == node) sent[arc] = 0.0;
    }
    return nb::make_tuple(std::move(sent).numpy(), std::move(side).numpy());
}

constexpr const char* flow_signature =
    "def flow(out_pointers: numpy.typing.NDArray[numpy.int64], out_targets: numpy.typing.NDArray[numpy.int32], "
    "capacities: numpy.typing.NDArray[numpy.float64], n: int, sources: numpy.typing.NDArray[numpy.int32], "
    "sinks: numpy.typing.NDArray[numpy.int32]) -> tuple[numpy.typing.NDArray[numpy.float64], "
    "numpy.typing.NDArray[numpy.uint8]]";

constexpr const char* flow_text = R"(Send as much as possible along arcs from sources to sinks.

Gives what is sent along each arc, in out order, and for each node 1 where more could still be sent from a source: the
arcs that leave these nodes for others are the minimum cut nearest to the sources. Exact where the capacities are whole
numbers whose sum is below 2**53.)";

}  // namespace
}  // namespace ecograph

NB_MODULE(dinic, module) {
    using namespace ecograph;
    module.def("flow", &flow, nb::arg("out_pointers"), nb::arg("out_targets"), nb::arg("capacities"), nb::arg("n"),
               nb::arg("sources"), nb::arg("sinks"), nb::sig(flow_signature), flow_text);
}
