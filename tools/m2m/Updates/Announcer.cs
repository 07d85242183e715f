using System.Collections.Concurrent;
using M2m.Client.Devices;
using M2m.Client.Mqtt;
using M2m.Client.Updates;
using M2m.Devices;

namespace M2m.Updates;

/// <summary>Knows what is offered to all of a board (the retained manifests), and changes it.</summary>
/// <param name="topics">The topics.</param>
/// <param name="retain">Publishes a retained message.</param>
internal sealed class Announcer(Topics topics, Func<string, byte[], CancellationToken, Task> retain)
{
    private const int MaxBoards = 1000;
    private readonly ConcurrentDictionary<string, (ReleaseVersion? Version, byte[] Payload)> _offered = new();

    /// <summary>Takes a message.</summary>
    /// <param name="message">Any message.</param>
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

    /// <summary>Whether anything is offered to a board.</summary>
    /// <param name="board">The board.</param>
    /// <param name="version">Its version; null when what is there is no manifest of this board.</param>
    /// <returns>False when nothing is.</returns>
    public bool IsOffered(string board, out ReleaseVersion? version)
    {
        bool isOffered = _offered.TryGetValue(board, out (ReleaseVersion? Version, byte[] Payload) offer);
        version = offer.Version;
        return isOffered;
    }

    /// <summary>Offers a release to all devices of its board, unless a newer one is offered already.</summary>
    /// <param name="release">The release, signed.</param>
    /// <param name="cancel">Ends it.</param>
    /// <returns>What was done, for people; null: it was offered already.</returns>
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
                return $"{release} is not announced: {which} is offered to {release.Board}. To take that back: m2m update withdraw {release.Board}";
            }
        }

        await retain(topics.UpdateManifest(release.Board), payload, cancel).ConfigureAwait(false);
        _offered[release.Board] = (release.Version, payload);
        return $"{release} is announced: devices of {release.Board} that are online, or come online, take it";
    }

    /// <summary>Takes the offer of one version back.</summary>
    /// <param name="board">The board.</param>
    /// <param name="version">Only this version.</param>
    /// <param name="cancel">Ends it.</param>
    /// <returns>False when it is not offered.</returns>
    public async Task<bool> WithdrawAsync(string board, ReleaseVersion version, CancellationToken cancel)
    {
        if (!IsOffered(board, out ReleaseVersion? offered) || offered != version)
        {
            return false;
        }

        await ClearAsync(board, cancel).ConfigureAwait(false);
        return true;
    }

    /// <summary>Has the broker forget whatever is offered to a board, seen or not.</summary>
    /// <param name="board">The board.</param>
    /// <param name="cancel">Ends it.</param>
    /// <returns>A task done when the broker has it.</returns>
    public async Task ClearAsync(string board, CancellationToken cancel)
    {
        await retain(topics.UpdateManifest(board), [], cancel).ConfigureAwait(false);
        _offered.TryRemove(board, out _);
    }
}
