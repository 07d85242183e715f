using System.Threading;
using nanoFramework.Runtime.Native;

namespace Boards.Loader
{
    /// <summary>
    /// Restarts the device when an image on trial is not confirmed in time: then it hangs, for it would have given itself
    /// back. It is a timer of the runtime, so it ends what hangs in managed code, in a lock or in a wait. It cannot end a
    /// native call that never comes back, nor an interpreter that has crashed or found no memory to call the timer: a
    /// device like that waits for a power cycle, and then starts the previous image.
    /// </summary>
    public static class TrialWatchdog
    {
        private const int Longest = 86400;

        private static Timer _timer;

        /// <summary>Starts it.</summary>
        /// <param name="seconds">When it restarts the device; at most a day.</param>
        public static void Start(long seconds)
        {
            int wait = seconds > Longest ? Longest : (int)seconds;
            _timer = new Timer(OnExpired, null, wait * 1000, Timeout.Infinite);
        }

        /// <summary>The image is confirmed.</summary>
        public static void Stop()
        {
            _timer?.Dispose();
            _timer = null;
        }

        private static void OnExpired(object state) => Power.RebootDevice();
    }
}
