// Layers, activations and losses.
#include "shim.h"

using namespace sweep;

namespace {
at::IntArrayRef pair(const int64_t *values, int count) { return at::IntArrayRef(values, static_cast<size_t>(count)); }
}  // namespace

SW_TENSOR(sw_linear, at::linear(*x, *weight, maybe(bias)), Handle x, Handle weight, Handle bias)
SW_TENSOR(sw_conv2d,
          at::conv2d(*x, *weight, maybe(bias), pair(stride, stride_count), pair(padding, padding_count),
                     pair(dilation, dilation_count), groups),
          Handle x, Handle weight, Handle bias, const int64_t *stride, int stride_count, const int64_t *padding,
          int padding_count, const int64_t *dilation, int dilation_count, int64_t groups)

SW_TENSOR(sw_silu, at::silu(*x), Handle x)
SW_ACTION(sw_silu_, at::silu_(*x), Handle x)
SW_TENSOR(sw_relu, at::relu(*x), Handle x)
SW_ACTION(sw_relu_, at::relu_(*x), Handle x)
SW_TENSOR(sw_leaky_relu, at::leaky_relu(*x, slope.get()), Handle x, ScalarValue slope)
SW_ACTION(sw_leaky_relu_, at::leaky_relu_(*x, slope.get()), Handle x, ScalarValue slope)
SW_TENSOR(sw_elu, at::elu(*x, alpha.get(), scale.get(), input_scale.get()), Handle x, ScalarValue alpha,
          ScalarValue scale, ScalarValue input_scale)
SW_ACTION(sw_elu_, at::elu_(*x, alpha.get(), scale.get(), input_scale.get()), Handle x, ScalarValue alpha,
          ScalarValue scale, ScalarValue input_scale)
SW_TENSOR(sw_softplus, at::softplus(*x, at::Scalar(beta), at::Scalar(threshold)), Handle x, double beta,
          double threshold)
SW_TENSOR(sw_log_sigmoid, at::log_sigmoid(*x), Handle x)

// Reduction: 0 none, 1 mean, 2 sum, as in at::Reduction.
SW_TENSOR(sw_cross_entropy, at::cross_entropy_loss(*x, *target, maybe(weight), reduction, ignore_index, smoothing),
          Handle x, Handle target, Handle weight, int64_t reduction, int64_t ignore_index, double smoothing)
SW_TENSOR(sw_mse_loss, at::mse_loss(*x, *target, reduction), Handle x, Handle target, int64_t reduction)
SW_TENSOR(sw_bce_with_logits, at::binary_cross_entropy_with_logits(*x, *target, maybe(weight), maybe(pos), reduction),
          Handle x, Handle target, Handle weight, Handle pos, int64_t reduction)
SW_TENSOR(sw_one_hot, at::one_hot(*x, classes), Handle x, int64_t classes)
