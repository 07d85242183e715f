namespace System.Device.Adc;

public abstract class AdcChannelBase
{
    public AdcController Controller { get; private protected set; } = null!;

    public abstract int ReadValue();

    public double ReadRatio() => ReadValue() / (double)Controller.MaxValue;
}
