namespace TorchSharp;

public static partial class torch
{
    /// <summary>Draws from U[0, 1).</summary>
    public static Tensor rand(
        ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false, Generator? generator = null) =>
        Tensor.Made(
            Native.sw_rand(size, size.Length, generator, Options(dtype, device, requires_grad),
                out var result), result);

    /// <summary>Draws from U[0, 1).</summary>
    public static Tensor rand(
        long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        Generator? generator = null) =>
        rand((ReadOnlySpan<long>)size, dtype, device, requires_grad, generator);

    /// <summary>Draws from U[0, 1).</summary>
    public static Tensor rand(
        long size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        Generator? generator = null) =>
        rand((long[])[size], dtype, device, requires_grad, generator);

    /// <summary>Draws from U[0, 1).</summary>
    public static Tensor rand(
        long rows, long columns, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false, Generator? generator = null) =>
        rand((long[])[rows, columns], dtype, device, requires_grad, generator);

    /// <summary>Draws from U[0, 1).</summary>
    public static Tensor rand(
        long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false, Generator? generator = null) =>
        rand((long[])[dim0, dim1, dim2], dtype, device, requires_grad, generator);

    /// <summary>Draws from U[0, 1).</summary>
    public static Tensor rand(
        long dim0, long dim1, long dim2, long dim3, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false, Generator? generator = null) =>
        rand((long[])[dim0, dim1, dim2, dim3], dtype, device, requires_grad, generator);

    /// <summary>Draws from N(0, 1).</summary>
    public static Tensor randn(
        ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false, Generator? generator = null) =>
        Tensor.Made(
            Native.sw_randn(size, size.Length, generator, Options(dtype, device, requires_grad),
                out var result), result);

    /// <summary>Draws from N(0, 1).</summary>
    public static Tensor randn(
        long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        Generator? generator = null) =>
        randn((ReadOnlySpan<long>)size, dtype, device, requires_grad, generator);

    /// <summary>Draws from N(0, 1).</summary>
    public static Tensor randn(
        long size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        Generator? generator = null) =>
        randn((long[])[size], dtype, device, requires_grad, generator);

    /// <summary>Draws from N(0, 1).</summary>
    public static Tensor randn(
        long rows, long columns, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false, Generator? generator = null) =>
        randn((long[])[rows, columns], dtype, device, requires_grad, generator);

    /// <summary>Draws from N(0, 1).</summary>
    public static Tensor randn(
        long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false, Generator? generator = null) =>
        randn((long[])[dim0, dim1, dim2], dtype, device, requires_grad, generator);

    /// <summary>Draws from N(0, 1).</summary>
    public static Tensor randn(
        long dim0, long dim1, long dim2, long dim3, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false, Generator? generator = null) =>
        randn((long[])[dim0, dim1, dim2, dim3], dtype, device, requires_grad, generator);

    /// <summary>Whole numbers from 0 up to high, all alike probable.</summary>
    public static Tensor randint(
        long high, long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        Generator? generator = null) =>
        randint(0, high, size, dtype, device, requires_grad, generator);

    /// <summary>Whole numbers from low up to high, all alike probable.</summary>
    public static Tensor randint(
        long low, long high, long[] size, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false, Generator? generator = null) =>
        Tensor.Made(
            Native.sw_randint(
                low, high, size, size.Length, generator,
                Options(dtype ?? ScalarType.Int64, device, requires_grad), out var result),
            result);

    /// <summary>The numbers from 0 up to n in a random order.</summary>
    public static Tensor randperm(
        long n, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        Generator? generator = null) =>
        Tensor.Made(
            Native.sw_randperm(
                n, generator, Options(dtype ?? ScalarType.Int64, device, requires_grad), out var result),
            result);

    /// <summary>Zeros in the shape and type of another tensor.</summary>
    public static Tensor zeros_like(Tensor input) => input.zeros_like();

    /// <summary>Ones in the shape and type of another tensor.</summary>
    public static Tensor ones_like(Tensor input) => input.ones_like();

    /// <summary>Unset elements in the shape and type of another tensor.</summary>
    public static Tensor empty_like(Tensor input) => input.empty_like();

    /// <summary>U[0, 1) in the shape and type of another tensor, from the global generator.</summary>
    public static Tensor rand_like(Tensor input) => input.rand_like();

    /// <summary>N(0, 1) in the shape and type of another tensor, from the global generator.</summary>
    public static Tensor randn_like(Tensor input) => input.randn_like();

    /// <summary>One value in the shape and type of another tensor.</summary>
    public static Tensor full_like(Tensor input, Scalar value) => input.full_like(value);

    /// <summary>Draws 1 with each element's probability, else 0.</summary>
    public static Tensor bernoulli(Tensor input, Generator? generator = null) => input.bernoulli(generator);

    /// <summary>Draws indices with weights along the last dimension.</summary>
    public static Tensor multinomial(
        Tensor input, long num_samples, bool replacement = false, Generator? generator = null) =>
        input.multinomial(num_samples, replacement, generator);
}
