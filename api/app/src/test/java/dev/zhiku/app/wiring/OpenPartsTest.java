package dev.zhiku.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.zhiku.app.start.CannotClose;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenPartsTest {
  private final List<String> closed = new ArrayList<>();

  private AutoCloseable closing(String name) {
    return () -> closed.add(name);
  }

  private AutoCloseable failing(String name, Throwable failure) {
    return () -> {
      closed.add(name);
      switch (failure) {
        case Exception e -> throw e;
        case Error e -> throw e;
        default -> throw new IllegalArgumentException(failure);
      }
    };
  }

  @Test
  void what_was_opened_last_is_closed_first_and_once() throws Exception {
    OpenParts owned =
        OpenParts.open(
            parts -> {
              parts.keep("The index", closing("index"));
              parts.keep("The ingest", closing("ingest"));
              return parts;
            });

    owned.close();
    owned.close();

    assertThat(closed).containsExactly("ingest", "index");
  }

  @Test
  void every_failure_of_closing_is_reported_and_stops_no_other() throws Exception {
    IOException full = new IOException("No space left on device");
    OutOfMemoryError memory = new OutOfMemoryError("none left");
    OpenParts owned =
        OpenParts.open(
            parts -> {
              parts.keep("The index", failing("index", full));
              parts.keep("The catalogue", closing("catalogue"));
              parts.keep("The ingest", failing("ingest", memory));
              parts.keep("The server", closing("server"));
              return parts;
            });

    CannotClose reported = catchThrowableOfType(CannotClose.class, owned::close);

    assertThat(closed).containsExactly("server", "ingest", "catalogue", "index");
    assertThat(reported).hasCause(memory).hasMessageContaining("The ingest");
    assertThat(reported.getSuppressed())
        .singleElement()
        .extracting(Throwable::getCause)
        .isEqualTo(full);
    assertThat(reported.messages())
        .containsExactly(
            "The ingest could not be closed: java.lang.OutOfMemoryError: none left",
            "The index could not be closed: java.io.IOException: No space left on device");
  }

  @Test
  void failures_inside_a_part_are_reported_by_the_names_of_its_own_parts() throws Exception {
    OpenParts inner =
        OpenParts.open(
            parts -> {
              parts.keep("The catalogue", failing("catalogue", new IOException("first")));
              parts.keep("The index", failing("index", new IOException("second")));
              return parts;
            });
    OpenParts outer =
        OpenParts.open(
            parts -> {
              parts.keep("The data folder", failing("data", new IOException("third")));
              parts.keep("The stores", inner);
              return parts;
            });

    CannotClose reported = catchThrowableOfType(CannotClose.class, outer::close);

    assertThat(reported.messages())
        .extracting(message -> message.substring(0, message.indexOf(" could")))
        .containsExactly("The index", "The catalogue", "The data folder");
  }

  @Test
  void what_is_open_when_the_next_part_fails_to_open_is_closed_again() {
    IllegalStateException refused = new IllegalStateException("refused");

    assertThatThrownBy(
            () ->
                OpenParts.open(
                    parts -> {
                      parts.keep("The index", closing("index"));
                      parts.keep("The catalogue", failing("catalogue", new IOException("stuck")));
                      throw refused;
                    }))
        .isSameAs(refused)
        .satisfies(
            failure ->
                assertThat(failure.getSuppressed())
                    .singleElement()
                    .isInstanceOf(CannotClose.class));
    assertThat(closed).containsExactly("catalogue", "index");
  }

  @Test
  void an_interrupt_while_closing_is_kept_for_the_caller() throws Exception {
    OpenParts owned =
        OpenParts.open(
            parts -> {
              parts.keep("The index", closing("index"));
              parts.keep("The ingest", failing("ingest", new InterruptedException()));
              return parts;
            });

    assertThatThrownBy(owned::close).isInstanceOf(CannotClose.class);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(closed).containsExactly("ingest", "index");
  }
}
