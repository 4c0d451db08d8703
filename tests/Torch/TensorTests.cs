using TorchSharp;
using static TorchSharp.torch;

namespace Tests.Torch;

[Collection(nameof(TorchCollection))]
public sealed class TensorTests
{
    [Fact]
    public void Factories_make_what_they_say()
    {
        using var scope = NewDisposeScope();
        zeros(2, 3).shape.ShouldBe([2L, 3]);
        ones([2, 1, 1, 2], float64).sum().ToDouble().ShouldBe(4);
        full(2, 7, int64).data<long>().ToArray().ShouldBe([7L, 7]);
        arange(3).data<long>().ToArray().ShouldBe([0L, 1, 2]);
        arange(0, 1, 0.5).data<float>().ToArray().ShouldBe([0f, 0.5f]);
        eye(2).data<float>().ToArray().ShouldBe([1f, 0, 0, 1]);
        linspace(0, 1, 3).data<float>().ToArray().ShouldBe([0f, 0.5f, 1f]);
        zeros(1, float32, CPU, true).requires_grad.ShouldBeTrue();
    }

    [Fact]
    public void Arrays_are_copied_in_and_out()
    {
        using var scope = NewDisposeScope();
        var numbers = new[] { 1f, 2, 3, 4, 5, 6 };
        var x = tensor(numbers, [2, 3]);
        numbers[0] = 100;
        x.data<float>().ToArray().ShouldBe([1f, 2, 3, 4, 5, 6]);
        tensor([1L, 2]).dtype.ShouldBe(ScalarType.Int64);
        tensor(new byte[] { 1, 255 }).data<byte>().ToArray().ShouldBe([(byte)1, (byte)255]);
        tensor(new byte[] { 1, 255 }, float32).data<float>().ToArray().ShouldBe([1f, 255f]);
        tensor(2.5f).item<float>().ShouldBe(2.5f);
        tensor(3L).item<long>().ShouldBe(3);
        Should.Throw<ArgumentException>(() => tensor(numbers, [4]));
    }

    [Fact]
    public void Bytes_are_the_memory_itself()
    {
        using var scope = NewDisposeScope();
        var x = tensor([1f, 2f]);
        BitConverter.ToSingle(x.bytes[4..]).ShouldBe(2f);
        BitConverter.TryWriteBytes(x.bytes, 5f).ShouldBeTrue();
        x.data<float>().ToArray().ShouldBe([5f, 2f]);
        x.bytes = new byte[8];
        x.sum().ToSingle().ShouldBe(0);
        Should.Throw<ArgumentException>(() => x.bytes = new byte[7]);
        Should.Throw<InvalidOperationException>(() => ones(2, 2).t().bytes.Length);
    }

    [Fact]
    public void An_accessor_follows_the_order_of_indices_not_of_memory()
    {
        using var scope = NewDisposeScope();
        var x = arange(6).reshape(2, 3).t();
        var elements = x.data<long>();
        elements.Count.ShouldBe(6);
        elements.ToArray().ShouldBe([0L, 3, 1, 4, 2, 5]);
        elements.ShouldBe([0L, 3, 1, 4, 2, 5]);
        elements[2, 1].ShouldBe(5);
        elements[1, 0] = 42;
        x[1, 0].ToInt64().ShouldBe(42);
        var last = new long[2];
        elements.CopyTo(last, 0, 4);
        last.ShouldBe([2L, 5]);
        elements.CopyFrom([7L, 8L], 0, 0);
        x[0].data<long>().ToArray().ShouldBe([7L, 8]);
        Should.Throw<ArgumentOutOfRangeException>(() => elements[3, 0]);
        Should.Throw<InvalidOperationException>(() => x.data<float>());
    }

    [Fact]
    public void Shapes_change_as_in_PyTorch()
    {
        using var scope = NewDisposeScope();
        var x = arange(24).reshape(2, 3, 4);
        x.view(6, -1).shape.ShouldBe([6L, 4]);
        x.flatten(1).shape.ShouldBe([2L, 12]);
        x.permute(2, 0, 1).shape.ShouldBe([4L, 2, 3]);
        x.transpose(0, 2).shape.ShouldBe([4L, 3, 2]);
        x.unsqueeze(1).shape.ShouldBe([2L, 1, 3, 4]);
        x.unsqueeze(0).squeeze().shape.ShouldBe([2L, 3, 4]);
        x.unsqueeze(0).squeeze(0).size(-1).ShouldBe(4);
        zeros(3, 1).expand(3, 5).shape.ShouldBe([3L, 5]);
        zeros(3, 1).repeat(2, 2).shape.ShouldBe([6L, 2]);
        cat([x, x], 1).shape.ShouldBe([2L, 6, 4]);
        stack([x, x], 3).shape.ShouldBe([2L, 3, 4, 2]);
        x.split(2, 1).Select(part => part.size(1)).ShouldBe([2L, 1]);
        x.chunk(2, 2).Length.ShouldBe(2);
        x.transpose(0, 1).is_contiguous().ShouldBeFalse();
    }

    [Fact]
    public void Parts_are_named_by_positions_ranges_and_tensors()
    {
        using var scope = NewDisposeScope();
        var x = arange(12).reshape(3, 4);
        Numbers(x[1]).ShouldBe([4L, 5, 6, 7]);
        x[2, 3].ToInt64().ShouldBe(11);
        Numbers(x[.., 1]).ShouldBe([1L, 5, 9]);
        Numbers(x[1.., ^1]).ShouldBe([7L, 11]);
        Numbers(x[TensorIndex.Ellipsis, 0]).ShouldBe([0L, 4, 8]);
        Numbers(x[TensorIndex.Slice(0, 3, 2), 1]).ShouldBe([1L, 9]);
        x[TensorIndex.None, 0].shape.ShouldBe([1L, 4]);
        Numbers(x[tensor([2L, 0L])].select(1, 0)).ShouldBe([8L, 0]);
        Numbers(x[x > 9]).ShouldBe([10L, 11]);
        Numbers(x[TensorIndex.Tensor(tensor([0L])), 2]).ShouldBe([2L]);
        Numbers(x.slice(1, 1, 4, 2)[0]).ShouldBe([1L, 3]);
        Numbers(x.narrow(0, 1, 1)).ShouldBe([4L, 5, 6, 7]);
        Numbers(x.index_select(1, tensor([3L]))).ShouldBe([3L, 7, 11]);
        Numbers(x.gather(1, tensor([0L, 1, 2]).reshape(3, 1))).ShouldBe([0L, 5, 10]);
    }

    [Fact]
    public void Parts_can_be_set()
    {
        using var scope = NewDisposeScope();
        var x = zeros(2, 3);
        x[0, 1] = tensor(5f);
        x[1] = tensor([1f, 2f, 3f]);
        x[.., 2] = ones(2);
        x.data<float>().ToArray().ShouldBe([0f, 5, 1, 1, 2, 1]);
        x[x > 4] = tensor(0f);
        x.index_copy_(0, tensor([0L]), full(1, 3, 9)).data<float>().ToArray().ShouldBe([9f, 9, 9, 1, 2, 1]);
        x.masked_fill_(x.eq(9), 0).sum().ToSingle().ShouldBe(4);
    }

    [Fact]
    public void Views_share_storage_and_copies_do_not()
    {
        using var scope = NewDisposeScope();
        var x = zeros(2, 2);
        x[0].fill_(1);
        x.alias().add_(1);
        x.clone().zero_();
        x.to(float32, true).zero_();
        x.data<float>().ToArray().ShouldBe([2f, 2, 1, 1]);
        x.t().contiguous().is_contiguous().ShouldBeTrue();
    }

    [Fact]
    public void Element_types_are_converted()
    {
        using var scope = NewDisposeScope();
        var x = tensor([1.9f, -0.5f, 0f]);
        x.to(int64).data<long>().ToArray().ShouldBe([1L, 0, 0]);
        x.to(ScalarType.Bool).data<bool>().ToArray().ShouldBe([true, true, false]);
        x.@double().data<double>().ToArray()[1].ShouldBe(-0.5);
        x.to(CPU).dtype.ShouldBe(float32);
        x.element_size().ShouldBe(4);
    }

    [Fact]
    public void Sorting_tells_where_elements_were()
    {
        using var scope = NewDisposeScope();
        var (values, places) = tensor([3f, 1f, 2f]).sort();
        values.data<float>().ToArray().ShouldBe([1f, 2, 3]);
        places.data<long>().ToArray().ShouldBe([1L, 2, 0]);
        tensor([3f, 1f, 2f]).topk(2).indexes.data<long>().ToArray().ShouldBe([0L, 2]);
        tensor([3f, 1f, 2f]).median().ToSingle().ShouldBe(2);
    }

    [Theory]
    [InlineData("cpu", DeviceType.CPU, -1)]
    [InlineData("cuda:1", DeviceType.CUDA, 1)]
    public void A_device_is_known_by_its_description(string description, DeviceType type, int index)
    {
        Device device = description;
        (device.type, device.index, device.ToString()).ShouldBe((type, index, description));
    }

    [Fact]
    public void An_unknown_device_is_refused() =>
        Should.Throw<ArgumentException>(() => new Device("abacus")).Message.ShouldContain("abacus");

    private static long[] Numbers(Tensor tensor) => tensor.data<long>().ToArray();
}
