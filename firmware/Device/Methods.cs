using Firmware.Actuation.Methods;
using Firmware.Diagnostics;
using Firmware.Diagnostics.Methods;
using Firmware.Messaging;
using Firmware.Messaging.Methods;
using Firmware.Platform;
using Firmware.Power;
using Firmware.Power.Methods;
using Firmware.Settings.Methods;
using Firmware.Updates;
using Firmware.Updates.Methods;

namespace Firmware
{
    /// <summary>All that a device can be asked for: the one place where a method is added.</summary>
    internal static class Methods
    {
        internal static IMethod[] Create(Parts parts, ReadMethod read, IRestart restart, IAwake awake, Updating updating, UpdateDesk desk)
        {
            Hardware hardware = parts.Hardware;
            IClock clock = hardware.Clock;
            Reconfiguration settings = parts.Reconfiguration;
            IMethod[] methods = new IMethod[desk == null ? 19 : 24];
            methods[0] = new PingMethod(clock);
            methods[1] = new MethodsMethod(methods);
            methods[2] = new InfoMethod(hardware, parts.Sampler, parts.Outbox, parts.Counters, FirmwareVersion.Text, parts.Boot, parts.Health, settings, parts.Power, updating?.Report);
            methods[3] = read;
            methods[4] = new HealthMethod(parts.Health);
            methods[5] = new HistoryReadMethod(parts.History, parts.Sampler, clock, hardware.Identity.SenmlBaseName);
            methods[6] = new LogReadMethod(parts.Log);
            methods[7] = new SensorsListMethod(parts.Sampler, clock);
            methods[8] = new SensorsCalibrateMethod(parts.Sampler, settings);
            methods[9] = new ActuatorsListMethod(parts.Actuators, clock);
            methods[10] = new ActuatorsSetMethod(parts.Actuators, clock);
            methods[11] = new IdentifyMethod(parts.Led);
            methods[12] = new SettingsGetMethod(parts.Store);
            methods[13] = new SettingsSchemaMethod(parts.Settings.Catalog);
            methods[14] = new SettingsSetMethod(parts.Store, settings);
            methods[15] = new SettingsResetMethod(parts.Store, settings);
            methods[16] = new StayAwakeMethod(awake);
            methods[17] = new EndOfQueueMethod(awake);
            if (desk != null)
            {
                methods[18] = new UpdateOfferMethod(desk);
                methods[19] = new UpdateCommandMethod(desk, UpdateCommand.Status, "update.status");
                methods[20] = new UpdateCommandMethod(desk, UpdateCommand.Cancel, "update.cancel");
                methods[21] = new UpdateCommandMethod(desk, UpdateCommand.Confirm, "update.confirm");
                methods[22] = new UpdateCommandMethod(desk, UpdateCommand.Revert, "update.revert");
            }

            methods[methods.Length - 1] = new RestartMethod(restart);

            if (parts.Boot.IsSafeMode)
            {
                int[] measuring = { 3, 5, 7, 8, 9, 10 };
                for (int i = 0; i < measuring.Length; i++)
                {
                    methods[measuring[i]] = new SuspendedMethod(methods[measuring[i]]);
                }
            }

            return methods;
        }
    }
}
