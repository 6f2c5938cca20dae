package dev.zhiku.index.lucene;

import java.io.IOException;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FilterDirectory;
import org.apache.lucene.store.FilterIndexOutput;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexOutput;

/** A disk that fills up, or that cannot sync. */
final class FailingDirectory extends FilterDirectory {
  private final AtomicLong free = new AtomicLong(Long.MAX_VALUE);
  private volatile boolean syncs = true;

  FailingDirectory(Directory disk) {
    super(disk);
  }

  void setFreeBytes(long bytes) {
    free.set(bytes);
  }

  void setSyncs(boolean works) {
    syncs = works;
  }

  @Override
  public void sync(Collection<String> names) throws IOException {
    if (!syncs) {
      throw new IOException("Input/output error");
    }
    super.sync(names);
  }

  @Override
  public IndexOutput createOutput(String name, IOContext context) throws IOException {
    take(1);
    return new Limited(super.createOutput(name, context));
  }

  @Override
  public IndexOutput createTempOutput(String prefix, String suffix, IOContext context)
      throws IOException {
    take(1);
    return new Limited(super.createTempOutput(prefix, suffix, context));
  }

  private void take(long bytes) throws IOException {
    if (free.addAndGet(-bytes) < 0) {
      throw new IOException("No space left on device");
    }
  }

  private final class Limited extends FilterIndexOutput {
    Limited(IndexOutput out) {
      super("limited " + out, out.getName(), out);
    }

    @Override
    public void writeByte(byte b) throws IOException {
      take(1);
      super.writeByte(b);
    }

    @Override
    public void writeBytes(byte[] bytes, int offset, int length) throws IOException {
      take(length);
      super.writeBytes(bytes, offset, length);
    }
  }
}
