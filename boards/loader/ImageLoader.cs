using System;
using System.Reflection;
using GC = nanoFramework.Runtime.Native.GC;

namespace Boards.Loader
{
    /// <summary>Loads the assemblies of a bundle into RAM, where they stay until the next restart.</summary>
    public static class ImageLoader
    {
        private const string EntryMethod = "Run";

        // The runtime reads a header of this length, however short the array is.
        private const int ShortestAssembly = 124;

        /// <summary>Loads an image.</summary>
        /// <param name="files">Where its bundle is.</param>
        /// <param name="bundle">Name of the bundle.</param>
        /// <param name="index">What the bundle holds.</param>
        /// <returns>Its program: a static method without parameters.</returns>
        /// <exception cref="Exception">
        /// It cannot be read, there is not enough RAM, the runtime refuses an assembly (damaged, or it needs one that is
        /// not there), or there is no such program. What was loaded before that stays in RAM.
        /// </exception>
        public static MethodInfo Load(SlotFiles files, string bundle, BundleIndex index)
        {
            Type program = null;
            for (int i = 0; i < index.Count; i++)
            {
                // One array of tens of kilobytes needs a hole of that size.
                GC.Run(true);
                BundledAssembly item = index[i];
                byte[] content = files.ReadPart(bundle, item.Offset, item.Length);
                if (content == null || content.Length < ShortestAssembly)
                {
                    throw new Exception(item.Name + " is too short or cannot be read");
                }

                program = Assembly.Load(content).GetType(index.EntryType) ?? program;
            }

            MethodInfo run = program?.GetMethod(EntryMethod);
            return run ?? throw new Exception("no " + index.EntryType + "." + EntryMethod);
        }
    }
}
