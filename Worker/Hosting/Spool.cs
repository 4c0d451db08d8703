namespace Worker.Hosting;

/// <summary>Files on their way from a slot to its worker: whole under their name, or not there.</summary>
internal static class Spool
{
    /// <summary>Writes a file under another name, sees it on the disk, and gives it its own name.</summary>
    /// <param name="path">The file's name.</param>
    /// <param name="write">Writes it.</param>
    /// <exception cref="IOException">The disk is full or gone; nothing is left of the file.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        var unfinished = path + ".part";
        try
        {
            using (var file = new FileStream(unfinished, FileMode.Create, FileAccess.Write))
            {
                write(file);
                file.Flush(flushToDisk: true);
            }

            File.Move(unfinished, path, overwrite: true);
        }
        catch (IOException)
        {
            File.Delete(unfinished);
            throw;
        }
    }
}
