// Random numbers that are the same on every machine.
#pragma once

#include <cstdint>
#include <numeric>
#include <utility>
#include <vector>

namespace ecograph {

inline std::vector<int32_t> numbers_to(int32_t n) {
    std::vector<int32_t> numbers(n);
    std::iota(numbers.begin(), numbers.end(), 0);
    return numbers;
}

// splitmix64 (Steele, Lea & Flood 2014).
class Random {
   public:
    explicit Random(uint64_t state) : state_(state) {}

    uint64_t next() {
        uint64_t z = state_ += step;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
        z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
        return z ^ (z >> 31);
    }

    // The same numbers without the first `count`.
    Random from(int64_t count) const { return Random(state_ + static_cast<uint64_t>(count) * step); }

    // A number below `limit`.
    int32_t below(int32_t limit) { return static_cast<int32_t>(((next() >> 32) * static_cast<uint64_t>(limit)) >> 32); }

    // A number above 0 and below 1.
    double share() { return (static_cast<double>(next() >> 12) + 0.5) * 0x1p-52; }

    std::vector<int32_t> order(int32_t n) {
        std::vector<int32_t> nodes = numbers_to(n);
        for (int32_t place = n; place > 1; --place) std::swap(nodes[place - 1], nodes[below(place)]);
        return nodes;
    }

   private:
    static constexpr uint64_t step = 0x9e3779b97f4a7c15;

    uint64_t state_;
};

}  // namespace ecograph
