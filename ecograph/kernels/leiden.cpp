// Communities that raise modularity: Louvain (Blondel, Guillaume, Lambiotte & Lefebvre 2008) and Leiden (Traag, Waltman
// & van Eck 2019).
//
// Both move nodes between communities while that gains, then make one node of each community and go on with those.
// Leiden makes nodes of parts of communities that hold together, so that what was joined may come apart later.
//
// What a node gains in a community is the weight of its ties there and back less what chance would give: what the node
// gives times what the community takes, and the other way round, over the whole.

#include <cmath>

#include "sharing.hpp"

namespace ecograph {
namespace {

// One search from one seed.
template <class Network>
class Search {
   public:
    // `rate` is the resolution over the whole; with `heat` the part a node joins is drawn.
    Search(const Network& graph, double rate, bool refined, double heat, uint64_t seed, Stop& stop)
        : graph_(graph), rate_(rate), refined_(refined), heat_(heat), random_(seed), stop_(stop) {}

    std::vector<int32_t> run(int64_t passes) {
        std::vector<int32_t> labels = numbers_to(graph_.n());
        while (passes-- > 0 && pass(labels)) {
        }
        if (refined_) split(labels);
        return labels;
    }

   private:
    // Improves a partition; whether any node moved.
    bool pass(std::vector<int32_t>& labels) {
        std::vector<int32_t> places = numbers_to(graph_.n());  // the coarse node of each node
        std::vector<int32_t> communities = labels;
        typename Network::Coarse coarse;
        Network graph = graph_;
        bool moved = false;
        for (;;) {
            moved |= move(graph, communities);
            std::vector<int32_t> groups = refined_ ? refine(graph, communities) : communities;
            const int32_t n = renumber(groups);
            if (n == graph.n()) break;
            std::vector<int32_t> joined(n);
            for (int32_t node = 0; node < graph.n(); ++node) joined[groups[node]] = communities[node];
            for (int32_t& place : places) place = groups[place];
            coarse = coarsen(graph, Members(groups, n), [&] { now_and_then(); });
            graph = coarse;
            renumber(joined);
            communities = std::move(joined);
        }
        for (int32_t node = 0; node < graph_.n(); ++node) labels[node] = communities[places[node]];
        return moved;
    }

    // Moves nodes while that gains, those first whose neighbours moved (Traag et al. 2019, Algorithm A.2,
    // MoveNodesFast); whether any did.
    bool move(const Network& graph, std::vector<int32_t>& labels) {
        Communities communities(graph, labels);
        Queue queue(random_.order(graph.n()));
        bool moved = false;
        while (!queue.empty()) {
            now_and_then();
            const int32_t node = queue.pop();
            // what a visit waits for is memory: each of these needs what the one before it asked for
            prefetch(&graph.pointers[queue.ahead(16)]);
            prepare_ties(graph, queue.ahead(8));
            prepare_communities(graph, queue.ahead(1), communities);
            const int32_t from = communities[node];
            const Share own = share_of(graph, node);
            each_tie(graph, node, [&](int32_t other, double weight) { communities.meet(other, weight); });
            communities.leave(node, own);
            const int32_t to = best(communities, own, from);
            communities.enter(node, own, to);
            if (to == from) continue;
            moved = true;
            each_circle(graph, node, [&](std::span<const int32_t> circle) {
                queue.push(circle, [&](int32_t other) { return communities[other] != to; });
            });
        }
        return moved;
    }

    // Where a node gains most: where it was, among its neighbours, or alone.
    int32_t best(Communities& communities, const Share& own, int32_t from) {
        const auto gain = [&](int32_t community) {
            return communities.tied(community) - chance(own, communities.share(community));
        };
        Choice choice(from, gain(from), rounding(own), random_);
        communities.each_met([&](int32_t community) { choice.offer(community, gain(community)); });
        choice.offer(communities.empty(), 0);
        return choice.chosen();
    }

    // Parts of each community that hold together: nodes alone join the part where they gain most, if they and the part
    // are well tied to their community (Traag et al. 2019, Algorithm A.2, RefinePartition).
    std::vector<int32_t> refine(const Network& graph, const std::vector<int32_t>& communities) {
        Parts parts(graph, communities);
        Tally tally(graph.n());
        for (const int32_t node : random_.order(graph.n())) {
            now_and_then();
            const Share& whole = parts.wholes[communities[node]];
            if (!parts.alone[node] || !well_tied(parts, node, whole)) continue;
            each_tie(graph, node, [&](int32_t other, double weight) {
                if (communities[other] == communities[node]) tally.add(parts.labels[other], weight);
            });
            const double least = rounding(parts.shares[node]);
            Choice choice(node, -2 * least, least, random_);
            for (const int32_t part : tally.groups()) {
                if (!well_tied(parts, part, whole)) continue;
                const double gain = tally[part] - chance(parts.shares[node], parts.shares[part]);
                if (gain >= -least) choice.offer(part, heat_ > 0 ? gain + warmth(parts.shares[node]) : gain);
            }
            const int32_t to = choice.chosen();
            if (to != node) parts.join(node, to, tally[to]);
            tally.clear();
        }
        return std::move(parts.labels);
    }

    // What makes the largest of gains a draw by exp(gain / heat), gains as shares of what the node gives and takes.
    double warmth(const Share& own) {
        return -heat_ * (own.given + own.taken) * std::log(-std::log(random_.share()));
    }

    bool well_tied(const Parts& parts, int32_t part, const Share& whole) const {
        const Share& own = parts.shares[part];
        Share rest = whole;
        rest.add(own, -1);
        return parts.cuts[part] + rounding(own) >= chance(own, rest);
    }

    // Takes communities apart that no ties hold together.
    void split(std::vector<int32_t>& labels) const {
        std::vector<int32_t> pieces(labels.size(), -1), found;
        for (int32_t start = 0; start < graph_.n(); ++start) {
            if (pieces[start] >= 0) continue;
            pieces[start] = start;
            found.push_back(start);
            while (!found.empty()) {
                const int32_t node = found.back();
                found.pop_back();
                each_tie(graph_, node, [&](int32_t other, double) {
                    if (pieces[other] >= 0 || labels[other] != labels[node]) return;
                    pieces[other] = start;
                    found.push_back(other);
                });
            }
        }
        labels = std::move(pieces);
    }

    double chance(const Share& one, const Share& other) const {
        return rate_ * one.given * other.taken + rate_ * one.taken * other.given;
    }

    // A gain below this is none.
    static double rounding(const Share& own) { return 1e-10 * (own.given + own.taken); }

    void now_and_then() {
        if ((++steps_ & 0x3fff) == 0) stop_.check();
    }

    Network graph_;
    double rate_;
    bool refined_;
    double heat_;
    Random random_;
    Stop& stop_;
    int64_t steps_ = 0;
};

// Starts differ in how much they draw: taking the most is better on the whole but never comes to some good partitions.
double heat_of(int64_t start) { return static_cast<double>(start % 4); }

template <class Network>
Array<int32_t> search(const Network& graph, double rate, bool refined, uint64_t seed, int64_t starts,
                      int64_t passes, int threads) {
    Stop stop;
    Random seeds(seed);
    std::vector<uint64_t> seed_of(starts);
    for (auto& one : seed_of) one = seeds.next();
    Array<int32_t> labels(static_cast<size_t>(starts * graph.n()));
    parallel_chunks(threads, starts, stop, [&](int64_t start) {
        const auto found = Search<Network>(graph, rate, refined, heat_of(start), seed_of[start], stop).run(passes);
        std::copy(found.begin(), found.end(), &labels[start * graph.n()]);
    });
    return labels;
}

void check_weights(std::span<const double> values, const std::string& name) {
    const auto bad = std::find_if_not(values.begin(), values.end(),
                                      [](double value) { return value >= 0 && std::isfinite(value); });
    if (bad != values.end())
        refuse(name + "[" + std::to_string(bad - values.begin()) + "] = " + std::to_string(*bad) +
               "; it must be a number from 0");
}

auto partitions(const Given& pointers, const Given& neighbours, const Given& weights, const Given& given,
                const Given& taken, bool refined, double resolution, int64_t seed, int64_t starts,
                int64_t passes, int64_t threads) {
    const Graph graph{entries<int64_t>(pointers, "pointers"), entries<int32_t>(neighbours, "neighbours"),
                      entries<double>(weights, "weights"), entries<double>(given, "given"),
                      entries<double>(taken, "taken")};
    const int32_t n = check_count(static_cast<int64_t>(graph.given.size()), "nodes");
    const int workers = check_threads(threads);
    check_length(graph.weights.size(), graph.neighbours.size(), "weights", "as many as neighbours");
    check_length(graph.taken.size(), n, "taken", "as many as given");
    check_weights({&resolution, 1}, "resolution");
    check_count(seed, "seed");
    check_count(starts, "starts");
    check_count(passes, "passes");
    Array<int32_t> labels;
    {
        const nb::gil_scoped_release unlocked;
        check_pointers(graph.pointers, n, graph.neighbours.size(), "pointers");
        check_range(graph.neighbours, n, "neighbours");
        check_weights(graph.weights, "weights");
        check_weights(graph.given, "given");
        check_weights(graph.taken, "taken");
        const double whole = std::accumulate(graph.given.begin(), graph.given.end(), 0.0);
        labels = search(graph, whole > 0 ? resolution / whole : 0, refined, seed, starts, passes, workers);
    }
    return std::move(labels).numpy();
}

auto shared_partitions(const Given& pointers, const Given& things, const Given& amounts, const Given& sent,
                       int64_t n_things, bool refined, double resolution, int64_t seed, int64_t starts, int64_t passes,
                       int64_t threads) {
    const auto rows = entries<int64_t>(pointers, "pointers");
    const auto columns = entries<int32_t>(things, "things");
    const auto values = entries<double>(amounts, "amounts");
    const auto given = entries<double>(sent, "sent");
    const int32_t n = check_count(static_cast<int64_t>(given.size()), "nodes");
    const int32_t width = check_count(n_things, "n_things");
    if (static_cast<size_t>(width) > columns.size())
        refuse("n_things=" + std::to_string(width) + " is more than the " + std::to_string(columns.size()) +
               " entries of things; leave out things that no node has");
    const int workers = check_threads(threads);
    check_length(values.size(), columns.size(), "amounts", "as many as things");
    check_weights({&resolution, 1}, "resolution");
    check_count(seed, "seed");
    check_count(starts, "starts");
    check_count(passes, "passes");
    Array<int32_t> labels;
    {
        const nb::gil_scoped_release unlocked;
        check_pointers(rows, n, columns.size(), "pointers");
        check_range(columns, width, "things");
        check_weights(values, "amounts");
        check_weights(given, "sent");
        const Turned turned(rows, columns, values, width);
        const Sharing sharing{rows, columns, values, turned.pointers, turned.members, turned.amounts, given};
        const double whole = std::accumulate(given.begin(), given.end(), 0.0);
        labels = search(sharing, whole > 0 ? resolution / whole : 0, refined, seed, starts, passes, workers);
    }
    return std::move(labels).numpy();
}

constexpr const char* shared_partitions_signature =
    "def shared_partitions(pointers: numpy.typing.NDArray[numpy.int64], things: numpy.typing.NDArray[numpy.int32], "
    "amounts: numpy.typing.NDArray[numpy.float64], sent: numpy.typing.NDArray[numpy.float64], *, n_things: int, "
    "refined: bool, resolution: float = 1.0, seed: int = 0, starts: int = 1, passes: int = 1, threads: int = 1) "
    "-> numpy.typing.NDArray[numpy.int32]";

constexpr const char* shared_partitions_text = R"(Partition nodes that share things as partitions does, without forming their ties.

A tie of two nodes is the sum over things of the product of what both have in it: rows hold that for each node and its
things, each thing once, and sent the sum of the ties of each node with others. Takes memory for the rows, not for the
ties.)";

constexpr const char* partitions_signature =
    "def partitions(pointers: numpy.typing.NDArray[numpy.int64], neighbours: numpy.typing.NDArray[numpy.int32], "
    "weights: numpy.typing.NDArray[numpy.float64], given: numpy.typing.NDArray[numpy.float64], "
    "taken: numpy.typing.NDArray[numpy.float64], *, refined: bool, resolution: float = 1.0, seed: int = 0, "
    "starts: int = 1, passes: int = 1, threads: int = 1) -> numpy.typing.NDArray[numpy.int32]";

constexpr const char* partitions_text = R"(Partition nodes so that modularity is large, once for each start.

With a_ij what goes from i to j, and without direction also from j to i: rows hold a_ij + a_ji for each node and its
neighbours, given the sum of a_ij by i and taken the sum of a_ij by j. Ties of a node with itself may stand in the rows
or not.

Gives n labels a start, one start after the other. refined is Leiden, whose communities are connected, up to `passes`
times each after the other; else Louvain. Starts 0, 4, 8, ... of Leiden join parts where a node gains most, the others
draw. The result does not depend on threads.)";

}  // namespace
}  // namespace ecograph

NB_MODULE(leiden, module) {
    using namespace ecograph;
    module.def("partitions", &partitions, nb::arg("pointers"), nb::arg("neighbours"), nb::arg("weights"),
               nb::arg("given"), nb::arg("taken"), nb::kw_only(), nb::arg("refined"), nb::arg("resolution") = 1.0,
               nb::arg("seed") = 0, nb::arg("starts") = 1, nb::arg("passes") = 1, nb::arg("threads") = 1,
               nb::sig(partitions_signature), partitions_text);
    module.def("shared_partitions", &shared_partitions, nb::arg("pointers"), nb::arg("things"), nb::arg("amounts"),
               nb::arg("sent"), nb::kw_only(), nb::arg("n_things"), nb::arg("refined"), nb::arg("resolution") = 1.0,
               nb::arg("seed") = 0, nb::arg("starts") = 1, nb::arg("passes") = 1, nb::arg("threads") = 1,
               nb::sig(shared_partitions_signature), shared_partitions_text);
}
