// One call per optimiser step over all its parameters, with the arithmetic and the order of PyTorch's own
// single-tensor optimisers, so that the numbers are the same.
#include "shim.h"

#include <torch/csrc/autograd/grad_mode.h>

#include <cmath>

using namespace sweep;

namespace {

at::Tensor decayed(const at::Tensor &grad, const at::Tensor &parameter, double weight_decay, bool maximize) {
  auto direction = maximize ? grad.neg() : grad;
  return weight_decay == 0 ? direction : direction.add(parameter, weight_decay);
}

}  // namespace

struct AdamValue {
  double lr, beta1, beta2, eps, weight_decay;
  int64_t step;
  int64_t maximize;
};

// Adam, Kingma and Ba 2015, algorithm 1; with `largest` given, the AMSGrad form (Reddi et al. 2018).
SW_EXPORT int sw_adam_step(Handle parameter, Handle mean, Handle square, Handle largest, AdamValue options) {
  return guard([&] {
    at::NoGradGuard no_grad;
    auto grad = decayed(parameter->grad(), *parameter, options.weight_decay, options.maximize != 0);
    mean->mul_(options.beta1).add_(grad, 1 - options.beta1);
    square->mul_(options.beta2).addcmul_(grad, grad, 1 - options.beta2);
    auto correction1 = 1 - std::pow(options.beta1, static_cast<double>(options.step));
    auto correction2 = std::sqrt(1 - std::pow(options.beta2, static_cast<double>(options.step)));
    if (largest != nullptr) {
      at::maximum_out(*largest, *largest, *square);
    }
    const auto &second = largest != nullptr ? *largest : *square;
    auto denominator = second.sqrt().div_(correction2).add_(options.eps);
    parameter->addcdiv_(*mean, denominator, -(options.lr / correction1));
  });
}

struct SgdValue {
  double lr, momentum, dampening, weight_decay;
  int64_t nesterov, maximize;
};

// Stochastic gradient descent; the momentum buffer, where there is one, starts as the first gradient, as in PyTorch.
SW_EXPORT int sw_sgd_step(Handle parameter, Handle momentum, int first, SgdValue options) {
  return guard([&] {
    at::NoGradGuard no_grad;
    auto grad = decayed(parameter->grad(), *parameter, options.weight_decay, options.maximize != 0);
    if (momentum != nullptr) {
      if (first != 0) {
        momentum->copy_(grad);
      } else {
        momentum->mul_(options.momentum).add_(grad, 1 - options.dampening);
      }
      grad = options.nesterov != 0 ? grad.add(*momentum, options.momentum) : *momentum;
    }
    parameter->add_(grad, -options.lr);
  });
}

// Scales all gradients so that their common norm is at most max_norm, and gives the norm from before.
SW_EXPORT int sw_clip_grad_norm(Handle *parameters, int count, double max_norm, double norm_type, double *out) {
  return guard([&] {
    at::NoGradGuard no_grad;
    std::vector<at::Tensor> norms;
    for (int i = 0; i < count; i++) {
      if (parameters[i]->grad().defined()) {
        norms.push_back(at::norm(parameters[i]->grad(), at::Scalar(norm_type)));
      }
    }
    if (norms.empty()) {
      *out = 0;
      return;
    }
    auto total = at::norm(at::stack(norms), at::Scalar(norm_type));
    auto factor = at::clamp_max(max_norm / (total + 1e-6), at::Scalar(1.0));
    for (int i = 0; i < count; i++) {
      if (parameters[i]->grad().defined()) {
        parameters[i]->mutable_grad().mul_(factor);
      }
    }
    *out = total.item().toDouble();
  });
}

SW_EXPORT int sw_clip_grad_value(Handle *parameters, int count, double limit) {
  return guard([&] {
    at::NoGradGuard no_grad;
    for (int i = 0; i < count; i++) {
      if (parameters[i]->grad().defined()) {
        parameters[i]->mutable_grad().clamp_(-limit, limit);
      }
    }
  });
}
