using ComposePipCache.Wheelhouse.Locks;

namespace ComposePipCache.Tests.Wheelhouse.Locks;

/// <summary>A lock that uses every member.</summary>
internal static class LockSamples
{
    public const string KeyText = "pip install -r requirements.txt\nfoo==1.0";

    public static string Key { get; } = StoreHome.Sha(KeyText);

    public static StepLock Full { get; } = new()
    {
        Key = Key,
        KeyText = KeyText,
        CreatedAt = new DateTimeOffset(2026, 8, 1, 12, 30, 0, TimeSpan.Zero),
        Scope = "public",
        Label = "shop/web",
        Indexes = ["https://index.example/simple/"],
        Interpreter = "cpython 3.12.4 linux/amd64",
        IsPinned = true,
        Files =
        [
            new()
            {
                FileName = "foo-1.0+cpu-py3-none-any.whl",
                Sha256 = StoreHome.Sha("foo"),
                Size = 3,
                Kind = LockedFileKind.Wheel,
                Url = "https://files.example/foo-1.0%2Bcpu-py3-none-any.whl",
            },
            new() { FileName = "bar-1.0.tar.gz", Sha256 = StoreHome.Sha("bar"), Size = 3, Kind = LockedFileKind.Sdist },
            new()
            {
                FileName = "bar-1.0-py3-none-any.whl",
                Sha256 = StoreHome.Sha("built"),
                Size = 5,
                Kind = LockedFileKind.Built,
                BuiltFromSha256 = StoreHome.Sha("bar"),
            },
        ],
    };

    public static string FullText { get; } =
        $$"""
        {
          "formatVersion": 1,
          "key": "{{Key}}",
          "keyText": "pip install -r requirements.txt\nfoo==1.0",
          "createdAt": "2026-08-01T12:30:00+00:00",
          "scope": "public",
          "label": "shop/web",
          "indexes": [
            "https://index.example/simple/"
          ],
          "interpreter": "cpython 3.12.4 linux/amd64",
          "isPinned": true,
          "isSuspect": false,
          "files": [
            {
              "fileName": "bar-1.0-py3-none-any.whl",
              "sha256": "{{StoreHome.Sha("built")}}",
              "size": 5,
              "kind": "built",
              "builtFromSha256": "{{StoreHome.Sha("bar")}}"
            },
            {
              "fileName": "bar-1.0.tar.gz",
              "sha256": "{{StoreHome.Sha("bar")}}",
              "size": 3,
              "kind": "sdist"
            },
            {
              "fileName": "foo-1.0+cpu-py3-none-any.whl",
              "sha256": "{{StoreHome.Sha("foo")}}",
              "size": 3,
              "kind": "wheel",
              "url": "https://files.example/foo-1.0%2Bcpu-py3-none-any.whl"
            }
          ]
        }

        """;
}
