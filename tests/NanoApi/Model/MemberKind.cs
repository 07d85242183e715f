namespace NanoApi.Model
{
    internal enum MemberKind
    {
        Constructor,
        Method,
        Property,
        Event,
        Field,
        EnumField,
        DelegateSignature,
    }
}
