// Amounts carried along walks: x = start + M x, by sweeps in which each node takes what the others have by
// now (Gauss and Seidel's; for PageRank Arasu et al. 2002, PageRank computation and the structure of the web), which
// needs about half as many sweeps as taking what they had before.
//
// Where nothing is lost but what is said, start is scaled after each sweep such that as much comes in as is lost. The
// sweeps are then those of a homogeneous system, and what all nodes have too much or too little of does not need to be
// carried away step by step. Otherwise, once changes fall evenly, all that are left of them are made at once (Aitken).

#include <nanobind/stl/optional.h>

#include <cmath>
#include <optional>

#include "door.hpp"

namespace ecograph {
namespace {

// A matrix in rows: the places of the entries of each row, and their values, all 1 if there are none.
struct Matrix {
    std::span<const int64_t> pointers;
    std::span<const int32_t> places;
    std::span<const double> values;
    bool valued;

    int32_t rows() const { return static_cast<int32_t>(pointers.size()) - 1; }
    double value(int64_t entry) const { return valued ? values[entry] : 1.0; }

    // Needs no GIL.
    void check(int32_t columns) const {
        check_pointers(pointers, rows(), places.size(), "pointers");
        check_range(places, columns, "places");
        if (!valued) return;
        check_length(values.size(), places.size(), "values", "as many as places");
        check_numbers(values, "values");
    }
};

// Nodes that take from each other along the rows of a matrix.
class Direct {
   public:
    Direct(const Matrix& matrix, std::span<const double> factors)
        : matrix_(matrix), factors_(factors), given_(factors.size(), 0.0) {}

    void change(int32_t node, double amount) { given_[node] = factors_[node] * amount; }

    double arriving(int32_t node) const { return matrix_.valued ? sum<true>(node) : sum<false>(node); }

   private:
    // Four sums side by side, so that one addition does not wait for the one before.
    template <bool valued>
    double sum(int32_t node) const {
        const auto entry = [&](int64_t place) {
            const double given = given_[matrix_.places[place]];
            return valued ? matrix_.values[place] * given : given;
        };
        double sums[4] = {0, 0, 0, 0};
        int64_t place = matrix_.pointers[node];
        const int64_t end = matrix_.pointers[node + 1];
        for (; place + 4 <= end; place += 4)
            for (int lane = 0; lane < 4; ++lane) sums[lane] += entry(place + lane);
        for (; place < end; ++place) sums[0] += entry(place);
        return (sums[0] + sums[1]) + (sums[2] + sums[3]);
    }

    const Matrix& matrix_;
    std::span<const double> factors_;
    Array<double> given_;
};

// Nodes that take from each other by what they share: M = (B B' without its diagonal) times the factors, never formed.
// What lies on each shared thing is kept up as the nodes change.
class Shared {
   public:
    Shared(const Matrix& matrix, std::span<const double> factors, int32_t things)
        : matrix_(matrix), factors_(factors), given_(factors.size(), 0.0), laid_(things, 0.0) {}

    void change(int32_t node, double amount) {
        const double more = factors_[node] * amount - given_[node];
        given_[node] = factors_[node] * amount;
        for (int64_t entry = matrix_.pointers[node]; entry < matrix_.pointers[node + 1]; ++entry)
            laid_[matrix_.places[entry]] += matrix_.value(entry) * more;
    }

    double arriving(int32_t node) const {
        double sum = 0;
        for (int64_t entry = matrix_.pointers[node]; entry < matrix_.pointers[node + 1]; ++entry) {
            const double own = matrix_.value(entry) * given_[node];
            sum += matrix_.value(entry) * (laid_[matrix_.places[entry]] - own);
        }
        return sum;
    }

   private:
    const Matrix& matrix_;
    std::span<const double> factors_;
    Array<double> given_;
    Array<double> laid_;
};

struct Task {
    std::span<const double> start;
    std::optional<std::span<const double>> losses;
    double change;
    int64_t most;
};

// A sum that carries what rounding takes from it (Kahan 1965): scale must not drift by more than amounts may change.
class Sum {
   public:
    void add(double term) {
        term -= carried_;
        const double fresh = sum_ + term;
        carried_ = (fresh - sum_) - term;
        sum_ = fresh;
    }
    double value() const { return sum_; }

   private:
    double sum_ = 0;
    double carried_ = 0;
};

// Tells when changes of one sign fall by one factor sweep by sweep: those left are then factor / (1 - factor) of the last.
class Fall {
   public:
    double left(double change) {
        const double factor = change / last_, before = factor_;
        last_ = change;
        factor_ = factor;
        if (!(std::abs(factor - before) < 0.02 * factor && factor < 0.95)) return 0;
        *this = Fall();
        return factor / (1 - factor);
    }

   private:
    double last_ = std::numeric_limits<double>::infinity();
    double factor_ = 0;
};

// Sweeps until the amounts change by less than task.change of their sum, at most task.most times. Gives the last change.
template <class Nodes>
double settle(Nodes& nodes, const Task& task, Array<double>& amounts) {
    Stop stop;
    const auto n = static_cast<int32_t>(task.start.size());
    Sum begun, lost;
    Array<double> changes(task.losses ? 0 : n);
    Fall fall;
    const auto take = [&](int32_t node, double amount) {
        amounts[node] = amount;
        nodes.change(node, amount);
        if (task.losses) lost.add((*task.losses)[node] * amount);
    };
    for (int32_t node = 0; node < n; ++node) {
        begun.add(task.start[node]);
        take(node, task.start[node]);
    }
    double share = std::numeric_limits<double>::infinity();
    for (int64_t sweep = 0; sweep < task.most && share > task.change; ++sweep) {
        const double scale = task.losses && begun.value() > 0 ? lost.value() / begun.value() : 1.0;
        double moved = 0, whole = 0, grown = 0;
        lost = Sum();
        for (int32_t node = 0; node < n; ++node) {
            if (node % 4096 == 0) stop.check();
            const double fresh = scale * task.start[node] + nodes.arriving(node);
            const double more = fresh - amounts[node];
            moved += std::abs(more);
            grown += more;
            whole += std::abs(fresh);
            if (!task.losses) changes[node] = more;
            take(node, fresh);
        }
        if (!std::isfinite(whole)) break;
        share = whole > 0 ? moved / whole : 0;
        const double left = task.losses || share <= task.change ? 0 : fall.left(grown);
        for (int32_t node = 0; node < n && left > 0; ++node) take(node, amounts[node] + left * changes[node]);
    }
    return share;
}

nb::tuple settled(const Given& pointers, const Given& places, const Given& factors, const Given& start,
                  const std::optional<Given>& values, const std::optional<Given>& losses,
                  const std::optional<int64_t>& shared, double change, int64_t most) {
    const Matrix matrix{entries<int64_t>(pointers, "pointers"), entries<int32_t>(places, "places"),
                        values ? entries<double>(*values, "values") : std::span<const double>(), values.has_value()};
    const auto kept = entries<double>(factors, "factors");
    Task task{entries<double>(start, "start"), std::nullopt, change, most};
    if (losses) task.losses = entries<double>(*losses, "losses");
    check_count(static_cast<int64_t>(matrix.pointers.size()) - 1, "nodes");
    const int32_t columns = shared ? check_count(*shared, "shared") : matrix.rows();
    Array<double> amounts;
    double last = 0;
    {
        const nb::gil_scoped_release unlocked;
        matrix.check(columns);
        const auto n = static_cast<size_t>(matrix.rows());
        check_length(kept.size(), n, "factors", "one a row");
        check_length(task.start.size(), n, "start", "one a row");
        check_numbers(kept, "factors");
        check_numbers(task.start, "start");
        if (task.losses) check_length(task.losses->size(), n, "losses", "one a row");
        amounts = Array<double>(n);
        if (shared) {
            Shared nodes(matrix, kept, columns);
            last = settle(nodes, task, amounts);
        } else {
            Direct nodes(matrix, kept);
            last = settle(nodes, task, amounts);
        }
    }
    return nb::make_tuple(std::move(amounts).numpy(), last);
}

constexpr const char* signature =
    "def settled(pointers: numpy.typing.NDArray[numpy.int64], places: numpy.typing.NDArray[numpy.int32], "
    "factors: numpy.typing.NDArray[numpy.float64], start: numpy.typing.NDArray[numpy.float64], *, "
    "values: numpy.typing.NDArray[numpy.float64] | None = None, "
    "losses: numpy.typing.NDArray[numpy.float64] | None = None, shared: int | None = None, "
    "change: float = 1e-15, most: int = 1000) -> tuple[numpy.typing.NDArray[numpy.float64], float]";

constexpr const char* text = R"(Solve x = start + W (factors x) by sweeps over the nodes.

W has the entries values, or 1, at the places of each row. With shared, rows are of nodes and places of the things they
share, that many in all, and W is B B' with a diagonal of 0, B having these entries; it is not formed. With losses, x is
as large as it gets when start is scaled such that sum(losses x) = sum(scale start): the solution up to a factor where
losses are what each column of W factors leaves of 1. Sweeps end when x changes by less than change of its sum, after
most of them, or beyond the range of float64; gives x and the last change, as a share.)";

}  // namespace
}  // namespace ecograph

NB_MODULE(walks, module) {
    using namespace ecograph;
    module.def("settled", &settled, nb::arg("pointers"), nb::arg("places"), nb::arg("factors"), nb::arg("start"),
               nb::kw_only(), nb::arg("values") = nb::none(), nb::arg("losses") = nb::none(),
               nb::arg("shared") = nb::none(), nb::arg("change") = 1e-15, nb::arg("most") = 1000, nb::sig(signature),
               text);
}
