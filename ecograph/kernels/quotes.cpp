// Quotes of comma-separated text: whether it is beyond doubt which of them open and close a cell.

#include <cstring>

#include "door.hpp"

namespace ecograph {
namespace {

constexpr uint8_t quote = '"';

// Whether the quotes, by turns, open at the start of a cell and close at its end. One inside a quoted cell is written
// twice, and so closes the cell and opens it again.
bool do_alternate(std::span<const uint8_t> octets, uint8_t separator, Stop& stop) {
    const auto is_edge = [separator](uint8_t octet) {
        return octet == separator || octet == quote || octet == '\n' || octet == '\r';
    };
    const uint8_t* const first = octets.data();
    const uint8_t* const last = first + octets.size();
    bool inside = false;
    bool sound = true;
    in_chunks(0, static_cast<int64_t>(octets.size()), stop, [&](int64_t begin, int64_t end) {
        const uint8_t* place = first + begin;
        const uint8_t* const stop_at = first + end;
        while (sound && place < stop_at) {
            place = static_cast<const uint8_t*>(std::memchr(place, quote, stop_at - place));
            if (place == nullptr) return;
            sound = inside ? place + 1 == last || is_edge(place[1]) : place == first || is_edge(place[-1]);
            inside = !inside;
            ++place;
        }
    });
    return sound && !inside;
}

bool alternate(const Given& octets, int64_t separator) {
    const auto text = entries<uint8_t>(octets, "octets");
    if (separator < 0 || separator > 127) refuse("separator=" + std::to_string(separator) + " is outside 0..127");
    const nb::gil_scoped_release unlocked;
    Stop stop;
    return do_alternate(text, static_cast<uint8_t>(separator), stop);
}

constexpr const char* alternate_signature =
    "def alternate(octets: numpy.typing.NDArray[numpy.uint8], separator: int) -> bool";

constexpr const char* alternate_text = R"(Whether quotes, by turns, open at the start of a cell and close at its end.

Cells end at the separator, at a line break and at a quote: one inside a quoted cell is written twice.)";

}  // namespace
}  // namespace ecograph

NB_MODULE(quotes, module) {
    using namespace ecograph;
    module.def("alternate", &alternate, nb::arg("octets"), nb::arg("separator"), nb::sig(alternate_signature),
               alternate_text);
}
