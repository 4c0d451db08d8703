using System.Collections.Immutable;
using System.Text.Json;
using Shared.Sweeps;

namespace Engine.Akka.Wire;

/// <summary>A piece of a request: a plan or a slot's log can be longer than what may travel at once.</summary>
/// <param name="Request">Drawn by the sender; equal in every piece of a request.</param>
/// <param name="Place">From 0.</param>
/// <param name="Count">Pieces of the request.</param>
/// <param name="Bytes">At most <see cref="Limit"/> of them.</param>
internal sealed record Parcel(Guid Request, int Place, int Count, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>Bytes in a piece.</summary>
    public const int Limit = 48_000;

    /// <summary>Pieces of a request; a longer one is refused where it is made.</summary>
    public const int MostPieces = 1_024;

    /// <summary>A request in pieces.</summary>
    /// <exception cref="ArgumentException">It is longer than all pieces together may be.</exception>
    public static ImmutableArray<Parcel> Of(Request request, Guid id)
    {
        ReadOnlyMemory<byte> bytes = JsonSerializer.SerializeToUtf8Bytes(request, SweepEventJson.Options);
        var count = (bytes.Length + Limit - 1) / Limit;
        return count <= MostPieces
            ? [.. Enumerable.Range(0, count).Select(place => new Parcel(
                id, place, count, bytes.Slice(place * Limit, Math.Min(Limit, bytes.Length - (place * Limit)))))]
            : throw new ArgumentException(
                $"a request has {bytes.Length} bytes and may have {Limit * MostPieces}", nameof(request));
    }
}

/// <summary>Puts requests together again; knows a few at a time.</summary>
internal sealed class ParcelShelf
{
    private const int RequestLimit = 32;   // begun and not complete; the oldest gives way

    private readonly OrderedDictionary<Guid, Parcel?[]> _begun = [];

    /// <summary>Takes a piece.</summary>
    /// <returns>
    /// The request that it completes, or what the sender is told: that the piece is taken or, with the last
    /// one, that others are missing.
    /// </returns>
    /// <exception cref="JsonException">The pieces are no request.</exception>
    public (Request? Request, Reply? Reply) Take(Parcel parcel)
    {
        var pieces = PiecesOf(parcel);
        pieces[parcel.Place] = parcel;
        if (pieces.Any(piece => piece is null))
        {
            return (null, parcel.Place < parcel.Count - 1
                ? new Reply.Taken()
                : new Reply.NotYet("a part of the request was lost"));
        }

        _begun.Remove(parcel.Request);
        var bytes = pieces.SelectMany(piece => piece!.Bytes.ToArray()).ToArray();
        return (JsonSerializer.Deserialize<Request>(bytes, SweepEventJson.Options)!, null);
    }

    private Parcel?[] PiecesOf(Parcel parcel)
    {
        if (_begun.TryGetValue(parcel.Request, out var begun) && begun.Length == parcel.Count)
        {
            return begun;
        }

        if (_begun.Count >= RequestLimit)
        {
            _begun.RemoveAt(0);
        }

        return _begun[parcel.Request] = new Parcel?[parcel.Count];
    }
}
