using Firmware.Platform;
using Firmware.Sensing;
using Firmware.Settings;
using Firmware.Updates;

namespace Firmware
{
    /// <summary>What the device has to say to an update: whether it may be fetched now, and whether an image on trial does what it has to.</summary>
    internal sealed class UpdateConditions
    {
        private const int SecondsOfDay = 86400;

        private readonly Parts _parts;
        private readonly IClock _clock;

        internal UpdateConditions(Parts parts)
        {
            _parts = parts;
            _clock = parts.Hardware.Clock;
        }

        /// <summary>Whether the device has measured, be it in vain.</summary>
        internal bool IsMeasured { get; set; }

        /// <summary>Whether any sensor of the board has a value: the battery always has one.</summary>
        internal bool HasReading
        {
            get
            {
                SensorMonitor[] monitors = _parts.Sampler.Monitors;
                for (int i = 0; i < _parts.Sampler.BoardSlots; i++)
                {
                    if (HasValue(monitors[i].Channels))
                    {
                        return true;
                    }
                }

                return false;
            }
        }

        /// <summary>Whether the image that runs is online and measures, as far as the one before did.</summary>
        internal bool IsHealthy(UpdateRecord record) =>
            _parts.Connection.IsOnline && IsMeasured && (!record.NeedsReading || HasReading);

        private static bool HasValue(Channel[] channels)
        {
            for (int i = 0; channels != null && i < channels.Length; i++)
            {
                if (channels[i].IsValid)
                {
                    return true;
                }
            }

            return false;
        }

        /// <summary>The gate that is shut; null when the update may be fetched.</summary>
        /// <param name="record">The update.</param>
        /// <param name="startAt">Uptime in milliseconds until which it is put off.</param>
        internal string ShutGate(UpdateRecord record, long startAt)
        {
            DeviceSettings settings = _parts.Store.Current;
            return new UpdateGates
            {
                IsForced = record.IsForced,
                IsMember = Canary.IsMember(_parts.Hardware.Identity.DeviceId, record.Version, settings.Number(_parts.UpdateGroup, UpdateSettings.Percent)),
                Battery = _parts.HasBattery ? _parts.Battery.Percent : -1,
                LeastBattery = settings.Number(_parts.UpdateGroup, UpdateSettings.Battery),
                Signal = _parts.Hardware.Network.SignalDbm,
                LeastSignal = settings.Number(_parts.UpdateGroup, UpdateSettings.Signal),
                Minute = _clock.IsSynchronized ? (int)(_clock.UtcSeconds % SecondsOfDay / 60) : -1,
                FromHour = settings.Number(_parts.UpdateGroup, UpdateSettings.FromHour),
                ToHour = settings.Number(_parts.UpdateGroup, UpdateSettings.ToHour),
                Delay = startAt - _clock.Uptime,
            }.Shut();
        }
    }
}
