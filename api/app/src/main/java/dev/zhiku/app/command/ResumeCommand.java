package dev.zhiku.app.command;

import picocli.CommandLine.Command;

/** {@code zhiku resume}. */
@Command(
    name = "resume",
    description = "Goes on reading files after a pause.",
    mixinStandardHelpOptions = true)
final class ResumeCommand extends QueueCommand {
  ResumeCommand() {
    super("/ingest/resume", "Files are being read again.");
  }
}
