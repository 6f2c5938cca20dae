package dev.zhiku.server.audit;

import dev.zhiku.generators.egress.Egress;
import dev.zhiku.generators.egress.OutboundClients;
import dev.zhiku.generators.egress.SyslogSender;
import dev.zhiku.index.file.DurableFile;
import io.micronaut.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The head of the log on its way to where nobody who can write the log can write: once a day, and
 * again every quarter of an hour until it went.
 */
public final class HeadDelivery implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HeadDelivery.class);
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int MINUTES = 15;
  private static final int LEAST_STATUS = 200;
  private static final int MOST_STATUS = 299;
  private static final JsonMapper JSON = JsonMapper.createDefault();

  private final AuditLog log;
  private final AuditConfig.Head config;
  private final Path sent;
  private final Clock clock;
  private final Thread thread;

  /**
   * @param folder of the log, where the day is noted on which the head went last
   */
  HeadDelivery(AuditLog log, AuditConfig.Head config, Path folder, Clock clock) {
    this.log = log;
    this.config = config;
    this.sent = folder.resolve("head.sent");
    this.clock = clock;
    thread = Thread.ofPlatform().name("zhiku-audit-head").daemon().unstarted(this::run);
  }

  private void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        attend();
        TimeUnit.MINUTES.sleep(MINUTES);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Begins to deliver; without anywhere to deliver to nothing is ever done. */
  public static HeadDelivery start(
      AuditLog log, AuditConfig.Head config, Path folder, Clock clock) {
    HeadDelivery delivery = new HeadDelivery(log, config, folder, clock);
    if (config.isAny()) {
      delivery.thread.start();
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
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    try (HttpClient client = OutboundClients.near(Egress.Purpose.AUDIT_HEAD)) {
      int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      if (status < LEAST_STATUS || status > MOST_STATUS) {
        throw new IOException(address.getHost() + " answered with status " + status);
      }
    }
  }

  @Override
  public void close() {
    thread.interrupt();
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
