using Boards.NativeSim.Emulation.Net;

namespace System.Net.NetworkInformation;

public static class NetworkChange
{
    public static event NetworkAddressChangedEventHandler? NetworkAddressChanged
    {
        add => NetworkChangeState.Current.AddressChanged += value;
        remove => NetworkChangeState.Current.AddressChanged -= value;
    }

    public static event NetworkAvailabilityChangedEventHandler? NetworkAvailabilityChanged
    {
        add => NetworkChangeState.Current.AvailabilityChanged += value;
        remove => NetworkChangeState.Current.AvailabilityChanged -= value;
    }
}
