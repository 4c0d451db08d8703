// What every file of the shim shares: handles, the guard, and the shapes of an exported function.
//
// A handle is a heap-allocated at::Tensor with one owner on the managed side. An exported function returns 0, or 1
// after it has put libtorch's message where sw_last_error finds it: no exception leaves the library.
#pragma once

#include <ATen/ATen.h>
#include <ATen/TensorIndexing.h>

#include <atomic>
#include <cstdint>
#include <exception>
#include <string>
#include <utility>
#include <vector>

#define SW_EXPORT extern "C" __attribute__((visibility("default")))

namespace sweep {

using Handle = at::Tensor *;

// libtorch's optional was a type of its own up to 2.1 and is std::optional since: take whichever it is.
template <class>
struct OptionalOf;
template <template <class> class Of, class Value>
struct OptionalOf<Of<Value>> {
  template <class Other>
  using type = Of<Other>;
};
template <class Value>
using Optional = typename OptionalOf<decltype(std::declval<at::TensorOptions>().dtype_opt())>::template type<Value>;

extern std::atomic<int64_t> live_handles;

void remember_error(const std::string &message) noexcept;

/// libtorch's message, without the C++ stack that it appends.
void remember_error(const c10::Error &error) noexcept;

template <class Body>
int guard(Body &&body) noexcept {
  try {
    body();
    return 0;
  } catch (const c10::Error &error) {
    remember_error(error);
  } catch (const std::exception &error) {
    remember_error(std::string(error.what()));
  } catch (...) {
    remember_error(std::string("an exception of an unknown type was thrown by libtorch"));
  }
  return 1;
}

inline Handle own(at::Tensor &&tensor) {
  auto handle = new at::Tensor(std::move(tensor));
  live_handles.fetch_add(1, std::memory_order_relaxed);
  return handle;
}

inline Optional<at::Tensor> maybe(Handle tensor) {
  return tensor == nullptr ? Optional<at::Tensor>() : Optional<at::Tensor>(*tensor);
}

inline Optional<at::ScalarType> maybe_type(int dtype) {
  return dtype < 0 ? Optional<at::ScalarType>()
                   : Optional<at::ScalarType>(static_cast<at::ScalarType>(dtype));
}

inline std::vector<at::Tensor> list(Handle *tensors, int count) {
  std::vector<at::Tensor> result;
  result.reserve(count);
  for (int i = 0; i < count; i++) {
    result.push_back(*tensors[i]);
  }
  return result;
}

/// The managed Scalar by value: kind 0 is an integer, 1 a double, 2 a bool; -1 stands for "none given".
struct ScalarValue {
  int64_t bits;
  int64_t kind;

  at::Scalar get() const {
    if (kind == 0) {
      return at::Scalar(bits);
    }
    if (kind == 2) {
      return at::Scalar(bits != 0);
    }
    double value;
    static_assert(sizeof value == sizeof bits);
    __builtin_memcpy(&value, &bits, sizeof value);
    return at::Scalar(value);
  }

  Optional<at::Scalar> maybe() const {
    return kind < 0 ? Optional<at::Scalar>() : Optional<at::Scalar>(get());
  }
};

/// Element type, device and gradient flag of a tensor to be made; a type below 0 means: as it is.
struct OptionsValue {
  int32_t dtype;
  int32_t device_type;
  int32_t device_index;
  int32_t requires_grad;

  at::TensorOptions get() const {
    auto options = at::TensorOptions();
    if (dtype >= 0) {
      options = options.dtype(static_cast<at::ScalarType>(dtype));
    }
    if (device_type >= 0) {
      options = options.device(
          c10::Device(static_cast<c10::DeviceType>(device_type), static_cast<c10::DeviceIndex>(device_index)));
    }
    return options;
  }
};

}  // namespace sweep

// An exported function that sets *out to a new handle holding EXPRESSION.
#define SW_TENSOR(NAME, EXPRESSION, ...)                        \
  SW_EXPORT int NAME(__VA_ARGS__, sweep::Handle *out) {         \
    return sweep::guard([&] { *out = sweep::own(EXPRESSION); }); \
  }

// An exported function that carries out STATEMENT and gives nothing back.
#define SW_ACTION(NAME, STATEMENT, ...)           \
  SW_EXPORT int NAME(__VA_ARGS__) {               \
    return sweep::guard([&] { STATEMENT; });      \
  }
