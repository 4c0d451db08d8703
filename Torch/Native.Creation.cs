using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>The shim's entry points: making tensors and asking what they are.</summary>
internal static partial class Native
{
    [LibraryImport(Library)]
    internal static partial int sw_zeros(
        ReadOnlySpan<long> sizes, int count, OptionsValue options, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_ones(
        ReadOnlySpan<long> sizes, int count, OptionsValue options, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_empty(
        ReadOnlySpan<long> sizes, int count, OptionsValue options, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_full(
        ReadOnlySpan<long> sizes, int count, Scalar value, OptionsValue options, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_rand(
        ReadOnlySpan<long> sizes, int count, Generator? generator, OptionsValue options, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_randn(
        ReadOnlySpan<long> sizes, int count, Generator? generator, OptionsValue options, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_randint(
        long low, long high, ReadOnlySpan<long> sizes, int count, Generator? generator,
        OptionsValue options, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_randperm(
        long n, Generator? generator, OptionsValue options, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_arange(
        Scalar start, Scalar stop, Scalar step, OptionsValue options, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_linspace(
        double start, double stop, long steps, OptionsValue options, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_eye(long rows, long columns, OptionsValue options, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_from_data(
        nint data, int sourceType, ReadOnlySpan<long> sizes, int count, OptionsValue options,
        out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_zeros_like(Tensor x, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_ones_like(Tensor x, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_empty_like(Tensor x, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_rand_like(Tensor x, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_randn_like(Tensor x, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_full_like(Tensor x, Scalar value, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_uniform_(Tensor x, double from, double to, Generator? generator);

    [LibraryImport(Library)]
    internal static partial int sw_normal_(Tensor x, double mean, double std, Generator? generator);

    [LibraryImport(Library)]
    internal static partial int sw_bernoulli_(Tensor x, double p, Generator? generator);

    [LibraryImport(Library)]
    internal static partial int sw_bernoulli_tensor_(Tensor x, Tensor p, Generator? generator);

    [LibraryImport(Library)]
    internal static partial int sw_bernoulli(Tensor x, Generator? generator, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_multinomial(
        Tensor x, long samples, int replacement, Generator? generator, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_dim(Tensor x, out long result);

    [LibraryImport(Library)]
    internal static partial int sw_numel(Tensor x, out long result);

    [LibraryImport(Library)]
    internal static partial int sw_dtype(Tensor x, out int result);

    [LibraryImport(Library)]
    internal static partial int sw_element_size(Tensor x, out long result);

    [LibraryImport(Library)]
    internal static partial int sw_is_contiguous(Tensor x, out int result);

    [LibraryImport(Library)]
    internal static partial int sw_data(Tensor x, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_sizes(Tensor x, Span<long> sizes);

    [LibraryImport(Library)]
    internal static partial int sw_strides(Tensor x, Span<long> strides);

    [LibraryImport(Library)]
    internal static partial int sw_device(Tensor x, out int deviceType, out int deviceIndex);

    [LibraryImport(Library)]
    internal static partial int sw_item(Tensor x, out ScalarValue result);

    [LibraryImport(Library)]
    internal static partial int sw_to(
        Tensor x, OptionsValue options, int copy, int nonBlocking, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_clone(Tensor x, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_alias(Tensor x, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_contiguous(Tensor x, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_copy_(Tensor x, Tensor source, int nonBlocking);

    [LibraryImport(Library)]
    internal static partial int sw_fill_(Tensor x, Scalar value);

    [LibraryImport(Library)]
    internal static partial int sw_zero_(Tensor x);
}
