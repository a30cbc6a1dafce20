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
};

class Texts {
   public:
    Texts(std::span<const int32_t> offsets, std::span<const uint8_t> letters) : offsets_(offsets), letters_(letters) {}

    int64_t size() const { return static_cast<int64_t>(offsets_.size()) - 1; }
    Text operator[](int64_t number) const {
        return {letters_.data() + offsets_[number], offsets_[number + 1] - offsets_[number]};
    }

   private:
    std::span<const int32_t> offsets_;
    std::span<const uint8_t> letters_;
};

uint64_t mixed(uint64_t bits) {  // the finaliser of MurmurHash3
    bits = (bits ^ (bits >> 33)) * 0xff51afd7ed558ccdULL;
    bits = (bits ^ (bits >> 33)) * 0xc4ceb9fe1a85ec53ULL;
    return bits ^ (bits >> 33);
}

// The first letters of a text, zero beyond its end, and its length: most words are no longer, and are told apart by it.
struct Head {
    static constexpr int64_t letters = 16;

    explicit Head(const Text& text) : length(text.length) {
        std::memcpy(first.data(), text.letters, std::min(length, letters));
    }
    bool operator==(const Head&) const = default;

    std::array<uint64_t, 2> first{};
    int64_t length;
};

uint64_t hash_of(const Head& head, const Text& text) {
    uint64_t hash = mixed(static_cast<uint64_t>(head.length) + 0x9e3779b97f4a7c15ULL);
    for (const uint64_t eight : head.first) hash = mixed(hash ^ eight);
    for (int64_t place = Head::letters; place < text.length; place += 8) {
        uint64_t eight = 0;
        std::memcpy(&eight, text.letters + place, std::min<int64_t>(8, text.length - place));
        hash = mixed(hash ^ eight);
    }
    return hash;
}

struct Slot {
    std::array<uint64_t, 2> first;
    int32_t length;
    int32_t word;  // -1 where the slot is empty
};

// Open addressing over twice as many slots as words, or more; a slot tells short words apart by itself.
class Table {
   public:
    Table(const Texts& words, Stop& stop)
        : words_(words),
          mask_(std::bit_ceil(static_cast<uint64_t>(2 * words.size() + 1)) - 1),
          slots_(mask_ + 1, Slot{{}, 0, -1}) {
        in_chunks(0, words.size(), stop, [&](int64_t begin, int64_t end) {
            for (int64_t word = begin; word < end; ++word) {
                const Text text = words[word];
                const Head head(text);
                Slot& slot = slots_[found(text, head, hash_of(head, text))];
                if (slot.word < 0) slot = {head.first, static_cast<int32_t>(head.length), static_cast<int32_t>(word)};
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
                const Text text = cells[begin + cell];
                hashes[cell] = hash_of(Head(text), text);
                fetch(&slots_[hashes[cell] & mask_]);
            }
            for (int64_t cell = 0; cell < count; ++cell) {
                const Text text = cells[begin + cell];
                numbers[begin + cell] = slots_[found(text, Head(text), hashes[cell])].word;
            }
        }
    }

   private:
    static void fetch([[maybe_unused]] const void* place) {
#if defined(__GNUC__)
        __builtin_prefetch(place);
#endif
    }

    // The slot that holds the text, or the empty one where it would stand.
    uint64_t found(const Text& text, const Head& head, uint64_t hash) const {
        uint64_t place = hash & mask_;
        for (; slots_[place].word >= 0; place = (place + 1) & mask_) {
            const Slot& slot = slots_[place];
            if (slot.length == head.length && slot.first == head.first && same_rest(text, words_[slot.word])) break;
        }
        return place;
    }

    static bool same_rest(const Text& text, const Text& word) {
        const int64_t rest = text.length - Head::letters;
        return rest <= 0 || std::memcmp(text.letters + Head::letters, word.letters + Head::letters, rest) == 0;
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

template <class T>
Array<T> copied(std::span<const T> entries) {
    Array<T> copy(entries.size());
    std::copy(entries.begin(), entries.end(), &copy[0]);
    return copy;
}

// The words of a list and their table. The list is copied, into memory of large pages, for it is read here and there.
class Words {
   public:
    Words(const Given& words, const Given& letters)
        : offsets_(copied(entries<int32_t>(words, "words"))),
          letters_(copied(entries<uint8_t>(letters, "letters"))),
          table_(table_of(offsets_, letters_)) {}

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
    static Table table_of(const Array<int32_t>& offsets, const Array<uint8_t>& letters) {
        const nb::gil_scoped_release unlocked;
        check_offsets(offsets, letters.size(), "words");
        Stop stop;
        return {{offsets, letters}, stop};
    }

    Array<int32_t> offsets_;
    Array<uint8_t> letters_;
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
