namespace Iot.Device.Bmxx80;

public class DeviceStatus
{
    public bool Measuring { get; set; }

    public bool ImageUpdating { get; set; }
}
