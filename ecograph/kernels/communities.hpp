// What a search for communities holds: a graph, groups of its nodes, and the nodes that wait for a visit.
#pragma once

#include <bit>
#include <utility>

#include "door.hpp"
#include "random.hpp"

namespace ecograph {

// Ties of each node with others, both ways, and what each node gives and takes, its ties with itself included.
struct Graph {
    struct Coarse;

    std::span<const int64_t> pointers;
    std::span<const int32_t> neighbours;
    std::span<const double> weights;
    std::span<const double> given;
    std::span<const double> taken;

    int32_t n() const { return static_cast<int32_t>(given.size()); }
};

// What chance gives: how much of it one node, or group of nodes, has with another.
struct Share {
    double given = 0;
    double taken = 0;

    void add(const Share& other, double sign = 1) {
        given += sign * other.given;
        taken += sign * other.taken;
    }
};

inline Share share_of(const Graph& graph, int32_t node) { return {graph.given[node], graph.taken[node]}; }

// Weights of one node's ties by group. Groups stand in the order they were met, so sums do not depend on anything else.
class Tally {
   public:
    explicit Tally(int32_t groups) : weights_(groups, 0), met_(groups, 0) {}

    void add(int32_t group, double weight) {
        if (!met_[group]) {
            met_[group] = 1;
            groups_.push_back(group);
        }
        weights_[group] += weight;
    }

    double operator[](int32_t group) const { return weights_[group]; }
    const std::vector<int32_t>& groups() const { return groups_; }

    void clear() {
        for (const int32_t group : groups_) {
            weights_[group] = 0;
            met_[group] = 0;
        }
        groups_.clear();
    }

   private:
    std::vector<double> weights_;
    std::vector<uint8_t> met_;
    std::vector<int32_t> groups_;
};

// A graph whose nodes are groups of nodes of another.
struct Graph::Coarse {
    std::vector<int64_t> pointers{0};
    std::vector<int32_t> neighbours;
    std::vector<double> weights;
    std::vector<double> given;
    std::vector<double> taken;

    operator Graph() const { return {pointers, neighbours, weights, given, taken}; }

    void add(int32_t group, const Share& share, const Tally& tally) {
        for (const int32_t other : tally.groups()) {
            if (other == group) continue;
            neighbours.push_back(other);
            weights.push_back(tally[other]);
        }
        pointers.push_back(static_cast<int64_t>(neighbours.size()));
        given.push_back(share.given);
        taken.push_back(share.taken);
    }
};

// The nodes of each group.
class Members {
   public:
    Members(const std::vector<int32_t>& groups, int32_t n) : ends_(n + 1, 0), nodes_(groups.size()), labels_(groups) {
        for (const int32_t group : groups) ++ends_[group + 1];
        std::partial_sum(ends_.begin(), ends_.end(), ends_.begin());
        std::vector<int32_t> next(ends_.begin(), ends_.end() - 1);
        for (size_t node = 0; node < groups.size(); ++node) nodes_[next[groups[node]]++] = static_cast<int32_t>(node);
    }

    int32_t n() const { return static_cast<int32_t>(ends_.size()) - 1; }
    int32_t of(int32_t node) const { return labels_[node]; }
    std::span<const int32_t> operator[](int32_t group) const {
        return std::span(nodes_).subspan(ends_[group], ends_[group + 1] - ends_[group]);
    }

   private:
    std::vector<int32_t> ends_;
    std::vector<int32_t> nodes_;
    const std::vector<int32_t>& labels_;
};

// Numbers groups from 0 in the order of their first member; gives how many there are.
inline int32_t renumber(std::vector<int32_t>& labels) {
    const auto most = std::max_element(labels.begin(), labels.end());
    std::vector<int32_t> numbers(most == labels.end() ? 0 : *most + 1, -1);
    int32_t groups = 0;
    for (int32_t& label : labels) {
        if (numbers[label] < 0) numbers[label] = groups++;
        label = numbers[label];
    }
    return groups;
}

// Asks for memory before it is needed.
inline void prefetch(const void* place) {
#if defined(__GNUC__)
    __builtin_prefetch(place);
#else
    (void)place;
#endif
}

constexpr int64_t most_prepared = 64;  // ties of a node; what follows them the machine foresees

// Asks for the memory of a node's ties.
inline void prepare_ties(const Graph& graph, int32_t node) {
    constexpr int64_t a_line = 8;
    const int64_t first = graph.pointers[node];
    const int64_t end = std::min(graph.pointers[node + 1], first + most_prepared);
    for (int64_t tie = first; tie < end; tie += a_line) {
        prefetch(&graph.neighbours[tie]);
        prefetch(&graph.weights[tie]);
    }
}

// Calls visit(neighbours) for the neighbours of a node.
template <class Visit>
void each_circle(const Graph& graph, int32_t node, const Visit& visit) {
    visit(graph.neighbours.subspan(graph.pointers[node], graph.pointers[node + 1] - graph.pointers[node]));
}

// Calls visit(neighbour, weight) for each tie of a node with another.
template <class Visit>
void each_tie(const Graph& graph, int32_t node, const Visit& visit) {
    for (int64_t tie = graph.pointers[node]; tie < graph.pointers[node + 1]; ++tie)
        if (graph.neighbours[tie] != node) visit(graph.neighbours[tie], graph.weights[tie]);
}

// The network of groups. `pause` is called before each node.
template <class Pause>
Graph::Coarse coarsen(const Graph& graph, const Members& groups, const Pause& pause) {
    Graph::Coarse coarse;
    Tally tally(groups.n());
    for (int32_t group = 0; group < groups.n(); ++group) {
        Share share;
        for (const int32_t node : groups[group]) {
            pause();
            share.add(share_of(graph, node));
            each_tie(graph, node, [&](int32_t other, double weight) { tally.add(groups.of(other), weight); });
        }
        coarse.add(group, share, tally);
        tally.clear();
    }
    return coarse;
}

// A partition that nodes leave and enter; there is always an empty community for a node that has left.
class Communities {
   public:
    template <class Network>
    Communities(const Network& graph, std::vector<int32_t>& labels)
        : labels_(labels), standings_(graph.n()), met_(graph.n() + 1) {
        for (int32_t node = 0; node < graph.n(); ++node) {
            standings_[labels_[node]].share.add(share_of(graph, node));
            ++standings_[labels_[node]].size;
        }
        for (int32_t community = graph.n(); community-- > 0;)
            if (standings_[community].size == 0) empty_.push_back(community);
    }

    int32_t operator[](int32_t node) const { return labels_[node]; }
    int32_t empty() const { return empty_.back(); }

    void leave(int32_t node, const Share& own) {
        Standing& from = standings_[labels_[node]];
        from.share.add(own, -1);
        if (--from.size == 0) empty_.push_back(labels_[node]);
    }

    void enter(int32_t node, const Share& own, int32_t community) {
        Standing& to = standings_[community];
        if (to.size++ == 0) empty_.pop_back();
        to.share.add(own);
        labels_[node] = community;
    }

    // Adds a tie of the node that is visited. No branches: whether a community was met cannot be foretold.
    void meet(int32_t neighbour, double weight) {
        const int32_t community = labels_[neighbour];
        double& tied = standings_[community].tied;
        met_[count_] = community;
        count_ += (tied == 0) & (weight > 0);
        tied += weight;
    }

    // What the node that is visited has with a community, and what the community gives and takes.
    double tied(int32_t community) const { return standings_[community].tied; }
    const Share& share(int32_t community) const { return standings_[community].share; }

    // Calls visit(community) for each community met, in the order they were met, and forgets them.
    template <class Visit>
    void each_met(const Visit& visit) {
        for (int32_t place = 0; place < count_; ++place) {
            visit(met_[place]);
            standings_[met_[place]].tied = 0;
        }
        count_ = 0;
    }

    // Asks for the memory of the community of a node before it is met.
    void prepare(int32_t node) const { prefetch(&standings_[labels_[node]]); }

   private:
    // What is asked of a community at each visit, in one place: memory is what a visit waits for.
    struct alignas(32) Standing {
        Share share;
        double tied = 0;  // to the node that is visited
        int32_t size = 0;
    };

    std::vector<int32_t>& labels_;
    std::vector<Standing> standings_;
    std::vector<int32_t> met_;
    int32_t count_ = 0;  // of met_
    std::vector<int32_t> empty_;
};

// Asks for the memory of the communities of a node's neighbours.
inline void prepare_communities(const Graph& graph, int32_t node, const Communities& communities) {
    const int64_t first = graph.pointers[node];
    const int64_t end = std::min(graph.pointers[node + 1], first + most_prepared);
    for (int64_t tie = first; tie < end; ++tie) communities.prepare(graph.neighbours[tie]);
}

// Nodes that wait for a visit, each once.
class Queue {
   public:
    explicit Queue(std::vector<int32_t> nodes)
        : ring_(std::move(nodes)), waits_(ring_.size(), 1), length_(ring_.size()) {
        ring_.resize(std::bit_ceil(ring_.size() + 1));
        mask_ = ring_.size() - 1;
    }

    bool empty() const { return length_ == 0; }

    // A node that comes soon, or came long ago.
    int32_t ahead(size_t places) const { return ring_[(first_ + places) & mask_]; }

    int32_t pop() {
        const int32_t node = ring_[first_];
        first_ = (first_ + 1) & mask_;
        --length_;
        waits_[node] = 0;
        return node;
    }

    // Lets those of the nodes wait that are wanted. No branches, as in Communities::meet.
    template <class Wanted>
    void push(std::span<const int32_t> nodes, const Wanted& wanted) {
        int32_t* const ring = ring_.data();
        uint8_t* const waits = waits_.data();
        const size_t mask = mask_;
        size_t end = first_ + length_;
        for (const int32_t node : nodes) {
            const bool waiting = wanted(node);
            ring[end & mask] = node;
            end += waiting & !waits[node];
            waits[node] |= waiting;
        }
        length_ = end - first_;
    }

   private:
    std::vector<int32_t> ring_;
    std::vector<uint8_t> waits_;
    size_t mask_ = 0;
    size_t first_ = 0;
    size_t length_;
};

// Parts of communities: at first each node alone.
struct Parts {
    std::vector<int32_t> labels;
    std::vector<Share> shares;
    std::vector<Share> wholes;  // of the communities
    std::vector<double> cuts;   // weight of the ties of a part with the rest of its community
    std::vector<uint8_t> alone;

    template <class Network>
    Parts(const Network& graph, const std::vector<int32_t>& communities)
        : labels(numbers_to(graph.n())), wholes(graph.n()), cuts(graph.n(), 0), alone(graph.n(), 1) {
        for (int32_t node = 0; node < graph.n(); ++node) {
            shares.push_back(share_of(graph, node));
            wholes[communities[node]].add(shares[node]);
            each_tie(graph, node, [&](int32_t neighbour, double weight) {
                if (communities[neighbour] == communities[node]) cuts[node] += weight;
            });
        }
    }

    void join(int32_t node, int32_t part, double weight) {
        cuts[part] += cuts[node] - 2 * weight;
        shares[part].add(shares[node]);
        labels[node] = part;
        alone[part] = 0;
    }
};

// The group where a node gains most. Of equal gains one is drawn, or the order of nodes would choose.
class Choice {
   public:
    // What the node has where it stays, and the difference below which gains are equal.
    Choice(int32_t stays, double gain, double rounding, Random& random)
        : chosen_(stays), most_(gain), rounding_(rounding), random_(random) {}

    void offer(int32_t group, double gain) {
        if (gain > most_ + rounding_) {
            chosen_ = group;
            most_ = gain;
            equals_ = 1;
        } else if (equals_ > 0 && gain >= most_ - rounding_ && random_.below(++equals_) == 0) {
            chosen_ = group;
        }
    }

    int32_t chosen() const { return chosen_; }

   private:
    int32_t chosen_;
    double most_;
    double rounding_;
    Random& random_;
    int32_t equals_ = 0;
};

}  // namespace ecograph
