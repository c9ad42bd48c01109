using ComposePipCache.StoreWorker;

// add ROOT SEED | fill ROOT BYTES | fetch ROOT URL NAME SHA256 | read ROOT FOLDER
var output = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true, NewLine = "\n" };
var worker = new Worker(args[1], output);
await (args[0] switch
{
    "add" => worker.AddForeverAsync(args[2]),
    "fill" => worker.FillAsync(args[2]),
    "fetch" => worker.FetchAsync(args[2], args[3], args[4]),
    "read" => worker.ReadAsync(args[2]),
    _ => throw new ArgumentException($"unknown task {args[0]}", nameof(args)),
});
