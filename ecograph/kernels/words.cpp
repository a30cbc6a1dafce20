// Words: which word of a list each cell of a column is.
//
// Words and cells are text as Arrow lays it out: letters one after the other, and the offset at which each text starts.
// A hash table of the words is asked for many cells at a time, so that the memory of one arrives while others are read.

#include <array>
#include <bit>
#include <cstring>

#include "door.hpp"

namespace ecograph {
namespace {

struct Text {
    const uint8_t* letters;
    int64_t length;

    bool operator==(const Text& other) const {
        return length == other.length && (length == 0 || std::memcmp(letters, other.letters, length) == 0);
    }
};

class Texts {
   public:
    Texts(std::span<const int32_t> offsets, std::span<const uint8_t> letters) : offsets_(offsets), letters_(letters) {}

    int64_t size() const { return static_cast<int64_t>(offsets_.size()) - 1; }
    Text operator[](int64_t number) const {
        return {letters_.data() + offsets_[number], offsets_[number + 1] - offsets_[number]};
    }
    const int32_t* place(int64_t number) const { return offsets_.data() + number; }

   private:
    std::span<const int32_t> offsets_;
    std::span<const uint8_t> letters_;
};

uint64_t mixed(uint64_t bits) {  // the finaliser of MurmurHash3
    bits = (bits ^ (bits >> 33)) * 0xff51afd7ed558ccdULL;
    bits = (bits ^ (bits >> 33)) * 0xc4ceb9fe1a85ec53ULL;
    return bits ^ (bits >> 33);
}

uint64_t hash_of(const Text& text) {
    uint64_t hash = mixed(static_cast<uint64_t>(text.length) + 0x9e3779b97f4a7c15ULL);
    const uint8_t* letters = text.letters;
    int64_t left = text.length;
    for (; left >= 8; left -= 8, letters += 8) {
        uint64_t eight;
        std::memcpy(&eight, letters, 8);
        hash = mixed(hash ^ eight);
    }
    if (left > 0) {
        uint64_t rest = 0;
        std::memcpy(&rest, letters, left);
        hash = mixed(hash ^ rest);
    }
    return hash;
}

struct Slot {
    uint32_t tag;
    int32_t word;  // -1 where the slot is empty
};

// Open addressing over twice as many slots as words, or more.
class Table {
   public:
    Table(const Texts& words, Stop& stop)
        : words_(words),
          mask_(std::bit_ceil(static_cast<uint64_t>(2 * words.size() + 1)) - 1),
          slots_(mask_ + 1, Slot{0, -1}) {
        in_chunks(0, words.size(), stop, [&](int64_t begin, int64_t end) {
            for (int64_t word = begin; word < end; ++word) {
                const Text text = words[word];
                const uint64_t hash = hash_of(text);
                Slot& slot = slots_[found(text, hash)];
                if (slot.word < 0) slot = {tag_of(hash), static_cast<int32_t>(word)};
            }
        });
    }

    // Writes the number of the first word that is equal to each of these cells, or -1.
    void look_up(const Texts& cells, int64_t begin, int64_t end, Array<int32_t>& numbers) const {
        constexpr int64_t together = 32;
        std::array<uint64_t, together> hashes;
        for (; begin < end; begin += together) {
            const int64_t count = std::min(together, end - begin);
            for (int64_t cell = 0; cell < count; ++cell) {
                hashes[cell] = hash_of(cells[begin + cell]);
                fetch(&slots_[hashes[cell] & mask_]);
            }
            for (int64_t cell = 0; cell < count; ++cell)
                if (const Slot& slot = slots_[hashes[cell] & mask_]; slot.word >= 0) fetch(words_.place(slot.word));
            for (int64_t cell = 0; cell < count; ++cell)
                if (const Slot& slot = slots_[hashes[cell] & mask_]; slot.word >= 0) fetch(words_[slot.word].letters);
            for (int64_t cell = 0; cell < count; ++cell)
                numbers[begin + cell] = slots_[found(cells[begin + cell], hashes[cell])].word;
        }
    }

   private:
    static uint32_t tag_of(uint64_t hash) { return static_cast<uint32_t>(hash >> 32); }

    static void fetch([[maybe_unused]] const void* place) {
#if defined(__GNUC__)
        __builtin_prefetch(place);
#endif
    }

    // The slot that holds the text, or the empty one where it would stand.
    uint64_t found(const Text& text, uint64_t hash) const {
        uint64_t place = hash & mask_;
        for (; slots_[place].word >= 0; place = (place + 1) & mask_)
            if (slots_[place].tag == tag_of(hash) && words_[slots_[place].word] == text) break;
        return place;
    }

    Texts words_;
    uint64_t mask_;
    Array<Slot> slots_;
};

void check_offsets(std::span<const int32_t> offsets, size_t letters, const std::string& name) {
    if (offsets.empty()) refuse(name + " is empty; it needs one more entry than there are texts");
    if (offsets.front() < 0) refuse(name + "[0] = " + std::to_string(offsets.front()) + " is below 0");
    const auto fall = std::adjacent_find(offsets.begin(), offsets.end(), std::greater<>());
    if (fall != offsets.end()) refuse(name + " falls at entry " + std::to_string(fall - offsets.begin() + 1));
    if (static_cast<size_t>(offsets.back()) > letters)
        refuse(name + " ends at " + std::to_string(offsets.back()) + " of " + std::to_string(letters) + " letters");
}

// The words of a list, which must not be changed while it is asked for others.
class Words {
   public:
    Words(const Given& words, const Given& letters)
        : held_(words), held_letters_(letters), table_(table_of(words, letters)) {}

    auto find(const Given& cells, const Given& letters, int64_t threads) const {
        const auto offsets = entries<int32_t>(cells, "cells");
        const auto of_cells = entries<uint8_t>(letters, "letters");
        const int workers = check_threads(threads);
        Array<int32_t> numbers;
        {
            const nb::gil_scoped_release unlocked;
            check_offsets(offsets, of_cells.size(), "cells");
            Stop stop;
            const Texts texts(offsets, of_cells);
            numbers = Array<int32_t>(texts.size());
            constexpr int64_t chunk = int64_t{1} << 16;
            parallel_chunks(workers, (texts.size() + chunk - 1) / chunk, stop, [&](int64_t part) {
                table_.look_up(texts, part * chunk, std::min(texts.size(), (part + 1) * chunk), numbers);
            });
        }
        return std::move(numbers).numpy();
    }

   private:
    static Table table_of(const Given& words, const Given& letters) {
        const auto offsets = entries<int32_t>(words, "words");
        const auto of_words = entries<uint8_t>(letters, "letters");
        const nb::gil_scoped_release unlocked;
        check_offsets(offsets, of_words.size(), "words");
        Stop stop;
        return {{offsets, of_words}, stop};
    }

    Given held_, held_letters_;  // the table looks into them
    Table table_;
};

constexpr const char* words_signature =
    "def __init__(self, words: numpy.typing.NDArray[numpy.int32], letters: numpy.typing.NDArray[numpy.uint8]) -> None";

constexpr const char* find_signature =
    "def find(self, cells: numpy.typing.NDArray[numpy.int32], letters: numpy.typing.NDArray[numpy.uint8], *, "
    "threads: int = 1) -> numpy.typing.NDArray[numpy.int32]";

constexpr const char* words_text = R"(A list of words, given by the offsets of texts among their letters.

There is one offset more than there are texts, as Arrow lays out text.)";

constexpr const char* find_text = R"(Number of the first word that is equal to each cell; -1 where none is.

The result does not depend on threads.)";

}  // namespace
}  // namespace ecograph

NB_MODULE(words, module) {
    using namespace ecograph;
    nb::class_<Words>(module, "Words", words_text)
        .def(nb::init<const Given&, const Given&>(), nb::arg("words"), nb::arg("letters"), nb::sig(words_signature))
        .def("find", &Words::find, nb::arg("cells"), nb::arg("letters"), nb::kw_only(), nb::arg("threads") = 1,
             nb::sig(find_signature), find_text);
}
