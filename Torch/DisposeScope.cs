using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Opens a scope: tensors made on this thread from now on are disposed with it.</summary>
    public static DisposeScope NewDisposeScope() => new();
}

/// <summary>Disposes the tensors that were made while it was the innermost scope of its thread.</summary>
/// <remarks>
/// A <see cref="Parameter"/> takes the place of the tensor it was made from; a layer's own are in no scope.
/// </remarks>
public sealed class DisposeScope : IDisposable
{
    [ThreadStatic]
    private static DisposeScope? _current;

    private readonly List<torch.Tensor> _tensors = [];
    private DisposeScope? _outer;
    private bool _disposed;

    internal DisposeScope()
    {
        _outer = _current;
        _current = this;
    }

    /// <summary>The tensors held just now.</summary>
    public IReadOnlyList<IDisposable> DisposablesView => [.. _tensors];

    /// <summary>How many tensors are held just now.</summary>
    public int DisposablesCount => _tensors.Count;

    internal static DisposeScope? Current => _current;

    /// <summary>Hands a tensor to the scope outside this one, or to nobody where there is none.</summary>
    public T MoveToOuter<T>(T disposable)
        where T : IDisposable => MoveToOther(_outer, disposable);

    /// <summary>Hands tensors to the scope outside this one.</summary>
    public (T1 first, T2 second) MoveToOuter<T1, T2>(T1 first, T2 second)
        where T1 : IDisposable
        where T2 : IDisposable => (MoveToOuter(first), MoveToOuter(second));

    /// <summary>Hands tensors to the scope outside this one.</summary>
    public (T1 first, T2 second, T3 third) MoveToOuter<T1, T2, T3>(T1 first, T2 second, T3 third)
        where T1 : IDisposable
        where T2 : IDisposable
        where T3 : IDisposable => (MoveToOuter(first), MoveToOuter(second), MoveToOuter(third));

    /// <summary>Hands tensors to the scope outside this one.</summary>
    public void MoveToOuter(params IDisposable[] disposables) =>
        MoveToOuter((IEnumerable<IDisposable>)disposables);

    /// <summary>Hands tensors to the scope outside this one.</summary>
    public void MoveToOuter(IEnumerable<IDisposable> disposables)
    {
        foreach (var disposable in disposables)
        {
            MoveToOuter(disposable);
        }
    }

    /// <summary>Hands a tensor to another scope, or to nobody.</summary>
    public T MoveToOther<T>(DisposeScope? scope, T disposable)
        where T : IDisposable
    {
        var tensor = AsTensor(disposable);
        if (Remove(tensor))
        {
            scope?.Add(tensor);
        }

        return disposable;
    }

    /// <summary>Takes a tensor out of all scopes: whoever holds it disposes it.</summary>
    public T Detach<T>(T disposable)
        where T : IDisposable => MoveToOther(null, disposable);

    /// <summary>Takes tensors out of all scopes.</summary>
    public void Detach(params IDisposable[] disposables) => Detach((IEnumerable<IDisposable>)disposables);

    /// <summary>Takes tensors out of all scopes.</summary>
    public void Detach(IEnumerable<IDisposable> disposables)
    {
        foreach (var disposable in disposables)
        {
            Detach(disposable);
        }
    }

    /// <summary>Takes a tensor into this scope, out of the one it was in.</summary>
    public void Attach(IDisposable disposable)
    {
        var tensor = AsTensor(disposable);
        tensor.OwningScope?.Remove(tensor);
        Add(tensor);
    }

    /// <summary>Whether the scope holds this tensor.</summary>
    public bool Contains(IDisposable disposable) =>
        disposable is torch.Tensor tensor && ReferenceEquals(tensor.OwningScope, this);

    /// <summary>Disposes what is held now; the scope stays open.</summary>
    public void DisposeEverything()
    {
        while (_tensors.Count > 0)
        {
            _tensors[^1].Dispose();   // a tensor leaves its scope as it is disposed
        }
    }

    /// <summary>Disposes what is held now, except these; the scope stays open.</summary>
    public void DisposeEverythingBut(params IDisposable[] keep)
    {
        var kept = new HashSet<IDisposable>(keep, ReferenceEqualityComparer.Instance);
        foreach (var tensor in _tensors.Where(tensor => !kept.Contains(tensor)).ToArray())
        {
            tensor.Dispose();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        DisposeEverything();
        Close();
    }

    internal void Add(torch.Tensor tensor)
    {
        tensor.OwningScope = this;
        tensor.ScopeSlot = _tensors.Count;
        _tensors.Add(tensor);
    }

    /// <summary>
    /// Forgets a tensor: the last one takes its slot, so that this costs the same however many there are.
    /// </summary>
    internal bool Remove(torch.Tensor tensor)
    {
        if (!ReferenceEquals(tensor.OwningScope, this))
        {
            return false;
        }

        var last = _tensors[^1];
        _tensors[tensor.ScopeSlot] = last;
        last.ScopeSlot = tensor.ScopeSlot;
        _tensors.RemoveAt(_tensors.Count - 1);
        tensor.OwningScope = null;
        return true;
    }

    /// <summary>Puts one tensor in another's place, without changing the order of disposal.</summary>
    internal void Replace(torch.Tensor from, torch.Tensor to)
    {
        _tensors[from.ScopeSlot] = to;
        to.OwningScope = this;
        to.ScopeSlot = from.ScopeSlot;
        from.OwningScope = null;
    }

    private static torch.Tensor AsTensor(IDisposable disposable) =>
        disposable as torch.Tensor
        ?? throw new ArgumentException(
            $"a scope holds tensors, not {disposable.GetType().Name}", nameof(disposable));

    /// <summary>Leaves the thread's chain of scopes, also where an inner one was left open.</summary>
    private void Close()
    {
        if (ReferenceEquals(_current, this))
        {
            _current = _outer;
            return;
        }

        for (var scope = _current; scope is not null; scope = scope._outer)
        {
            if (ReferenceEquals(scope._outer, this))
            {
                scope._outer = _outer;
                return;
            }
        }
    }
}
