using Firmware.Messaging;

namespace Firmware.Tests.Fakes
{
    /// <summary>Methods that are there from the beginning.</summary>
    public sealed class FixedMethods : IMethodSet
    {
        private readonly IMethod[] _methods;

        public FixedMethods(params IMethod[] methods)
        {
            _methods = methods;
        }

        public IMethod Find(string name)
        {
            foreach (IMethod method in _methods)
            {
                if (method.Name == name)
                {
                    return method;
                }
            }

            return null;
        }

        public IMethod[] All() => _methods;
    }
}
