namespace Workflows.Activities.Storage;

/// <summary>
/// Keys as bytes whose order is the ordinal order of the strings, which is Azure's and .NET's. UTF-8 orders characters
/// beyond U+FFFF after U+FFFF, ordinal order puts them (as surrogates) before U+E000. So each UTF-16 code unit is
/// encoded on its own (CESU-8): ASCII stays one byte, and SQLite's plain byte comparison is right for every string.
/// </summary>
internal static class OrdinalKey
{
    public static byte[] Encode(string key)
    {
        var bytes = new byte[3 * key.Length];
        var count = 0;
        foreach (var unit in key)
        {
            if (unit < 0x80)
            {
                bytes[count++] = (byte)unit;
            }
            else if (unit < 0x800)
            {
                bytes[count++] = (byte)(0xC0 | (unit >> 6));
                bytes[count++] = (byte)(0x80 | (unit & 0x3F));
            }
            else
            {
                bytes[count++] = (byte)(0xE0 | (unit >> 12));
                bytes[count++] = (byte)(0x80 | ((unit >> 6) & 0x3F));
                bytes[count++] = (byte)(0x80 | (unit & 0x3F));
            }
        }

        return bytes[..count];
    }

    public static string Decode(ReadOnlySpan<byte> bytes)
    {
        var units = new char[bytes.Length];
        var count = 0;
        for (var i = 0; i < bytes.Length;)
        {
            var length = bytes[i] < 0x80 ? 1 : bytes[i] < 0xE0 ? 2 : 3;
            if (i + length > bytes.Length)
            {
                throw new FormatException("A stored key ends within a character.");
            }

            units[count++] = (char)(length switch
            {
                1 => bytes[i],
                2 => ((bytes[i] & 0x1F) << 6) | (bytes[i + 1] & 0x3F),
                _ => ((bytes[i] & 0x0F) << 12) | ((bytes[i + 1] & 0x3F) << 6) | (bytes[i + 2] & 0x3F),
            });
            i += length;
        }

        return new string(units, 0, count);
    }
}
