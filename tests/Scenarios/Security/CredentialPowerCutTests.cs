using System.Text;
using Boards.Esp32;
using Boards.NativeSim.World;
using Firmware.Security;

namespace Scenarios.Security;

/// <summary>A credential is replaced on the real port's files; the power fails at each write of a simulated flash.</summary>
[TestClass]
public sealed class CredentialPowerCutTests : IDisposable
{
    private const string Root = "I:\\";

    private readonly TestCertificates _certificates = new();

    public void Dispose() => _certificates.Dispose();

    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    [DataRow(4096)]
    public void Old_or_new_one_is_whole_after_a_power_cut_at_any_write(int kept)
    {
        string before = _certificates.Issue("before").Pem;
        string after = _certificates.Issue("after").Pem;
        bool isCut = true;
        int write = 0;
        int replaced = 0;
        while (isCut)
        {
            var chip = new SimulatedChip(1, new VirtualTime());
            chip.PowerOn(WakeCause.PowerOn);
            using (chip.Enter())
            {
                Assert.IsTrue(Store(before));
                chip.Flash.CutPowerAtWrite(++write, kept);
                Store(after);
            }

            isCut = chip.Flash.PowerIsCut;
            if (isCut)
            {
                chip.PowerOn(WakeCause.PowerOn);
            }

            chip.Flash.CutPowerAtWrite(0, 0);
            using (chip.Enter())
            {
                string text = Stored();
                Assert.IsTrue(text == after || (text == before && replaced == 0), $"write {write}: {text}");
                replaced += text == after ? 1 : 0;

                // What was being sent is no obstacle.
                Assert.IsTrue(Store(before));
                Assert.AreEqual(before, Stored());
            }
        }

        Assert.IsGreaterThan(10, write);
        Assert.IsGreaterThan(3, replaced);
    }

    // As credentials.set does it with two parts.
    private static bool Store(string pem)
    {
        var store = new CredentialStore(new FileStorage(Root));
        byte[] bytes = Encoding.ASCII.GetBytes(pem);
        store.DeleteParts();
        return store.Append(bytes[..300]) && store.Append(bytes[300..]) && store.Keep("me", true, 0, out bool isStored) is null && isStored;
    }

    private static string Stored() => Encoding.ASCII.GetString(new CredentialStore(new FileStorage(Root)).Read("me"));
}
