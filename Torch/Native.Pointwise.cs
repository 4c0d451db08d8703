using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>The shim's entry points: element by element.</summary>
internal static partial class Native
{
    [LibraryImport(Library)]
    internal static partial int sw_abs(Tensor x, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_abs_(Tensor x);

    [LibraryImport(Library)]
    internal static partial int sw_ceil(Tensor x, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_ceil_(Tensor x);

    [LibraryImport(Library)]
    internal static partial int sw_cos(Tensor x, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_cos_(Tensor x);

    [LibraryImport(Library)]
    internal static partial int sw_erf(Tensor x, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_erf_(Tensor x);

    [LibraryImport(Library)]
    internal static partial int sw_exp(Tensor x, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_exp_(Tensor x);

    [LibraryImport(Library)]
    internal static partial int sw_expm1(Tensor x, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_expm1_(Tensor x);

    [LibraryImport(Library)]
    internal static partial int sw_floor(Tensor x, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_floor_(Tensor x);

    [LibraryImport(Library)]
    internal static partial int sw_log(Tensor x, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_log_(Tensor x);

    [LibraryImport(Library)]
    internal static partial int sw_log1p(Tensor x, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_log1p_(Tensor x);

    [LibraryImport(Library)]
    internal static partial int sw_neg(Tensor x, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_neg_(Tensor x);

    [LibraryImport(Library)]
    internal static partial int sw_reciprocal(Tensor x, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_reciprocal_(Tensor x);

    [LibraryImport(Library)]
    internal static partial int sw_round(Tensor x, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_round_(Tensor x);

    [LibraryImport(Library)]
    internal static partial int sw_rsqrt(Tensor x, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_rsqrt_(Tensor x);

    [LibraryImport(Library)]
    internal static partial int sw_sigmoid(Tensor x, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_sigmoid_(Tensor x);

    [LibraryImport(Library)]
    internal static partial int sw_sign(Tensor x, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_sign_(Tensor x);

    [LibraryImport(Library)]
    internal static partial int sw_sin(Tensor x, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_sin_(Tensor x);

    [LibraryImport(Library)]
    internal static partial int sw_sqrt(Tensor x, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_sqrt_(Tensor x);

    [LibraryImport(Library)]
    internal static partial int sw_square(Tensor x, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_tanh(Tensor x, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_tanh_(Tensor x);

    [LibraryImport(Library)]
    internal static partial int sw_isfinite(Tensor x, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_isinf(Tensor x, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_isnan(Tensor x, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_logical_not(Tensor x, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_add(Tensor x, Tensor y, Scalar alpha, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_sub(Tensor x, Tensor y, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_mul(Tensor x, Tensor y, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_div(Tensor x, Tensor y, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_pow(Tensor x, Tensor y, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_remainder(Tensor x, Tensor y, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_maximum(Tensor x, Tensor y, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_minimum(Tensor x, Tensor y, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_logical_and(Tensor x, Tensor y, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_logical_or(Tensor x, Tensor y, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_add_scalar(Tensor x, Scalar y, Scalar alpha, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_sub_scalar(Tensor x, Scalar y, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_rsub_scalar(Tensor x, Scalar y, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_mul_scalar(Tensor x, Scalar y, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_div_scalar(Tensor x, Scalar y, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_pow_scalar(Tensor x, Scalar y, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_remainder_scalar(Tensor x, Scalar y, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_add_(Tensor x, Tensor y, Scalar alpha);

    [LibraryImport(Library)]
    internal static partial int sw_sub_(Tensor x, Tensor y);

    [LibraryImport(Library)]
    internal static partial int sw_mul_(Tensor x, Tensor y);

    [LibraryImport(Library)]
    internal static partial int sw_div_(Tensor x, Tensor y);

    [LibraryImport(Library)]
    internal static partial int sw_add_scalar_(Tensor x, Scalar y, Scalar alpha);

    [LibraryImport(Library)]
    internal static partial int sw_sub_scalar_(Tensor x, Scalar y);

    [LibraryImport(Library)]
    internal static partial int sw_mul_scalar_(Tensor x, Scalar y);

    [LibraryImport(Library)]
    internal static partial int sw_div_scalar_(Tensor x, Scalar y);

    [LibraryImport(Library)]
    internal static partial int sw_pow_scalar_(Tensor x, Scalar y);

    [LibraryImport(Library)]
    internal static partial int sw_addcmul(Tensor x, Tensor y, Tensor z, Scalar value, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_addcdiv(Tensor x, Tensor y, Tensor z, Scalar value, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_addcmul_(Tensor x, Tensor y, Tensor z, Scalar value);

    [LibraryImport(Library)]
    internal static partial int sw_addcdiv_(Tensor x, Tensor y, Tensor z, Scalar value);

    [LibraryImport(Library)]
    internal static partial int sw_lerp(Tensor x, Tensor y, Tensor weight, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_lerp_(Tensor x, Tensor y, Tensor weight);

    [LibraryImport(Library)]
    internal static partial int sw_clamp(Tensor x, Scalar? low, Scalar? high, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_clamp_(Tensor x, Scalar? low, Scalar? high);

    [LibraryImport(Library)]
    internal static partial int sw_where(Tensor condition, Tensor x, Tensor y, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_eq(Tensor x, Tensor y, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_eq_scalar(Tensor x, Scalar y, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_ne(Tensor x, Tensor y, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_ne_scalar(Tensor x, Scalar y, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_lt(Tensor x, Tensor y, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_lt_scalar(Tensor x, Scalar y, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_le(Tensor x, Tensor y, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_le_scalar(Tensor x, Scalar y, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_gt(Tensor x, Tensor y, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_gt_scalar(Tensor x, Scalar y, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_ge(Tensor x, Tensor y, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_ge_scalar(Tensor x, Scalar y, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_allclose(
        Tensor x, Tensor y, double rtol, double atol, int equalNan, out int result);

    [LibraryImport(Library)]
    internal static partial int sw_equal(Tensor x, Tensor y, out int result);
}
