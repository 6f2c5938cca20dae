package dev.zhiku.server.alarm;

import dev.zhiku.generators.egress.Egress;
import dev.zhiku.generators.egress.Webhook;
import io.micronaut.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** An address that takes alarms as JSON. */
final class WebhookOutlet implements AlarmOutlet {
  private static final JsonMapper JSON = JsonMapper.createDefault();

  private final Webhook webhook;

  WebhookOutlet(URI address) {
    webhook = new Webhook(address, Egress.Purpose.ALARM);
  }

  @Override
  public String name() {
    return "zhiku.alarms.webhook";
  }

  @Override
  public void tell(Instant at, List<Alarm> raised, List<Alarm> ended)
      throws IOException, InterruptedException {
    webhook.post(
        JSON.writeValueAsBytes(
            Map.of("at", at.toString(), "raised", written(raised), "ended", written(ended))));
  }

  private static List<Map<String, String>> written(List<Alarm> alarms) {
    return alarms.stream()
        .map(
            alarm ->
                Map.of(
                    "part",
                    alarm.part(),
                    "name",
                    alarm.name(),
                    "detail",
                    alarm.detail(),
                    "remedy",
                    alarm.remedy()))
        .toList();
  }
}
