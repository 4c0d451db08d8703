using System.Reflection;
using Shared.Engine;

namespace Tests.Worker;

/// <summary>A store that carries out some calls and whose answers to them are lost.</summary>
public class SilentStore : DispatchProxy
{
    private IStore _inner = null!;
    private Queue<string> _lost = new();

    /// <summary>A store before another one.</summary>
    /// <param name="inner">The store that carries everything out.</param>
    /// <param name="lost">Names of the methods whose next answers are lost, one entry an answer.</param>
    public static IStore Before(IStore inner, params string[] lost)
    {
        var store = Create<IStore, SilentStore>();
        ((SilentStore)(object)store)._inner = inner;
        ((SilentStore)(object)store)._lost = new Queue<string>(lost);
        return store;
    }

    /// <inheritdoc/>
    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        var answer = targetMethod!.Invoke(_inner, args);
        if (_lost.TryPeek(out var next) && next == targetMethod.Name)
        {
            _lost.Dequeue();
            ((Task)answer!).GetAwaiter().GetResult();
            throw new StoreUnreachableException("the connection broke", new IOException("broken"));
        }

        return answer;
    }
}
