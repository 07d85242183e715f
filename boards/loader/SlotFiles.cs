using System;
#if NANOFRAMEWORK_1_0
using System.IO;
#else
// The desktop's System.IO is the developer's disk; the simulated flash stands beside it.
using nanoFramework.Emulation.IO;
#endif

namespace Boards.Loader
{
    /// <summary>
    /// Files on the internal drive (littlefs), replaced as the applications do it: a rename replaces nothing there, so
    /// a new content is written beside the old one, the old one is deleted, and the new one takes its name;
    /// <see cref="Read"/> finishes what a power cut left between the last two steps. A twin of the port's FileStorage on
    /// purpose: this one stays in the deployment, that one can be repaired by an update.
    /// </summary>
    public sealed class SlotFiles
    {
        private const string NewSuffix = ".new";
        private const int MaxLength = 4096;

        private readonly string _root;

        /// <summary>Creates access to a folder.</summary>
        /// <param name="root">The folder, with a trailing backslash, e.g. "I:\".</param>
        public SlotFiles(string root)
        {
            _root = root;
        }

        /// <summary>Reads a small file.</summary>
        /// <param name="name">A plain file name.</param>
        /// <returns>Its content; null when there is none, it is too long, or it cannot be read.</returns>
        public byte[] Read(string name)
        {
            try
            {
                string path = _root + name;
                if (!File.Exists(path))
                {
                    // The old content is deleted only when the new one is whole.
                    if (!File.Exists(path + NewSuffix))
                    {
                        return null;
                    }

                    File.Move(path + NewSuffix, path);
                }
            }
            catch (Exception)
            {
                return null;
            }

            int length = LengthOf(name);
            return length < 0 || length > MaxLength ? null : ReadPart(name, 0, length);
        }

        /// <summary>Replaces a content as one step: after a power cut at any moment the file holds the old or the new one.</summary>
        /// <param name="name">A plain file name.</param>
        /// <param name="content">The new content.</param>
        /// <returns>False when it could not be written; the old content stays.</returns>
        public bool Replace(string name, byte[] content)
        {
            try
            {
                string path = _root + name;
                if (!File.Exists(path))
                {
                    // Without an old content a torn new one could be taken for whole: an empty one marks it as not.
                    Finish(path);
                }

                WriteAll(path + NewSuffix, content);
                File.Delete(path);
                File.Move(path + NewSuffix, path);
                return true;
            }
            catch (Exception)
            {
                return false;
            }
        }

        /// <summary>Length of a file.</summary>
        /// <param name="name">A plain file name.</param>
        /// <returns>Its bytes; -1 when there is none, or it cannot be opened.</returns>
        public int LengthOf(string name)
        {
            try
            {
                if (!File.Exists(_root + name))
                {
                    return -1;
                }

                using FileStream stream = Open(name);
                long length = stream.Length;
                return length > int.MaxValue ? -1 : (int)length;
            }
            catch (Exception)
            {
                return -1;
            }
        }

        /// <summary>Reads a part of a file straight into an array of its length.</summary>
        /// <param name="name">A plain file name.</param>
        /// <param name="position">Where the part begins.</param>
        /// <param name="length">Its bytes.</param>
        /// <returns>Null when they are not all there, or cannot be read.</returns>
        public byte[] ReadPart(string name, int position, int length)
        {
            try
            {
                using FileStream stream = Open(name);
                if (position < 0 || length < 0 || length > stream.Length - position)
                {
                    return null;
                }

                byte[] part = new byte[length];
                stream.Position = position;
                return Fill(stream, part) ? part : null;
            }
            catch (Exception)
            {
                return null;
            }
        }

        private static bool Fill(FileStream stream, byte[] buffer)
        {
            int read = 0;
            while (read < buffer.Length)
            {
                int count = stream.Read(buffer, read, buffer.Length - read);
                if (count <= 0)
                {
                    return false;
                }

                read += count;
            }

            return true;
        }

        private static void Finish(string path)
        {
            if (File.Exists(path + NewSuffix))
            {
                File.Move(path + NewSuffix, path);
            }
            else
            {
                WriteAll(path, new byte[0]);
            }
        }

        private static void WriteAll(string path, byte[] content)
        {
            using FileStream stream = new FileStream(path, FileMode.Create, FileAccess.Write);
            stream.Write(content, 0, content.Length);
            stream.Flush();
        }

        private FileStream Open(string name) => new FileStream(_root + name, FileMode.Open, FileAccess.Read);
    }
}
