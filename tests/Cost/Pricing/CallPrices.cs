namespace Cost.Pricing;

/// <summary>
/// What methods of the base library cost on the device. Measured: TickCount64 680 and its call, DateTime.UtcNow.Ticks 4 700, a lock
/// 3 000, s[i] 2 000 at 10 characters and 37 000 at 1 000. The others are reckoned: a native method about 700 and what it
/// allocates; a managed one by the IL of nanoFramework.CoreLibrary 1.17.
/// </summary>
internal static class CallPrices
{
    private const long Guess = 1000;

    // The vendor's own cost, which the firmware cannot lower: transfers on the I2C bus, files, the radio.
    private static readonly string[] Vendors =
        ["nanoFramework.", "System.Device.", "System.IO.", "System.Net.", "Boards.NativeSim."];

    // By type and method, or by type, method and number of parameters.
    private static readonly Dictionary<string, CallPrice> Prices = new()
    {
        ["System.Environment.get_TickCount64"] = new(1025),
        ["System.DateTime.get_UtcNow"] = new(3880, Bytes: 24),
        ["System.DateTime.get_Ticks"] = new(820),
        ["System.DateTime..ctor"] = new(2500),
        ["System.TimeSpan..ctor"] = new(800),
        ["System.Threading.Monitor.Enter"] = new(1300),
        ["System.Threading.Monitor.Exit"] = new(1300),
        ["System.Threading.AutoResetEvent..ctor"] = new(1500, Bytes: 24),
        ["System.Threading.WaitHandle.WaitOne"] = new(2000),
        ["System.Threading.EventWaitHandle.Set"] = new(900),
        ["System.Threading.Thread.Sleep"] = new(2000),
        ["System.Object..ctor"] = new(555),
        ["System.Object.GetHashCode"] = new(1000),
        ["System.Object.GetType"] = new(900),
        ["System.Exception.GetType"] = new(900),
        ["System.Exception.get_Message"] = new(1000),
        ["System.IDisposable.Dispose"] = new(700),
        ["System.Type.GetTypeFromHandle"] = new(900),
        ["System.Reflection.MemberInfo.get_Name"] = new(1500, MakesResult: true, PerLength: 3),
        ["System.Runtime.CompilerServices.RuntimeHelpers.InitializeArray"] = new(900),
        ["System.SpanByte..ctor"] = new(1310, Bytes: 48),

        ["System.String.get_Chars"] = new(1650, PerLength: 35.4),
        ["System.String.get_Length"] = new(800),
        ["System.String.op_Equality"] = new(750),
        ["System.String.op_Inequality"] = new(750),
        ["System.String.IsNullOrEmpty"] = new(1400),
        ["System.String.IndexOf"] = new(1000),
        ["System.String.LastIndexOf"] = new(1000),
        ["System.String.EndsWith"] = new(6000, Bytes: 48),
        ["System.String.Equals"] = new(750),
        ["System.String.CompareTo"] = new(750),
        ["System.String.Compare"] = new(750),
        ["System.String.Trim"] = new(1300, MakesResult: true, PerLength: 3),
        ["System.String.ToLower"] = new(1300, MakesResult: true, PerLength: 3),
        ["System.String.ToUpper"] = new(1300, MakesResult: true, PerLength: 3),
        ["System.String.StartsWith"] = new(6000, Bytes: 48),
        ["System.String.Concat/2"] = new(1300, MakesResult: true, PerLength: 3),
        ["System.String.Concat/3"] = new(1500, MakesResult: true, PerLength: 3),
        ["System.String.Concat/4"] = new(1700, MakesResult: true, PerLength: 3),
        ["System.String.Concat/1"] = new(1700, MakesResult: true, PerLength: 3),
        ["System.String.Substring"] = new(1300, MakesResult: true, PerLength: 3),
        ["System.String.Split"] = new(3000, MakesResult: true, PerLength: 3),
        ["System.String.ToCharArray"] = new(1300, MakesResult: true, PerLength: 10),
        ["System.String..ctor"] = new(1300, MakesResult: true, PerLength: 10),
        ["System.Int32.ToString"] = new(8000, Bytes: 36, MakesResult: true),
        ["System.Int64.ToString"] = new(8000, Bytes: 36, MakesResult: true),
        ["System.Byte.ToString"] = new(8000, Bytes: 36, MakesResult: true),
        ["System.Text.Encoding.get_UTF8"] = new(700),
        ["System.Text.Encoding.GetBytes/1"] = new(1300, MakesResult: true, PerLength: 1),
        ["System.Text.Encoding.GetBytes/5"] = new(1500),
        ["System.Text.Encoding.GetString"] = new(1500, MakesResult: true, PerLength: 3),
        ["System.Text.StringBuilder..ctor"] = new(3000, Bytes: 120),
        ["System.Text.StringBuilder.Append"] = new(3000),
        ["System.Text.StringBuilder.ToString"] = new(3000, MakesResult: true, PerLength: 3),

        ["System.Array.Copy/5"] = new(800, PerLength: 0.5),
        ["System.Array.Copy/3"] = new(1600, PerLength: 0.5),
        ["System.Array.CopyTo"] = new(1700),
        ["System.Array.Clear"] = new(800),
        ["System.Array.IndexOf"] = new(2000),
        ["System.Array.Clone"] = new(2500, MakesResult: true),
        ["System.Array.get_Length"] = new(700),
        ["System.Array.GetValue"] = new(1600),

        ["System.Collections.ArrayList..ctor"] = new(2500, Bytes: 120),
        ["System.Collections.ArrayList.Add"] = new(900),
        ["System.Collections.ArrayList.Clear"] = new(800),
        ["System.Collections.ArrayList.Contains"] = new(3000),
        ["System.Collections.ArrayList.get_Count"] = new(700),
        ["System.Collections.ArrayList.get_Item"] = new(800),
        ["System.Collections.ArrayList.set_Item"] = new(800),
        ["System.Collections.ArrayList.Insert"] = new(900),
        ["System.Collections.ArrayList.Remove"] = new(3000),
        ["System.Collections.ArrayList.RemoveAt"] = new(900),
        ["System.Collections.ArrayList.ToArray"] = new(3000, MakesResult: true),
        ["System.Collections.Hashtable..ctor"] = new(4000, Bytes: 180),
        ["System.Collections.Hashtable.get_Item"] = new(4000),
        ["System.Collections.Hashtable.set_Item"] = new(5000, Bytes: 48),
        ["System.Collections.Hashtable.Add"] = new(5000, Bytes: 48),
        ["System.Collections.Hashtable.Contains"] = new(4000),
        ["System.Collections.Queue..ctor"] = new(2500, Bytes: 180),
        ["System.Collections.Queue.get_Count"] = new(700),
        ["System.Collections.Queue.Enqueue"] = new(900),
        ["System.Collections.Queue.Dequeue"] = new(900),
        ["System.Collections.Queue.Peek"] = new(900),
        ["System.Collections.Queue.Clear"] = new(900),
    };

    /// <summary>The name under which a method is priced and listed.</summary>
    public static string KeyOf(string method, int parameters) =>
        Prices.ContainsKey(method + "/" + parameters) ? method + "/" + parameters : method;

    public static CallPrice Of(string key) =>
        Prices.TryGetValue(key, out CallPrice? price) ? price
        : IsVendors(key) ? CallPrice.Free
        : new CallPrice(Guess) { IsKnown = false };

    private static bool IsVendors(string method) =>
        Array.Exists(Vendors, vendor => method.StartsWith(vendor, StringComparison.Ordinal));
}
