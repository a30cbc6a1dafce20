// What a search for communities holds: a graph, groups of its nodes, and the nodes that wait for a visit.
#pragma once

#include <utility>

#include "door.hpp"
#include "random.hpp"

namespace ecograph {

// Ties of each node with others, both ways, and what each node gives and takes, its ties with itself included.
struct Graph {
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
struct Coarse {
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

// Calls visit(neighbour, weight) for each tie of a node with another.
template <class Visit>
void each_tie(const Graph& graph, int32_t node, const Visit& visit) {
    for (int64_t tie = graph.pointers[node]; tie < graph.pointers[node + 1]; ++tie)
        if (graph.neighbours[tie] != node) visit(graph.neighbours[tie], graph.weights[tie]);
}

// A partition that nodes leave and enter; there is always an empty community for a node that has left.
class Communities {
   public:
    Communities(const Graph& graph, std::vector<int32_t>& labels)
        : labels_(labels), shares_(graph.n()), sizes_(graph.n(), 0) {
        for (int32_t node = 0; node < graph.n(); ++node) {
            shares_[labels_[node]].add(share_of(graph, node));
            ++sizes_[labels_[node]];
        }
        for (int32_t community = graph.n(); community-- > 0;)
            if (sizes_[community] == 0) empty_.push_back(community);
    }

    int32_t operator[](int32_t node) const { return labels_[node]; }
    const Share& share(int32_t community) const { return shares_[community]; }
    int32_t empty() const { return empty_.back(); }

    void leave(int32_t node, const Share& own) {
        shares_[labels_[node]].add(own, -1);
        if (--sizes_[labels_[node]] == 0) empty_.push_back(labels_[node]);
    }

    void enter(int32_t node, const Share& own, int32_t community) {
        if (sizes_[community]++ == 0) empty_.pop_back();
        shares_[community].add(own);
        labels_[node] = community;
    }

   private:
    std::vector<int32_t>& labels_;
    std::vector<Share> shares_;
    std::vector<int32_t> sizes_;
    std::vector<int32_t> empty_;
};

// Nodes that wait for a visit, each once.
class Queue {
   public:
    explicit Queue(std::vector<int32_t> nodes)
        : ring_(std::move(nodes)), waits_(ring_.size(), 1), length_(ring_.size()) {}

    bool empty() const { return length_ == 0; }

    int32_t pop() {
        const int32_t node = ring_[first_];
        first_ = first_ + 1 == ring_.size() ? 0 : first_ + 1;
        --length_;
        waits_[node] = 0;
        return node;
    }

    void push(int32_t node) {
        if (waits_[node]) return;
        waits_[node] = 1;
        const size_t place = first_ + length_++;
        ring_[place < ring_.size() ? place : place - ring_.size()] = node;
    }

   private:
    std::vector<int32_t> ring_;
    std::vector<uint8_t> waits_;
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

    Parts(const Graph& graph, const std::vector<int32_t>& communities)
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
