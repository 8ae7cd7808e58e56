namespace Workflows.Orchestrations.Supervision.Import;

/// <summary>A heading with what stands under it.</summary>
internal sealed class Node(Marker marker, int number, string printed, Node? parent, int item)
{
    public Marker Marker { get; } = marker;

    public int Number { get; } = number;

    public string Printed { get; } = printed;

    public Node? Parent { get; } = parent;

    /// <summary>Its place among the paragraphs.</summary>
    public int Item { get; } = item;

    public List<Node> Children { get; } = [];

    /// <summary>Its words, with responsibilities left out; a title counts as words too.</summary>
    public List<(Passage Passage, int From, int To, int Item)> Texts { get; } = [];

    public required string Title { get; init; }

    public required Source Source { get; init; }

    public Duty Duty { get; private set; } = new();

    public string Path => Marker is { Kind: MarkerKind.Decimal, Numbers: { } numbers } && (Parent is null || string.Join('.', numbers.SkipLast(1)) == Parent.Path)
        ? string.Join('.', numbers)
        : Parent is null ? Number.ToString(System.Globalization.CultureInfo.InvariantCulture) : $"{Parent.Path}.{Number}";

    public string PathText => Parent is null || Marker.Kind == MarkerKind.Decimal ? Printed : Parent.PathText + Printed;

    public bool IsLike(Node other) => Marker.IsLike(other.Marker);

    public IEnumerable<Node> Ancestors()
    {
        for (var node = Parent; node is not null; node = node.Parent)
        {
            yield return node;
        }
    }

    public void Say(Duty duty) => Duty = duty;

    /// <summary>The responsibility that stands under this heading's last point is for all of it.</summary>
    public void Lift(Node from) => (Duty, from.Duty) = (from.Duty, new Duty());
}
