namespace ComposePipCache.BuildKit.Session;

/// <summary>Takes what an exporter sends back over the session.</summary>
public interface IExportSink
{
    /// <summary>
    /// Opens the file of a <c>tar</c>, <c>docker</c> or <c>oci</c> export; null when the export is a folder.
    /// </summary>
    Stream? OpenFile();

    /// <summary>The folder that a <c>local</c> export is written below.</summary>
    string FolderPath { get; }
}
