using System.Collections.Concurrent;
using Training.Data;

namespace Tests.Training;

/// <summary>Image sets as this machine holds them, each read once for all tests.</summary>
internal static class TestImages
{
    private static readonly ConcurrentDictionary<string, Lazy<ImageData>> Read = new(StringComparer.Ordinal);

    public static ImageData Of(string set) => Read
        .GetOrAdd(set, name => new Lazy<ImageData>(() => ImageSetReader.Read(name, DataPlaces.Of(null))))
        .Value;
}
