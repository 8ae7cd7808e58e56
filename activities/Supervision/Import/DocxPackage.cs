using System.IO.Compression;
using System.Xml;
using System.Xml.Linq;

namespace Workflows.Activities.Supervision.Import;

/// <summary>
/// The parts of a .docx, each read under limits: what a file says of its own sizes is not believed, what comes out of it is
/// counted.
/// </summary>
internal sealed class DocxPackage : IDisposable
{
    public const int EntriesMax = 2_000;

    /// <summary>Of one part after it is unpacked. A plan's text part is a hundredth of it.</summary>
    public const int PartBytesMax = 50 * 1024 * 1024;

    private readonly ZipArchive archive;
    private readonly int partBytesMax;

    private DocxPackage(ZipArchive archive, int partBytesMax)
    {
        this.archive = archive;
        this.partBytesMax = partBytesMax;
    }

    /// <exception cref="PlanFileException">It is no package, or has too many entries.</exception>
    public static DocxPackage Open(ReadOnlyMemory<byte> bytes, int partBytesMax = PartBytesMax)
    {
        try
        {
            var archive = new ZipArchive(new MemoryStream(bytes.ToArray(), writable: false), ZipArchiveMode.Read);
            return archive.Entries.Count <= EntriesMax
                ? new DocxPackage(archive, partBytesMax)
                : throw new PlanFileException("too-many-parts", $"The document has {archive.Entries.Count} parts; at most {EntriesMax} are read.");
        }
        catch (InvalidDataException)
        {
            throw new PlanFileException("damaged", "The file begins like a .docx but is damaged.");
        }
    }

    /// <summary>A part as XML; null when there is none of that name.</summary>
    /// <exception cref="PlanFileException">It is damaged or unpacks to too much.</exception>
    public XDocument? Part(string name)
    {
        if (archive.GetEntry(name) is not { } entry)
        {
            return null;
        }

        try
        {
            using var packed = entry.Open();
            using var counted = new Counted(packed, partBytesMax, name);
            using var reader = XmlReader.Create(counted, new XmlReaderSettings
            {
                DtdProcessing = DtdProcessing.Prohibit,
                XmlResolver = null,
                MaxCharactersInDocument = partBytesMax,
            });
            return XDocument.Load(reader);
        }
        catch (Exception broken) when (broken is XmlException or InvalidDataException)
        {
            throw new PlanFileException("damaged", $"{name} of the document is damaged.");
        }
    }

    public void Dispose() => archive.Dispose();

    /// <summary>Stops unpacking where it becomes too much.</summary>
    private sealed class Counted(Stream inner, long max, string name) : Stream
    {
        private long read;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => read; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var got = inner.Read(buffer, offset, count);
            read += got;
            return read <= max
                ? got
                : throw new PlanFileException("unpacks-too-large", $"{name} of the document unpacks to more than {max} bytes.");
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
