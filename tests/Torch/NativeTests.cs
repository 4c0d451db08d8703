using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Tests.Torch;

[Collection(nameof(TorchCollection))]
public sealed class NativeTests
{
    [Fact]
    public void Shapes_that_do_not_fit_give_the_message_of_libtorch()
    {
        using var scope = NewDisposeScope();
        var error = Should.Throw<ExternalException>(() => zeros(2, 3).mm(zeros(4, 5)));
        error.Message.ShouldContain("mat1 and mat2 shapes cannot be multiplied (2x3 and 4x5)");
        error.Message.ShouldNotContain("Exception raised from");
    }

    [Fact]
    public void Work_goes_on_after_an_error()
    {
        using var scope = NewDisposeScope();
        Should.Throw<ExternalException>(() => ones(2) + ones(3));
        (ones(2) + ones(2)).sum().ToSingle().ShouldBe(4);
    }

    [Fact]
    public void A_failed_call_leaves_no_handle_behind()
    {
        using var scope = NewDisposeScope();
        var x = zeros(2);
        var before = NativeHandles.Count();
        Should.Throw<ExternalException>(() => x.reshape(3));
        Should.Throw<ExternalException>(() => cat([x, x], 5));
        Should.Throw<ExternalException>(() => autograd.grad([x], [x]));
        NativeHandles.Count().ShouldBe(before);
    }

    [Fact]
    public void Each_thread_sees_its_own_error()
    {
        var messages = new string[2];
        Parallel.For(0, 2, i =>
        {
            using var scope = NewDisposeScope();
            messages[i] = Should.Throw<ExternalException>(() => zeros(i + 2).reshape(77)).Message;
        });
        messages[0].ShouldContain("size 2");
        messages[1].ShouldContain("size 3");
    }

    [Fact]
    public void A_tensor_that_nobody_disposed_is_given_back_by_the_collector()
    {
        var before = NativeHandles.Count();
        Forget();
        NativeHandles.Count().ShouldBe(before);
    }

    [Fact]
    public void A_tensor_disposed_twice_is_given_back_once()
    {
        var before = NativeHandles.Count();
        var tensor = ones(1);
        tensor.Dispose();
        tensor.Dispose();
        NativeHandles.Count().ShouldBe(before);
    }

    [Fact]
    public void A_missing_shim_is_one_sentence_that_says_what_to_do()
    {
        var error = Should.Throw<DllNotFoundException>(() => Native.Load("/nowhere"));
        error.Message.ShouldStartWith("/nowhere/libsweep_torch.so is missing: install libtorch-dev");
    }

    [Fact]
    public void A_shim_that_cannot_be_loaded_is_one_sentence_that_says_why()
    {
        var folder = Directory.CreateTempSubdirectory();
        File.WriteAllText(Path.Combine(folder.FullName, "libsweep_torch.so"), "no library");
        var error = Should.Throw<DllNotFoundException>(() => Native.Load(folder.FullName));
        error.Message.ShouldContain("could not be loaded; is libtorch installed?");
        folder.Delete(true);
    }

    [Fact]
    public void Every_malloc_setting_is_taken() => Native.sw_tune_malloc().ShouldBe(4);

    [Fact]
    public void The_number_of_threads_is_what_was_set()
    {
        var before = get_num_threads();
        set_num_threads(1);
        get_num_threads().ShouldBe(1);
        set_num_threads(before);
    }

    [Fact]
    public void Every_entry_point_that_is_declared_exists_in_the_shim()
    {
        var library = NativeLibrary.Load(Path.Combine(AppContext.BaseDirectory, "libsweep_torch.so"));
        var declared = typeof(Native)
            .GetMethods(System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.NonPublic)
            .Select(method => method.Name)
            .Where(name => name.StartsWith("sw_", StringComparison.Ordinal))
            .ToArray();
        declared.Length.ShouldBeGreaterThan(200);
        declared.Where(name => !NativeLibrary.TryGetExport(library, name, out _)).ShouldBeEmpty();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Forget()
    {
        for (var i = 0; i < 10; i++)
        {
            _ = ones(10);
        }
    }
}
