namespace Firmware
{
    /// <summary>Stands in for a module whose start failed: it offers nothing and does nothing.</summary>
    internal sealed class FailedModule : Module
    {
        private readonly string _name;

        internal FailedModule(string name)
        {
            _name = name;
        }

        /// <inheritdoc/>
        public override string Name => _name;
    }
}
