using System.CommandLine;
using M2m.Arguments;
using M2m.Updates;

namespace M2m.Commands;

internal static class UpdateCommand
{
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

    public static Option<string?> Key(string description) => new("--key") { HelpName = "KEY.pub.pem", Description = description };

    public static SigningKey? LoadKey(string? path) => path is null ? null : SigningKey.Load(path, isPrivate: false);

    public static Option<string?> AddGroup(Command command)
    {
        var group = new Option<string?>("--group") { HelpName = "GROUP", Description = "All members of this group that answer; all devices are in 'all'" };
        group.Validators.Add(DeviceArguments.RequireName);
        command.Options.Add(group);
        return group;
    }
}
