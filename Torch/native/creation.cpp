// Making tensors, and looking at what a tensor is.
#include "shim.h"

using namespace sweep;

namespace {

at::IntArrayRef shape(const int64_t *sizes, int count) { return at::IntArrayRef(sizes, static_cast<size_t>(count)); }

at::Tensor finish(at::Tensor tensor, const OptionsValue &options) {
  return options.requires_grad != 0 ? tensor.set_requires_grad(true) : tensor;
}

Optional<at::Generator> maybe(at::Generator *generator) {
  return generator == nullptr ? Optional<at::Generator>() : Optional<at::Generator>(*generator);
}

}  // namespace

#define SW_FACTORY(NAME, EXPRESSION, ...) \
  SW_TENSOR(NAME, finish(EXPRESSION, options), __VA_ARGS__, OptionsValue options)

SW_FACTORY(sw_zeros, at::zeros(shape(sizes, count), options.get()), const int64_t *sizes, int count)
SW_FACTORY(sw_ones, at::ones(shape(sizes, count), options.get()), const int64_t *sizes, int count)
SW_FACTORY(sw_empty, at::empty(shape(sizes, count), options.get()), const int64_t *sizes, int count)
SW_FACTORY(sw_full, at::full(shape(sizes, count), value.get(), options.get()), const int64_t *sizes, int count,
           ScalarValue value)
SW_FACTORY(sw_rand, at::rand(shape(sizes, count), maybe(generator), options.get()), const int64_t *sizes, int count,
           at::Generator *generator)
SW_FACTORY(sw_randn, at::randn(shape(sizes, count), maybe(generator), options.get()), const int64_t *sizes, int count,
           at::Generator *generator)
SW_FACTORY(sw_randint, at::randint(low, high, shape(sizes, count), maybe(generator), options.get()), int64_t low,
           int64_t high, const int64_t *sizes, int count, at::Generator *generator)
SW_FACTORY(sw_randperm, at::randperm(n, maybe(generator), options.get()), int64_t n, at::Generator *generator)
SW_FACTORY(sw_arange, at::arange(start.get(), stop.get(), step.get(), options.get()), ScalarValue start,
           ScalarValue stop, ScalarValue step)
SW_FACTORY(sw_linspace, at::linspace(start, stop, steps, options.get()), double start, double stop, int64_t steps)
SW_FACTORY(sw_eye, at::eye(rows, columns, options.get()), int64_t rows, int64_t columns)

// Copies: the managed array may move as soon as the call is over.
SW_EXPORT int sw_from_data(const void *data, int source_type, const int64_t *sizes, int count, OptionsValue options,
                           Handle *out) {
  return guard([&] {
    auto source = at::TensorOptions().dtype(static_cast<at::ScalarType>(source_type));
    auto view = at::from_blob(const_cast<void *>(data), shape(sizes, count), source);
    auto made = view.to(options.get(), /*non_blocking=*/false, /*copy=*/true);
    *out = own(finish(std::move(made), options));
  });
}

SW_TENSOR(sw_zeros_like, at::zeros_like(*x), Handle x)
SW_TENSOR(sw_ones_like, at::ones_like(*x), Handle x)
SW_TENSOR(sw_empty_like, at::empty_like(*x), Handle x)
SW_TENSOR(sw_rand_like, at::rand_like(*x), Handle x)
SW_TENSOR(sw_randn_like, at::randn_like(*x), Handle x)
SW_TENSOR(sw_full_like, at::full_like(*x, value.get()), Handle x, ScalarValue value)

SW_ACTION(sw_uniform_, x->uniform_(from, to, maybe(generator)), Handle x, double from, double to,
          at::Generator *generator)
SW_ACTION(sw_normal_, x->normal_(mean, std, maybe(generator)), Handle x, double mean, double std,
          at::Generator *generator)
SW_ACTION(sw_bernoulli_, x->bernoulli_(p, maybe(generator)), Handle x, double p, at::Generator *generator)
SW_ACTION(sw_bernoulli_tensor_, x->bernoulli_(*p, maybe(generator)), Handle x, Handle p, at::Generator *generator)
SW_TENSOR(sw_bernoulli, at::bernoulli(*x, maybe(generator)), Handle x, at::Generator *generator)
SW_TENSOR(sw_multinomial, at::multinomial(*x, samples, replacement != 0, maybe(generator)), Handle x, int64_t samples,
          int replacement, at::Generator *generator)

SW_ACTION(sw_dim, *out = x->dim(), Handle x, int64_t *out)
SW_ACTION(sw_numel, *out = x->numel(), Handle x, int64_t *out)
SW_ACTION(sw_dtype, *out = static_cast<int>(x->scalar_type()), Handle x, int *out)
SW_ACTION(sw_element_size, *out = static_cast<int64_t>(x->element_size()), Handle x, int64_t *out)
SW_ACTION(sw_is_contiguous, *out = x->is_contiguous(), Handle x, int *out)
SW_ACTION(sw_data, *out = x->data_ptr(), Handle x, void **out)

SW_EXPORT int sw_sizes(Handle x, int64_t *sizes) {
  return guard([&] {
    auto from = x->sizes();
    std::copy(from.begin(), from.end(), sizes);
  });
}

SW_EXPORT int sw_strides(Handle x, int64_t *strides) {
  return guard([&] {
    auto from = x->strides();
    std::copy(from.begin(), from.end(), strides);
  });
}

SW_EXPORT int sw_device(Handle x, int *device_type, int *device_index) {
  return guard([&] {
    *device_type = static_cast<int>(x->device().type());
    *device_index = static_cast<int>(x->device().index());
  });
}

SW_EXPORT int sw_item(Handle x, ScalarValue *out) {
  return guard([&] {
    auto value = x->item();
    if (value.isBoolean()) {
      *out = ScalarValue{value.toBool() ? 1 : 0, 2};
    } else if (value.isIntegral(false)) {
      *out = ScalarValue{value.toLong(), 0};
    } else {
      double number = value.toDouble();
      out->kind = 1;
      __builtin_memcpy(&out->bits, &number, sizeof number);
    }
  });
}

SW_TENSOR(sw_to, x->to(options.get(), non_blocking != 0, copy != 0), Handle x, OptionsValue options, int copy,
          int non_blocking)
SW_TENSOR(sw_clone, x->clone(), Handle x)
SW_TENSOR(sw_alias, at::Tensor(*x), Handle x)
SW_TENSOR(sw_contiguous, x->contiguous(), Handle x)
SW_ACTION(sw_copy_, x->copy_(*source, non_blocking != 0), Handle x, Handle source, int non_blocking)
SW_ACTION(sw_fill_, x->fill_(value.get()), Handle x, ScalarValue value)
SW_ACTION(sw_zero_, x->zero_(), Handle x)
