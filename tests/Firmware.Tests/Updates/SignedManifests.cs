using System.Text;
using Firmware.Platform;
using Firmware.Tests.Fakes;

namespace Firmware.Tests.Updates
{
    /// <summary>
    /// Signatures made with two keys that exist for these tests only; the private ones were thrown away. Those that are
    /// wrong were made by raising another encoding to the private exponent.
    /// </summary>
    internal static class SignedManifests
    {
        /// <summary>An image of two blocks; byte i of it is i % 251.</summary>
        internal const int Size = 5000;

        /// <summary>Digests of that image's blocks.</summary>
        internal const string Digests =
            "bVlotvsgXoOi1aWaV/O2pP9Fs8Ljs+KSWwBSnAZGsQ0g+/NczQQm70QmL1Km0TS2nYx84nlYITmIbX4s7vvUcg==";

        /// <summary>A release for the board esp32-devkitc.</summary>
        internal const string Manifest =
            "{\"product\":\"m2m\",\"board\":\"esp32-devkitc\",\"version\":\"0.2.0\",\"loader\":1,\"runtime\":\"1.9.0\",\"size\":5000,\"blockSize\":4096,\"digests\":\"" +
            Digests + "\"}";

        /// <summary>An old release that may replace a newer one.</summary>
        internal const string Downgrade =
            "{\"product\":\"m2m\",\"board\":\"esp32-devkitc\",\"version\":\"0.0.9\",\"loader\":1,\"runtime\":\"1.9.0\",\"size\":5000,\"blockSize\":4096,\"digests\":\"" +
            Digests + "\",\"allowDowngrade\":true}";

        /// <summary>Of the manifest, by the key of 2048 bits.</summary>
        internal const string Short =
            "7c5511202803f6c0fd0d9db8fd12957e5200e156eb4484757430cfa157b003d5b5e8335c249d992b0fbaff9fe44ca9131d70ef686d9226cd8a624fae114c81ef" +
            "4ae2a17bd0d85d0d2f43f9b4d261b154f8a6f411c059c7b9648befd66051c3407f69f289b6e347c82a53b302283e9812aa1779dbbabb58d3b3d5e5def60be518" +
            "7c8b80e327d73e807bbec1186f7b46349d271530549626f7dd602df870e756480f1509b44ce4d8e26fe87ac91f74d03592e9aa4f9e39005c469a05e5ee758d36" +
            "f3054d6a3766f2a4f8b20d82cc20876b8afecadbb0103b617f2e4431d8df8e8db5851d094121b6548fb5658b498900ecd7d62731f848dc53471b4c7901d35da8";

        /// <summary>Of the manifest, by the key of 3072 bits.</summary>
        internal const string Long =
            "6e8ed22d3331cdb1e26c9208a6c37ca3fe1c0702a57957bf13e283fde8593dff112e314bc80e7c8f22de4665f060a5161dbfece6acc0bc989c668c3202bc883f" +
            "b6ad3ce95d4d1331e9e426c8036a8acb5f32aee69400c159e794e57247e41df270deda1fa4637644d74d13ca8c6168f750c666a27efe5dc18624ce035acefd96" +
            "cc1c1d6391b794658642895e3c00b221804781a6518a4e4a442c9aea32dd71d909b2af2e20b21db469c66064c1efe73e95d43bc0a8f97c7f852c65b88fc76cc0" +
            "862f2f67ddbddf089025143c8bdcd9ab9564cce8fbb58e667c861f854b66a9ab043528f2a1eff70b79c4f659caf858999b2687c66d30b122893b209993f58257" +
            "91afcf9dd3539c060d0e6b4d96106c746b297593a3b35673aa811d6e32a7778bdbe88a079a0ce9a143e894e59efc612b2868628195b6ddb648a9f9db59542884" +
            "a61ca1cf78d06cd19aa8c9603db5b621e8da3b01292268b9191dad64e8bd50bd5d766628538e27c27bfab9f6a43e2cf164121db6fd6c48bb3af7e344933f0a12";

        /// <summary>Of the downgrade, by the key of 2048 bits.</summary>
        internal const string DowngradeSignature =
            "62bbbdc559e61d1ad6faab6583162f2f0092dd47784c1553be2bac84b398a9b376100bc82684679e3b893c3e90315db18b64876652ed03e19afaca8228879e6f" +
            "0c42fde6e4539ec15daf8c0b0b0cb6f2aacf7e70c614456f83d36b224635dc20d1cb18ec162cc68b1d0831bc39263bf72689da87dd52f273a7e25e2539d2cd67" +
            "64c24f652434a5758507da4f920373ba58df1ef1766de2a676d054112e2a9e21180507c7b4f3c6931225efc429e921fe65a38982239bcdf26401caee75fcb24c" +
            "56d3007090945c0600c3b7336508959c611af8858310f161b0717870342d986cac8657cc941fa39fe85a6e6f6507cf73ee8b30f3ec5d04a2270059a1acbeb9db";

        /// <summary>Eight bytes of padding, and others behind the hash.</summary>
        internal const string ShortPadding =
            "3798a501acd548ccc36f892e0bb9b32a65d8a4c97e798a7f088252e6dd8340380b1a1455e54a0cce0b5c284ad3ff94fa985c2c47088db654ffa7ccf295375f99" +
            "5ff917b436e80842b2a46eb4f9bb0b604f9d6f70be97d9e231c295eb57dd87b4547a39fa8ce4ef8d746267f1c563244e83eb69b6f3b801208d29064cc205b6ca" +
            "be224fa2cfb18132bb64f417d81cb5b20cdc8c1c358620a799eb625902fbed39364cab88999e2e97a3dc064e508669e395ecc1316700cb14774d26aac69b3463" +
            "c10fb5ea3423001c1898d50a147659f8fc0445b84e65e3a41cef5d355ed7545da5e420706fb7aa4927d89eb54da7c4c4941258cce570d67ac7379886897bab65";

        /// <summary>Padding up to the digest's second byte.</summary>
        internal const string LongPadding =
            "88f2d14ce3ef370fba5f5d43963ec1d0481387f1e2754a47c72a28a57cf43667942485100de906eaeabb46872e91b7f2b2c5d7d634e188542e540d949b229487" +
            "1d431e759104fd78ba9a091ccff44677826da581029ab4638b25e05acec267dac35b99726efda393a25e08788948077ebf05a8e294b8b706bbb735e747744242" +
            "0d7608b7383486419a1952bdb683cf7dfcede5d4ed5e9211b219a18ebd28387d411c4afba035bd4c5e895e9861339e17addff796468d82ec6006907ad881cf7d" +
            "4cd3c4e71cd19f6fe256d44b1a5cd17fe83cc11f923b5181601a4f1944deb1fb1d7066eeb81a5c5fe929ca38e3fc33d9cd3e0785d45bab8214011034513cc792";

        /// <summary>Block type 2.</summary>
        internal const string WrongBlockType =
            "21ab815c1967b8adb3201fbca6dfff81173544c9381678d18257902723c0e662305062ee177b41248043502e05304d9bc072d8c620ab7359c803c0a785195047" +
            "e4ab80f882a1a1e76e491e37aabd7ce5cfb9c6da4055556c9871acee2e195026db8681c2cce28d7c3a10655d57a502cf6b6e364d65d335dc51172f74c2099c39" +
            "114319997ca2a5a563cbc8b8df50aad619afdac0307efae2d059cd328d14669b16d013afc9be9b3b391dce8666111b5252a8a0fd2afb3560d994ede45dff3b49" +
            "6eb873f2d19107f1102abdc667cbb2a44a0068279df9ac1c8d42e5a6beb43fff10914b043ce22059fb491df6b0aeb16e92b38ef1e9043adf5e3a4536931c72b1";

        /// <summary>A byte behind the hash, and one less of padding.</summary>
        internal const string ExtraByte =
            "78b6237e71db2ce5289743f91acb75ffa3c6b9729e633d9626b56e941f4c4b47afa68ad1236864c082b199935e1232e75d3cbbd445fb32714a3afe61e4318c76" +
            "7d0e0464c9ac6a5321861e2f254a38bc11bac255e0ceef1d617ce0efdf0963f427bd72ac755e20bc4b1130c660c1c68492e7e783f9d511c196f70cd644e8b360" +
            "912f136d1035201ad3222557f07b5cb5e48d0a5dcdd43001c95e66b5334665e4121fa0c72a7218b8b4b5697c623e54896f85d932898156548a719132868176b6" +
            "db9b540a3cfb0617951dff7033ea261e05880929b9c7e8c06f703b9cfe0a0f3ad2abee880f5ba5dabaae03dd7fac5353120c3544970bc2c58dd8c99efa84c2e2";

        /// <summary>The hash without its last byte, and one more of padding.</summary>
        internal const string MissingByte =
            "011089f9e20b7608a4ad98c24d794c5dec4d2f8811c0a6eab89a72b260b660f886b22849833ea56e65f277b5e6efaf95161e63040d1e74713f79085166dc3ed8" +
            "68ede96f44de08e404f43ac3253b4461b5952e13708b53b04cd4992d07c82dab512e1150f9f6317a6f33bebdff1e3b909aed7685f91b368c1e3def0ba19f79e6" +
            "158e7dd9c6fd3551fe20e990160ffed8ac411c63ea40e18e0025974116393b56a822c91317f5ab7c7caf63c66a35024f782374b561b516875fcb9766f320ee99" +
            "8620701ce3fd4c542e5e239c77c9df1080529b60716d09ee7ad273282b350b31b42b9248acfa82e3c0a1b0d75ae703a8085323bc1153421748012c5b49eb9b3f";

        /// <summary>The identifier of SHA-512/256.</summary>
        internal const string WrongHash =
            "8e53d2aef70b209375f20e11f3961796ecff95d3c2f12e5d541dd3a0d9f94f835019f8f128f6bb5c6109a77e3eff6f6008421508dab14bb18d8a85913ceca393" +
            "3a4886f080a6b410e9ff84c8ab41ffa1a54e1486f385f5cee6e65d5171de3e22015eb7335555c73231f82d9990cb32583f14e19577eae0260cc629c65f367b1c" +
            "426044eaa13bb5a5d729c5996df3fa3f422530449db1771f087b769b1f408d8a3f7ae9293cf3851e38aed31ee8492235cfdce5b111c72c22d3408917fb0e9a7a" +
            "f426926adbce87acf00d8aa57b25724a73e0e497d6cf56553c0534cbc58ece88eb01c4fed6aa210f93fbc935faaa1085bf557d21cca475d2b8eb7a6cb3e063c7";

        /// <summary>The identifier without its NULL.</summary>
        internal const string NoNull =
            "85a41fbdd82a3fc372c4f056d2a2d3bb508bbb9bec6b7c113b3ea703f23bfe2c8b27e3f1a106a5a9a7bea619382867abe3725bc8179e3616467e5effd358d814" +
            "2cf0401c99bf3467cd7c7a60d1e2ba951e1391914478a917b15b711cd5c911c6817b14f45830e6ba2a7e59356350649d34396af2830f8f54f4163783ef5db82a" +
            "dba9fcb637883fa17758d55da3364b32bcec564ae757e286bf2f6a841aaea3d51f3936f707408aba6f62a5461f203605a502f3f82451d107452d2ab0a602d1bb" +
            "8781b39baded477c7a785f9adbb58be7b86e0798d8adbde59cce5345c8aea833e45fe57f81b3afc1b0a5629ffb917fbd34024e2f796c5ec1a5a11064e8aeadb7";

        /// <summary>A length in two bytes, as BER allows and DER does not.</summary>
        internal const string BerLength =
            "32f91b940ee1a6f13dc8005c1456955627943b137bc4927cdcdf5c5cf3f03f4015b2abe5d8a8cd8a2d8d5c5e6c323e88342b44d5949caacc97637bc4733277e5" +
            "b6b21101b7501d60799c55b298b9a7230fb76ca96e134d0fe1263c836a68557839f9b185f5039c7786e71e342ab865675f017417f2bd309635d8e526771ca089" +
            "3140324c46b4c844511536872e6db87b9afeff5dc516b1c08e3d1cfa1385af3af1a3ba1d95c86ddb57b5b9921a63178ffa5c78ecd778ac29fc06cbeea65bad74" +
            "9e6d7ad6f832e66dfacf84e9487a6de3cd3b333f9d60ec7e961549801de2b590534703e42f356cf7ebd59d41bf33509cb131e1634d6bf5d7ea5cebb6bd924fa8";

        /// <summary>The hash without an identifier.</summary>
        internal const string BareHash =
            "5408f27ca5739819b6bce713c87a5c86f346284a40ed4568f2a5c91e32ed48fa4906b01100bb5d2afadb6f11ebf5af727985d647af9473e653e4de19c6a9277b" +
            "b6cefc3b39b51b719d52500dfa34d55e2f4116b7c2db4eef1c805466f7646a67340e29bd684e946ad61d9faa7298e79fef3e3b36db5894d4984b26d3c4af75e0" +
            "8dcb63a440f28ff7689045a6d88e29179edc2050fae7217b8b4d1df1642efa2fad1c05c4149fd9e636dede70f0208282d9868967b8fdaaeafcf0151ee2021070" +
            "9294545ab0f72deadde0a20ab9f0e8d8a4d4a0006c34f19310f8235c03f8c112d6475dd71b7b15dc92beb5757d912f26a0d681380a51b1ff76b3ed2a0f39c096";

        /// <summary>2048 bits; the exponent is 65537.</summary>
        internal const string ShortModulus =
            "94ef15787976ce54566e2df171bb2ff0503fb8a599ebeaa0b32dc38a69db6040f182bda41268971b05313c9a36f2f25cc6b64b11593d1ab641e0eac83ac7dd3e" +
            "9c68716e67e78ff19fce52300bf405ef107410a67689a3d46dea88bff132b16f718930d14fbfdf682bbe2d4259e963eab38b22784590ad28c051bd9e1f0e3ed9" +
            "15ca3faf511e7575ceb87f7fc67d0cf3ac82f8bb30cef589a295bd7a5170d811ac3e1976daac01ab796f75f2a266d8f44a6f58efc535f4f089026cdfb873cf23" +
            "09b6580765bea2792966573e876a0fe99fb8c8b1ff6ab46d6fe3a771bb25b26973553d681131a3b5b9778abf033a2c8cf89ffc64a37be34bb2ae86ac3fd780d9";

        /// <summary>3072 bits; the exponent is 3.</summary>
        internal const string LongModulus =
            "cb4e8416ce0a329869f2de5e8db725eaf585ac07924a936e2048043204da0362f5b505013376e1964ca05ce086a090ee46fc1608c69fdba638e69d30492e7125" +
            "194488017ec0a0970325df7c3fba862e97a2e0a23e76c6e2c31329d6d99877a62934f5c410fa65792f0579e5cf19d91cd8404b7f72a3b366d1291beda47b45ab" +
            "25601f44997ed2c158e1212ab705ea32d56dc842dd68400014ddf73c3b6475a8fc07bbccda6f27210bbd229dd56e1894c16dbd0cd3fc0fe6f1e5c25678073203" +
            "5e793e968d8129e251d917f8cd0ff88024a283b104ffb459f29666c203b9c25f31f3020ae76ef48772c65680a20c33dde3a1fdf475cf4952778cf763ac893cc0" +
            "2587ed34b4779b42ed81c659414741f008b6e6cbb18a94f4ad4d1b1f5eabffa5e9ad3ee5c58664342cd661af8fad7f64f726e975b0d3af4881456ef03f241aac" +
            "75f1434ffc875ce69e2f7bc5085439f9bff09da2dd10bbc63a0dafb79e347bf29d563184f742cbd9e0c87274e70673869a4300507df2458194a57c7d69e98821";

        internal static RsaKey ShortKey => new RsaKey(Hex.Bytes(ShortModulus), 65537);

        internal static RsaKey LongKey => new RsaKey(Hex.Bytes(LongModulus), 3);

        internal static byte[] Text(string manifest) => Encoding.UTF8.GetBytes(manifest);
    }
}
