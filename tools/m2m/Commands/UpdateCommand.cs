using System.CommandLine;
using M2m.Arguments;
using M2m.Updates;

namespace M2m.Commands;

/// <summary><c>update</c>: makes, signs, serves and rolls out releases of the application.</summary>
internal static class UpdateCommand
{
    /// <summary>Creates the command.</summary>
    /// <param name="arguments">Makes arguments that name devices.</param>
    /// <param name="read">Reads what all commands are given.</param>
    /// <returns>The command.</returns>
    public static Command Create(DeviceArguments arguments, Func<ParseResult, Invocation> read)
    {
        var command = new Command("update", "Updates over the air: keygen once; then pack, sign, and push or serve; status shows how far the devices are");
        Command[] commands =
        [
            UpdateKeygenCommand.Create(read),
            UpdatePackCommand.Create(read),
            UpdateSignCommand.Create(read),
            UpdateInspectCommand.Create(read),
            UpdateServeCommand.Create(read),
            UpdatePushCommand.Create(arguments, read),
            UpdateStatusCommand.Create(arguments, read),
            UpdateWithdrawCommand.Create(read),
        ];
        Array.ForEach(commands, command.Subcommands.Add);
        return command;
    }

    /// <summary>A public key to verify signatures with.</summary>
    /// <param name="description">What it is good for.</param>
    /// <returns>The option.</returns>
    public static Option<string?> Key(string description) => new("--key") { HelpName = "KEY.pub.pem", Description = description };

    /// <summary>Loads what <see cref="Key"/> names.</summary>
    /// <param name="path">The file, or null.</param>
    /// <returns>The key, or null.</returns>
    public static SigningKey? LoadKey(string? path) => path is null ? null : SigningKey.Load(path, isPrivate: false);

    /// <summary>A group of devices.</summary>
    /// <param name="command">Gets the option.</param>
    /// <returns>The option.</returns>
    public static Option<string?> AddGroup(Command command)
    {
        var group = new Option<string?>("--group") { HelpName = "GROUP", Description = "All members of this group that answer; all devices are in 'all'" };
        group.Validators.Add(DeviceArguments.RequireName);
        command.Options.Add(group);
        return group;
    }
}
