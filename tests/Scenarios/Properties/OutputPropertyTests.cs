using CsCheck;
using Firmware.Outputs;
using Firmware.Platform;
using Firmware.Telemetry;
using Scenarios.Outbox;

namespace Scenarios.Properties;

/// <summary>
/// No sequence of requests, times, driver faults and restarts breaks an interlock, a minimum time or the safe state, as one sees
/// it who only watches the pins. A driver that fails may have switched nevertheless.
/// </summary>
[TestClass]
public sealed class OutputPropertyTests
{
    private const int Outputs = 4;

    private static readonly Gen<int> s_pause = Gen.Frequency((2, Gen.Const(0)), (1, Gen.Int[1, 1000]), (1, Gen.Int[1000, 15_000]));

    private static readonly Gen<int> s_minimum = Gen.Frequency((1, Gen.Const(0)), (1, Gen.Int[1, 20]));

    private static readonly Gen<Step[]> Steps = Gen.Select(
        Gen.Int[0, 13], Gen.Int[0, Outputs - 1], Gen.Int[-20, 120], Gen.Frequency((3, Gen.Const(0)), (2, Gen.Int[1, 70_000])), s_pause)
        .Select((kind, output, level, milliseconds, pause) => new Step(kind, output, level, milliseconds, pause)).Array[1, 60];

    [TestMethod]
    public void Nothing_breaks_an_interlock_a_minimum_time_or_the_safe_state() => Gen.Select(Configuration(), Steps).Sample(
        (rules, steps) =>
        {
            var world = new Watched(rules);
            foreach (Step step in steps)
            {
                world.Do(step);
            }

            // Drivers work again, and nobody asks any more: what has a limit is safe, and what failed.
            world.Repair();
            world.Pass(200_000);
            world.ExpectRest();
        },
        iter: 20_000);

    // Pairs (0, 1) and (2, 3) may exclude each other; then both are safe when they are off.
    private static Gen<Spec[]> Configuration() => Gen.Select(Gen.Int[0, 2], Gen.Bool, s_minimum, s_minimum, Gen.Int[0, 40], Gen.Int[0, 2])
        .Select((kind, safe, minOn, minOff, limit, interlock) => new Spec(kind, safe, minOn, minOff, limit, interlock)).Array[Outputs];

    private sealed record Spec(int Kind, bool Safe, int MinOn, int MinOff, int Limit, int Interlock);

    private sealed record Step(int Kind, int Output, int Level, int Milliseconds, int Pause);

    private sealed class Watched
    {
        private readonly ActuatorRule[] _rules;
        private readonly SteppedClock _clock = new();
        private readonly Pin[] _pins = new Pin[Outputs];
        private Actuators _actuators = null!;
        private bool _isForced;
        private string? _violation; // kept, because a driver that throws only fails
        private long _startedAt;

        public Watched(Spec[] specs)
        {
            _rules = new ActuatorRule[Outputs];
            for (int i = 0; i < Outputs; i++)
            {
                Spec spec = specs[i];
                int other = i ^ 1;
                bool isLocked = spec.Interlock == 1 || specs[other].Interlock == 1;
                bool safe = spec.Safe && !isLocked && spec.Kind != ActuatorRule.Pulse;
                int minOn = spec.Kind == ActuatorRule.Pulse ? 0 : spec.MinOn;
                int least = safe ? spec.MinOff : minOn;
                _rules[i] = new ActuatorRule($"o{i}", i, spec.Interlock == 2, safe, spec.Limit == 0 ? 0 : Math.Max(spec.Limit, least))
                {
                    Kind = spec.Kind,
                    MinOn = minOn,
                    MinOff = spec.MinOff,
                    Interlock = spec.Interlock == 1 ? $"o{other}" : null,
                };
            }

            Start();
        }

        public void Do(Step step)
        {
            Actuator actuator = _actuators.All[step.Output];
            Pin pin = _pins[step.Output];
            switch (step.Kind)
            {
                case < 6:
                    int before = pin.Writes;
                    string? refusal = _actuators.Request(actuator, step.Level, step.Milliseconds, "request", out long retryAt);
                    Assert.IsTrue(refusal is null || retryAt == 0 || retryAt >= _clock.Now, refusal);
                    Assert.IsTrue(refusal is null || !actuator.IsAvailable || pin.Writes == before, "refused and driven");
                    break;
                case < 8:
                    _actuators.Drive(step.Output, step.Level, step.Milliseconds, "rule");
                    break;
                case < 10:
                    pin.Failures = (step.Level & 3) + 1;
                    pin.Lies = step.Level > 50;
                    break;
                case 10:
                    Forced(() => _actuators.MakeSafe("restart"));
                    Start();
                    break;
                case 11:
                    // A power cut: nothing was made safe.
                    Start();
                    break;
            }

            Check();
            Pass(step.Pause);
        }

        public void Repair()
        {
            foreach (Pin pin in _pins)
            {
                pin.Failures = 0;
            }
        }

        public void Pass(long milliseconds)
        {
            long end = _clock.Now + milliseconds;
            while (_actuators.DueAt <= end)
            {
                _clock.Now = Math.Max(_clock.Now, _actuators.DueAt);
                Forced(() => _actuators.Tick(_clock.Now));
                Check();
            }

            _clock.Now = end;
        }

        public void ExpectRest()
        {
            for (int i = 0; i < Outputs; i++)
            {
                Actuator actuator = _actuators.All[i];
                Assert.IsTrue(actuator.IsAvailable);
                Assert.AreEqual(actuator.Level, _pins[i].Percent, "what it says is what is driven");
                Assert.IsTrue((_rules[i].Limit == 0 && _rules[i].Kind != ActuatorRule.Pulse) || _pins[i].Percent == (_rules[i].SafeState ? 100 : 0), "the limit is over");
            }
        }

        private void Forced(Action act)
        {
            _isForced = true;
            act();
            _isForced = false;
        }

        // Without power nothing is driven: whatever was on is off.
        private void Start()
        {
            _startedAt = _clock.Now;
            for (int i = 0; i < Outputs; i++)
            {
                _pins[i] = new Pin(this, i);
            }

            var pins = new Board(_pins);
            _actuators = new Actuators(_rules, pins, pins, _clock, new EventQueue(_clock, new Counters()), null);
            foreach (Pin pin in _pins)
            {
                Assert.AreEqual(_rules[pin.Number].SafeState ? 100 : 0, pin.Percent, "the safe state from the first moment on");
            }
        }

        private void Check()
        {
            Assert.IsNull(_violation);
            for (int i = 0; i < Outputs; i++)
            {
                Actuator actuator = _actuators.All[i];
                Assert.IsTrue(!actuator.IsAvailable || actuator.Level == _pins[i].Percent, "what it says is what is driven");
            }
        }

        // Called by a pin with each change, before it is there.
        private void Changes(Pin pin, int percent)
        {
            ActuatorRule rule = _rules[pin.Number];
            bool on = percent > 0;
            if (on != pin.IsOn)
            {
                long since = _clock.Now - pin.ChangedAt;
                bool isSafe = percent == (rule.SafeState ? 100 : 0);
                if (!(_isForced && isSafe) && since < (on ? rule.MinOff : rule.MinOn) * 1000L)
                {
                    _violation ??= $"{rule.Name} {(on ? "off" : "on")} for {since} ms";
                }

                pin.ChangedAt = _clock.Now;
            }

            Pin other = _pins[pin.Number ^ 1];
            bool isLocked = rule.Interlock is not null || _rules[other.Number].Interlock is not null;
            if (isLocked && on && other.IsOn)
            {
                _violation ??= $"{rule.Name} and {_rules[other.Number].Name} are both on";
            }
        }

        private sealed class Pin(Watched world, int number) : IOutputPin, ILevelPin
        {
            public int Number => number;

            public int Percent { get; private set; } = -1;

            public bool IsOn => Percent > 0;

            public long ChangedAt { get; set; } = world._startedAt;

            public int Failures { get; set; }

            /// <summary>Whether a write that is refused is done nevertheless.</summary>
            public bool Lies { get; set; }

            public int Writes { get; private set; }

            public void Begin(int percent) => Percent = Logical(percent);

            public bool Write(bool isHigh) => Write(isHigh ? 100 : 0);

            public bool Write(int percent)
            {
                Writes++;
                bool isRefused = Failures > 0;
                if (isRefused)
                {
                    Failures--;
                }

                if (!isRefused || Lies)
                {
                    world.Changes(this, Logical(percent));
                    Percent = Logical(percent);
                }

                return isRefused && Failures % 2 == 1 ? throw new InvalidOperationException() : !isRefused;
            }

            private int Logical(int percent) => world._rules[number].IsInverted ? 100 - percent : percent;
        }

        private sealed class Board(Pin[] all) : IOutputPins, ILevelPins
        {
            public IOutputPin Open(int pin, bool isHigh)
            {
                all[pin].Begin(isHigh ? 100 : 0);
                return all[pin];
            }

            public ILevelPin? Open(int pin, int frequency, int percent, out string? refusal)
            {
                refusal = null;
                all[pin].Begin(percent);
                return all[pin];
            }
        }
    }
}
