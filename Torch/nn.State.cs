namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public abstract partial class Module
        {
            /// <summary>Parameters and buffers by dotted name; the tensors themselves, not copies.</summary>
            public virtual Dictionary<string, Tensor> state_dict(
                Dictionary<string, Tensor>? destination = null, string? prefix = null)
            {
                destination ??= new Dictionary<string, Tensor>(StringComparer.Ordinal);
                var start = string.IsNullOrEmpty(prefix) ? "" : $"{prefix}.";
                foreach (var (name, parameter) in named_parameters())
                {
                    destination.TryAdd(start + name, parameter);
                }

                foreach (var (name, buffer) in named_buffers())
                {
                    destination.TryAdd(start + name, buffer);
                }

                return destination;
            }

            /// <summary>Copies values in, by name.</summary>
            /// <param name="source">Values by dotted name.</param>
            /// <param name="strict">Whether names that only one side has are refused.</param>
            /// <param name="skip">Names to leave as they are.</param>
            /// <exception cref="InvalidOperationException">
            /// Names differ and <paramref name="strict"/> is set.
            /// </exception>
            public virtual (IList<string> missing_keys, IList<string> unexpected_keyes) load_state_dict(
                Dictionary<string, Tensor> source, bool strict = true, IList<string>? skip = null)
            {
                var own = state_dict();
                List<string> missing = [.. own.Keys.Where(name => !source.ContainsKey(name))];
                List<string> unexpected = [.. source.Keys.Where(name => !own.ContainsKey(name))];
                if (strict && missing.Count + unexpected.Count > 0)
                {
                    throw new InvalidOperationException(
                        $"names differ; missing: {string.Join(", ", missing)}; "
                        + $"not known: {string.Join(", ", unexpected)}");
                }

                using var plain = no_grad();
                foreach (var (name, value) in own)
                {
                    if (skip?.Contains(name) != true && source.TryGetValue(name, out var given))
                    {
                        value.copy_(given);
                    }
                }

                return (missing, unexpected);
            }

            /// <summary>Writes parameters and buffers to a file.</summary>
            public Module save(string location, IList<string>? skip = null)
            {
                using var stream = File.Create(location);
                return save(stream, skip);
            }

            /// <summary>Writes parameters and buffers to a stream, which is closed.</summary>
            public Module save(Stream stream, IList<string>? skip = null)
            {
                using var writer = new BinaryWriter(stream);
                return save(writer, skip);
            }

            /// <summary>Writes parameters and buffers: how many, then name and tensor of each.</summary>
            public Module save(BinaryWriter writer, IList<string>? skip = null)
            {
                var entries = state_dict().Where(entry => skip?.Contains(entry.Key) != true).ToList();
                writer.Write(entries.Count);
                foreach (var (name, tensor) in entries)
                {
                    writer.Write(name);
                    tensor.Save(writer);
                }

                return this;
            }

            /// <summary>Reads parameters and buffers from a file.</summary>
            public virtual Module load(string location, bool strict = true, IList<string>? skip = null)
            {
                using var stream = File.OpenRead(location);
                return load(stream, strict, skip);
            }

            /// <summary>Reads parameters and buffers from a stream, which is closed.</summary>
            public Module load(Stream stream, bool strict = true, IList<string>? skip = null)
            {
                using var reader = new BinaryReader(stream);
                return load(reader, strict, skip);
            }

            /// <summary>
            /// Reads parameters and buffers that <see cref="save(BinaryWriter, IList{string})"/> wrote.
            /// </summary>
            public virtual Module load(BinaryReader reader, bool strict = true, IList<string>? skip = null)
            {
                using var scope = NewDisposeScope();
                var source = new Dictionary<string, Tensor>(StringComparer.Ordinal);
                for (var left = reader.ReadInt32(); left > 0; left--)
                {
                    var name = reader.ReadString();
                    source.Add(name, TensorExtensionMethods.Load(reader));
                }

                load_state_dict(source, strict, skip);
                return this;
            }
        }
    }
}

/// <summary>Moves modules.</summary>
public static class ModuleExtensionMethods
{
    /// <summary>Gives parameters and buffers that are floating-point numbers another element type.</summary>
    public static T to<T>(this T module, torch.ScalarType type, bool non_blocking = false)
        where T : torch.nn.Module =>
        module.Moved(tensor =>
            tensor.is_floating_point() ? tensor.to(type, non_blocking: non_blocking) : tensor.alias());

    /// <summary>Moves parameters and buffers to a device.</summary>
    public static T to<T>(this T module, torch.Device device, bool non_blocking = false)
        where T : torch.nn.Module => module.Moved(tensor => tensor.to(device, non_blocking: non_blocking));

    /// <summary>Moves parameters and buffers to the processor.</summary>
    public static T cpu<T>(this T module)
        where T : torch.nn.Module => module.to(torch.CPU);

    /// <summary>Moves parameters and buffers to an NVIDIA device.</summary>
    public static T cuda<T>(this T module, int deviceIndex = -1)
        where T : torch.nn.Module => module.to(new torch.Device(DeviceType.CUDA, deviceIndex));

    /// <summary>
    /// Each tensor becomes what the move makes of it; the objects stay, so that optimisers keep theirs.
    /// </summary>
    private static T Moved<T>(this T module, Func<torch.Tensor, torch.Tensor> move)
        where T : torch.nn.Module
    {
        using var plain = torch.no_grad();
        foreach (var tensor in module.state_dict().Values)
        {
            var gradients = tensor.requires_grad;
            using var old = tensor.detach();
            var moved = move(old).DetachFromDisposeScope();
            tensor.Become(moved);
            tensor.requires_grad = gradients;
        }

        return module;
    }
}
