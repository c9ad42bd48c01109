using System.Buffers.Binary;
using System.Numerics;

namespace ComposePipCache.Python.Caches;

/// <summary>SHA-224 (FIPS 180-4), which .NET does not have; pip names the entries of its cache by it.</summary>
internal static class Sha224
{
    private const int BlockLength = 64;
    private const int LengthLength = 8;

    private static readonly uint[] Initial =
    [
        0xc1059ed8, 0x367cd507, 0x3070dd17, 0xf70e5939, 0xffc00b31, 0x68581511, 0x64f98fa7, 0xbefa4fa4,
    ];

    private static readonly uint[] Constants = [.. Primes(64).Select(CubeRootFraction)];

    /// <summary>The hash in lower-case hex.</summary>
    public static string Hex(ReadOnlySpan<byte> message)
    {
        var padded = new byte[(message.Length + 1 + LengthLength + BlockLength - 1) / BlockLength * BlockLength];
        message.CopyTo(padded);
        padded[message.Length] = 0x80;
        BinaryPrimitives.WriteUInt64BigEndian(padded.AsSpan(padded.Length - LengthLength), (ulong)message.Length * 8);
        var state = Initial.ToArray();
        for (var start = 0; start < padded.Length; start += BlockLength)
        {
            Compress(state, padded.AsSpan(start, BlockLength));
        }

        return string.Concat(state.Take(7).Select(word => word.ToString("x8", System.Globalization.CultureInfo.InvariantCulture)));
    }

    private static void Compress(uint[] state, ReadOnlySpan<byte> block)
    {
        Span<uint> w = stackalloc uint[64];
        for (var i = 0; i < 64; i++)
        {
            w[i] = i < 16
                ? BinaryPrimitives.ReadUInt32BigEndian(block[(4 * i)..])
                : unchecked(Sigma(w[i - 2], 17, 19, 10) + w[i - 7] + Sigma(w[i - 15], 7, 18, 3) + w[i - 16]);
        }

        var (a, b, c, d) = (state[0], state[1], state[2], state[3]);
        var (e, f, g, h) = (state[4], state[5], state[6], state[7]);
        for (var i = 0; i < 64; i++)
        {
            unchecked
            {
                var t1 = h + Sum(e, 6, 11, 25) + ((e & f) ^ (~e & g)) + Constants[i] + w[i];
                var t2 = Sum(a, 2, 13, 22) + ((a & b) ^ (a & c) ^ (b & c));
                (h, g, f, e, d, c, b, a) = (g, f, e, d + t1, c, b, a, t1 + t2);
            }
        }

        uint[] round = [a, b, c, d, e, f, g, h];
        for (var i = 0; i < state.Length; i++)
        {
            state[i] = unchecked(state[i] + round[i]);
        }
    }

    private static uint Sigma(uint x, int r1, int r2, int shift) =>
        BitOperations.RotateRight(x, r1) ^ BitOperations.RotateRight(x, r2) ^ (x >> shift);

    private static uint Sum(uint x, int r1, int r2, int r3) =>
        BitOperations.RotateRight(x, r1) ^ BitOperations.RotateRight(x, r2) ^ BitOperations.RotateRight(x, r3);

    private static IEnumerable<int> Primes(int count) =>
        Enumerable.Range(2, int.MaxValue - 2).Where(n => Enumerable.Range(2, n - 2).All(d => n % d != 0)).Take(count);

    /// <summary>The first 32 bits of the fraction of a cube root, by which the standard defines its constants.</summary>
    private static uint CubeRootFraction(int prime)
    {
        // The largest r with r³ ≤ prime · 2^96 is the root times 2^32.
        var target = new BigInteger(prime) << 96;
        BigInteger low = 0;
        BigInteger high = BigInteger.One << 40;
        while (high - low > 1)
        {
            var middle = (low + high) >> 1;
            (low, high) = middle * middle * middle <= target ? (middle, high) : (low, middle);
        }

        return (uint)(low & uint.MaxValue);
    }
}
