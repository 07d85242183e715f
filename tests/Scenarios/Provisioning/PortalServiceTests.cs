using System.Runtime.CompilerServices;
using System.Text;
using Firmware.Provisioning;

namespace Scenarios.Provisioning;

/// <summary>What lies between the board's worker and the loop.</summary>
[TestClass]
public sealed class PortalServiceTests
{
    private readonly PortalService _service = new();

    [TestMethod]
    public void Response_of_a_client_that_has_gone_takes_no_memory()
    {
        WeakReference page = Answer();
        Assert.IsTrue(IsThere(page));
        _service.Begin();
        Assert.IsFalse(IsThere(page));
    }

    [TestMethod]
    public void Response_that_comes_too_late_is_not_the_next_clients()
    {
        _service.Receive("GET / HTTP/1.0\r\n\r\n"u8.ToArray(), 18);
        HttpRequest slow = _service.Request!;
        _service.Begin();
        _service.Receive("GET /s HTTP/1.0\r\n\r\n"u8.ToArray(), 19);
        _service.Respond(slow, new HttpResponse("200 OK", null, null));
        byte[] buffer = new byte[512];
        Assert.AreEqual(0, _service.Next(buffer));
        _service.Respond(_service.Request, new HttpResponse("404 Not Found", null, null));
        int count = _service.Next(buffer);
        StringAssert.StartsWith(Encoding.ASCII.GetString(buffer, 0, count), "HTTP/1.1 404 ");
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool IsThere(WeakReference page)
    {
        GC.Collect();
        return page.IsAlive;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private WeakReference Answer()
    {
        byte[] request = "GET / HTTP/1.0\r\n\r\n"u8.ToArray();
        Assert.IsTrue(_service.Receive(request, request.Length));
        var response = new HttpResponse("200 OK", null, null);
        _service.Respond(_service.Request, response);
        return new WeakReference(response);
    }
}
