using System.Collections.Immutable;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Shared.Sweeps;

/// <summary>Reads YAML into nodes with places, and refuses what a sweep file does not use.</summary>
internal sealed class SweepFileReader
{
    private const int DepthLimit = 16;
    private const string Unclosed = "a bracket or a quote is not closed";

    private readonly Parser _parser;
    private readonly SweepFileFindings _findings;
    private readonly SweepFilePlace? _place;

    /// <param name="text">What is read.</param>
    /// <param name="findings">Where problems go.</param>
    /// <param name="place">Where all of the text stands; nothing for a file, whose lines count.</param>
    private SweepFileReader(string text, SweepFileFindings findings, SweepFilePlace? place)
    {
        _parser = new Parser(new StringReader(text));
        _findings = findings;
        _place = place;
    }

    /// <summary>The keys of a file's one document, or nothing where it cannot be read so.</summary>
    public static SweepFileNode.Map? Read(string text, SweepFileFindings findings)
    {
        var reader = new SweepFileReader(text, findings, place: null);
        try
        {
            return reader.ReadFile();
        }
        catch (YamlException broken)
        {
            AddUnreadable(text, reader.PlaceOf(broken.Start), OneLine(broken.Message), findings);
        }
        catch (InvalidOperationException)
        {
            // YamlDotNet's scanner throws it for some unclosed brackets, and says neither what nor where.
            var last = reader._parser.Current?.End ?? Mark.Empty;
            AddUnreadable(text, reader.PlaceOf(last), Unclosed, findings);
        }

        return null;
    }

    /// <summary>A value that stands outside a file, or nothing where it cannot be read.</summary>
    /// <param name="text">The value as YAML.</param>
    /// <param name="key">What it is the value of.</param>
    /// <param name="place">Where it stands.</param>
    /// <param name="findings">Where problems go.</param>
    public static SweepFileNode? ReadValue(
        string text, string key, SweepFilePlace place, SweepFileFindings findings)
    {
        string reason;
        try
        {
            return new SweepFileReader(text, findings, place).ReadValue(key);
        }
        catch (YamlException broken)
        {
            reason = OneLine(broken.Message);
        }
        catch (InvalidOperationException)
        {
            reason = Unclosed;
        }

        findings.Add(place, key, $"text that cannot be read ({reason})", "a value in YAML");
        return null;
    }

    private static void AddUnreadable(
        string text, SweepFilePlace place, string reason, SweepFileFindings findings)
    {
        var lines = text.Split('\n');
        var tab = Array.FindIndex(lines, line => line[..^line.TrimStart().Length].Contains('\t'));
        if (tab < 0)
        {
            findings.Add(place, "", $"text that cannot be read ({reason})", "keys with values in YAML");
            return;
        }

        var column = lines[tab].IndexOf('\t') + 1;
        findings.Add(new SweepFilePlace(tab + 1, column), "", "a tab in the indentation", "spaces");
    }

    private static string OneLine(string message) => message.ReplaceLineEndings(" ").TrimEnd('.');

    private SweepFilePlace PlaceOf(Mark mark) => _place ?? new((int)mark.Line, (int)mark.Column);

    private SweepFileNode ReadValue(string key)
    {
        Next<StreamStart>();
        if (_parser.Current is StreamEnd)
        {
            return new SweepFileNode.Scalar(_place!.Value, "", IsPlain: true);
        }

        Next<DocumentStart>();
        var value = ReadNode(key, 0);
        Next<DocumentEnd>();
        if (_parser.Current is DocumentStart)
        {
            _findings.Add(_place!.Value, key, "a second document", "one value");
        }

        return value;
    }

    private SweepFileNode.Map? ReadFile()
    {
        Next<StreamStart>();
        if (_parser.Current is StreamEnd)
        {
            _findings.Add(new SweepFilePlace(1, 1), "", "an empty file", "a sweep file");
            return null;
        }

        Next<DocumentStart>();
        var root = ReadNode("", 0);
        Next<DocumentEnd>();
        if (_parser.Current is DocumentStart second)
        {
            _findings.Add(PlaceOf(second.Start), "", "a second document", "one document a file");
        }

        if (root is SweepFileNode.Map map)
        {
            return map;
        }

        _findings.AddWrong(root.Place, "", root, "keys with values");
        return null;
    }

    private SweepFileNode ReadNode(string path, int depth)
    {
        var place = PlaceOf(_parser.Current!.Start);
        if (depth > DepthLimit)
        {
            var (start, end) = (_parser.Current.Start, _parser.Current.End);
            throw new YamlException(start, end, $"more than {DepthLimit} levels");
        }

        if (_parser.Current is AnchorAlias)
        {
            Refuse(place, path, "an alias");
            _parser.MoveNext();
            return new SweepFileNode.Refused(place);
        }

        if (_parser.Current is NodeEvent { Anchor.IsEmpty: false } or NodeEvent { Tag.IsEmpty: false })
        {
            Refuse(
                place, path, _parser.Current is NodeEvent { Anchor.IsEmpty: false } ? "an anchor" : "a tag");
        }

        return _parser.Current switch
        {
            SequenceStart => ReadList(place, path, depth),
            MappingStart => ReadMap(place, path, depth),
            _ => ReadScalar(place),
        };
    }

    private void Refuse(SweepFilePlace place, string path, string found) =>
        _findings.Add(place, path, found, "a value written out, without anchors, aliases and tags");

    private SweepFileNode.Scalar ReadScalar(SweepFilePlace place)
    {
        var scalar = Next<Scalar>();
        return new SweepFileNode.Scalar(place, scalar.Value, scalar.Style is ScalarStyle.Plain);
    }

    private SweepFileNode.List ReadList(SweepFilePlace place, string path, int depth)
    {
        Next<SequenceStart>();
        var items = ImmutableArray.CreateBuilder<SweepFileNode>();
        while (_parser.Current is not SequenceEnd)
        {
            items.Add(ReadNode(path, depth + 1));
        }

        Next<SequenceEnd>();
        return new SweepFileNode.List(place, items.ToImmutable());
    }

    private SweepFileNode.Map ReadMap(SweepFilePlace place, string path, int depth)
    {
        Next<MappingStart>();
        var entries = new Dictionary<string, SweepFileEntry>(StringComparer.Ordinal);
        var ordered = ImmutableArray.CreateBuilder<SweepFileEntry>();
        while (_parser.Current is not MappingEnd)
        {
            var key = ReadNode(path, depth + 1);
            var name = (key as SweepFileNode.Scalar)?.Text;
            var inner = path.Length == 0 ? name ?? "" : $"{path}.{name}";
            if (name is null)
            {
                _findings.AddWrong(key.Place, path, key, "a key");
            }

            var entry = new SweepFileEntry(key.Place, name ?? "", ReadNode(inner, depth + 1));
            if (name is not null && entries.TryAdd(name, entry))
            {
                ordered.Add(entry);
            }
            else if (name is not null)
            {
                _findings.Add(
                    key.Place,
                    inner,
                    "the key a second time",
                    $"it once (it is in line {entries[name].Place.Line})");
            }
        }

        Next<MappingEnd>();
        return new SweepFileNode.Map(place, ordered.ToImmutable());
    }

    private TEvent Next<TEvent>()
        where TEvent : ParsingEvent
    {
        if (_parser.Current is null)
        {
            _parser.MoveNext();
        }

        var current = (TEvent)_parser.Current!;
        _parser.MoveNext();
        return current;
    }
}
