using Training.Data;
using Training.Experiments;

namespace Worker.Hosting;

/// <summary>Reads a data set before anything is stored that would need it.</summary>
public static class DataCheck
{
    /// <summary>Reads a data set.</summary>
    /// <param name="set">Its name.</param>
    /// <param name="places">Where it is looked for.</param>
    /// <returns>0 when it is whole; 2, with one sentence, when it is missing or damaged.</returns>
    public static async Task<int> RunAsync(string set, DataPlaces places)
    {
        try
        {
            _ = ImageSetReader.Read(set, places);
            return 0;
        }
        catch (DataSetException wrong)
        {
            await Console.Error.WriteLineAsync(wrong.Message);
            return 2;
        }
    }
}
