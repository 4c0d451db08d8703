using System.Text;

namespace Orchestrator.Cli;

/// <summary>A log that is only ever appended to, each line flushed as it is written.</summary>
/// <param name="path">The file, made with its folder at the first line.</param>
/// <param name="complain">Takes one sentence when a line cannot be written; the log then ends.</param>
public sealed class RunLogFile(string path, Action<string> complain) : IDisposable
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private StreamWriter? _writer;
    private bool _isOver;

    /// <summary>One sentence that says why a file cannot be a log; nothing where it can.</summary>
    public static string? WhyUnwritable(string path)
    {
        try
        {
            if (path.Length == 0 || Directory.Exists(path))
            {
                return $"--log-file takes the path of a file, not '{path}'";
            }

            var isNew = !File.Exists(path);
            Open(path).Dispose();
            if (isNew)
            {
                File.Delete(path);   // nothing is left behind where the run is refused after all
            }

            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"the log {path} cannot be written: {e.Message}";
        }
    }

    /// <summary>Appends lines.</summary>
    public void Write(IEnumerable<string> lines)
    {
        if (_isOver)
        {
            return;
        }

        try
        {
            foreach (var line in lines)
            {
                _writer ??= new StreamWriter(Open(path), Utf8) { AutoFlush = true, NewLine = "\n" };
                _writer.WriteLine(line.ReplaceLineEndings(" "));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _isOver = true;
            complain($"the log {path} cannot be written: {e.Message}");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _writer?.Dispose();

    private static FileStream Open(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite);
        if (file.Length > 0)
        {
            file.Seek(-1, SeekOrigin.End);
            var isCutOff = file.ReadByte() != '\n';   // whoever wrote last was killed in the middle of a line
            if (isCutOff)
            {
                file.WriteByte((byte)'\n');
            }
        }

        return file;
    }
}
