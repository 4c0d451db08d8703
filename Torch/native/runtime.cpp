// Start-up, errors, handle counting, threads and random generators.
#include "shim.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <torch/version.h>

#include <malloc.h>

#include <mutex>

using namespace sweep;

namespace sweep {

std::atomic<int64_t> live_handles{0};

namespace {
thread_local std::string last_error;
}

void remember_error(const std::string &message) noexcept {
  try {
    last_error = message;
  } catch (...) {
    last_error.clear();
  }
}

void remember_error(const c10::Error &error) noexcept {
  try {
    last_error = error.what_without_backtrace();
  } catch (...) {
    last_error.clear();
  }
}

}  // namespace sweep

SW_EXPORT const char *sw_last_error() { return last_error.c_str(); }

SW_EXPORT const char *sw_libtorch_version() { return TORCH_VERSION; }

SW_EXPORT int64_t sw_live_handles() { return live_handles.load(std::memory_order_relaxed); }

// glibc gives large blocks back to the kernel and faults them in again at every step, which costs a training step up to
// 1.4 times its own time. One arena, no mmap for single blocks and no trimming keep the pages. Returns how many of the
// settings were taken.
SW_EXPORT int sw_tune_malloc() {
  const int keep = 1 << 30;
  return mallopt(M_ARENA_MAX, 1) + mallopt(M_MMAP_MAX, 0) + mallopt(M_TRIM_THRESHOLD, keep) +
         mallopt(M_TOP_PAD, 64 << 20);
}

SW_ACTION(sw_set_num_threads, at::set_num_threads(count), int count)
SW_ACTION(sw_set_num_interop_threads, at::set_num_interop_threads(count), int count)
SW_EXPORT int sw_get_num_threads() { return at::get_num_threads(); }
SW_EXPORT int sw_get_num_interop_threads() { return at::get_num_interop_threads(); }
SW_EXPORT int sw_cuda_is_available() { return at::hasCUDA() ? 1 : 0; }

SW_EXPORT void sw_tensor_free(Handle tensor) {
  if (tensor != nullptr) {
    delete tensor;
    live_handles.fetch_sub(1, std::memory_order_relaxed);
  }
}

namespace {

at::Generator &default_generator(int device_type, int device_index) {
  auto device = c10::Device(static_cast<c10::DeviceType>(device_type), static_cast<c10::DeviceIndex>(device_index));
  return const_cast<at::Generator &>(at::globalContext().defaultGenerator(device));
}

template <class Body>
auto locked(at::Generator &generator, Body &&body) {
  std::lock_guard<std::mutex> lock(generator.mutex());
  return body();
}

}  // namespace

SW_EXPORT int sw_generator_new(uint64_t seed, int device_type, int device_index, at::Generator **out) {
  return guard([&] {
    auto &original = default_generator(device_type, device_index);
    auto copy = locked(original, [&] { return original.clone(); });
    copy.set_current_seed(seed);
    *out = new at::Generator(std::move(copy));
    live_handles.fetch_add(1, std::memory_order_relaxed);
  });
}

SW_EXPORT int sw_generator_default(at::Generator **out) {
  return guard([&] {
    *out = new at::Generator(default_generator(static_cast<int>(c10::DeviceType::CPU), -1));
    live_handles.fetch_add(1, std::memory_order_relaxed);
  });
}

SW_EXPORT void sw_generator_free(at::Generator *generator) {
  if (generator != nullptr) {
    delete generator;
    live_handles.fetch_sub(1, std::memory_order_relaxed);
  }
}

SW_ACTION(sw_generator_set_seed, locked(*generator, [&] { generator->set_current_seed(seed); }),
          at::Generator *generator, uint64_t seed)
SW_ACTION(sw_generator_get_seed, *out = locked(*generator, [&] { return generator->current_seed(); }),
          at::Generator *generator, uint64_t *out)
SW_TENSOR(sw_generator_get_state, locked(*generator, [&] { return generator->get_state(); }),
          at::Generator *generator)
SW_ACTION(sw_generator_set_state, locked(*generator, [&] { generator->set_state(*state); }),
          at::Generator *generator, Handle state)
SW_ACTION(sw_manual_seed, at::manual_seed(seed), uint64_t seed)
