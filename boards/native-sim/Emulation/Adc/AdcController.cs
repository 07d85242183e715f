using Boards.NativeSim.World;

namespace System.Device.Adc;

/// <summary>The one controller of the runtime, over both of the chip.</summary>
public class AdcController : AdcControllerBase
{
    public override int ChannelCount => SimulatedAdc.Channels;

    public override AdcChannelMode ChannelMode { get; set; }

    public override int MaxValue => SimulatedAdc.MaxValue;

    public override int MinValue => 0;

    public override int ResolutionInBits => 12;

    public override bool IsChannelModeSupported(AdcChannelMode channelMode) => channelMode == AdcChannelMode.SingleEnded;

    public override AdcChannel OpenChannel(int channelNumber) => channelNumber is >= 0 and < SimulatedAdc.Channels
        ? new AdcChannel(this, SimulatedChip.Current, channelNumber)
        : throw new ArgumentException(null, nameof(channelNumber));
}
