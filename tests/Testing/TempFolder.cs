namespace Workflows.Testing;

/// <summary>A folder of one test, gone with it.</summary>
public sealed class TempFolder : IDisposable
{
    private const int AttemptsMax = 40;

    public TempFolder() => Directory.CreateDirectory(Root);

    public string Root { get; } = Path.Combine(Path.GetTempPath(), $"workflows-{Guid.NewGuid():N}");

    public string File(string name) => Path.Combine(Root, name);

    public void Dispose()
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                Directory.Delete(Root, recursive: true);
                return;
            }
            catch (IOException) when (attempt < AttemptsMax)
            {
                // A call that an engine gave up on may still be writing its last file.
                Thread.Sleep(50);
            }
        }
    }
}
