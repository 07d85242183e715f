using System;
using Firmware.Json;
using Firmware.Messaging;

namespace Firmware.Tests.Fakes
{
    /// <summary>A method whose result is how often it was carried out, unless the test asks for something else.</summary>
    public class CountingMethod : IMethod
    {
        public string Name => "count";

        public Param[] Params { get; } = { new Param("step", "ignored") };

        public int Calls { get; private set; }

        /// <summary>Whether it throws, halfway through its result.</summary>
        public bool Throws { get; set; }

        /// <summary>How many of its next calls find no memory, halfway through their result.</summary>
        public int WithoutMemory { get; set; }

        /// <summary>The error it returns after half a result, or null.</summary>
        public RpcError Error { get; set; }

        /// <summary>Letters of its result when it is a string; 0 for the count.</summary>
        public int Letters { get; set; }

        public RpcError Invoke(Request request, JsonWriter result)
        {
            Calls++;
            if (Throws || Error != null || WithoutMemory > 0)
            {
                result.BeginObject();
                result.Name("half");
            }

            if (Throws)
            {
                throw new InvalidOperationException();
            }

            if (WithoutMemory > 0)
            {
                WithoutMemory--;
                throw new OutOfMemoryException();
            }

            if (Letters > 0)
            {
                result.String(new string('x', Letters));
            }
            else if (Error == null)
            {
                result.Number(Calls);
            }

            return Error;
        }
    }
}
