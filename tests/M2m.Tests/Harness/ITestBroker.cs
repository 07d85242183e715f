using System.Globalization;

namespace M2m.Tests.Harness;

/// <summary>A broker that listens on this computer.</summary>
internal interface ITestBroker : IAsyncDisposable
{
    int Port { get; }

    string Url => string.Create(CultureInfo.InvariantCulture, $"mqtt://127.0.0.1:{Port}");
}
