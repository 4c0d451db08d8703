// Shapes, joining, indexing.
#include "shim.h"

using namespace sweep;

namespace {
at::IntArrayRef shape(const int64_t *sizes, int count) { return at::IntArrayRef(sizes, static_cast<size_t>(count)); }
}  // namespace

SW_TENSOR(sw_reshape, x->reshape(shape(sizes, count)), Handle x, const int64_t *sizes, int count)
SW_TENSOR(sw_view, x->view(shape(sizes, count)), Handle x, const int64_t *sizes, int count)
SW_TENSOR(sw_expand, x->expand(shape(sizes, count)), Handle x, const int64_t *sizes, int count)
SW_TENSOR(sw_repeat, x->repeat(shape(sizes, count)), Handle x, const int64_t *sizes, int count)
SW_TENSOR(sw_permute, x->permute(shape(dims, count)), Handle x, const int64_t *dims, int count)
SW_TENSOR(sw_flip, x->flip(shape(dims, count)), Handle x, const int64_t *dims, int count)
SW_TENSOR(sw_flatten, x->flatten(start, end), Handle x, int64_t start, int64_t end)
SW_TENSOR(sw_transpose, x->transpose(dim0, dim1), Handle x, int64_t dim0, int64_t dim1)
SW_TENSOR(sw_unsqueeze, x->unsqueeze(dim), Handle x, int64_t dim)
SW_TENSOR(sw_squeeze, x->squeeze(), Handle x)
SW_TENSOR(sw_squeeze_dim, x->squeeze(dim), Handle x, int64_t dim)
SW_TENSOR(sw_repeat_interleave, x->repeat_interleave(repeats, Optional<int64_t>(dim)), Handle x, int64_t repeats,
          int64_t dim)

SW_TENSOR(sw_cat, at::cat(list(tensors, count), dim), Handle *tensors, int count, int64_t dim)
SW_TENSOR(sw_stack, at::stack(list(tensors, count), dim), Handle *tensors, int count, int64_t dim)

SW_TENSOR(sw_slice, x->slice(dim, start, finish, step), Handle x, int64_t dim, int64_t start, int64_t finish,
          int64_t step)
SW_TENSOR(sw_narrow, x->narrow(dim, start, length), Handle x, int64_t dim, int64_t start, int64_t length)
SW_TENSOR(sw_select, x->select(dim, index), Handle x, int64_t dim, int64_t index)
SW_TENSOR(sw_index_select, x->index_select(dim, *index), Handle x, int64_t dim, Handle index)
SW_TENSOR(sw_gather, x->gather(dim, *index), Handle x, int64_t dim, Handle index)
SW_TENSOR(sw_scatter, x->scatter(dim, *index, *source), Handle x, int64_t dim, Handle index, Handle source)
SW_ACTION(sw_scatter_, x->scatter_(dim, *index, *source), Handle x, int64_t dim, Handle index, Handle source)
SW_TENSOR(sw_index_copy, x->index_copy(dim, *index, *source), Handle x, int64_t dim, Handle index, Handle source)
SW_ACTION(sw_index_copy_, x->index_copy_(dim, *index, *source), Handle x, int64_t dim, Handle index, Handle source)
SW_ACTION(sw_index_add_, x->index_add_(dim, *index, *source, alpha.get()), Handle x, int64_t dim, Handle index,
          Handle source, ScalarValue alpha)
SW_TENSOR(sw_masked_select, x->masked_select(*mask), Handle x, Handle mask)
SW_TENSOR(sw_masked_fill, x->masked_fill(*mask, value.get()), Handle x, Handle mask, ScalarValue value)
SW_ACTION(sw_masked_fill_, x->masked_fill_(*mask, value.get()), Handle x, Handle mask, ScalarValue value)
SW_TENSOR(sw_nonzero, x->nonzero(), Handle x)

// Cuts x along dim into pieces of the given size; writes at most `room` handles and says how many there are.
SW_EXPORT int sw_split(Handle x, int64_t size, int64_t dim, Handle *pieces, int room, int *count) {
  return guard([&] {
    auto parts = x->split(size, dim);
    TORCH_CHECK(static_cast<int>(parts.size()) <= room, "split makes ", parts.size(), " pieces, room is for ", room);
    for (size_t i = 0; i < parts.size(); i++) {
      pieces[i] = own(std::move(parts[i]));
    }
    *count = static_cast<int>(parts.size());
  });
}

namespace {

/// One index of x[...], as the managed TensorIndex lays it out. INT64_MIN stands for an end that was left out.
struct IndexValue {
  int64_t kind;  // 0 new axis, 1 position, 2 ellipsis, 3 bool, 4 tensor, 5 slice
  int64_t start;
  int64_t stop;
  int64_t step;
  Handle tensor;

  at::indexing::TensorIndex get() const {
    switch (kind) {
      case 0:
        return at::indexing::None;
      case 1:
        return start;
      case 2:
        return at::indexing::Ellipsis;
      case 3:
        return start != 0;
      case 4:
        return *tensor;
      default:
        return at::indexing::Slice(end(start), end(stop), end(step));
    }
  }

  static Optional<int64_t> end(int64_t value) {
    return value == INT64_MIN ? Optional<int64_t>() : Optional<int64_t>(value);
  }
};

std::vector<at::indexing::TensorIndex> indices(const IndexValue *values, int count) {
  std::vector<at::indexing::TensorIndex> result;
  result.reserve(count);
  for (int i = 0; i < count; i++) {
    result.push_back(values[i].get());
  }
  return result;
}

}  // namespace

SW_TENSOR(sw_index, x->index(indices(values, count)), Handle x, const IndexValue *values, int count)
SW_ACTION(sw_index_put_, x->index_put_(indices(values, count), *source), Handle x, const IndexValue *values, int count,
          Handle source)
