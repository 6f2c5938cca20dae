package dev.zhiku.server.identity;

class InMemoryPersonStoreTest extends PersonStoreContract {
  private final PersonStore store = new InMemoryPersonStore();

  @Override
  protected PersonStore store() {
    return store;
  }
}
