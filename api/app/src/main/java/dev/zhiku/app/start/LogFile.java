package dev.zhiku.app.start;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeAndTimeBasedRollingPolicy;
import ch.qos.logback.core.util.FileSize;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** Keeps what is logged in {@code logs/zhiku.log}: a file a day, 10 MB each, 14 days, 200 MB. */
public final class LogFile {
  private static final String PATTERN =
      "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX,UTC} %-5level"
          + " [%thread%replace( %X{request}){' $',''}] %logger{0} "
          + "%replace(%msg){'[\\r\\n]+', ' | '}%n%ex";
  private static final FileSize EACH = FileSize.valueOf("10MB");
  private static final FileSize ALL = FileSize.valueOf("200MB");
  private static final int DAYS = 14;

  private LogFile() {}

  /**
   * Adds the file to every logger, those of java.util.logging included.
   *
   * @param json whether an entry is a JSON object
   */
  public static void open(Path folder, boolean json) {
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    RollingFileAppender<ILoggingEvent> appender = new RollingFileAppender<>();
    appender.setContext(context);
    appender.setName("FILE");
    appender.setFile(folder.resolve("zhiku.log").toString());
    appender.setEncoder(json ? jsonEncoder(context) : encoder(context));
    SizeAndTimeBasedRollingPolicy<ILoggingEvent> policy = new SizeAndTimeBasedRollingPolicy<>();
    policy.setContext(context);
    policy.setParent(appender);
    policy.setFileNamePattern(folder.resolve("zhiku.%d{yyyy-MM-dd}.%i.log.gz").toString());
    policy.setMaxFileSize(EACH);
    policy.setTotalSizeCap(ALL);
    policy.setMaxHistory(DAYS);
    policy.start();
    appender.setRollingPolicy(policy);
    appender.start();
    context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).addAppender(appender);
  }

  private static Encoder<ILoggingEvent> jsonEncoder(LoggerContext context) {
    SafeJsonEncoder encoder = new SafeJsonEncoder();
    encoder.setContext(context);
    encoder.start();
    return encoder;
  }

  private static PatternLayoutEncoder encoder(LoggerContext context) {
    PatternLayoutEncoder encoder = new SafeLogEncoder();
    encoder.setContext(context);
    encoder.setCharset(StandardCharsets.UTF_8);
    encoder.setPattern(PATTERN);
    encoder.start();
    return encoder;
  }
}
