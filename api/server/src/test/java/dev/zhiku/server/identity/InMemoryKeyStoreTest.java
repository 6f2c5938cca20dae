package dev.zhiku.server.identity;

class InMemoryKeyStoreTest extends KeyStoreContract {
  private final KeyStore store = new InMemoryKeyStore();

  @Override
  protected KeyStore store() {
    return store;
  }
}
