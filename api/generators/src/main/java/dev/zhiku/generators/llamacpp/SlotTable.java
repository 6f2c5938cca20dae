package dev.zhiku.generators.llamacpp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Which slot of the model reads which prompt. A slot remembers the prompt it read last; the next
 * one goes where most of its beginning is remembered, if that is most of what is remembered there,
 * so that a follow-up finds its conversation, and else to the slot that was free for longest.
 * Thread-safe.
 */
final class SlotTable {
  /** How often someone who waits looks whether it is still wanted. */
  private static final long LOOK_MILLIS = 50;

  private final List<Slot> free = new ArrayList<>();

  /**
   * @param slots 1 or more
   */
  SlotTable(int slots) {
    for (int i = 0; i < slots; i++) {
      free.add(new Slot(i));
    }
  }

  private static final class Slot {
    private final int number;
    private int[] remembered = {};

    Slot(int number) {
      this.number = number;
    }

    int shared(int[] prompt) {
      int differs = Arrays.mismatch(remembered, prompt);
      return differs < 0 ? prompt.length : differs;
    }

    boolean isAbout(int[] prompt) {
      return 2 * shared(prompt) > remembered.length;
    }
  }

  /**
   * Waits for a slot.
   *
   * @param unwanted asked while waiting
   * @return empty if it became unwanted
   */
  synchronized Optional<Lease> take(int[] prompt, BooleanSupplier unwanted)
      throws InterruptedException {
    while (free.isEmpty()) {
      if (unwanted.getAsBoolean()) {
        return Optional.empty();
      }
      wait(LOOK_MILLIS);
    }
    Slot best = free.getFirst();
    int most = 0;
    for (Slot slot : free) {
      int shared = slot.shared(prompt);
      if (slot.isAbout(prompt) && shared > most) {
        best = slot;
        most = shared;
      }
    }
    free.remove(best);
    return Optional.of(new Lease(best, prompt));
  }

  private synchronized void giveBack(Slot slot) {
    free.add(slot);
    notifyAll();
  }

  /** A slot while one prompt has it. For one thread. */
  final class Lease implements AutoCloseable {
    private final Slot slot;
    private final int[] prompt;
    private int read;

    private Lease(Slot slot, int[] prompt) {
      this.slot = slot;
      this.prompt = prompt;
      this.read = slot.shared(prompt);
    }

    /** The slot's number, from 0. */
    int number() {
      return slot.number;
    }

    /** Tokens of the prompt's beginning that the slot knows. */
    int read() {
      return read;
    }

    /** The slot knows so many tokens now. */
    void hasRead(int tokens) {
      read = tokens;
    }

    @Override
    public void close() {
      slot.remembered = Arrays.copyOf(prompt, read);
      giveBack(slot);
    }
  }
}
