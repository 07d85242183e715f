namespace Firmware.Tests.Fakes
{
    /// <summary>A message that the link was given.</summary>
    public sealed class Publication
    {
        public string Topic { get; init; }

        public string Text { get; init; }

        public int Qos { get; init; }

        public bool IsRetained { get; init; }

        public int Id { get; init; }
    }
}
