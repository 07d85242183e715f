using System.Reflection;
using Boards.NativeSim;
using Boards.NativeSim.Images;
using M2m.Updates;

namespace Scenarios.Updates;

/// <summary>The images of the tests are what a packer makes.</summary>
[TestClass]
public sealed class ImageBuilderTests
{
    [TestMethod]
    [DataRow(Carries.All)]
    [DataRow(Carries.Board)]
    public void Image_fits_into_a_bundle(Carries carries)
    {
        byte[] image = ImageBuilder.Build("0.2.0", carries: carries);

        Console.WriteLine($"{image.Length} bytes");
        Assert.IsLessThanOrEqualTo(Bundle.MaxSize, image.Length);
    }

    [TestMethod]
    public void Image_carries_all_that_is_no_part_of_the_deployment()
    {
        string[] carried = [.. Bundle.Read(ImageBuilder.Build("0.2.0")).Parts.Select(part => part.Name)];
        string[] referenced = [.. ImageWriter.Names.SelectMany(name => Assembly.Load(name).GetReferencedAssemblies())
            .Select(reference => reference.Name!).Where(name => name.StartsWith("Firmware", StringComparison.Ordinal)).Distinct()];

        CollectionAssert.IsSubsetOf(referenced.Except(["Firmware.Core", "Firmware", "Firmware.Gateway", "Firmware.GatewayText", "Firmware.Provisioning"]).ToArray(), carried);
    }

    [TestMethod]
    public void Image_carries_its_version()
    {
        Bundle bundle = Bundle.Read(ImageBuilder.Build("0.2.3"));

        Assert.AreEqual("Boards.NativeSim.Application", bundle.Entry);
        Assert.AreEqual(typeof(Application).FullName, bundle.Entry);
        Assert.IsTrue(bundle.Parts.All(part => part.Version == new Version(0, 2, 3, 0)));
    }
}
