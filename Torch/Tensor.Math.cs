namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>|x|.</summary>
        public Tensor abs() => Made(Native.sw_abs(this, out var result), result);

        /// <summary>The smallest whole number that is not below x.</summary>
        public Tensor ceil() => Made(Native.sw_ceil(this, out var result), result);

        /// <summary>cos x.</summary>
        public Tensor cos() => Made(Native.sw_cos(this, out var result), result);

        /// <summary>The error function.</summary>
        public Tensor erf() => Made(Native.sw_erf(this, out var result), result);

        /// <summary>eˣ.</summary>
        public Tensor exp() => Made(Native.sw_exp(this, out var result), result);

        /// <summary>eˣ − 1, exact near 0.</summary>
        public Tensor expm1() => Made(Native.sw_expm1(this, out var result), result);

        /// <summary>The largest whole number that is not above x.</summary>
        public Tensor floor() => Made(Native.sw_floor(this, out var result), result);

        /// <summary>The natural logarithm.</summary>
        public Tensor log() => Made(Native.sw_log(this, out var result), result);

        /// <summary>ln(1 + x), exact near 0.</summary>
        public Tensor log1p() => Made(Native.sw_log1p(this, out var result), result);

        /// <summary>−x.</summary>
        public Tensor neg() => Made(Native.sw_neg(this, out var result), result);

        /// <summary>1/x.</summary>
        public Tensor reciprocal() => Made(Native.sw_reciprocal(this, out var result), result);

        /// <summary>1/√x.</summary>
        public Tensor rsqrt() => Made(Native.sw_rsqrt(this, out var result), result);

        /// <summary>1/(1 + e⁻ˣ).</summary>
        public Tensor sigmoid() => Made(Native.sw_sigmoid(this, out var result), result);

        /// <summary>−1, 0 or 1.</summary>
        public Tensor sign() => Made(Native.sw_sign(this, out var result), result);

        /// <summary>sin x.</summary>
        public Tensor sin() => Made(Native.sw_sin(this, out var result), result);

        /// <summary>√x.</summary>
        public Tensor sqrt() => Made(Native.sw_sqrt(this, out var result), result);

        /// <summary>x².</summary>
        public Tensor square() => Made(Native.sw_square(this, out var result), result);

        /// <summary>tanh x.</summary>
        public Tensor tanh() => Made(Native.sw_tanh(this, out var result), result);

        /// <summary>The nearest whole number, halves to the even one.</summary>
        public Tensor round() => Made(Native.sw_round(this, out var result), result);

        /// <summary>−x.</summary>
        public Tensor negative() => neg();

        /// <summary>Where elements are neither infinite nor NaN.</summary>
        public Tensor isfinite() => Made(Native.sw_isfinite(this, out var result), result);

        /// <summary>Where elements are infinite.</summary>
        public Tensor isinf() => Made(Native.sw_isinf(this, out var result), result);

        /// <summary>Where elements are NaN.</summary>
        public Tensor isnan() => Made(Native.sw_isnan(this, out var result), result);

        /// <summary>Where elements are 0.</summary>
        public Tensor logical_not() => Made(Native.sw_logical_not(this, out var result), result);

        /// <summary>Where both are not 0.</summary>
        public Tensor logical_and(Tensor other) =>
            Made(Native.sw_logical_and(this, other, out var result), result);

        /// <summary>Where one of both is not 0.</summary>
        public Tensor logical_or(Tensor other) =>
            Made(Native.sw_logical_or(this, other, out var result), result);

        /// <summary>x + y.</summary>
        public Tensor add(Tensor target) =>
            Made(Native.sw_add(this, target, Scalar.One, out var result), result);

        /// <summary>x + α·y.</summary>
        public Tensor add(Tensor target, Scalar alpha) =>
            Made(Native.sw_add(this, target, alpha, out var result), result);

        /// <summary>x + y.</summary>
        public Tensor add(Scalar scalar) =>
            Made(Native.sw_add_scalar(this, scalar, Scalar.One, out var result), result);

        /// <summary>x + α·y.</summary>
        public Tensor add(Scalar scalar, Scalar alpha) =>
            Made(Native.sw_add_scalar(this, scalar, alpha, out var result), result);

        /// <summary>x − y.</summary>
        public Tensor sub(Tensor target) => Made(Native.sw_sub(this, target, out var result), result);

        /// <summary>x − y.</summary>
        public Tensor sub(Scalar target) => Made(Native.sw_sub_scalar(this, target, out var result), result);

        /// <summary>x · y.</summary>
        public Tensor mul(Tensor target) => Made(Native.sw_mul(this, target, out var result), result);

        /// <summary>x · y.</summary>
        public Tensor mul(Scalar target) => Made(Native.sw_mul_scalar(this, target, out var result), result);

        /// <summary>x / y.</summary>
        public Tensor div(Tensor target) => Made(Native.sw_div(this, target, out var result), result);

        /// <summary>x / y.</summary>
        public Tensor div(Scalar target) => Made(Native.sw_div_scalar(this, target, out var result), result);

        /// <summary>xʸ.</summary>
        public Tensor pow(Tensor exponent) => Made(Native.sw_pow(this, exponent, out var result), result);

        /// <summary>xʸ.</summary>
        public Tensor pow(Scalar exponent) =>
            Made(Native.sw_pow_scalar(this, exponent, out var result), result);

        /// <summary>The rest of x/y, with the sign of y.</summary>
        public Tensor remainder(Tensor other) =>
            Made(Native.sw_remainder(this, other, out var result), result);

        /// <summary>The rest of x/y, with the sign of y.</summary>
        public Tensor remainder(Scalar other) =>
            Made(Native.sw_remainder_scalar(this, other, out var result), result);

        /// <summary>The larger of both.</summary>
        public Tensor maximum(Tensor other) => Made(Native.sw_maximum(this, other, out var result), result);

        /// <summary>The smaller of both.</summary>
        public Tensor minimum(Tensor other) => Made(Native.sw_minimum(this, other, out var result), result);

        /// <summary>x + v·y·z.</summary>
        public Tensor addcmul(Tensor tensor1, Tensor tensor2, Scalar value) =>
            Made(Native.sw_addcmul(this, tensor1, tensor2, value, out var result), result);

        /// <summary>x + v·y/z.</summary>
        public Tensor addcdiv(Tensor tensor1, Tensor tensor2, Scalar value) =>
            Made(Native.sw_addcdiv(this, tensor1, tensor2, value, out var result), result);

        /// <summary>x + w·(y − x).</summary>
        public Tensor lerp(Tensor end, Tensor weight) =>
            Made(Native.sw_lerp(this, end, weight, out var result), result);

        /// <summary>x, at least min and at most max.</summary>
        public Tensor clamp(Scalar? min = null, Scalar? max = null) =>
            Made(Native.sw_clamp(this, min, max, out var result), result);

        /// <summary>x, at least min.</summary>
        public Tensor clamp_min(Scalar min) =>
            Made(Native.sw_clamp(this, min, null, out var result), result);

        /// <summary>x, at most max.</summary>
        public Tensor clamp_max(Scalar max) =>
            Made(Native.sw_clamp(this, null, max, out var result), result);

        /// <summary>x where the condition holds, y elsewhere.</summary>
        public Tensor where(Tensor condition, Tensor y) =>
            Made(Native.sw_where(condition, this, y, out var result), result);
    }
}
