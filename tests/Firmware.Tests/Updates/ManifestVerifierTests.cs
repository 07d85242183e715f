using Firmware.Messaging;
using Firmware.Platform;
using Firmware.Updates;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Updates
{
    [TestClass]
    public class ManifestVerifierTests
    {
        private const string Board = "esp32-devkitc";

        [TestMethod]
        [DataRow(SignedManifests.Short)]
        [DataRow(SignedManifests.Long)]
        public void Newer_release_is_accepted_with_the_signature_of_either_key(string signature)
        {
            ManifestCheck check = Check(new JudgedSlots(), SignedManifests.Manifest, signature);
            Assert.AreEqual((int)CheckReason.Accepted, (int)check.Reason);
            Assert.AreEqual((int)UpdateResult.Initial, (int)check.Result);
            Assert.AreEqual("0.2.0", check.Manifest.Version.Text);
        }

        [TestMethod]
        public void Older_release_is_accepted_when_it_allows_a_downgrade_and_is_signed() =>
            Assert.AreEqual((int)CheckReason.Accepted, (int)Check(new JudgedSlots { ImageVersion = "5.0.0" }, SignedManifests.Downgrade, SignedManifests.DowngradeSignature).Reason);

        [TestMethod]
        public void Older_release_that_allows_a_downgrade_without_a_signature_is_refused() =>
            Refuse(Check(new JudgedSlots(), SignedManifests.Downgrade, SignedManifests.Short), UpdateResult.IntegrityFailure, RpcError.NotAllowedCode, "not valid");

        [TestMethod]
        [DataRow("0.2.0", "0.1.0")]
        [DataRow("", "0.2.0")]
        public void Release_that_runs_is_installed_already(string image, string builtIn)
        {
            JudgedSlots slots = new JudgedSlots { ImageVersion = image.Length == 0 ? null : image, BuiltInVersion = builtIn };
            ManifestCheck check = Check(slots, SignedManifests.Manifest, SignedManifests.Short);
            Assert.AreEqual((int)CheckReason.Installed, (int)check.Reason);
            Assert.IsNull(check.ToError());
            Assert.AreEqual((int)UpdateResult.Success, (int)check.Result);
        }

        [TestMethod]
        [DataRow("0.2.1")]
        [DataRow("0.3.0")]
        [DataRow("1.0.0")]
        public void Release_that_is_not_newer_is_refused(string image) =>
            Refuse(
                Check(new JudgedSlots { ImageVersion = image }, SignedManifests.Manifest, SignedManifests.Short),
                UpdateResult.UnsupportedPackage,
                RpcError.ConflictCode,
                "not newer than " + image);

        [TestMethod]
        public void Release_whose_assemblies_are_named_like_the_built_in_ones_is_refused() =>
            Refuse(
                Check(new JudgedSlots { ImageVersion = "0.1.5", BuiltInVersion = "0.2.7" }, SignedManifests.Manifest, SignedManifests.Short),
                UpdateResult.UnsupportedPackage,
                RpcError.ConflictCode,
                "version must differ from the built-in in major or minor");

        [TestMethod]
        [DataRow(1, true)]
        [DataRow(2, false)]
        [DataRow(3, false)]
        public void Release_is_barred_when_its_trial_failed_twice(int failures, bool accepted)
        {
            JudgedSlots slots = new JudgedSlots { BarredVersion = "0.2.0", Failures = failures };
            ManifestCheck check = Check(slots, SignedManifests.Manifest, SignedManifests.Short);
            Assert.AreEqual(accepted, check.Reason == CheckReason.Accepted);
            if (!accepted)
            {
                Refuse(check, UpdateResult.UnsupportedPackage, RpcError.NotAllowedCode, "barred: its trial failed twice");
            }
        }

        [TestMethod]
        public void Loader_that_is_too_old_is_reported() =>
            Refuse(
                Check(new JudgedSlots { LoaderVersion = 0 }, SignedManifests.Manifest, SignedManifests.Short),
                UpdateResult.UnsupportedPackage,
                RpcError.ConflictCode,
                "needs loader 1");

        [TestMethod]
        [DataRow("1.8.9.9")]
        [DataRow("")]
        public void Runtime_that_is_too_old_or_unknown_is_reported(string runtime) => RefuseRuntime(runtime);

        [TestMethod]
        public void Runtime_without_a_version_is_reported() => RefuseRuntime(null);

        [TestMethod]
        public void Image_that_does_not_fit_is_refused()
        {
            Assert.AreEqual((int)CheckReason.Accepted, (int)Check(new JudgedSlots { Capacity = 5000 }, SignedManifests.Manifest, SignedManifests.Short).Reason);
            Refuse(
                Check(new JudgedSlots { Capacity = 4999 }, SignedManifests.Manifest, SignedManifests.Short),
                UpdateResult.NotEnoughFlash,
                RpcError.ConflictCode,
                "the image is larger than 4999 bytes");
        }

        [TestMethod]
        public void Release_for_another_board_is_refused()
        {
            ManifestVerifier verifier = new ManifestVerifier(Keys(), "esp32-c6", new JudgedSlots());
            Refuse(
                verifier.Check(Offers.Of(SignedManifests.Manifest, SignedManifests.Short)),
                UpdateResult.UnsupportedPackage,
                RpcError.NotAllowedCode,
                "for another product or board");
        }

        [TestMethod]
        public void Another_product_is_refused()
        {
            string manifest = SignedManifests.Manifest.Substring(0, 12) + "x" + SignedManifests.Manifest.Substring(13);
            Refuse(
                Check(new JudgedSlots(), manifest, SignedManifests.Short),
                UpdateResult.UnsupportedPackage,
                RpcError.NotAllowedCode,
                "for another product or board");
        }

        [TestMethod]
        public void Manifest_that_cannot_be_read_is_reported_with_its_fault()
        {
            ManifestCheck check = Check(new JudgedSlots(), "{}", SignedManifests.Short);
            Refuse(check, UpdateResult.UnsupportedPackage, RpcError.InvalidParamsCode, "product: must be a string");
            Assert.IsNull(check.Manifest);
        }

        [TestMethod]
        [DataRow(SignedManifests.DowngradeSignature)]
        [DataRow(SignedManifests.NoNull)]
        public void Signature_that_is_not_valid_is_refused(string signature) =>
            Refuse(Check(new JudgedSlots(), SignedManifests.Manifest, signature), UpdateResult.IntegrityFailure, RpcError.NotAllowedCode, "not valid");

        [TestMethod]
        public void Signature_of_a_key_that_is_not_built_in_is_refused()
        {
            ManifestVerifier verifier = new ManifestVerifier(new RsaKey[] { null, SignedManifests.LongKey }, Board, new JudgedSlots());
            Refuse(
                verifier.Check(Offers.Of(SignedManifests.Manifest, SignedManifests.Short)),
                UpdateResult.IntegrityFailure,
                RpcError.NotAllowedCode,
                "not valid");
        }

        [TestMethod]
        public void Without_keys_everything_is_refused()
        {
            UpdateOffer offer = Offers.Of(SignedManifests.Manifest, SignedManifests.Short);
            Assert.AreNotEqual((int)CheckReason.Accepted, (int)new ManifestVerifier(null, Board, new JudgedSlots()).Check(offer).Reason);
            Refuse(new ManifestVerifier(new RsaKey[0], Board, new JudgedSlots()).Check(offer), UpdateResult.IntegrityFailure, RpcError.NotAllowedCode, "this board has no update keys");
            Assert.AreNotEqual((int)CheckReason.Accepted, (int)new ManifestVerifier(new RsaKey[2], Board, new JudgedSlots()).Check(offer).Reason);
        }

        private static void RefuseRuntime(string runtime) =>
            Refuse(
                Check(new JudgedSlots { RuntimeVersion = runtime }, SignedManifests.Manifest, SignedManifests.Short),
                UpdateResult.UnsupportedPackage,
                RpcError.ConflictCode,
                "needs runtime 1.9.0");

        private static RsaKey[] Keys() => new RsaKey[] { SignedManifests.ShortKey, SignedManifests.LongKey };

        private static ManifestCheck Check(JudgedSlots slots, string manifest, string signature) =>
            new ManifestVerifier(Keys(), Board, slots).Check(Offers.Of(manifest, signature));

        private static void Refuse(ManifestCheck check, UpdateResult result, int code, string reason)
        {
            Assert.AreNotEqual((int)CheckReason.Accepted, (int)check.Reason);
            Assert.AreNotEqual((int)CheckReason.Installed, (int)check.Reason);
            Assert.AreEqual((int)result, (int)check.Result);
            Assert.AreEqual(code, check.ToError().Code);
            Assert.AreEqual(reason, check.ToError().Reason);
        }
    }
}
