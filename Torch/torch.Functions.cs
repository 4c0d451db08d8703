namespace TorchSharp;

public static partial class torch
{
    /// <summary>Numbers from start up to stop, step apart; whole where all three are.</summary>
    public static Tensor arange(
        Scalar start, Scalar stop, Scalar step, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false)
    {
        Scalar[] given = [start, stop, step];
        var whole = given.All(number => number.Type == ScalarType.Int64);
        var type = whole ? ScalarType.Int64 : ScalarType.Float32;
        var options = Options(dtype ?? type, device, requires_grad);
        return Tensor.Made(Native.sw_arange(start, stop, step, options, out var result), result);
    }

    /// <summary>Numbers from start up to stop, 1 apart.</summary>
    public static Tensor arange(
        Scalar start, Scalar stop, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false) =>
        arange(start, stop, Scalar.One, dtype, device, requires_grad);

    /// <summary>Numbers from 0 up to stop, 1 apart.</summary>
    public static Tensor arange(
        Scalar stop, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        arange(0, stop, Scalar.One, dtype, device, requires_grad);

    /// <summary>So many numbers from start to end, alike far apart.</summary>
    public static Tensor linspace(
        double start, double end, long steps, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false) =>
        Tensor.Made(
            Native.sw_linspace(start, end, steps, Options(dtype, device, requires_grad), out var result),
            result);

    /// <summary>1 on the diagonal, 0 elsewhere.</summary>
    public static Tensor eye(
        long rows, long columns = -1L, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false) =>
        Tensor.Made(
            Native.sw_eye(
                rows, columns < 0 ? rows : columns, Options(dtype, device, requires_grad), out var result),
            result);

    /// <summary>Tensors joined along a dimension that they have.</summary>
    public static Tensor cat(IList<Tensor> tensors, long dim = 0)
    {
        var handles = Tensor.HandlesOf(tensors);
        var joined = Tensor.Made(Native.sw_cat(handles, handles.Length, dim, out var result), result);
        GC.KeepAlive(tensors);
        return joined;
    }

    /// <summary>Tensors joined along a new dimension.</summary>
    public static Tensor stack(IEnumerable<Tensor> tensors, long dim = 0)
    {
        var handles = Tensor.HandlesOf(tensors);
        var joined = Tensor.Made(Native.sw_stack(handles, handles.Length, dim, out var result), result);
        GC.KeepAlive(tensors);
        return joined;
    }

    /// <summary>x where the condition holds, y elsewhere.</summary>
    public static Tensor where(Tensor condition, Tensor x, Tensor y) => x.where(condition, y);

    /// <summary>|x|.</summary>
    public static Tensor abs(Tensor input) => input.abs();

    /// <summary>eˣ.</summary>
    public static Tensor exp(Tensor input) => input.exp();

    /// <summary>The natural logarithm.</summary>
    public static Tensor log(Tensor input) => input.log();

    /// <summary>√x.</summary>
    public static Tensor sqrt(Tensor input) => input.sqrt();

    /// <summary>x².</summary>
    public static Tensor square(Tensor input) => input.square();

    /// <summary>sin x.</summary>
    public static Tensor sin(Tensor input) => input.sin();

    /// <summary>cos x.</summary>
    public static Tensor cos(Tensor input) => input.cos();

    /// <summary>tanh x.</summary>
    public static Tensor tanh(Tensor input) => input.tanh();

    /// <summary>1/(1 + e⁻ˣ).</summary>
    public static Tensor sigmoid(Tensor input) => input.sigmoid();

    /// <summary>Where elements are NaN.</summary>
    public static Tensor isnan(Tensor input) => input.isnan();

    /// <summary>Where elements are neither infinite nor NaN.</summary>
    public static Tensor isfinite(Tensor input) => input.isfinite();

    /// <summary>The mean of all elements.</summary>
    public static Tensor mean(Tensor input) => input.mean();

    /// <summary>The largest element.</summary>
    public static Tensor max(Tensor input) => input.max();

    /// <summary>The smallest element.</summary>
    public static Tensor min(Tensor input) => input.min();

    /// <summary>The place of the largest of all elements.</summary>
    public static Tensor argmax(Tensor input) => input.argmax();

    /// <summary>Whether no element is 0.</summary>
    public static Tensor all(Tensor input) => input.all();

    /// <summary>Whether some element is not 0.</summary>
    public static Tensor any(Tensor input) => input.any();

    /// <summary>The sum of all elements.</summary>
    public static Tensor sum(Tensor input, ScalarType? type = null) => input.sum(type);

    /// <summary>The sum over a dimension.</summary>
    public static Tensor sum(Tensor input, long dim, bool keepdim = false, ScalarType? type = null) =>
        input.sum(dim, keepdim, type);

    /// <summary>The mean over dimensions.</summary>
    public static Tensor mean(
        Tensor input, long[] dimensions, bool keepdim = false, ScalarType? type = null) =>
        input.mean(dimensions, keepdim, type);

    /// <summary>xʸ.</summary>
    public static Tensor pow(Tensor left, Scalar exponent) => left.pow(exponent);

    /// <summary>x, at least min and at most max.</summary>
    public static Tensor clamp(Tensor input, Scalar? min = null, Scalar? max = null) =>
        input.clamp(min, max);

    /// <summary>The larger of both.</summary>
    public static Tensor maximum(Tensor input, Tensor other) => input.maximum(other);

    /// <summary>The smaller of both.</summary>
    public static Tensor minimum(Tensor input, Tensor other) => input.minimum(other);

    /// <summary>The matrix product, broadcast over leading dimensions.</summary>
    public static Tensor matmul(Tensor input, Tensor target) => input.matmul(target);

    /// <summary>The product of two matrices.</summary>
    public static Tensor mm(Tensor input, Tensor target) => input.mm(target);

    /// <summary>ln Σ eˣ along a dimension, without overflow.</summary>
    public static Tensor logsumexp(Tensor input, long dim, bool keepdim = false) =>
        input.logsumexp(dim, keepdim);

    /// <summary>eˣ over its sum along a dimension.</summary>
    public static Tensor softmax(Tensor input, int dim, ScalarType? dtype = null) =>
        input.softmax(dim, dtype);

    /// <summary>Whether all elements agree within rtol of the target's and atol.</summary>
    public static bool allclose(
        Tensor tensor, Tensor target, double rtol = 1e-05, double atol = 1e-08, bool equal_nan = false) =>
        tensor.allclose(target, rtol, atol, equal_nan);

    /// <summary>How many threads an operation may use.</summary>
    public static int get_num_threads() => Native.sw_get_num_threads();

    /// <summary>Sets how many threads an operation may use.</summary>
    public static void set_num_threads(int num) => Native.Check(Native.sw_set_num_threads(num));

    /// <summary>How many operations may run side by side.</summary>
    public static int get_num_interop_threads() => Native.sw_get_num_interop_threads();

    /// <summary>Sets how many operations may run side by side; only before the first of them.</summary>
    public static void set_num_interop_threads(int num) =>
        Native.Check(Native.sw_set_num_interop_threads(num));
}
