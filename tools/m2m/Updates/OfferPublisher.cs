using System.Collections.Concurrent;
using M2m.Client.Devices;
using M2m.Client.Mqtt;
using M2m.Client.Updates;

namespace M2m.Updates;

/// <summary>The retained manifests that offer a release to all devices of a board.</summary>
internal sealed class OfferPublisher(Topics topics, Func<string, byte[], CancellationToken, Task> retain)
{
    private const int MaxBoards = 1000;
    private readonly ConcurrentDictionary<string, (ReleaseVersion? Version, byte[] Payload)> _offered = new();

    public void Take(Message message)
    {
        if (!topics.TryReadManifest(message.Topic, out string board))
        {
            return;
        }

        if (message.Payload.Length == 0)
        {
            _offered.TryRemove(board, out _);
        }
        else if (_offered.Count < MaxBoards || _offered.ContainsKey(board))
        {
            Manifest? manifest = Offer.Read(message.Payload);
            _offered[board] = (manifest?.Board == board ? manifest.Version : null, message.Payload);
        }
    }

    public bool IsOffered(string board, out ReleaseVersion? version)
    {
        bool isOffered = _offered.TryGetValue(board, out (ReleaseVersion? Version, byte[] Payload) offer);
        version = offer.Version;
        return isOffered;
    }

    public async Task<string?> AnnounceAsync(Release release, CancellationToken cancel)
    {
        byte[] payload = Offer.Payload(release.ManifestBytes, release.Signature!);
        if (_offered.TryGetValue(release.Board, out (ReleaseVersion? Version, byte[] Payload) offer))
        {
            if (offer.Payload.AsSpan().SequenceEqual(payload))
            {
                return null;
            }

            if (offer.Version is { } other && other.CompareTo(release.Version) >= 0)
            {
                string which = other == release.Version ? $"another build of {other}" : $"{other}, which is newer,";
                return $"{release} is not announced: {which} is offered to {release.Board}. To withdraw it: m2m update withdraw {release.Board}";
            }
        }

        await retain(topics.UpdateManifest(release.Board), payload, cancel).ConfigureAwait(false);
        _offered[release.Board] = (release.Version, payload);
        return $"{release} is announced: devices of {release.Board} that are online, or come online, take it";
    }

    public async Task<bool> WithdrawAsync(string board, ReleaseVersion version, CancellationToken cancel)
    {
        if (!IsOffered(board, out ReleaseVersion? offered) || offered != version)
        {
            return false;
        }

        await ClearAsync(board, cancel).ConfigureAwait(false);
        return true;
    }

    public async Task ClearAsync(string board, CancellationToken cancel)
    {
        await retain(topics.UpdateManifest(board), [], cancel).ConfigureAwait(false);
        _offered.TryRemove(board, out _);
    }
}
