using Boards.NativeSim.World;

namespace System.Device.Adc;

/// <summary>A channel of the chip that was current when it was opened. The second ADC belongs to the radio while that is joined.</summary>
public class AdcChannel : AdcChannelBase, IDisposable
{
    private readonly SimulatedChip _chip;
    private readonly int _boot;
    private readonly int _number;
    private bool _disposed;

    internal AdcChannel(AdcController controller, SimulatedChip chip, int number)
    {
        Controller = controller;
        _chip = chip;
        _boot = chip.Boot;
        _number = number;
    }

    public override int ReadValue()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (!_chip.Runs(_boot))
        {
            throw new PowerCutException();
        }

        return _number < SimulatedAdc.FirstOfSecond || !_chip.Radio.IsJoined
            ? _chip.Adc.Sample(_number)
            : throw new InvalidOperationException();
    }

    public void Dispose()
    {
        _disposed = true;
        GC.SuppressFinalize(this);
    }
}
