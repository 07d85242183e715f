namespace NanoApi.Model
{
    /// <param name="Modifier">params, out, ref or empty.</param>
    /// <param name="Type">CLI full name.</param>
    /// <param name="Name">As in the source.</param>
    /// <param name="Default">The default value as the facts write it, or null when the parameter is required.</param>
    internal sealed record ApiParameter(string Modifier, string Type, string Name, string? Default)
    {
        public override string ToString() =>
            (Modifier.Length == 0 ? "" : Modifier + " ") + Type + " " + Name + (Default == null ? "" : " = " + Default);
    }
}
