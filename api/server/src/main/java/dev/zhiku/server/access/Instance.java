package dev.zhiku.server.access;

/** The running service, as it proves to commands which one it is. Thread-safe. */
public final class Instance {
  private final InstanceSecret secret;
  private volatile String address = "";

  public Instance(InstanceSecret secret) {
    this.secret = secret;
  }

  /** Says where the service listens, as it is announced in the data folder. */
  public void listensAt(String url) {
    address = url;
  }

  String proof(String nonce) {
    return secret.proof(nonce, address);
  }
}
