using Shared.Data;
using Training.Data;
using Training.Experiments;

namespace Worker.Hosting;

/// <summary>Says, as JSON, where every data set is and whether it is whole.</summary>
public static class DataList
{
    /// <summary>Writes a list of <see cref="ImageSetStatus"/> to the output.</summary>
    /// <param name="places">Where sets are looked for.</param>
    /// <returns>0; 2 when a folder that was named does not exist.</returns>
    public static async Task<int> RunAsync(DataPlaces places)
    {
        try
        {
            Console.WriteLine(StatusJson.Write(ImageSetListing.Of(places)));
            return 0;
        }
        catch (DataSetException wrong)
        {
            await Console.Error.WriteLineAsync(wrong.Message);
            return 2;
        }
    }
}
