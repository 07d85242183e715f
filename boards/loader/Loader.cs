using System;
using System.Reflection;
using nanoFramework.Runtime.Native;

namespace Boards.Loader
{
    /// <summary>
    /// Runs the newest good image from the files, before the built-in one. It stays on a device for years while images
    /// come and go, so it knows nothing of them, and they know of it what this assembly's version promises: its major
    /// number is the number of the contract.
    /// </summary>
    public static class Loader
    {
        // A trial that has not ended by itself so long after its time hangs.
        private const int Grace = 60;

        /// <summary>The slot of the image that runs; <see cref="Slots.BuiltIn"/> for the built-in one.</summary>
        public static int RunningSlot { get; private set; }

        /// <summary>Version of the application in the deployment, "x.y.z".</summary>
        public static string BuiltInVersion { get; private set; }

        /// <summary>Number of the contract, from 1. A property: a constant would be the one of the image's own build.</summary>
        public static int ContractVersion => 1;

        /// <summary>Runs the image that is to run, if there is one. To be called before anything else in the program.</summary>
        /// <param name="root">The folder of the files, with a trailing backslash, e.g. "I:\".</param>
        /// <param name="builtInVersion">Version of the application in the deployment, "x.y.z".</param>
        /// <remarks>
        /// It returns when the built-in application is to run. After an image that could not be loaded, or has stopped, the
        /// device restarts: what it took of the RAM and the pins is free again then.
        /// </remarks>
        public static void Run(string root, string builtInVersion)
        {
            BuiltInVersion = builtInVersion;
            SlotFiles files = new SlotFiles(root);
            SlotBoot boot = new SlotBoot(files, builtInVersion);
            if (!IsImageChosen(boot))
            {
                return;
            }

            bool isSettled = RunImage(files, boot);
            RunningSlot = Slots.BuiltIn;
            TrialWatchdog.Stop();

            // A failure that could not be stored would happen again after each restart.
            if (isSettled)
            {
                Power.RebootDevice();
            }
        }

        private static bool IsImageChosen(SlotBoot boot)
        {
            try
            {
                return boot.Choose() != Slots.BuiltIn;
            }
            catch (Exception)
            {
                // Nothing keeps the built-in application from running.
                return false;
            }
        }

        /// <returns>Whether the next start will choose something else.</returns>
        private static bool RunImage(SlotFiles files, SlotBoot boot)
        {
            MethodInfo program;
            try
            {
                program = ImageLoader.Load(files, Slots.Bundle(boot.Slot), boot.Index);
            }
            catch (Exception exception)
            {
                return boot.LoadFailed("cannot be loaded: " + Describe(exception));
            }

            RunningSlot = boot.Slot;
            if (boot.IsTrial)
            {
                TrialWatchdog.Start(boot.TrialSeconds + Grace);
            }

            try
            {
                program.Invoke(null, null);
                return boot.Stopped("its program has ended");
            }
            catch (Exception exception)
            {
                return boot.Stopped("has stopped: " + Describe(exception));
            }
        }

        private static string Describe(Exception exception) => exception.GetType().Name + " " + exception.Message;
    }
}
