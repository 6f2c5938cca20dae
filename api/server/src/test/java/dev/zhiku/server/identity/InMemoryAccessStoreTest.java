package dev.zhiku.server.identity;

class InMemoryAccessStoreTest extends AccessStoreContract {
  private final AccessStore store = new InMemoryAccessStore();

  @Override
  protected AccessStore store() {
    return store;
  }
}
