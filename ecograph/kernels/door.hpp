// The one door between numpy and the kernels: arrays that come in are checked, arrays that go out are made here,
// and long work is shared among threads and stopped by Ctrl-C.
#pragma once

#include <nanobind/nanobind.h>
#include <nanobind/ndarray.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <exception>
#include <limits>
#include <memory>
#include <mutex>
#include <new>
#include <span>
#include <stdexcept>
#include <string>
#include <system_error>
#include <thread>
#include <type_traits>
#include <vector>

#ifdef __linux__
#include <sys/mman.h>
#endif

namespace ecograph {

namespace nb = nanobind;

// ---- arrays in ------------------------------------------------------------------------------------------------

using Given = nb::ndarray<nb::ro, nb::device::cpu>;

[[noreturn]] inline void refuse(const std::string& message) { throw std::invalid_argument(message); }

template <class T>
constexpr const char* type_name() {
    if constexpr (std::is_same_v<T, int32_t>) return "int32";
    if constexpr (std::is_same_v<T, int64_t>) return "int64";
    if constexpr (std::is_same_v<T, uint8_t>) return "uint8";
    if constexpr (std::is_same_v<T, double>) return "float64";
}

inline std::string type_name(nb::dlpack::dtype type) {
    using Code = nb::dlpack::dtype_code;
    const auto code = static_cast<Code>(type.code);
    if (code == Code::Bool) return "bool";
    const char* family = code == Code::Int     ? "int"
                         : code == Code::UInt  ? "uint"
                         : code == Code::Float ? "float"
                                               : "complex";
    return family + std::to_string(type.bits);
}

// The entries of an array of one dimension. The span lives as long as the array it was taken from.
template <class T>
std::span<const T> entries(const Given& array, const std::string& name) {
    if (array.dtype() != nb::dtype<T>())
        refuse(name + " holds " + type_name(array.dtype()) + "; an array of " + type_name<T>() + " is needed");
    if (array.ndim() != 1)
        refuse(name + " has " + std::to_string(array.ndim()) + " dimensions; an array of one dimension is needed");
    if (array.size() > 1 && array.stride(0) != 1)
        refuse(name + " is not contiguous; numpy.ascontiguousarray makes it so");
    if (reinterpret_cast<std::uintptr_t>(array.data()) % alignof(T) != 0)
        refuse(name + " is not aligned; numpy.require with 'ALIGNED' makes it so");
    return {static_cast<const T*>(array.data()), array.size()};
}

inline void check_length(size_t length, size_t wanted, const std::string& name, const std::string& reason) {
    if (length != wanted)
        refuse(name + " has " + std::to_string(length) + " entries; it needs " + std::to_string(wanted) + ", " +
               reason);
}

inline int32_t check_count(int64_t count, const std::string& name) {
    constexpr int64_t most = std::numeric_limits<int32_t>::max();
    if (count < 0 || count > most)
        refuse(name + "=" + std::to_string(count) + " is outside 0.." + std::to_string(most));
    return static_cast<int32_t>(count);
}

inline int check_threads(int64_t threads) {
    constexpr int64_t most = 1024;
    if (threads < 1 || threads > most)
        refuse("threads=" + std::to_string(threads) + " is outside 1.." + std::to_string(most));
    return static_cast<int>(threads);
}

inline void check_range(std::span<const int32_t> indices, int32_t n, const std::string& name) {
    const auto outside = [limit = static_cast<uint32_t>(n)](int32_t index) {
        return static_cast<uint32_t>(index) >= limit;
    };
    unsigned found = 0;  // without an early exit the loop is vectorised
    for (const int32_t index : indices) found |= outside(index);
    if (!found) return;
    const auto bad = std::find_if(indices.begin(), indices.end(), outside);
    const auto allowed = n > 0 ? "outside 0.." + std::to_string(n - 1) : std::string("an index where none is possible");
    refuse(name + "[" + std::to_string(bad - indices.begin()) + "] = " + std::to_string(*bad) + " is " + allowed);
}

inline void check_numbers(std::span<const double> values, const std::string& name) {
    const auto bad = std::find_if(values.begin(), values.end(), [](double value) { return value != value; });
    if (bad != values.end()) refuse(name + "[" + std::to_string(bad - values.begin()) + "] is NaN; leave it out");
}

// Row pointers of compressed rows: they start at 0, never fall, and end at the number of entries.
inline void check_pointers(std::span<const int64_t> pointers, int32_t rows, size_t length, const std::string& name) {
    check_length(pointers.size(), static_cast<size_t>(rows) + 1, name, "one more than rows");
    if (pointers.front() != 0) refuse(name + "[0] = " + std::to_string(pointers.front()) + "; it must be 0");
    const auto fall = std::adjacent_find(pointers.begin(), pointers.end(), std::greater<>());
    if (fall != pointers.end())
        refuse(name + " falls from " + std::to_string(fall[0]) + " to " + std::to_string(fall[1]) + " at entry " +
               std::to_string(fall - pointers.begin() + 1));
    if (pointers.back() != static_cast<int64_t>(length))
        refuse(name + " ends at " + std::to_string(pointers.back()) + "; it must end at the number of entries, " +
               std::to_string(length));
}

// ---- arrays out -----------------------------------------------------------------------------------------------

struct Free {
    void operator()(void* memory) const { std::free(memory); }
};

inline void* allocate(size_t bytes) {
#if defined(__linux__) && !defined(__SANITIZE_ADDRESS__)
    // First touches of small pages cost more than filling them, and scattered writes miss the translation cache.
    constexpr size_t huge_page = size_t{1} << 21;
    if (bytes >= huge_page) {
        const size_t rounded = (bytes + huge_page - 1) / huge_page * huge_page;
        void* memory = std::aligned_alloc(huge_page, rounded);
        if (memory != nullptr) madvise(memory, rounded, MADV_HUGEPAGE);
        return memory;
    }
#endif
    return std::malloc(std::max<size_t>(bytes, 1));
}

// Memory a kernel fills and numpy may take over. The entries start undefined, as those of numpy.empty.
template <class T>
class Array {
   public:
    Array() = default;
    explicit Array(size_t size) : memory_(static_cast<T*>(allocate(size * sizeof(T)))), size_(size) {
        if (!memory_) throw std::bad_alloc();
    }
    Array(size_t size, T value) : Array(size) { std::fill_n(memory_.get(), size, value); }

    T& operator[](size_t position) { return memory_[position]; }
    const T& operator[](size_t position) const { return memory_[position]; }
    size_t size() const { return size_; }
    operator std::span<const T>() const { return {memory_.get(), size_}; }

    void shrink(size_t size) {
        if (size == size_) return;
        void* const memory = std::realloc(memory_.get(), std::max<size_t>(size * sizeof(T), 1));
        if (memory == nullptr) throw std::bad_alloc();
        (void)memory_.release();
        memory_.reset(static_cast<T*>(memory));
        size_ = size;
    }

    // Needs the GIL.
    auto numpy() && {
        const nb::capsule owner(memory_.get(), [](void* memory) noexcept { std::free(memory); });
        return nb::ndarray<nb::numpy, T, nb::ndim<1>, nb::c_contig>(memory_.release(), {size_}, owner);
    }

   private:
    std::unique_ptr<T[], Free> memory_;
    size_t size_ = 0;
};

// ---- interrupts and threads -----------------------------------------------------------------------------------

// Ends the threads of one kernel call together: when the user presses Ctrl-C or one of them fails.
class Stop {
   public:
    // To be called between chunks of about a millisecond. Only the thread that made the Stop asks Python.
    void check() {
        if (std::this_thread::get_id() != caller_) {
            if (asked_) throw Asked();
            return;
        }
        const auto now = Clock::now();
        if (now < next_) return;
        next_ = now + std::chrono::milliseconds(50);
        const nb::gil_scoped_acquire gil;
        if (PyErr_CheckSignals() != 0) throw nb::python_error();
    }

    template <class Work>
    void guard(const Work& work) noexcept {
        try {
            work();
        } catch (const Asked&) {
        } catch (...) {
            const std::lock_guard lock(mutex_);
            if (!failure_) failure_ = std::current_exception();
            asked_ = true;
        }
    }

    void rethrow() {
        if (failure_) std::rethrow_exception(failure_);
    }

   private:
    struct Asked {};
    using Clock = std::chrono::steady_clock;

    const std::thread::id caller_ = std::this_thread::get_id();
    Clock::time_point next_ = Clock::now() + std::chrono::milliseconds(50);
    std::atomic<bool> asked_ = false;
    std::mutex mutex_;
    std::exception_ptr failure_;
};

// Runs body(chunk) for every chunk; whichever thread is free takes the next one. What a chunk is must not depend on
// `threads`, or what is made of it must not.
template <class Body>
void parallel_chunks(int threads, int64_t chunks, Stop& stop, const Body& body) {
    std::atomic<int64_t> next = 0;
    const auto work = [&] {
        for (int64_t chunk = next++; chunk < chunks; chunk = next++) {
            stop.check();
            body(chunk);
        }
    };
    std::vector<std::thread> others;
    const auto wanted = std::max<int64_t>(std::min<int64_t>(threads, chunks), 1) - 1;
    others.reserve(wanted);
    try {
        for (int64_t other = 0; other < wanted; ++other) others.emplace_back([&] { stop.guard(work); });
    } catch (const std::system_error&) {
        // A machine that grants no more threads leaves the chunks to those it has.
    }
    stop.guard(work);
    for (auto& other : others) other.join();
    stop.rethrow();
}

// Runs body(begin, end) over short ranges of [begin, end), one after the other.
template <class Body>
void in_chunks(int64_t begin, int64_t end, Stop& stop, const Body& body) {
    constexpr int64_t size = int64_t{1} << 18;
    for (; begin < end; begin += size) {
        stop.check();
        body(begin, std::min(end, begin + size));
    }
}

}  // namespace ecograph
