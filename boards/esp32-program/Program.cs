using System;
using System.Threading;
using Boards.Esp32;
using Firmware;
using nanoFramework.Runtime.Native;

namespace Boards.Esp32Program
{
    /// <summary>What starts: the image that the loader finds in the files, or the application that is built in here.</summary>
    public static class Program
    {
        private const int PauseBeforeRestart = 10000;

        /// <summary>The entry point.</summary>
        public static void Main()
        {
            Modules.RunImage();
            try
            {
                // The loop of Application.Run: a call of that would take 200 bytes of RAM as long as the device runs.
                Device device = Application.Start(out Esp32Clock clock);
                while (true)
                {
                    clock.Wait(device.Step());
                }
            }
            catch (Exception)
            {
                // The loop survives what happens in it; what prevents it from starting may be gone after a restart.
                Thread.Sleep(PauseBeforeRestart);
                Power.RebootDevice();
            }
        }
    }
}
