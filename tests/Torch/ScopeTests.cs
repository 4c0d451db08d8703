using TorchSharp;
using static TorchSharp.torch;

namespace Tests.Torch;

[Collection(nameof(TorchCollection))]
public sealed class ScopeTests
{
    [Fact]
    public void A_scope_disposes_what_was_made_inside_it()
    {
        var before = NativeHandles.Count();
        Tensor inner;
        using (NewDisposeScope())
        {
            inner = zeros(3).exp();
        }

        inner.IsInvalid.ShouldBeTrue();
        NativeHandles.Count().ShouldBe(before);
    }

    [Fact]
    public void A_tensor_moved_to_the_outer_scope_outlives_the_inner_one()
    {
        using var outer = NewDisposeScope();
        Tensor moved;
        using (NewDisposeScope())
        {
            moved = ones(2).MoveToOuterDisposeScope();
        }

        moved.IsInvalid.ShouldBeFalse();
        outer.Contains(moved).ShouldBeTrue();
    }

    [Fact]
    public void A_tensor_moved_out_of_the_outermost_scope_belongs_to_nobody()
    {
        Tensor moved;
        using (var scope = NewDisposeScope())
        {
            moved = scope.MoveToOuter(ones(2));
        }

        moved.sum().ToSingle().ShouldBe(2);
        moved.Dispose();
    }

    [Fact]
    public void A_detached_tensor_outlives_every_scope()
    {
        Tensor kept;
        using (NewDisposeScope())
        {
            using var inner = NewDisposeScope();
            kept = inner.Detach(full(2, 3.5));
        }

        kept.data<float>().ToArray().ShouldBe([3.5f, 3.5f]);
        kept.Dispose();
    }

    [Fact]
    public void An_attached_tensor_is_disposed_with_its_new_scope()
    {
        var tensor = ones(2);
        using (var scope = NewDisposeScope())
        {
            scope.Attach(tensor);
        }

        tensor.IsInvalid.ShouldBeTrue();
    }

    [Fact]
    public void A_tensor_disposed_early_leaves_its_scope()
    {
        using var scope = NewDisposeScope();
        var first = ones(1);
        var second = ones(2);
        var third = ones(3);
        first.Dispose();
        scope.DisposablesCount.ShouldBe(2);
        scope.Contains(second).ShouldBeTrue();
        scope.Contains(third).ShouldBeTrue();
    }

    [Fact]
    public void A_scope_may_be_emptied_but_for_what_is_kept()
    {
        using var scope = NewDisposeScope();
        var kept = ones(1);
        var dropped = ones(2);
        scope.DisposeEverythingBut(kept);
        dropped.IsInvalid.ShouldBeTrue();
        kept.IsInvalid.ShouldBeFalse();
    }

    [Fact]
    public void Scopes_closed_in_the_wrong_order_still_dispose_their_own()
    {
        var outer = NewDisposeScope();
        var first = ones(1);
        var inner = NewDisposeScope();
        var second = ones(2);
        outer.Dispose();
        first.IsInvalid.ShouldBeTrue();
        second.IsInvalid.ShouldBeFalse();
        inner.Dispose();
        second.IsInvalid.ShouldBeTrue();
        using var after = ones(1);
        inner.Contains(after).ShouldBeFalse();
    }

    [Fact]
    public void A_module_made_inside_a_scope_keeps_its_parameters()
    {
        nn.Module<Tensor, Tensor> layer;
        using (NewDisposeScope())
        {
            layer = nn.Linear(2, 1);
        }

        layer.parameters().Count().ShouldBe(2);
        layer.parameters().ShouldAllBe(parameter => !parameter.IsInvalid);
        layer.Dispose();
    }

    [Fact]
    public void A_disposed_tensor_is_refused_by_name()
    {
        var tensor = ones(1);
        tensor.Dispose();
        Should.Throw<ObjectDisposedException>(() => tensor.exp());
    }
}
