using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>Modules one after another, by name.</summary>
            public static Sequential Sequential(
                params (string name, Module<Tensor, Tensor> submodule)[] modules) =>
                new(modules);

            /// <summary>Modules one after another, named by their places.</summary>
            public static Sequential Sequential(params Module<Tensor, Tensor>[] modules) =>
                Sequential((IEnumerable<Module<Tensor, Tensor>>)modules);

            /// <summary>Modules one after another, named by their places.</summary>
            public static Sequential Sequential(IEnumerable<Module<Tensor, Tensor>> modules) =>
                new(modules.Select((module, place) => (place.ToString(), module)));
        }
    }
}

namespace TorchSharp.Modules
{
    /// <summary>
    /// Modules one after another. What they hand on is disposed as soon as the next has used it.
    /// </summary>
    public sealed class Sequential : nn.Module<Tensor, Tensor>
    {
        private readonly List<nn.Module<Tensor, Tensor>> _stages = [];

        internal Sequential(IEnumerable<(string Name, nn.Module<Tensor, Tensor> Module)> modules)
            : base(nameof(Sequential))
        {
            foreach (var (name, module) in modules)
            {
                append(name, module);
            }
        }

        /// <summary>How many modules there are.</summary>
        public int Count => _stages.Count;

        /// <summary>The module at a place.</summary>
        public nn.IModule<Tensor, Tensor> this[int index] => _stages[index];

        /// <summary>Adds a module at the end.</summary>
        public Sequential append(string name, nn.Module<Tensor, Tensor> module)
        {
            register_module(name, module);
            _stages.Add(module);
            return this;
        }

        /// <summary>Adds a module at the end, named by its place.</summary>
        public Sequential append(nn.Module<Tensor, Tensor> module) => append(Count.ToString(), module);

        /// <inheritdoc/>
        public override Tensor forward(Tensor input)
        {
            if (_stages.Count == 0)
            {
                return input.alias();
            }

            var current = input;
            foreach (var stage in _stages)
            {
                var next = stage.call(current);
                if (!ReferenceEquals(current, input) && !ReferenceEquals(current, next))
                {
                    current.Dispose();   // the graph keeps what a backward pass will need
                }

                current = next;
            }

            return current;
        }
    }
}
