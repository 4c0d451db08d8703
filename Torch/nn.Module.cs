using System.Reflection;
using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Layers and what belongs to them.</summary>
    public static partial class nn
    {
        /// <summary>Something that takes one input to one result.</summary>
        public interface IModule<in T, out TResult>
        {
            /// <summary>Applies it.</summary>
            TResult call(T input);
        }

        /// <summary>Parameters and buffers by name, its own and those of the modules inside it.</summary>
        public abstract partial class Module : IDisposable
        {
            private readonly Dictionary<string, Module> _submodules = new(StringComparer.Ordinal);
            private readonly Dictionary<string, Parameter> _parameters = new(StringComparer.Ordinal);
            private readonly Dictionary<string, Tensor> _buffers = new(StringComparer.Ordinal);
            private readonly List<string> _order = [];
            private readonly string _name;
            private bool _registered;

            /// <summary>A module with a name to be shown.</summary>
            protected Module(string name) => _name = name;

            /// <summary>Whether it is being trained, as opposed to used.</summary>
            public virtual bool training { get; private set; } = true;

            /// <summary>The name to be shown.</summary>
            public virtual string GetName() => _name;

            /// <summary>Sets whether it and the modules inside it are being trained.</summary>
            public virtual void train(bool train = true)
            {
                training = train;
                foreach (var module in children())
                {
                    module.train(train);
                }
            }

            /// <summary>It and the modules inside it are used from now on, not trained.</summary>
            public virtual void eval() => train(false);

            /// <summary>Drops all gradients, or sets them to 0.</summary>
            public virtual void zero_grad(bool set_to_none = true)
            {
                Parameter[] all = [.. parameters()];
                var handles = Tensor.HandlesOf(all);
                Native.Check(Native.sw_zero_grad(handles, handles.Length, set_to_none ? 1 : 0));
                GC.KeepAlive(all);
            }

            /// <summary>Does something to the modules inside it, then to itself.</summary>
            public virtual Module apply(Action<Module> fn)
            {
                foreach (var module in children())
                {
                    module.apply(fn);
                }

                fn(this);
                return this;
            }

            /// <summary>The modules directly inside it, by name.</summary>
            public virtual IEnumerable<(string name, Module module)> named_children() =>
                _order.Where(_submodules.ContainsKey).Select(name => (name, _submodules[name]));

            /// <summary>The modules directly inside it.</summary>
            public virtual IEnumerable<Module> children() => named_children().Select(child => child.module);

            /// <summary>All modules inside it, by dotted name.</summary>
            public virtual IEnumerable<(string name, Module module)> named_modules() =>
                named_children().SelectMany(child => child.module.named_modules()
                    .Select(inner => ($"{child.name}.{inner.name}", inner.module))
                    .Prepend(child));

            /// <summary>All modules inside it.</summary>
            public virtual IEnumerable<Module> modules() => named_modules().Select(inner => inner.module);

            /// <summary>Its parameters by dotted name, in the order of registration, each once.</summary>
            public virtual IEnumerable<(string name, Parameter parameter)> named_parameters(
                bool recurse = true)
            {
                var own = _order.Where(_parameters.ContainsKey).Select(name => (name, _parameters[name]));
                var all = recurse
                    ? own.Concat(named_children().SelectMany(child => child.module.named_parameters()
                        .Select(inner => ($"{child.name}.{inner.name}", inner.parameter))))
                    : own;
                return all.DistinctBy(named => named.Item2, ReferenceEqualityComparer.Instance);
            }

            /// <summary>Its parameters in the order of registration, each once.</summary>
            public virtual IEnumerable<Parameter> parameters(bool recurse = true) =>
                named_parameters(recurse).Select(named => named.parameter);

            /// <summary>Its buffers by dotted name.</summary>
            public virtual IEnumerable<(string name, Tensor buffer)> named_buffers(bool recurse = true)
            {
                var own = _order.Where(_buffers.ContainsKey).Select(name => (name, _buffers[name]));
                return recurse
                    ? own.Concat(named_children().SelectMany(child => child.module.named_buffers()
                        .Select(inner => ($"{child.name}.{inner.name}", inner.buffer))))
                    : own;
            }

            /// <summary>Its buffers.</summary>
            public virtual IEnumerable<Tensor> buffers(bool recurse = true) =>
                named_buffers(recurse).Select(named => named.buffer);

            /// <summary>The parameter of this name, null where there is none.</summary>
            public virtual Parameter? get_parameter(string target) =>
                named_parameters().FirstOrDefault(named => named.name == target).parameter;

            /// <summary>The buffer of this name, null where there is none.</summary>
            public virtual Tensor? get_buffer(string target) =>
                named_buffers().FirstOrDefault(named => named.name == target).buffer;

            /// <summary>Makes a tensor a buffer: kept with the module, not trained.</summary>
            public virtual void register_buffer(string name, Tensor tensor) =>
                Register(_buffers, name, tensor);

            /// <summary>Makes a parameter part of the module.</summary>
            public virtual void register_parameter(string name, Parameter param) =>
                Register(_parameters, name, param);

            /// <summary>Puts a module inside this one.</summary>
            public virtual void register_module(string name, Module submodule)
            {
                submodule.RegisterComponents();
                Register(_submodules, name, submodule);
            }

            /// <summary>Puts a module inside this one.</summary>
            public void add_module(string name, Module module) => register_module(name, module);

            /// <inheritdoc/>
            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            /// <summary>Disposes parameters, buffers and the modules inside it.</summary>
            protected virtual void Dispose(bool disposing)
            {
                if (!disposing)
                {
                    return;
                }

                foreach (IDisposable part in _parameters.Values.Concat(_buffers.Values))
                {
                    part.Dispose();
                }

                foreach (var module in _submodules.Values)
                {
                    module.Dispose();
                }
            }

            /// <summary>
            /// Registers every field that holds a module, a parameter or a tensor, under the field's name.
            /// </summary>
            protected virtual void RegisterComponents()
            {
                if (_registered)
                {
                    return;
                }

                _registered = true;
                foreach (var field in FieldsOf(GetType()))
                {
                    if (_order.Contains(field.Name, StringComparer.Ordinal))
                    {
                        continue;
                    }

                    switch (field.GetValue(this))
                    {
                        case Module module:
                            register_module(field.Name, module);
                            break;
                        case Parameter parameter:
                            register_parameter(field.Name, parameter);
                            break;
                        case Tensor tensor:
                            register_buffer(field.Name, tensor);
                            break;
                    }
                }
            }

            /// <summary>
            /// Fields of a module's own classes, from the outermost in, in the order they are declared.
            /// </summary>
            private static IEnumerable<FieldInfo> FieldsOf(Type type)
            {
                if (type == typeof(Module) || type.BaseType is null)
                {
                    return [];
                }

                const BindingFlags All = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
                var own = type.GetFields(All | BindingFlags.DeclaredOnly);
                return FieldsOf(type.BaseType).Concat(own.OrderBy(field => field.MetadataToken));
            }

            private void Register<T>(Dictionary<string, T> parts, string name, T part)
                where T : class
            {
                if (_order.Contains(name, StringComparer.Ordinal))
                {
                    throw new ArgumentException(
                        $"'{name}' is registered already in {GetName()}", nameof(name));
                }

                if (part is Tensor tensor)
                {
                    tensor.DetachFromDisposeScope();
                }

                parts.Add(name, part);
                _order.Add(name);
            }
        }

        /// <summary>A module with one input.</summary>
        public abstract class Module<T, TResult> : Module, IModule<T, TResult>
        {
            /// <summary>A module with a name to be shown.</summary>
            protected Module(string name)
                : base(name)
            {
            }

            /// <summary>What the module does.</summary>
            public abstract TResult forward(T input);

            /// <summary>Applies it.</summary>
            public TResult call(T input) => forward(input);
        }

        /// <summary>A module with two inputs.</summary>
        public abstract class Module<T1, T2, TResult> : Module
        {
            /// <summary>A module with a name to be shown.</summary>
            protected Module(string name)
                : base(name)
            {
            }

            /// <summary>What the module does.</summary>
            public abstract TResult forward(T1 input1, T2 input2);

            /// <summary>Applies it.</summary>
            public TResult call(T1 input1, T2 input2) => forward(input1, input2);
        }
    }
}
