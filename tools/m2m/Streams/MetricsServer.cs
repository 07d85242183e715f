using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using M2m.Client;

namespace M2m.Streams;

/// <summary>Serves one page at <c>/metrics</c> on loopback. Every request is bounded in size and time, and so is their number.</summary>
internal sealed class MetricsServer : IDisposable
{
    private const int MaxClients = 8;
    private const int MaxRequest = 8 * 1024;
    private const string Path = "/metrics";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly TcpListener _listener;
    private readonly Func<string> _compose;

    private MetricsServer(TcpListener listener, Func<string> compose)
    {
        _listener = listener;
        _compose = compose;
    }

    public string Url => string.Create(CultureInfo.InvariantCulture, $"http://{_listener.LocalEndpoint}{Path}");

    /// <param name="port">0: any that is free.</param>
    /// <param name="compose">The page; called on several threads.</param>
    public static MetricsServer Open(int port, Func<string> compose)
    {
        var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return new MetricsServer(listener, compose);
        }
        catch (SocketException e)
        {
            listener.Dispose();
            throw new FailedException(FormattableString.Invariant($"cannot listen on 127.0.0.1:{port}: {e.Message}. Choose another port with --port"));
        }
    }

    public async Task RunAsync(CancellationToken cancel)
    {
        var places = new SemaphoreSlim(MaxClients); // clients outlive this method
        while (true)
        {
            await places.WaitAsync(cancel).ConfigureAwait(false);
            TcpClient client = await _listener.AcceptTcpClientAsync(cancel).ConfigureAwait(false);
            _ = Task.Run(() => ServeAsync(client, places, cancel), CancellationToken.None);
        }
    }

    public void Dispose() => _listener.Dispose();

    private async Task ServeAsync(TcpClient client, SemaphoreSlim places, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(Patience);
        try
        {
            NetworkStream stream = client.GetStream();
            string? line = await RequestLineAsync(stream, limit.Token).ConfigureAwait(false);
            await stream.WriteAsync(Answer(line), limit.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The client is gone or too slow.
        }
        finally
        {
            client.Dispose();
            places.Release();
        }
    }

    // Null: no request by HTTP, or one that is too long.
    private static async Task<string?> RequestLineAsync(NetworkStream stream, CancellationToken cancel)
    {
        byte[] request = new byte[MaxRequest];
        for (int length = 0; length < request.Length;)
        {
            int count = await stream.ReadAsync(request.AsMemory(length), cancel).ConfigureAwait(false);
            length += count;
            if (request.AsSpan(0, length).IndexOf("\r\n\r\n"u8) >= 0)
            {
                return Encoding.ASCII.GetString(request, 0, request.AsSpan().IndexOf("\r\n"u8));
            }

            if (count == 0)
            {
                break;
            }
        }

        return null;
    }

    private byte[] Answer(string? line)
    {
        string[] words = line?.Split(' ') ?? [];
        if (words.Length != 3 || !words[2].StartsWith("HTTP/1.", StringComparison.Ordinal))
        {
            return Response("400 Bad Request", "not a request\n");
        }

        string path = words[1].Split('?')[0];
        return (words[0], path) switch
        {
            ("GET", Path) => Response("200 OK", _compose()),
            ("GET", _) => Response("404 Not Found", $"only {Path} is here\n"),
            _ => Response("405 Method Not Allowed", "only GET is allowed\n", "Allow: GET\r\n"),
        };
    }

    private static byte[] Response(string status, string body, string header = "")
    {
        byte[] bytes = Encoding.UTF8.GetBytes(body);
        string head = string.Create(
            CultureInfo.InvariantCulture,
            $"HTTP/1.1 {status}\r\nContent-Type: text/plain; version=0.0.4; charset=utf-8\r\nContent-Length: {bytes.Length}\r\n{header}Connection: close\r\n\r\n");
        return [.. Encoding.ASCII.GetBytes(head), .. bytes];
    }
}
