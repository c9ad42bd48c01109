namespace ComposePipCache.BuildKit.Session;

/// <summary>Takes what an exporter sends back over the session.</summary>
public interface IExportSink
{
    /// <summary>Opens the file that a <c>tar</c>, <c>docker</c> or <c>oci</c> export is written to.</summary>
    /// <remarks>Null when the export is a folder: then <see cref="FolderPath"/> says where.</remarks>
    Stream? OpenFile();

    /// <summary>The folder that a <c>local</c> export is written below.</summary>
    string? FolderPath { get; }
}
