package dev.zhiku.server.audit;

import dev.zhiku.generators.egress.Egress;
import dev.zhiku.generators.egress.SyslogSender;
import dev.zhiku.generators.egress.Webhook;
import dev.zhiku.index.file.DurableFile;
import dev.zhiku.server.webhooks.RepeatedTask;
import io.micronaut.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The head of the log on its way to where nobody who can write the log can write: once a day, and
 * again every quarter of an hour until it went.
 */
public final class HeadDelivery implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HeadDelivery.class);
  private static final Duration PAUSE = Duration.ofMinutes(15);
  private static final JsonMapper JSON = JsonMapper.createDefault();

  private final AuditLog log;
  private final AuditConfig.Head config;
  private final Path sent;
  private final Clock clock;
  private final RepeatedTask task;

  /**
   * @param folder of the log, where the day is noted on which the head went last
   */
  HeadDelivery(AuditLog log, AuditConfig.Head config, Path folder, Clock clock) {
    this.log = log;
    this.config = config;
    this.sent = folder.resolve("head.sent");
    this.clock = clock;
    task = new RepeatedTask("zhiku-audit-head", Duration.ZERO, PAUSE, this::attend);
  }

  /** Begins to deliver; without anywhere to deliver to nothing is ever done. */
  public static HeadDelivery start(
      AuditLog log, AuditConfig.Head config, Path folder, Clock clock) {
    HeadDelivery delivery = new HeadDelivery(log, config, folder, clock);
    if (config.isAny()) {
      delivery.task.start();
    }
    return delivery;
  }

  /** Delivers the head if it was not delivered today. */
  void attend() {
    Instant now = clock.instant();
    String today = LocalDate.ofInstant(now, ZoneOffset.UTC).toString();
    try {
      if (Files.exists(sent) && Files.readString(sent).startsWith(today)) {
        return;
      }
      AuditHead head = log.head();
      deliver(head, now);
      DurableFile.write(sent, today + " " + head + "\n");
      log.write(AuditEvent.ofService("head-sent", head.toString(), "done"));
      log.headIsUnsent(false);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException | RuntimeException e) {
      LOG.warn("The head of the audit log could not be delivered: {}", e.toString());
      log.headIsUnsent(true);
    }
  }

  private void deliver(AuditHead head, Instant now) throws IOException, InterruptedException {
    if (config.webhook().isPresent()) {
      post(config.webhook().get(), head, now);
    }
    if (config.syslog().isPresent()) {
      String server = config.syslog().get();
      int colon = server.lastIndexOf(':');
      new SyslogSender(server.substring(0, colon), Integer.parseInt(server.substring(colon + 1)))
          .send(now, "audit-head", head.toString());
    }
  }

  private static void post(URI address, AuditHead head, Instant now)
      throws IOException, InterruptedException {
    byte[] body =
        JSON.writeValueAsBytes(
            Map.of(
                "at", now.toString(),
                "number", head.number(),
                "hash", head.hash(),
                "head", head.toString()));
    new Webhook(address, Egress.Purpose.AUDIT_HEAD).post(body);
  }

  @Override
  public void close() {
    task.close();
  }
}
