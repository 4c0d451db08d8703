// Gradients: flags, graph, backward passes.
#include "shim.h"

#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/autograd/grad_mode.h>

using namespace sweep;

namespace {

std::vector<at::Tensor> list_or_undefined(Handle *tensors, int count) {
  std::vector<at::Tensor> result;
  result.reserve(count);
  for (int i = 0; i < count; i++) {
    result.push_back(tensors[i] == nullptr ? at::Tensor() : *tensors[i]);
  }
  return result;
}

}  // namespace

SW_EXPORT int sw_grad_enabled() { return at::GradMode::is_enabled() ? 1 : 0; }
SW_EXPORT void sw_set_grad_enabled(int enabled) { at::GradMode::set_enabled(enabled != 0); }

SW_ACTION(sw_requires_grad, *out = x->requires_grad(), Handle x, int *out)
SW_ACTION(sw_set_requires_grad, x->set_requires_grad(value != 0), Handle x, int value)
SW_ACTION(sw_has_grad, *out = x->grad().defined(), Handle x, int *out)
SW_ACTION(sw_retain_grad, x->retain_grad(), Handle x)
SW_ACTION(sw_is_leaf, *out = x->is_leaf(), Handle x, int *out)
SW_TENSOR(sw_detach, x->detach(), Handle x)
SW_ACTION(sw_detach_, x->detach_(), Handle x)
SW_ACTION(sw_set_data, x->set_data(*data), Handle x, Handle data)
SW_ACTION(sw_set_grad, x->mutable_grad() = grad == nullptr ? at::Tensor() : *grad, Handle x, Handle grad)

// *out stays null where there is no gradient.
SW_EXPORT int sw_grad(Handle x, Handle *out) {
  return guard([&] {
    const auto &grad = x->grad();
    *out = grad.defined() ? own(at::Tensor(grad)) : nullptr;
  });
}

SW_EXPORT int sw_zero_grad(Handle *tensors, int count, int set_to_none) {
  return guard([&] {
    for (int i = 0; i < count; i++) {
      auto &grad = tensors[i]->mutable_grad();
      if (!grad.defined()) {
        continue;
      }
      if (set_to_none != 0) {
        grad.reset();
      } else {
        grad.detach_();
        grad.zero_();
      }
    }
  });
}

SW_EXPORT int sw_autograd_grad(Handle *outputs, int output_count, Handle *inputs, int input_count, Handle *seeds,
                               int seed_count, int retain_graph, int create_graph, int allow_unused, Handle *grads) {
  return guard([&] {
    auto result = torch::autograd::grad(list(outputs, output_count), list(inputs, input_count),
                                        list_or_undefined(seeds, seed_count), retain_graph != 0, create_graph != 0,
                                        allow_unused != 0);
    for (int i = 0; i < input_count; i++) {
      grads[i] = result[i].defined() ? own(std::move(result[i])) : nullptr;
    }
  });
}

SW_EXPORT int sw_autograd_backward(Handle *tensors, int count, Handle *seeds, int seed_count, int retain_graph,
                                   int create_graph, Handle *inputs, int input_count) {
  return guard([&] {
    torch::autograd::backward(list(tensors, count), list_or_undefined(seeds, seed_count), retain_graph != 0,
                              create_graph != 0, list(inputs, input_count));
  });
}
