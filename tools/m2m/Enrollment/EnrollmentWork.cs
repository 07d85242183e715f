using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using M2m.Client;
using M2m.Client.Certificates;
using M2m.Client.Devices;
using M2m.Client.Mqtt;
using M2m.Devices;

namespace M2m.Enrollment;

/// <summary>What is done to a device. Each part may be done again: a server that was killed leaves nothing that hinders.</summary>
internal sealed class EnrollmentWork(EnrollmentRules rules, EnrollmentLink link, EnrollmentLog log, CertificateAuthority authority)
{
    private const string Own = "own";
    private const string Trusted = "fleet";
    private const string Trial = "trial";
    private static readonly string[] Kept = ["host", "port", "tls", "ca", "hostName"];

    /// <summary>Gives it a certificate and settings; from the end of this on it is on trial.</summary>
    /// <exception cref="FailedException">It is as it was.</exception>
    public async Task EnrollAsync(string device, EnrollmentRule rule)
    {
        JsonObject[] entries = await ReadBrokersAsync(device).ConfigureAwait(false);
        if (Array.Exists(entries, entry => entry["tls"]?.GetValueKind() != JsonValueKind.True))
        {
            throw new FailedException("it has a broker without TLS: a private key must not go there in the clear");
        }

        JsonElement[] stored = await ReadCredentialsAsync(rules.Prefix, device).ConfigureAwait(false);
        string? ca = rules.CaPem is null ? null : await TrustAsync(device, stored, rules.CaPem).ConfigureAwait(false);
        string own = FreeName(stored, Own);
        DateTimeOffset now = DateTimeOffset.UtcNow;
        IssuedCertificate issued = authority.Issue(device, [], now, now + rules.Validity);
        log.Add(device, EnrollmentLog.Issued, rule.Site, issued.SerialNumber);
        await StoreAsync(device, new CredentialFiles(CredentialFiles.Client, issued.Pem), own).ConfigureAwait(false);
        var values = new JsonObject();
        foreach ((string key, JsonNode? value) in rule.Settings)
        {
            values[key] = value?.DeepClone();
        }

        values["broker"] = Compose(entries[0], rule.Broker, ca, own);
        values["prefix"] = rule.Site;
        values["enrolled"] = true;
        await SetAsync(device, values, own).ConfigureAwait(false);
    }

    /// <summary>It is online in its site: takes the bootstrap credential from it, and ends its announcement.</summary>
    /// <exception cref="FailedException">It stays to be done.</exception>
    public async Task FinishAsync(string device, string site)
    {
        foreach (JsonElement credential in await ReadCredentialsAsync(site, device).ConfigureAwait(false))
        {
            if (Json.Text(credential, "kind") == CredentialFiles.Client && !IsInUse(credential) && Json.Text(credential, "name") is { } name)
            {
                await link.RequestAsync(site, device, "credentials.remove", new JsonObject { ["name"] = name }, isQuery: false).ConfigureAwait(false);
            }
        }

        // Last: until then the next server sees that there is something to do.
        log.Add(device, EnrollmentLog.Enrolled, site, null);
        await link.ClearAsync(new Topics(rules.Prefix).Of(device, Topics.StatusLevel)).ConfigureAwait(false);
    }

    /// <summary>Whether a device responds under its id.</summary>
    public async Task<bool> IsThereAsync(string device) => await link.TryRequestAsync(rules.Prefix, device, "ping", null, isQuery: true).ConfigureAwait(false) is not null;

    private async Task<JsonObject[]> ReadBrokersAsync(string device)
    {
        JsonElement result = await link.RequestAsync(rules.Prefix, device, "settings.get", new JsonObject { ["keys"] = new JsonArray("broker") }, isQuery: true).ConfigureAwait(false);
        JsonNode? value = Json.TryMember(result, "values", JsonValueKind.Object, out JsonElement? values) && Json.Member(values.Value, "broker") is { } broker
            ? JsonNode.Parse(broker.GetRawText()) : null;
        JsonObject[] entries = [.. (value is JsonArray several ? several.Select(entry => entry) : [value]).OfType<JsonObject>()];
        return entries.Length > 0 ? entries : throw new FailedException("it does not say which broker it uses");
    }

    private async Task<JsonElement[]> ReadCredentialsAsync(string prefix, string device)
    {
        JsonElement result = await link.RequestAsync(prefix, device, "credentials.list", null, isQuery: true).ConfigureAwait(false);
        return Json.TryMember(result, "credentials", JsonValueKind.Array, out JsonElement? list) ? [.. list.Value.EnumerateArray()] : [];
    }

    /// <summary>The name under which the device has these authorities, from then on at the latest.</summary>
    private async Task<string> TrustAsync(string device, JsonElement[] stored, string pem)
    {
        using var first = System.Security.Cryptography.X509Certificates.X509Certificate2.CreateFromPem(pem);
        string fingerprint = Convert.ToHexStringLower(SHA256.HashData(first.RawData));
        if (stored.FirstOrDefault(one => Json.Text(one, "sha256") == fingerprint && Json.Text(one, "kind") == CredentialFiles.Ca) is { ValueKind: JsonValueKind.Object } same
            && Json.Text(same, "name") is { } known)
        {
            return known;
        }

        string name = FreeName(stored, Trusted);
        await StoreAsync(device, new CredentialFiles(CredentialFiles.Ca, pem), name).ConfigureAwait(false);
        return name;
    }

    private async Task StoreAsync(string device, CredentialFiles files, string name)
    {
        foreach (JsonObject part in files.Parts(name))
        {
            await link.RequestAsync(rules.Prefix, device, "credentials.set", part, isQuery: false).ConfigureAwait(false);
        }
    }

    // What an attempt before has left under the name is replaced.
    private static string FreeName(JsonElement[] stored, string name) =>
        stored.Any(one => Json.Text(one, "name") == name && IsInUse(one)) ? name + "-2" : name;

    private static bool IsInUse(JsonElement credential) => Json.Member(credential, "inUse") is { ValueKind: JsonValueKind.True };

    private static JsonArray Compose(JsonObject before, JsonObject changes, string? ca, string own)
    {
        var entry = new JsonObject();
        foreach (string name in Kept)
        {
            if (before[name] is { } value)
            {
                entry[name] = value.DeepClone();
            }
        }

        if (ca is not null)
        {
            entry["ca"] = ca;
        }

        foreach ((string name, JsonNode? value) in changes)
        {
            entry[name] = value?.DeepClone();
        }

        entry["tls"] = true;
        entry["credential"] = own;
        return [entry];
    }

    private async Task SetAsync(string device, JsonObject values, string own)
    {
        // It may have them all the same, and its response may be lost: then its status leaves, whatever is done here next.
        Response response = await link.TryRequestAsync(rules.Prefix, device, "settings.set", new JsonObject { ["values"] = values }, isQuery: false).ConfigureAwait(false)
            ?? throw new FailedException("no response to settings.set");

        if (response.Result is { } result)
        {
            string? said = Json.TryMember(result, "results", JsonValueKind.Object, out JsonElement? results) ? Json.Text(results.Value, "broker") : null;
            if (said != Trial)
            {
                throw new FailedException($"settings.set: the broker entry is '{said ?? "missing"}', not on trial");
            }

            return;
        }

        await link.TryRequestAsync(rules.Prefix, device, "credentials.remove", new JsonObject { ["name"] = own }, isQuery: false).ConfigureAwait(false);
        throw new FailedException("settings.set: " + Explain(response.Error!));
    }

    private static string Explain(DeviceError error)
    {
        const int MostShown = 3;
        if (error.Results is not { } results)
        {
            return error.ToString();
        }

        string[] wrong = [.. results.EnumerateObject().Where(one => one.Value.ValueKind == JsonValueKind.String && one.Value.GetString() != "ok").Select(one => $"{one.Name}: {one.Value.GetString()}")];
        return wrong.Length == 0 ? error.ToString() : string.Join("; ", wrong.Take(MostShown));
    }
}
