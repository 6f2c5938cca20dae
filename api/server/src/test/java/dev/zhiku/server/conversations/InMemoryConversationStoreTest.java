package dev.zhiku.server.conversations;

class InMemoryConversationStoreTest extends ConversationStoreContract {
  private final InMemoryConversationStore store = new InMemoryConversationStore();

  @Override
  protected ConversationStore store() {
    return store;
  }
}
