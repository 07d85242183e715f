using System;
using Firmware.Connectivity;
using Firmware.Diagnostics;
using Firmware.Messaging;
using Firmware.Platform;
using Firmware.Requests;
using Firmware.Sampling;
using Firmware.Settings;
using Firmware.Shutdown;

namespace Firmware
{
    /// <summary>The modules that every device has, in the order of their start.</summary>
    internal sealed class CoreModules
    {
        internal readonly ConnectionModule Connection;
        internal readonly DiagnosticsModule Diagnostics;
        internal readonly SettingsModule Settings;
        internal readonly SamplingModule Sampling;
        internal readonly RequestModule Requests;
        internal readonly PresenceModule Presence;
        internal readonly ShutdownModule Shutdown;

        internal CoreModules(Hardware hardware, SettingsStore store)
        {
            Connection = new ConnectionModule(hardware);
            Diagnostics = new DiagnosticsModule(hardware, store);
            Settings = new SettingsModule(store);
            Sampling = new SamplingModule(hardware.SensorPorts);
            Requests = new RequestModule();
            Presence = new PresenceModule();
            Shutdown = new ShutdownModule(hardware.Power);
        }

        /// <summary>These, and those of the board behind them.</summary>
        internal Module[] With(Module[] others)
        {
            Module[] own = { Connection, Diagnostics, Settings, Sampling, Requests, Presence, Shutdown };
            Module[] all = new Module[own.Length + others.Length];
            own.CopyTo(all, 0);
            others.CopyTo(all, own.Length);
            return all;
        }

        internal void Share(DeviceContext device)
        {
            device.Connector = Connection;
            device.Shutdown = Shutdown;
            device.SettingsModule = Settings;
            device.Sampling = Sampling;
        }

        /// <summary>Collects what the modules declare, once they have started.</summary>
        internal void Collect(Module[] modules)
        {
            IStatusMember[] members = new IStatusMember[modules.Length * 2];
            int count = 0;
            for (int i = 0; i < modules.Length; i++)
            {
                Add(modules[i].Status, members, ref count);
            }

            Connection.Collect(Take(members, count));
            for (int i = 0; i < modules.Length; i++)
            {
                Add(modules[i].Info, members, ref count);
            }

            Diagnostics.Collect(Take(members, count));
        }

        private static void Add(IStatusMember member, IStatusMember[] members, ref int count)
        {
            if (member != null)
            {
                members[count++] = member;
            }
        }

        private static IStatusMember[] Take(IStatusMember[] members, int count)
        {
            IStatusMember[] taken = new IStatusMember[count];
            Array.Copy(members, taken, count);
            return taken;
        }
    }
}
