package dev.zhiku.app.wiring;

import io.micronaut.context.ApplicationContext;
import java.util.Map;

/** Micronaut's contexts, which see nothing of their surroundings but what they are given. */
final class Beans {
  private Beans() {}

  /**
   * @param given beans for the factories of the context
   */
  static ApplicationContext start(Map<String, Object> properties, Object... given) {
    return ApplicationContext.builder()
        .deduceEnvironment(false)
        .banner(false)
        .bootstrapEnvironment(false)
        .environmentPropertySource(false)
        .properties(properties)
        .singletons(given)
        .start();
  }
}
