using System.Text;
using CsCheck;
using Firmware.Provisioning;

namespace Scenarios.Properties;

/// <summary>Random and crafted bytes to what listens on the access point.</summary>
[TestClass]
public sealed class PortalPropertyTests
{
    private const int Packets = 20_000;
    private static readonly Gen<byte[]> AnyBytes = Gen.Byte.Array[0, DhcpResponder.PacketLength];

    [TestMethod]
    public void Any_packet_is_answered_within_its_buffer_or_not_at_all()
    {
        var dhcp = new DhcpResponder();
        Gen.Select(AnyBytes, Gen.Bool, Gen.Int[0, DhcpResponder.PacketLength]).Sample(
            (bytes, isDhcp, count) =>
            {
                byte[] packet = new byte[DhcpResponder.PacketLength];
                bytes.CopyTo(packet, 0);
                if (isDhcp)
                {
                    // As far as a request goes; what follows is random.
                    new byte[] { 1, 1, 6, 0 }.CopyTo(packet, 0);
                    packet.AsSpan(24, 4).Clear();
                    new byte[] { 0x63, 0x82, 0x53, 0x63 }.CopyTo(packet, 236);
                    int length = dhcp.Answer(packet, count);
                    return length == 0 || (length is >= 300 and <= DhcpResponder.PacketLength && packet[16] is 192 or 0);
                }

                packet[2] = 1;
                packet[4] = 0;
                packet[5] = 1;
                int answer = DnsResponder.Answer(packet, count);
                return answer == 0 || (answer <= count + 16 && answer <= packet.Length && (packet[3] & 15) == 0);
            },
            iter: Packets);
    }

    [TestMethod]
    public void Any_request_ends_or_waits_and_never_takes_more_than_its_bounds() =>
        Gen.Select(Gen.Byte.Array[0, 3000], Gen.Int[1, 700], Gen.Int[0, 5]).Sample(
            (bytes, piece, kind) =>
            {
                string head = kind switch
                {
                    0 => "GET / HTTP/1.1\r\n",
                    1 => "POST / HTTP/1.1\r\nHost: 1\r\nContent-Length: 100\r\nContent-Type: multipart/form-data; boundary=b\r\n\r\n--b\r\n",
                    2 => "GET / HTTP/1.1\r\nHost: 1\r\nAccept-Language: ",
                    3 => "POST / HTTP/1.1\r\nContent-Length: ",
                    _ => string.Empty,
                };
                byte[] all = [.. Encoding.ASCII.GetBytes(head), .. bytes];
                var request = new HttpRequest();
                byte[] buffer = new byte[piece];
                for (int at = 0; at < all.Length; at += piece)
                {
                    int count = Math.Min(piece, all.Length - at);
                    Array.Copy(all, at, buffer, 0, count);
                    if (request.Add(buffer, count))
                    {
                        break;
                    }
                }

                return request.Status is 0 or 200 or 400 or 405 or 411 or 413 or 415 or 431 && (request.Body?.Length ?? 0) <= HttpRequest.MaxBody;
            },
            iter: Packets);

    [TestMethod]
    public void Any_form_gives_back_what_was_put_in() =>
        Gen.Select(Gen.String[0, 40], Gen.String[0, 40]).Sample(
            (first, second) =>
            {
                string body = $"--b0\r\nContent-Disposition: form-data; name=\"one\"\r\n\r\n{first}\r\n--b0\r\nContent-Disposition: form-data; name=\"two\"\r\n\r\n{second}\r\n--b0--\r\n";
                FormReader form = Read(Encoding.UTF8.GetBytes(body));
                return form.IsWhole && Gives(form, "one", first) && Gives(form, "two", second);
            },
            iter: Packets);

    [TestMethod]
    public void Any_body_is_survived() =>
        Gen.Select(AnyBytes, Gen.Int[0, 3]).Sample(
            (bytes, kind) =>
            {
                byte[] start = Encoding.ASCII.GetBytes(kind switch
                {
                    0 => "--b0\r\n",
                    1 => "--b0\r\nContent-Disposition: form-data; name=\"one\"\r\n\r\n",
                    2 => "--b0\r\nContent-Disposition: form-data; name=\"",
                    _ => string.Empty,
                });
                FormReader form = Read([.. start, .. bytes, .. "\r\n--b0--"u8]);
                return form.TryGet("one", 4000, out string text) || text.Length == 0;
            },
            iter: Packets);

    private static FormReader Read(byte[] body)
    {
        var pieces = new Pieces();
        pieces.Add(body, 0, body.Length);
        return new FormReader(pieces, "b0");
    }

    private static bool Gives(FormReader form, string name, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        string kept = Encoding.UTF8.GetString(bytes);
        bool isText = form.TryGet(name, 1000, out string got);
        return kept.Any(char.IsControl) ? !isText || got == kept : isText && got == kept;
    }
}
