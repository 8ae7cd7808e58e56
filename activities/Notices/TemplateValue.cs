using System.Collections;
using System.Globalization;
using System.Text.Encodings.Web;
using Fluid;
using Fluid.Values;

namespace Workflows.Activities.Notices;

/// <summary>Values of a model as Liquid sees them.</summary>
/// <remarks>To Fluid a null is undefined, which is an error here; so null becomes a value that is absent on purpose.</remarks>
internal static class TemplateValue
{
    public static FluidValue Of(object? value, TemplateOptions options) => value switch
    {
        null => Absent.Instance,
        IReadOnlyDictionary<string, object?> map => new DictionaryValue(new Members(map, options)),
        IReadOnlyDictionary<string, string> map =>
            new DictionaryValue(new Members(map.ToDictionary(p => p.Key, p => (object?)p.Value), options)),
        IEnumerable list and not string =>
            FluidValue.Create(list.Cast<object?>().Select(item => Of(item, options)).ToList(), options),
        _ => FluidValue.Create(value, options),
    };

    /// <summary>Names the member that is missing; Fluid itself would name only its own class.</summary>
    private sealed class Members(IReadOnlyDictionary<string, object?> map, TemplateOptions options) : IFluidIndexable
    {
        public int Count => map.Count;

        public IEnumerable<string> Keys => map.Keys;

        public bool TryGetValue(string name, out FluidValue value)
        {
            value = map.TryGetValue(name, out var found)
                ? Of(found, options)
                : throw new NoticeTemplateException($"Undefined member '{name}'");
            return true;
        }
    }

    private sealed class Absent : FluidValue
    {
        public static Absent Instance { get; } = new();

        public override FluidValues Type => FluidValues.Empty;

        public override bool Equals(FluidValue other) => other.IsNil() || other is Absent or BlankValue or EmptyValue;

        public override bool ToBooleanValue() => false;

        public override decimal ToNumberValue() => 0;

        public override object ToObjectValue() => "";

        public override string ToStringValue() => "";

        public override ValueTask WriteToAsync(TextWriter writer, TextEncoder encoder, CultureInfo cultureInfo) => default;
    }
}
