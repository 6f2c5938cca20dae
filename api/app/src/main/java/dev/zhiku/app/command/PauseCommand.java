package dev.zhiku.app.command;

import picocli.CommandLine.Command;

/** {@code zhiku pause}. */
@Command(
    name = "pause",
    description = "Reads no further files until resumed; questions go on being answered.",
    mixinStandardHelpOptions = true)
final class PauseCommand extends QueueCommand {
  PauseCommand() {
    super("/ingest/pause", "Paused: no further file is read. Go on with ./zhiku resume.");
  }
}
