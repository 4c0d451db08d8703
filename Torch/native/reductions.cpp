// Reductions over all elements or over dimensions, and products of matrices.
#include "shim.h"

using namespace sweep;

namespace {
at::IntArrayRef over(const int64_t *dims, int count) { return at::IntArrayRef(dims, static_cast<size_t>(count)); }
}  // namespace

SW_TENSOR(sw_sum, at::sum(*x, maybe_type(dtype)), Handle x, int dtype)
SW_TENSOR(sw_sum_dims, at::sum(*x, over(dims, count), keepdim != 0, maybe_type(dtype)), Handle x, const int64_t *dims,
          int count, int keepdim, int dtype)
SW_TENSOR(sw_mean, at::mean(*x), Handle x)
SW_TENSOR(sw_mean_dims, at::mean(*x, over(dims, count), keepdim != 0, maybe_type(dtype)), Handle x,
          const int64_t *dims, int count, int keepdim, int dtype)
SW_TENSOR(sw_std, at::std(*x, unbiased != 0), Handle x, int unbiased)
SW_TENSOR(sw_std_dims, at::std(*x, over(dims, count), unbiased != 0, keepdim != 0), Handle x, const int64_t *dims,
          int count, int unbiased, int keepdim)
SW_TENSOR(sw_var, at::var(*x, unbiased != 0), Handle x, int unbiased)
SW_TENSOR(sw_var_dims, at::var(*x, over(dims, count), unbiased != 0, keepdim != 0), Handle x, const int64_t *dims,
          int count, int unbiased, int keepdim)
SW_TENSOR(sw_prod, at::prod(*x, maybe_type(dtype)), Handle x, int dtype)

SW_TENSOR(sw_max, at::max(*x), Handle x)
SW_TENSOR(sw_min, at::min(*x), Handle x)
SW_TENSOR(sw_median, at::median(*x), Handle x)
SW_TENSOR(sw_amax, at::amax(*x, over(dims, count), keepdim != 0), Handle x, const int64_t *dims, int count, int keepdim)
SW_TENSOR(sw_amin, at::amin(*x, over(dims, count), keepdim != 0), Handle x, const int64_t *dims, int count, int keepdim)
SW_TENSOR(sw_argmax, at::argmax(*x), Handle x)
SW_TENSOR(sw_argmin, at::argmin(*x), Handle x)
SW_TENSOR(sw_argmax_dim, at::argmax(*x, dim, keepdim != 0), Handle x, int64_t dim, int keepdim)
SW_TENSOR(sw_argmin_dim, at::argmin(*x, dim, keepdim != 0), Handle x, int64_t dim, int keepdim)
SW_TENSOR(sw_argsort, at::argsort(*x, dim, descending != 0), Handle x, int64_t dim, int descending)

SW_TENSOR(sw_all, at::all(*x), Handle x)
SW_TENSOR(sw_any, at::any(*x), Handle x)
SW_TENSOR(sw_all_dim, at::all(*x, dim, keepdim != 0), Handle x, int64_t dim, int keepdim)
SW_TENSOR(sw_any_dim, at::any(*x, dim, keepdim != 0), Handle x, int64_t dim, int keepdim)

SW_TENSOR(sw_norm, at::norm(*x, at::Scalar(p)), Handle x, double p)
SW_TENSOR(sw_norm_dim, at::norm(*x, at::Scalar(p), at::IntArrayRef(dim), keepdim != 0), Handle x, double p,
          int64_t dim, int keepdim)
SW_TENSOR(sw_logsumexp, at::logsumexp(*x, at::IntArrayRef(dim), keepdim != 0), Handle x, int64_t dim, int keepdim)
SW_TENSOR(sw_softmax, at::softmax(*x, dim, maybe_type(dtype)), Handle x, int64_t dim, int dtype)
SW_TENSOR(sw_log_softmax, at::log_softmax(*x, dim, maybe_type(dtype)), Handle x, int64_t dim, int dtype)
SW_TENSOR(sw_cumsum, at::cumsum(*x, dim, maybe_type(dtype)), Handle x, int64_t dim, int dtype)

#define SW_PAIR(NAME, EXPRESSION, ...)                              \
  SW_EXPORT int NAME(__VA_ARGS__, Handle *values, Handle *indices) { \
    return guard([&] {                                              \
      auto pair = EXPRESSION;                                       \
      *values = own(std::move(std::get<0>(pair)));                  \
      *indices = own(std::move(std::get<1>(pair)));                 \
    });                                                             \
  }

SW_PAIR(sw_max_dim, at::max(*x, dim, keepdim != 0), Handle x, int64_t dim, int keepdim)
SW_PAIR(sw_min_dim, at::min(*x, dim, keepdim != 0), Handle x, int64_t dim, int keepdim)
SW_PAIR(sw_sort, at::sort(*x, Optional<bool>(stable != 0), dim, descending != 0), Handle x, int64_t dim,
        int descending, int stable)
SW_PAIR(sw_topk, at::topk(*x, k, dim, largest != 0, sorted != 0), Handle x, int64_t k, int64_t dim, int largest,
        int sorted)

SW_TENSOR(sw_matmul, at::matmul(*x, *y), Handle x, Handle y)
SW_TENSOR(sw_mm, at::mm(*x, *y), Handle x, Handle y)
SW_TENSOR(sw_bmm, at::bmm(*x, *y), Handle x, Handle y)
SW_TENSOR(sw_addmm, at::addmm(*x, *a, *b, at::Scalar(beta), at::Scalar(alpha)), Handle x, Handle a, Handle b,
          double beta, double alpha)
SW_TENSOR(sw_outer, at::outer(*x, *y), Handle x, Handle y)
