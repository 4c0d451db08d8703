using Training.Data;
using Training.Experiments;

namespace Worker.Hosting;

/// <summary>Reads a data set before anything is stored that would need it.</summary>
public static class DataCheck
{
    /// <summary>Reads a data set.</summary>
    /// <param name="data">Its name.</param>
    /// <returns>0 when it is whole; 2, with one sentence, when it is missing or damaged.</returns>
    public static async Task<int> RunAsync(string data)
    {
        try
        {
            _ = data == FashionMnist.Name
                ? FashionMnist.Load()
                : throw new DataSetException($"there is no data set {data}; known is {FashionMnist.Name}");
            return 0;
        }
        catch (DataSetException wrong)
        {
            await Console.Error.WriteLineAsync(wrong.Message);
            return 2;
        }
    }
}
