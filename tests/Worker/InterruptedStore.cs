using System.Reflection;
using Shared.Engine;

namespace Tests.Worker;

/// <summary>A store that something happens to just before a call.</summary>
public class InterruptedStore : DispatchProxy
{
    private IStore _inner = null!;
    private string _method = "";
    private Func<Task>? _happening;

    /// <summary>A store before another one.</summary>
    /// <param name="inner">The store that carries everything out.</param>
    /// <param name="method">Name of the method; its first call counts.</param>
    /// <param name="happening">What happens.</param>
    public static IStore Before(IStore inner, string method, Func<Task> happening)
    {
        var store = Create<IStore, InterruptedStore>();
        var proxy = (InterruptedStore)(object)store;
        (proxy._inner, proxy._method, proxy._happening) = (inner, method, happening);
        return store;
    }

    /// <inheritdoc/>
    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        if (targetMethod!.Name == _method && _happening is { } happening)
        {
            _happening = null;
            happening().GetAwaiter().GetResult();
        }

        return targetMethod.Invoke(_inner, args);
    }
}
